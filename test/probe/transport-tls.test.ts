import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TlsOptions } from 'node:tls';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { Secret } from '../../src/safety/secret.js';
import { type Kind, laboratory } from './certificates.js';
import { brief, canary, cleanUp, get, http, network, rawServer, soon, text } from './raw.js';

const lab = laboratory();
if (!lab) console.error('SKIPPED: the TLS tests need the openssl command, and it is not here.');

afterEach(cleanUp);
afterEach(() => vi.unstubAllEnvs());
afterAll(() => lab && rmSync(lab.dir, { recursive: true }));

/** A TLS server that would answer 200; what it saw must hold no token. */
function tlsServer(kind: Kind, options: TlsOptions = {}) {
  return rawServer((socket) => socket.write(http(200, {}, 'hello')), { ...lab?.make(kind), ...options });
}

const https = (port: number, host = '127.0.0.1') => `https://${host}:${port}/`;
const auth = () => new Secret(canary(), 'test');

describe.skipIf(!lab)('over TLS', () => {
  const trust = { SSL_CERT_FILE: lab?.caFile };

  it('an authority of SSL_CERT_FILE is trusted', async () => {
    const server = await tlsServer('good');
    const warnings: string[] = [];
    const hear = (warning: Error) => warnings.push(warning.message);
    process.on('warning', hear);
    const made = await network({ env: trust });
    expect(made.facts).toEqual({ proxy: null, tlsVerification: true, extraCa: 'SSL_CERT_FILE' });
    for (let i = 0; i < 6; i += 1) {
      const outcome = await made.send({
        method: 'GET',
        url: https(server.port),
        headers: {},
        timeoutMs: 5_000,
      });
      expect(text(outcome)).toBe('hello');
    }
    expect(server.connections()).toBeLessThan(3);
    process.off('warning', hear);
    expect(warnings).toEqual([]);
  });

  it.each([
    ['good', {}, 'tls.untrusted'],
    ['self-signed', {}, 'tls.untrusted'],
    ['self-signed', trust, 'tls.untrusted'],
    ['expired', trust, 'tls.expired'],
    ['future', trust, 'tls.clock'],
    ['wrong-host', trust, 'tls.wrong-host'],
  ] as const)('a certificate that is %s, environment %o: %s', async (kind, env, error) => {
    const server = await tlsServer(kind);
    const outcome = await get(https(server.port), { auth: auth() }, { env });
    expect(brief(outcome)).toMatchObject({ status: null, error });
    expect(server.seen()).toBe('');
  });

  it('one bad certificate does not hang the requests that wait behind it', async () => {
    const server = await tlsServer('wrong-host');
    const { send } = await network({ env: trust });
    const all = await Promise.all(
      Array.from({ length: 20 }, () =>
        send({ method: 'GET', url: https(server.port), headers: {}, auth: auth(), timeoutMs: 10_000 }),
      ),
    );
    expect(new Set(all.map((o) => brief(o).error))).toEqual(new Set(['tls.wrong-host']));
    expect(server.seen()).toBe('');
  });

  it('verification cannot be turned off', async () => {
    vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');
    const server = await tlsServer('self-signed');
    const made = await network({ env: { NODE_TLS_REJECT_UNAUTHORIZED: '0' } });
    expect(made.facts.tlsVerification).toBe(false);
    const outcome = await made.send({
      method: 'GET',
      url: https(server.port),
      headers: {},
      auth: auth(),
      timeoutMs: 5_000,
    });
    expect(brief(outcome).error).toBe('tls.untrusted');
    expect(server.seen()).toBe('');
  });

  it('an old protocol is refused', async () => {
    const server = await tlsServer('good', {
      minVersion: 'TLSv1',
      maxVersion: 'TLSv1.1',
      ciphers: 'DEFAULT@SECLEVEL=0',
    });
    const outcome = await get(https(server.port), { auth: auth() }, { env: trust });
    expect(brief(outcome).error).toBe('tls.other');
    expect(server.seen()).toBe('');
  });

  it('a server that wants a client certificate is a failure', async () => {
    const server = await tlsServer('good', { requestCert: true, rejectUnauthorized: true });
    const outcome = await get(https(server.port), {}, { env: trust });
    expect(outcome.kind).toBe('failure');
    expect(brief(outcome).error).toMatch(/^(?:net|tls)\./);
  });

  it('plain HTTP on the port is no TLS', async () => {
    const server = await rawServer((socket) => socket.end(http(400, {}, 'plain')), undefined, 'bytes');
    expect(brief(await get(https(server.port), { auth: auth() })).error).toBe('tls.not-tls');
    expect(server.seen()).not.toContain('Canary');
  });

  it('TLS on the port is no HTTP', async () => {
    const server = await tlsServer('good');
    const outcome = await get(`http://127.0.0.1:${server.port}/`);
    expect(outcome.kind).toBe('failure');
    expect(brief(outcome).error).toMatch(/^(?:net\.(?:closed-early|reset)|http\.malformed)$/);
    expect(server.seen()).toBe('');
  });

  it('a reset in a body until the end is seen', async () => {
    const server = await rawServer((socket) => {
      socket.write('HTTP/1.1 200 X\r\ncontent-type: text/html\r\n\r\n<html>');
      soon(() => server.reset());
    }, lab?.make('good'));
    const outcome = await get(https(server.port), {}, { env: trust });
    expect(brief(outcome)).toEqual({ status: 200, error: 'http.truncated', text: '<html>' });
  });

  it.each([
    ['a missing file', 'no-such-file.pem', null],
    ['a file without a certificate', 'nonsense.pem', 'nonsense'],
  ])('SSL_CERT_FILE can be %s', async (_, name, content) => {
    const file = join(lab?.dir ?? '', name);
    if (content !== null) writeFileSync(file, content);
    const made = await network({ env: { SSL_CERT_FILE: file, NODE_EXTRA_CA_CERTS: lab?.caFile } });
    expect(made.facts.extraCa).toBe('NODE_EXTRA_CA_CERTS, SSL_CERT_FILE (no certificate can be read)');
  });
});
