import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import type { ErrorCode } from '../../src/types/observation.js';
import { answering, brief, cleanUp, get, http, network, rawServer, text } from './raw.js';

afterEach(cleanUp);

const JSON_TYPE = { 'content-type': 'application/json' };
const OK = '{"ok":true}';

describe('an answer', () => {
  it('comes with status, lower-case headers and body', async () => {
    const server = await answering(http(418, { ...JSON_TYPE, 'X-Request-ID': 'abc' }, OK));
    const outcome = await get(server.url);
    expect(outcome).toMatchObject({
      kind: 'answer',
      status: 418,
      bodyError: null,
      detail: null,
      duplicates: [],
    });
    expect(outcome.kind === 'answer' && outcome.headers['x-request-id']).toBe('abc');
    expect(text(outcome)).toBe(OK);
    expect(outcome.ms).toBeGreaterThanOrEqual(0);
  });

  it('keeps the first of two headers and names the double', async () => {
    const double =
      'retry-after: 5\r\nRetry-After: 6\r\ncontent-type: a/b\r\ncontent-type: c/d\r\n__proto__: x\r\n';
    const server = await answering(`HTTP/1.1 429 X\r\n${double}constructor: y\r\ncontent-length: 0\r\n\r\n`);
    const outcome = await get(server.url);
    if (outcome.kind !== 'answer') throw new Error(outcome.error);
    expect(outcome.headers['retry-after']).toBe('5');
    expect(outcome.headers['content-type']).toBe('a/b');
    expect(Object.entries(outcome.headers)).toContainEqual(['__proto__', 'x']);
    expect(outcome.headers.constructor).toBe('y');
    expect(outcome.headers.toString).toBeUndefined();
    expect([...outcome.duplicates].sort()).toEqual(['content-type', 'retry-after']);
  });

  it('is read after interim answers', async () => {
    const server = await answering(
      Buffer.concat([
        Buffer.from('HTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n'),
        http(200, {}, OK),
      ]),
    );
    expect(brief(await get(server.url))).toEqual({ status: 200, error: null, text: OK });
  });

  it.each([300, 301, 302, 303, 307, 308])('with %i is not followed', async (status) => {
    const sink = await answering(http(200, {}, 'stolen'));
    const server = await answering(
      http(status, { location: `${sink.url}/x`, refresh: `0;url=${sink.url}` }, ''),
    );
    const outcome = await get(server.url);
    expect(brief(outcome)).toEqual({ status, error: null, text: '' });
    expect(outcome.kind === 'answer' && outcome.headers.location).toBe(`${sink.url}/x`);
    expect(sink.connections()).toBe(0);
  });

  it('to HEAD has no body', async () => {
    const server = await answering('HTTP/1.1 200 X\r\ncontent-length: 50\r\n\r\n', 'open');
    expect(brief(await get(server.url, { method: 'HEAD' }))).toEqual({ status: 200, error: null, text: '' });
  });

  it('can be larger when the request allows it', async () => {
    const body = Buffer.alloc(1_000_000, 'x');
    const server = await answering(http(200, { connection: 'close' }, body));
    const outcome = await get(server.url, { maxBytes: 2 ** 20 });
    expect(brief(outcome).error).toBeNull();
    expect(text(outcome)?.length).toBe(1_000_000);
  });
});

const chunked = (body: string) =>
  `HTTP/1.1 200 X\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n${body}`;
const untilEnd = (body: string) => `HTTP/1.1 200 X\r\ncontent-type: application/json\r\n\r\n${body}`;
const length = (n: string, body = OK) => `HTTP/1.1 200 X\r\ncontent-length: ${n}\r\n\r\n${body}`;

/** What the server writes, how it ends, status and error that must come out. */
type Row = [string, string, 'end' | 'reset' | 'open', number | null, ErrorCode | null];

