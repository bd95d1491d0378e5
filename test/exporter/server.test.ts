import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { type Asked, answerTo, type Shown } from '../../src/exporter/answer.js';
import { LIMITS, type Limits, type Listening, listen } from '../../src/exporter/server.js';
import { get, raw } from './support.js';

const open: Listening[] = [];
const sockets: Socket[] = [];
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await Promise.all(open.splice(0).map((l) => l.close()));
});

const shown: Shown = {
  ...{ named: '127.0.0.1', policy: "default-src 'none'" },
  health: () => ({ ok: true, text: 'ok' }),
  metrics: () => 'hf_doctor_exit_code 0\n',
  page: () => Buffer.from('<p>é</p>'),
};

async function start(limits: Partial<Limits> = {}, what: Partial<Shown> = {}) {
  const asked: Asked[] = [];
  const answer = (a: Asked) => {
    asked.push(a);
    return answerTo(a, { ...shown, ...what });
  };
  const at = await listen({ host: '127.0.0.1', port: 0 }, answer, { ...LIMITS, ...limits });
  open.push(at);
  return { ...at, asked };
}

/** A connection that stays as it is. */
async function hold(at: Listening, text: string): Promise<Socket> {
  const socket = connect(at.port, at.address);
  socket.on('error', () => undefined);
  sockets.push(socket);
  await once(socket, 'connect');
  socket.write(text);
  return socket;
}
/** Not `once` of node:events: that rejects when the other side resets. */
const closed = (socket: Socket) =>
  new Promise<void>((done) => (socket.closed ? done() : socket.once('close', () => done())));
/** Until there is a place again: the server hears of an end a little later than we do. */
async function answered(at: Listening): Promise<void> {
  for (let status = 0; status !== 200; ) ({ status } = await get(at));
}

it('the limits are 32 connections, 8 KiB of headers, 5 seconds to ask and 30 for all', () => {
  expect(LIMITS).toEqual({ sockets: 32, headBytes: 8_192, requestMs: 5_000, wholeMs: 30_000 });
});

describe('an answer', () => {
  it('has what the contract says', async () => {
    const at = await start();
    const metrics = await get(at);
    expect([metrics.status, metrics.body]).toEqual([200, 'hf_doctor_exit_code 0\n']);
    for (const line of [
      'content-type: text/plain; version=0.0.4; charset=utf-8',
      'cache-control: no-store',
      'x-content-type-options: nosniff',
      "content-security-policy: default-src 'none'; frame-ancestors 'none'",
      'cross-origin-resource-policy: same-origin',
      'referrer-policy: no-referrer',
      'connection: close',
    ])
      expect(metrics.head.split('\r\n')).toContain(line);
    expect(metrics.head).not.toMatch(/access-control|x-powered-by|server:|set-cookie/);
  });

  it('counts bytes, not letters, and has no body for HEAD', async () => {
    const at = await start();
    const page = await get(at, '/');
    expect([page.body, /content-length: 9\b/.test(page.head)]).toEqual(['<p>é</p>', true]);
    const head = await get(at, '/', undefined, 'HEAD');
    expect([head.status, head.body, /content-length: 9\b/.test(head.head)]).toEqual([200, '', true]);
  });

  it('a fault of our own costs that answer', async () => {
    const at = await start({}, { page: () => JSON.parse('{') });
    const broken = await get(at, '/');
    expect([broken.status, broken.body]).toEqual([
      500,
      'hf-doctor could not make this answer because of a fault of its own.\n',
    ]);
    expect((await get(at)).status).toBe(200);
  });

  it('listens on the address that was named, and no other', async () => {
    const at = await start();
    expect(at.address).toBe('127.0.0.1');
    const socket = connect(at.port, '127.0.0.2');
    const [error] = await once(socket, 'error');
    expect(error.code).toBe('ECONNREFUSED');
  });

  it('a port that is taken is told', async () => {
    const { port } = await start();
    const again = listen({ host: '127.0.0.1', port }, (a) => answerTo(a, shown));
    await expect(again).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });
});

