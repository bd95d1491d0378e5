import { rmSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { Secret } from '../../src/safety/secret.js';
import type { ErrorCode } from '../../src/types/observation.js';
import { laboratory } from './certificates.js';
import { answering, brief, canary, cleanUp, get, http, network, rawServer, text } from './raw.js';

const lab = laboratory();
if (!lab)
  console.error('SKIPPED: the tests of a working proxy need the openssl command, and it is not here.');

afterEach(cleanUp);
afterAll(() => lab && rmSync(lab.dir, { recursive: true }));

// The name is never looked up here: a proxy does that.
const TARGET = 'https://router.test/v1/models';
const WORD = 'open-sesame';

const through = (port: number) => ({ env: { HTTPS_PROXY: `http://user:${WORD}@127.0.0.1:${port}` } });

/** A proxy that leads every name to one local port. */
function tunnelTo(port: number) {
  return rawServer((socket) => {
    socket.removeAllListeners('data');
    const inner = connect(port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      socket.pipe(inner).pipe(socket);
    });
    inner.on('error', () => socket.destroy());
    socket.on('close', () => inner.destroy());
  });
}

/** What a proxy does instead of a tunnel; error and detail within a deadline of 400 ms. */
const REFUSALS: [string, (socket: Socket) => unknown, ErrorCode, RegExp][] = [
  [
    '407',
    (s) => s.end('HTTP/1.1 407 No\r\nproxy-authenticate: Basic\r\ncontent-length: 0\r\n\r\n'),
    'proxy.refused',
    /^the proxy answered 407$/,
  ],
  ['502', (s) => s.end('HTTP/1.1 502 Bad\r\n\r\n<h1>no</h1>'), 'proxy.refused', /^the proxy answered 502$/],
  [
    '302 to a portal',
    (s) => s.end('HTTP/1.1 302 X\r\nlocation: http://portal.test/\r\n\r\n'),
    'proxy.refused',
    /^the proxy answered 302$/,
  ],
  [
    'HTML without a head',
    (s) => s.end('<html>log in</html>'),
    'proxy.refused',
    /^the proxy at 127\.0\.0\.1:\d+ did not answer in HTTP$/,
  ],
  [
    '2 MB of headers',
    (s) => s.end(`HTTP/1.1 200 X\r\na: ${'b'.repeat(2e6)}\r\n\r\n`),
    'proxy.refused',
    /did not answer in HTTP$/,
  ],
  ['a close', (s) => s.end(), 'proxy.refused', /^the proxy at 127\.0\.0\.1:\d+ closed the connection$/],
  ['a reset', (s) => s.resetAndDestroy(), 'proxy.refused', /closed the connection$/],
  ['silence', () => {}, 'proxy.timeout', /^the proxy did not answer in time$/],
];

describe('a proxy that gives no tunnel', () => {
  it.each(REFUSALS)('%s', async (_, play, error, detail) => {
    const proxy = await rawServer(play);
    const auth = new Secret(canary(), 'test');
    const outcome = await get(TARGET, { auth, timeoutMs: 400 }, through(proxy.port));
    expect(outcome).toMatchObject({ kind: 'failure', error, status: null });
    expect(outcome.kind === 'failure' && outcome.detail).toMatch(detail);
    expect(JSON.stringify(outcome)).not.toContain(WORD);
    expect(proxy.seen()).toMatch(/^CONNECT router\.test:443 HTTP\/1\.1\r\n/);
    expect(proxy.seen().toLowerCase()).toContain('\r\nhost: router.test:443\r\n');
    expect(proxy.seen()).toContain(`Basic ${Buffer.from(`user:${WORD}`).toString('base64')}`);
    expect(proxy.seen()).not.toContain('Canary');
  });

  it('because nothing listens there is no fault of the target', async () => {
    const proxy = await rawServer(() => {});
    await cleanUp();
    const outcome = await get(TARGET, {}, through(proxy.port));
    expect(outcome).toMatchObject({
      kind: 'failure',
      error: 'proxy.refused',
      detail: `the proxy at 127.0.0.1:${proxy.port} cannot be reached`,
    });
  });

  it('because its name does not exist', async () => {
    const outcome = await get(TARGET, {}, { env: { HTTPS_PROXY: 'http://proxy.invalid:3128' } });
    expect(brief(outcome).error).toBe('proxy.refused');
    expect(outcome.kind === 'failure' && outcome.detail).toBe(
      'the proxy at proxy.invalid:3128 cannot be reached',
    );
  });

  it('because the certificate of the proxy is not trusted', async ({ skip }) => {
    if (!lab) return skip();
    const proxy = await rawServer(() => {}, lab.make('self-signed'));
    const outcome = await get(
      TARGET,
      {},
      { env: { HTTPS_PROXY: `https://u:${WORD}@127.0.0.1:${proxy.port}` } },
    );
    expect(brief(outcome).error).toBe('proxy.refused');
    expect(outcome.kind === 'failure' && outcome.detail).toMatch(/^no safe TLS connection to the proxy at/);
    expect(proxy.seen()).toBe('');
  });

  it('because its address cannot be used: nothing is sent, and not past it either', async () => {
    for (const HTTPS_PROXY of ['socks5://127.0.0.1:1080', `http://u:${WORD}@bad host`]) {
      const outcome = await get(TARGET, {}, { env: { HTTPS_PROXY } });
      expect(outcome).toMatchObject({ kind: 'failure', error: 'proxy.unusable', status: null });
      expect(JSON.stringify(outcome)).not.toContain(WORD);
    }
  });

  it('is cancelled by a stop, not refused', async () => {
    const stop = new AbortController();
    const proxy = await rawServer(() => stop.abort());
    const outcome = await get(TARGET, { signal: stop.signal }, through(proxy.port));
    expect(brief(outcome).error).toBe('run.cancelled');
  });

  it('does not keep the network from closing', async () => {
    const proxy = await rawServer(() => {});
    const made = await network(through(proxy.port));
    const open = made.send({ method: 'GET', url: TARGET, headers: {}, timeoutMs: 60_000 });
    while (proxy.seen() === '') await new Promise((resolve) => setTimeout(resolve, 5));
    await made.close();
    expect(brief(await open).error).toBe('run.cancelled');
  });
});