const ENDINGS: Row[] = [
  ['body until the end, whole JSON', untilEnd(OK), 'end', 200, null],
  ['body until the end, JSON cut', untilEnd('{"ok":tr'), 'end', 200, 'http.truncated'],
  ['body until the end, JSON cut, reset', untilEnd('{"ok":tr'), 'reset', 200, 'http.truncated'],
  [
    'body until the end, text, reset',
    'HTTP/1.1 200 X\r\ncontent-type: text/html\r\n\r\n<html>',
    'reset',
    200,
    'http.truncated',
  ],
  ['body until the end, text', 'HTTP/1.1 200 X\r\ncontent-type: text/html\r\n\r\n<html>', 'end', 200, null],
  ['an HTML page that is labelled JSON', untilEnd('<html></html>'), 'end', 200, null],
  ['nothing in a body until the end', untilEnd(''), 'end', 200, null],
  ['bad JSON of the right length', http(400, JSON_TYPE, '{"ok":tr').toString(), 'open', 400, null],
  ['length too long, end', length('50'), 'end', 200, 'http.truncated'],
  ['length too long, reset', length('50'), 'reset', 200, 'http.truncated'],
  [
    'length too long, close announced',
    length('50').replace('\r\n', '\r\nconnection: close\r\n'),
    'end',
    200,
    'http.truncated',
  ],
  ['error answer cut', length('50').replace('200', '503'), 'end', 503, 'http.truncated'],
  ['chunks without the last one', chunked(`b\r\n${OK}\r\n`), 'end', 200, 'http.truncated'],
  ['chunks cut inside, reset', chunked('b\r\n{"o'), 'reset', 200, 'http.truncated'],
  ['chunks whole', chunked(`b\r\n${OK}\r\n0\r\n\r\n`), 'open', 200, null],
  ['chunk size that is no number', chunked('zz\r\nabc'), 'open', 200, 'http.malformed'],
  ['204 with a length', 'HTTP/1.1 204 X\r\ncontent-length: 5\r\n\r\n', 'end', 204, null],
  ['304 with a length', 'HTTP/1.1 304 X\r\ncontent-length: 5\r\n\r\n', 'end', 304, null],
  ['end before any byte', '', 'end', null, 'net.closed-early'],
  ['reset before any byte', '', 'reset', null, 'net.reset'],
  ['end inside the headers', 'HTTP/1.1 200 X\r\ncontent-le', 'end', null, 'net.closed-early'],
  ['length is a word', length('abc'), 'open', null, 'http.malformed'],
  ['length is negative', length('-5'), 'open', null, 'http.malformed'],
  ['length is 2^64', length('18446744073709551616'), 'open', null, 'http.malformed'],
  ['two lengths', length('11\r\ncontent-length: 12'), 'open', null, 'http.malformed'],
  [
    'length and chunks',
    chunked('').replace('\r\n', '\r\ncontent-length: 3\r\n'),
    'open',
    null,
    'http.malformed',
  ],
  ['unasked 100', 'HTTP/1.1 100 Continue\r\n\r\n', 'open', null, 'http.malformed'],
  [
    'unasked 101',
    'HTTP/1.1 101 X\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n',
    'open',
    null,
    'http.malformed',
  ],
  ['status 000', 'HTTP/1.1 000 X\r\n\r\n', 'end', 0, 'http.odd-status'],
  ['status 99', 'HTTP/1.1 099 X\r\ncontent-length: 0\r\n\r\n', 'open', 99, 'http.odd-status'],
  ['status 600', length('11').replace('200', '600'), 'open', 600, 'http.odd-status'],
  ['status 999', length('11').replace('200', '999'), 'open', 999, 'http.odd-status'],
  ['status 1000', length('11').replace('200', '1000'), 'open', null, 'http.malformed'],
  ['HTML without a head', '<!doctype html><h1>It works</h1>', 'open', null, 'http.malformed'],
  ['SSH', 'SSH-2.0-OpenSSH_9.2\r\n', 'open', null, 'http.malformed'],
  ['a TLS alert', '\x15\x03\x01\x00\x02\x02\x46', 'end', null, 'http.malformed'],
  ['HTTP/9.9', 'HTTP/9.9 200 X\r\n\r\n', 'open', null, 'http.malformed'],
  ['NUL in a header', 'HTTP/1.1 200 X\r\na: b\0c\r\n\r\n', 'open', null, 'http.malformed'],
  ['ESC in a header', 'HTTP/1.1 200 X\r\na: b\x1bc\r\n\r\n', 'open', null, 'http.malformed'],
  ['space before the colon', 'HTTP/1.1 200 X\r\na : b\r\n\r\n', 'open', null, 'http.malformed'],
  ['byte order mark', '\xef\xbb\xbfHTTP/1.1 200 X\r\n\r\n', 'open', null, 'http.malformed'],
  ['17 KiB of headers', `HTTP/1.1 200 X\r\na: ${'b'.repeat(17_000)}\r\n\r\n`, 'open', null, 'http.malformed'],
  ['3,000 headers', `HTTP/1.1 200 X\r\n${'aa: bbbb\r\n'.repeat(3_000)}\r\n`, 'open', null, 'http.malformed'],
  [
    'a reason of 1 MB',
    `HTTP/1.1 200 ${'r'.repeat(1_000_000)}\r\ncontent-length: 11\r\n\r\n${OK}`,
    'open',
    200,
    null,
  ],
  [
    '17 KiB of trailers',
    chunked(`b\r\n${OK}\r\n0\r\na: ${'t'.repeat(17_000)}\r\n\r\n`),
    'end',
    200,
    'http.malformed',
  ],
];