describe('a hostile request', () => {
  const host = 'Host: 127.0.0.1\r\n';
  it.each([
    ['no HTTP at all', 'hello\r\n\r\n', 400],
    ['TLS', Buffer.from('16030100a5010000a10303', 'hex'), 400],
    ['HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 400],
    ['no Host', 'GET /metrics HTTP/1.1\r\n\r\n', 400],
    ['no Host, old HTTP', 'GET /metrics HTTP/1.0\r\n\r\n', 400],
    ['two Hosts', `GET /metrics HTTP/1.1\r\n${host}Host: evil.example\r\n\r\n`, 400],
    ['a foreign Host', 'GET /metrics HTTP/1.1\r\nHost: evil.example\r\n\r\n', 421],
    ['headers without end', `GET /metrics HTTP/1.1\r\n${host}X: ${'x'.repeat(9_000)}\r\n\r\n`, 431],
    ['a path without end', `GET /${'x'.repeat(9_000)} HTTP/1.1\r\n${host}\r\n`, 431],
    ['a line break in a header', `GET /metrics HTTP/1.1\r\n${host}X: a\rb\r\n\r\n`, 400],
    ['a NUL', `GET /metrics\0 HTTP/1.1\r\n${host}\r\n`, 400],
    [
      'length and chunks',
      `POST / HTTP/1.1\r\n${host}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
      400,
    ],
    ['a bad length', `GET / HTTP/1.1\r\n${host}Content-Length: -1\r\n\r\n`, 400],
    ['an address as target', `GET http://evil.example/metrics HTTP/1.1\r\n${host}\r\n`, 404],
    ['a proxy request', `CONNECT evil.example:443 HTTP/1.1\r\n${host}\r\n`, 0],
    ['a preflight', `OPTIONS /metrics HTTP/1.1\r\n${host}Access-Control-Request-Method: GET\r\n\r\n`, 405],
    ['a body nobody asked for', `GET /metrics HTTP/1.1\r\n${host}Content-Length: 4\r\n\r\nabcd`, 200],
    ['an upgrade', `GET /metrics HTTP/1.1\r\n${host}Connection: Upgrade\r\nUpgrade: websocket\r\n\r\n`, 200],
    ['an expectation', `GET /metrics HTTP/1.1\r\n${host}Expect: magic\r\n\r\n`, 200],
    ['climbing', `GET /../../etc/passwd HTTP/1.1\r\n${host}\r\n`, 404],
  ])('%s', async (_, text, status) => {
    const at = await start();
    const got = await raw(at, text);
    expect(got.status).toBe(status);
    expect(got.text).not.toMatch(/evil|passwd|access-control/i);
    // What comes after is answered as before.
    expect((await get(at)).status).toBe(200);
  });

  it('a gigabyte is refused at its announcement', async () => {
    const at = await start();
    expect((await raw(at, `POST / HTTP/1.1\r\n${host}Content-Length: 1000000000\r\n\r\n`)).status).toBe(405);
  });

  it('many requests in one piece get one answer', async () => {
    const at = await start();
    const got = await raw(at, `GET /metrics HTTP/1.1\r\n${host}\r\n`.repeat(50));
    expect(got.text.match(/HTTP\/1\.1 200/g)).toHaveLength(1);
    expect(at.asked).toHaveLength(1);
  });
});

describe('a slow client', () => {
  it.each([
    ['says nothing', ''],
    ['does not end its first line', 'GET /met'],
    ['does not end its headers', 'GET /metrics HTTP/1.1\r\nHost: 127.0.0.1\r\nX: '],
  ])('that %s is let go', async (_, text) => {
    const at = await start({ requestMs: 100, wholeMs: 60_000 });
    const socket = await hold(at, text);
    socket.resume();
    await closed(socket);
    expect((await get(at)).status).toBe(200);
  });

  it('that sends a byte now and then is let go as well', async () => {
    const at = await start({ requestMs: 60_000, wholeMs: 200 });
    const socket = await hold(at, 'GET /metrics HTTP/1.1\r\nHost: 127.0.0.1\r\nX: ');
    const drip = setInterval(() => socket.writable && socket.write('x'), 20);
    socket.resume();
    await closed(socket);
    clearInterval(drip);
    expect(at.asked).toEqual([]);
  });

  it('that does not read its answer is let go as well', async () => {
    const big = Buffer.alloc(64 * 1024 * 1024, 'x');
    const at = await start({ wholeMs: 300, sockets: 1 }, { page: () => big });
    const socket = await hold(at, 'GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n');
    socket.pause();
    // It holds the only place, until it is let go.
    expect((await get(at)).text).toBe('');
    await answered(at);
  });

  it('one more than the limit is sent away; when one leaves there is room', async () => {
    const at = await start({ sockets: 2 });
    const held = [await hold(at, 'GET'), await hold(at, 'GET')];
    expect((await get(at)).text).toBe('');
    for (const socket of held) socket.destroy();
    await answered(at);
  });
});

it('closing ends what is open at once', async () => {
  const at = await start();
  const held = [await hold(at, ''), await hold(at, 'GET /metrics HTTP/1.1\r\nHost: ')];
  for (const socket of held) socket.resume();
  await at.close();
  await Promise.all(held.map(closed));
  await at.close();
  expect((await get(at)).text).toBe('');
});