describe('beside a proxy', () => {
  it('loopback and NO_PROXY go direct', async () => {
    const proxy = await rawServer((socket) => socket.destroy());
    const server = await answering(http(200, {}, 'direct'));
    const env = {
      HTTP_PROXY: `http://127.0.0.1:${proxy.port}`,
      HTTPS_PROXY: `http://127.0.0.1:${proxy.port}`,
    };
    expect(text(await get(server.url, {}, { env }))).toBe('direct');
    const excluded = await get('https://retired.invalid/', {}, { env: { ...env, NO_PROXY: 'invalid' } });
    expect(brief(excluded).error).toBe('dns.not-found');
    expect(proxy.connections()).toBe(0);
  });

  it('a token never passes in clear text', async () => {
    const proxy = await rawServer((socket) => socket.destroy());
    const env = { HTTP_PROXY: `http://127.0.0.1:${proxy.port}` };
    const outcome = await get('http://gateway.test/', { auth: new Secret(canary(), 'test') }, { env });
    expect(brief(outcome).error).toBe('run.token-withheld');
    expect(proxy.connections()).toBe(0);
  });
});

describe.skipIf(!lab)('through a proxy', () => {
  it('the token is seen inside the tunnel only', async () => {
    const server = await rawServer((socket) => socket.write(http(200, {}, 'inside')), lab?.make('good'));
    const proxy = await tunnelTo(server.port);
    const made = await network({ env: { ...through(proxy.port).env, SSL_CERT_FILE: lab?.caFile } });
    expect(made.facts.proxy).toBe(`http://127.0.0.1:${proxy.port}`);
    const auth = new Secret(canary(), 'test');
    for (let i = 0; i < 6; i += 1) {
      const outcome = await made.send({ method: 'GET', url: TARGET, headers: {}, auth, timeoutMs: 5_000 });
      expect(text(outcome)).toBe('inside');
    }
    expect(server.seen()).toContain(canary());
    expect(server.seen().toLowerCase()).toContain('host: router.test\r\n');
    expect(server.seen().toLowerCase()).not.toContain('proxy-authorization');
    expect(proxy.seen()).not.toContain('Canary');
    expect(proxy.connections()).toBeLessThan(3);
  });

  it('also over TLS to the proxy itself', async () => {
    const server = await rawServer((socket) => socket.write(http(200, {}, 'inside')), lab?.make('good'));
    const plain = await tunnelTo(server.port);
    const proxy = await rawServer((socket, head) => {
      socket.removeAllListeners('data');
      const inner = connect(plain.port, '127.0.0.1', () => inner.write(head));
      socket.pipe(inner).pipe(socket);
      inner.on('error', () => {});
    }, lab?.make('good'));
    const env = { HTTPS_PROXY: `https://127.0.0.1:${proxy.port}`, SSL_CERT_FILE: lab?.caFile };
    expect(text(await get(TARGET, {}, { env }))).toBe('inside');
  });

  it('the certificate of the server is judged, by its own name', async () => {
    for (const [kind, error] of [
      ['self-signed', 'tls.untrusted'],
      ['wrong-host', 'tls.wrong-host'],
    ] as const) {
      const server = await rawServer(() => {}, lab?.make(kind));
      const proxy = await tunnelTo(server.port);
      const env = { ...through(proxy.port).env, SSL_CERT_FILE: lab?.caFile };
      const outcome = await get(TARGET, { auth: new Secret(canary(), 'test') }, { env });
      expect(brief(outcome).error).toBe(error);
      expect(server.seen()).toBe('');
    }
  });

  it('a server behind it that hangs is not the proxy', async () => {
    const silent = await rawServer(() => {});
    const proxy = await tunnelTo(silent.port);
    const outcome = await get(TARGET, { timeoutMs: 400 }, through(proxy.port));
    expect(outcome).toMatchObject({ error: 'net.deadline', detail: expect.stringContaining('TLS') });
  });

  it('plain http goes through a tunnel too', async () => {
    const server = await answering(http(200, {}, 'plain'));
    const proxy = await tunnelTo(server.port);
    const outcome = await get('http://gateway.test/', {}, { env: { HTTP_PROXY: `127.0.0.1:${proxy.port}` } });
    expect(text(outcome)).toBe('plain');
    expect(proxy.seen()).toMatch(/^CONNECT gateway\.test:80 /);
  });
});