describe('endings and garbage', () => {
  it.each(ENDINGS)('%s', async (_, bytes, end, status, error) => {
    const server = await answering(bytes, end);
    expect(brief(await get(server.url))).toMatchObject({ status, error });
  });

  it('keeps what came of a cut body', async () => {
    const server = await answering(length('50'), 'end');
    expect(text(await get(server.url))).toBe(OK);
  });

  it('never gives the stray second answer to the next request', async () => {
    const server = await rawServer((socket, request) => {
      const name = /^GET \/(\d+)/.exec(request)?.[1] ?? '?';
      socket.write(Buffer.concat([http(200, {}, name), http(200, {}, 'stray')]));
    });
    const { send } = await network();
    let answered = 0;
    for (let i = 0; i < 30; i += 1) {
      const outcome = await send({ method: 'GET', url: `${server.url}/${i}`, headers: {}, timeoutMs: 5_000 });
      if (outcome.kind === 'answer') {
        expect(text(outcome)).toBe(String(i));
        answered += 1;
      } else expect(outcome.error).toMatch(/^(?:net|http)\./);
    }
    expect(answered).toBeGreaterThan(0);
  });
});

describe('many requests', () => {
  it.each([
    ['whose connections close', 'connection: close\r\n'],
    ['whose connections close unannounced', ''],
  ])('%s are all answered', async (_, header) => {
    const server = await answering(`HTTP/1.1 200 X\r\n${header}content-length: 11\r\n\r\n${OK}`);
    const { send } = await network();
    const ask = () => send({ method: 'GET', url: server.url, headers: {}, timeoutMs: 10_000 });
    const all = await Promise.all(Array.from({ length: 100 }, ask));
    for (let i = 0; i < 10; i += 1) all.push(await ask());
    expect(new Set(all.map((o) => brief(o).error ?? text(o)))).toEqual(new Set([OK]));
  });

  it('use at most eight connections', async () => {
    const server = await rawServer((socket) => setTimeout(() => socket.write(http(200, {}, OK)), 5));
    const { send } = await network();
    const ask = () => send({ method: 'POST', url: server.url, headers: {}, body: OK, timeoutMs: 10_000 });
    const all = await Promise.all(Array.from({ length: 60 }, ask));
    expect(all.every((o) => brief(o).status === 200)).toBe(true);
    expect(server.connections()).toBe(8);
  });
});

const PLAIN = JSON.stringify({ error: 'x'.repeat(3_000) });

