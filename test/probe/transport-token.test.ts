import { afterEach, describe, expect, it } from 'vitest';
import { Secret } from '../../src/safety/secret.js';
import { answering, brief, canary, cleanUp, get, http, network, rawServer } from './raw.js';

afterEach(cleanUp);

describe('a token', () => {
  it('is sent where it may go', async () => {
    const server = await answering(http(200, {}, ''));
    await get(server.url, { auth: new Secret(canary(), 'test') });
    expect(server.seen()).toContain(`authorization: Bearer ${canary()}\r\n`);
  });

  it('is withheld elsewhere, and nothing at all is sent', async () => {
    const server = await answering(http(200, {}, ''));
    const asked: string[] = [];
    const mayCarryToken = (url: URL) => {
      asked.push(url.origin);
      return false;
    };
    const outcome = await get(server.url, { auth: new Secret(canary(), 'test') }, { mayCarryToken });
    expect(outcome).toMatchObject({ kind: 'failure', error: 'run.token-withheld', status: null });
    expect(server.connections()).toBe(0);
    expect(asked).toEqual([server.url]);
    expect(brief(await get(server.url, {}, { mayCarryToken })).status).toBe(200);
    expect(server.seen()).not.toContain('authorization');
  });

  it('stays with its own request among others', async () => {
    const pairs: [string, string][] = [];
    const server = await rawServer((socket, request) => {
      const path = /^GET \/(\S+)/.exec(request)?.[1] ?? '';
      pairs.push([path, /authorization: Bearer (\S+)/.exec(request)?.[1] ?? 'none']);
      socket.write(http(200, {}, path));
    });
    const { send } = await network();
    const names = Array.from({ length: 60 }, (_, i) => (i % 3 === 0 ? 'none' : `token-number-${i}`));
    await Promise.all(
      names.map((name) =>
        send({
          method: 'GET',
          url: `${server.url}/${name}`,
          headers: {},
          auth: name === 'none' ? null : new Secret(name, 'test'),
          timeoutMs: 5_000,
        }),
      ),
    );
    expect(pairs).toHaveLength(60);
    for (const [path, token] of pairs) expect(token).toBe(path);
  });

  it.each([
    ['a line feed inside', 'ab\ncd'],
    ['a carriage return at the end', 'abcd\r'],
    ['NUL', 'ab\0cd'],
    ['a byte order mark', '\ufeffabcd'],
    ['a zero-width space', 'ab\u200bcd'],
    ['a smart quote', '\u201cabcd\u201d'],
    ['DEL', 'ab\x7fcd'],
  ])('with %s is not sent and not shown', async (_, odd) => {
    const server = await answering(http(200, {}, ''));
    const outcome = await get(server.url, { auth: new Secret(`${canary()}${odd}`, 'test') });
    expect(outcome).toMatchObject({
      kind: 'failure',
      error: 'internal',
      detail: 'the header authorization holds a character that cannot be sent',
    });
    expect(server.connections()).toBe(0);
  });

  it('cannot come as a plain header', async () => {
    const server = await answering(http(200, {}, ''));
    for (const name of ['Authorization', 'authorization', 'Proxy-Authorization', 'Cookie', 'Host']) {
      const outcome = await get(server.url, { headers: { [name]: canary() } });
      expect(outcome).toMatchObject({ kind: 'failure', error: 'internal' });
      expect(JSON.stringify(outcome)).not.toContain('Canary');
    }
    expect(server.connections()).toBe(0);
  });
});

describe('a request', () => {
  it('carries its method, path, headers and body', async () => {
    const server = await answering(http(200, {}, ''));
    const body = '{"inputs":"h\u00e9"}';
    await get(`${server.url}/a/b?c=d#e`, { method: 'POST', headers: { 'X-Bill': 'me' }, body });
    const seen = Buffer.from(server.seen(), 'latin1').toString('utf8');
    expect(seen).toMatch(/^POST \/a\/b\?c=d HTTP\/1\.1\r\n/);
    expect(seen).toContain('x-bill: me\r\n');
    expect(seen).toContain(`content-length: ${Buffer.byteLength(body)}\r\n`);
    expect(seen.endsWith(`\r\n\r\n${body}`)).toBe(true);
  });

  it('can carry bytes', async () => {
    const server = await answering(http(200, {}, ''));
    await get(server.url, { method: 'POST', body: new Uint8Array([0, 255, 7]) });
    expect(server.seen().endsWith('\r\n\r\n\x00\xff\x07')).toBe(true);
  });

  it.each([
    ['not a url', 'cannot'],
    ['/relative', 'relative'],
    ['ftp://127.0.0.1/x', 'ftp'],
    ['file:///etc/passwd', 'passwd'],
    ['http://user:pass-word@127.0.0.1/', 'pass-word'],
    ['https://user@127.0.0.1/', 'user@'],
    ['http://user:pass-word@bad host/', 'pass-word'],
  ])('to %s is refused without showing it', async (url, secret) => {
    const outcome = await get(url);
    expect(outcome).toMatchObject({ kind: 'failure', error: 'config.bad-url', status: null });
    expect(outcome.kind === 'failure' && outcome.detail).not.toContain(secret);
  });

  it('with a header that cannot be sent fails without the value', async () => {
    for (const headers of [
      { 'x-a': 'b\r\nc: d' },
      { 'x\n-a': 'b' },
      { 'x-a': '\u4f60' },
      { 'x-a': 7 as never },
    ]) {
      const outcome = await get('http://127.0.0.1:1/', { headers: headers as Record<string, string> });
      expect(outcome).toMatchObject({ kind: 'failure', error: 'internal' });
      expect(outcome.kind === 'failure' && outcome.detail).toMatch(/^the header [a-z?-]+ holds a character/);
    }
  });

  it('survives what a caller should not do', async () => {
    const outcome = await get(
      'http://127.0.0.1:1/',
      { auth: new Secret(canary(), 'test') },
      {
        mayCarryToken: () => {
          throw new Error(canary());
        },
      },
    );
    expect(outcome).toMatchObject({ kind: 'failure', error: 'internal', detail: null });
  });
});
