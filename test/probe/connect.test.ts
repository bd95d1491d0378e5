import { createSecureContext } from 'node:tls';
import { afterEach, describe, expect, it } from 'vitest';
import { ConnectError, createConnector } from '../../src/probe/connect.js';
import { classifyFailure } from '../../src/probe/failure.js';
import { createLookup } from '../../src/probe/lookup.js';
import { readProxies } from '../../src/probe/proxy.js';
import { cleanUp, rawServer } from './raw.js';

afterEach(cleanUp);

/** A connector of its own, and one attempt with it. */
function attempt(url: string, HTTPS_PROXY = '', timeoutMs = 150) {
  const proxies = readProxies({ HTTPS_PROXY });
  const connector = createConnector({
    proxyFor: (to) => {
      const proxy = proxies.on(to);
      return proxy && 'fault' in proxy ? null : proxy;
    },
    lookup: createLookup(() => 0),
    context: () => createSecureContext(),
    timeoutMs,
  });
  const { protocol, hostname: shown, host, port, origin } = new URL(url);
  const hostname = shown.replace(/^\[|\]$/g, '');
  const ended = new Promise<unknown>((resolve) => {
    connector.connect({ protocol, hostname, host, port }, (error, socket) => resolve(error ?? socket));
  });
  return { connector, origin, ended };
}

async function verdict(ended: Promise<unknown>) {
  const error = await ended;
  if (!(error instanceof ConnectError)) throw new Error('connected');
  return classifyFailure(error.cause, { stage: error.stage, proxy: error.proxy });
}

describe('an attempt to connect has its own time', () => {
  it('that ends a TLS handshake', async () => {
    const server = await rawServer(() => {});
    const { connector, origin, ended } = attempt(`https://127.0.0.1:${server.port}`);
    expect(connector.stage(origin)).toBe('connect');
    expect(connector.stage('https://other.test')).toBe('queued');
    expect((await verdict(ended)).error).toBe('net.connect-timeout');
    expect(connector.stage(origin)).toBe('queued');
  });

  it('that ends the wait for a proxy', async () => {
    const proxy = await rawServer(() => {});
    const { connector, origin, ended } = attempt('https://router.test', `http://127.0.0.1:${proxy.port}`);
    expect(connector.stage(origin)).toBe('proxy');
    expect(await verdict(ended)).toEqual({
      error: 'proxy.timeout',
      detail: `the proxy at 127.0.0.1:${proxy.port} did not answer in time`,
    });
  });

  it('that ends a handshake inside the tunnel, and the tunnel with it', async () => {
    const proxy = await rawServer((socket) => socket.write('HTTP/1.1 200 OK\r\n\r\n'));
    const { ended } = attempt('https://router.test', `http://127.0.0.1:${proxy.port}`);
    expect((await verdict(ended)).error).toBe('net.connect-timeout');
    await expect.poll(() => proxy.open()).toBe(0);
  });

  it('and a proxy that says no is let go of', async () => {
    const proxy = await rawServer((socket) => socket.write('HTTP/1.1 403 No\r\n\r\n'));
    const { ended } = attempt('https://[fd00::1]', `http://127.0.0.1:${proxy.port}`, 60_000);
    expect(await verdict(ended)).toEqual({ error: 'proxy.refused', detail: 'the proxy answered 403' });
    expect(proxy.seen()).toMatch(/^CONNECT \[fd00::1\]:443 /);
    await expect.poll(() => proxy.open()).toBe(0);
  });

  it('and a stop ends it at once', async () => {
    const proxy = await rawServer((socket) => socket.write('HTTP/1.1 200 OK\r\n\r\n'));
    const { connector, origin, ended } = attempt(
      'https://router.test',
      `http://127.0.0.1:${proxy.port}`,
      60_000,
    );
    await expect.poll(() => connector.stage(origin), { interval: 2 }).toBe('tls');
    connector.close();
    expect((await verdict(ended)).error).toBe('run.cancelled');
    await expect.poll(() => proxy.open()).toBe(0);
  });
});