/** content-encoding, body on the wire, error, text. */
const PACKED: [string, Buffer, ErrorCode | null, string | null][] = [
  ['gzip', gzipSync(PLAIN), null, PLAIN],
  ['GZIP', gzipSync(PLAIN), null, PLAIN],
  ['x-gzip', gzipSync(PLAIN), null, PLAIN],
  ['deflate', deflateSync(PLAIN), null, PLAIN],
  ['deflate', deflateRawSync(PLAIN), null, PLAIN],
  ['br', brotliCompressSync(PLAIN), null, PLAIN],
  ['gzip, gzip', gzipSync(gzipSync(PLAIN)), null, PLAIN],
  ['br, gzip', gzipSync(brotliCompressSync(PLAIN)), null, PLAIN],
  ['identity', Buffer.from(PLAIN), null, PLAIN],
  ['', Buffer.from(PLAIN), null, PLAIN],
  ['gzip', Buffer.concat([gzipSync(PLAIN), Buffer.from('junk')]), 'http.bad-encoding', null],
  ['gzip', Buffer.alloc(0), null, ''],
  ['gzip', Buffer.from(PLAIN), 'http.bad-encoding', PLAIN],
  ['gzip', gzipSync(PLAIN).subarray(0, 20), 'http.bad-encoding', null],
  ['br', Buffer.from(PLAIN), 'http.bad-encoding', PLAIN],
  ['deflate', Buffer.from(PLAIN), 'http.bad-encoding', PLAIN],
  ['zstd', Buffer.from(PLAIN), 'http.unknown-encoding', PLAIN],
  ['aws-chunked', Buffer.from(PLAIN), 'http.unknown-encoding', PLAIN],
  ['gzip, gzip, gzip, gzip, gzip, gzip', gzipSync(PLAIN), 'http.bad-encoding', null],
  ['gzip', gzipSync(Buffer.alloc(20_000_000)), 'http.bomb', ''],
  ['deflate', deflateSync(Buffer.alloc(20_000_000)), 'http.bomb', ''],
  ['br', brotliCompressSync(Buffer.alloc(20_000_000)), 'http.bomb', ''],
  ['gzip, gzip', gzipSync(gzipSync(Buffer.alloc(20_000_000))), 'http.bomb', ''],
];

describe('a packed body', () => {
  it.each(PACKED)('%s', async (encoding, body, error, expected) => {
    // An error answer: the bodies that matter most.
    const server = await answering(http(503, { ...JSON_TYPE, 'content-encoding': encoding }, body));
    const outcome = await get(server.url);
    expect(brief(outcome)).toMatchObject({ status: 503, error });
    if (expected !== null) expect(text(outcome)).toBe(expected);
  });

  it('is unpacked as far as it came when the connection broke', async () => {
    const whole = gzipSync(Buffer.from(Array.from({ length: 4_000 }, (_, i) => String(i)).join()));
    const head = `HTTP/1.1 200 X\r\ncontent-encoding: gzip\r\ncontent-length: ${whole.length}\r\n\r\n`;
    const server = await answering(Buffer.concat([Buffer.from(head), whole.subarray(0, whole.length - 500)]));
    const outcome = await get(server.url);
    expect(brief(outcome)).toMatchObject({ status: 200, error: 'http.truncated' });
    expect(text(outcome)?.startsWith('0,1,2,3,')).toBe(true);
  });

  it('is not asked for', async () => {
    const server = await answering(http(200, {}, OK));
    await get(server.url);
    expect(server.seen().toLowerCase()).toContain('accept-encoding: identity\r\n');
  });
});

describe('a body without end', () => {
  it.each([
    ['with a length', 'content-length: 1000000000\r\n'],
    ['until the end', ''],
  ])('stops at 256 KiB: %s', async (_, header) => {
    const server = await rawServer((socket) => {
      socket.write(`HTTP/1.1 500 X\r\n${header}\r\n`);
      const pour = () => {
        while (!socket.destroyed && socket.write(Buffer.alloc(16_384, 'x')));
      };
      socket.on('drain', pour);
      pour();
    });
    const outcome = await get(server.url);
    expect(brief(outcome)).toMatchObject({ status: 500, error: 'http.too-large' });
    expect(text(outcome)).toBe('x'.repeat(256 * 1024));
  });

  it('of exactly 256 KiB is whole', async () => {
    const server = await answering(http(200, {}, Buffer.alloc(256 * 1024, 'x')));
    expect(brief(await get(server.url)).error).toBeNull();
  });
});
