import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { LIMITS, type Listener, listen } from '../../src/simulator/listen.js';
import { startSimulator } from '../../src/simulator/server.js';
import { hello, named, play, scenario } from './support.js';

/** Sends bytes as they are and gives everything that comes back until the end. */
async function raw(origin: string, text: string | Buffer): Promise<string> {
  const { port } = new URL(origin);
  const socket = connect(Number(port), '127.0.0.1');
  const pieces: Buffer[] = [];
  socket.on('data', (piece: Buffer) => pieces.push(piece));
  socket.on('error', () => undefined);
  socket.write(text);
  // Not `once` of node:events: that rejects when the other side resets.
  await new Promise((resolve) => socket.on('close', resolve));
  return Buffer.concat(pieces).toString('latin1');
}

const get = (origin: string, lines: string[], path = '/v1/models') =>
  raw(origin, [`GET ${path} HTTP/1.1`, ...lines, 'Connection: close', '', ''].join('\r\n'));
const statusOf = (answer: string) => Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1]);

describe('who may call', () => {
  it.each([
    ['127.0.0.1 and port', (host: string) => [`Host: ${host}`], 200],
    ['localhost', (host: string) => [`Host: ${host.replace('127.0.0.1', 'localhost')}`], 200],
    ['no fetch from a page', (host: string) => [`Host: ${host}`, 'Sec-Fetch-Site: none'], 200],
    ['another name', () => ['Host: evil.example'], 421],
    ['a name that starts the same', (host: string) => [`Host: ${host}.evil.example`], 421],
    ['no port', () => ['Host: 127.0.0.1'], 421],
    ['another port', () => ['Host: 127.0.0.1:1'], 421],
    ['a page', (host: string) => [`Host: ${host}`, 'Origin: https://evil.example'], 403],
    ['its own page', (host: string) => [`Host: ${host}`, `Origin: http://${host}`], 403],
    ['a null origin', (host: string) => [`Host: ${host}`, 'Origin: null'], 403],
    ['cross-site', (host: string) => [`Host: ${host}`, 'Sec-Fetch-Site: cross-site'], 403],
    ['another local port', (host: string) => [`Host: ${host}`, 'Sec-Fetch-Site: same-site'], 403],
  ])('%s', async (_, lines, status) => {
    const { endpoints, log } = await play('healthy');
    const answer = await get(endpoints.router, lines(new URL(endpoints.router).host));
    expect(statusOf(answer)).toBe(status);
    expect(answer).not.toMatch(/access-control/i);
    expect(log()).toHaveLength(status === 200 ? 1 : 0);
  });

  it('a page gets no leave by a preflight either', async () => {
    const { endpoints } = await play('healthy');
    const { host } = new URL(endpoints.router);
    const preflight = `OPTIONS /v1/chat/completions HTTP/1.1\r\nHost: ${host}\r\nOrigin: https://evil.example\r\nAccess-Control-Request-Method: POST\r\nConnection: close\r\n\r\n`;
    const answer = await raw(endpoints.router, preflight);
    expect(statusOf(answer)).toBe(403);
    expect(answer).not.toMatch(/access-control/i);
  });

  it('listens on no other address', async () => {
    const { endpoints } = await play('healthy');
    const socket = connect(Number(new URL(endpoints.hub).port), '127.0.0.2');
    const [error] = await once(socket, 'error');
    expect(error.code).toBe('ECONNREFUSED');
  });
});

describe('limits', () => {
  const open: Listener[] = [];
  const start = async (limits: Partial<typeof LIMITS> = {}) => {
    const listener = await listen(async (_, body, response) => void response.end(String(body.length)), {
      ...LIMITS,
      ...limits,
    });
    open.push(listener);
    return listener.origin;
  };
  afterEach(() => Promise.all(open.splice(0).map((listener) => listener.close())));

  it('are 64 sockets, 1 MiB, 10 seconds', () => {
    expect(LIMITS).toEqual({ sockets: 64, bodyBytes: 1_048_576, patienceMs: 10_000 });
  });

  it('takes a body of the limit, refuses one byte more, announced or chunked', async () => {
    const origin = await start({ bodyBytes: 1000 });
    const { host } = new URL(origin);
    const head = `POST / HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n`;
    const sized = (n: number) => raw(origin, `${head}Content-Length: ${n}\r\n\r\n${'x'.repeat(n)}`);
    expect(await sized(1000)).toMatch(/^HTTP\/1\.1 200 .*\b1000/s);
    expect(statusOf(await sized(1001))).toBe(413);
    const chunk = `200\r\n${'x'.repeat(512)}\r\n`;
    const chunked = `${head}Transfer-Encoding: chunked\r\n\r\n${chunk}${chunk}0\r\n\r\n`;
    expect(statusOf(await raw(origin, chunked))).toBe(413);
  });

  it('refuses a gigabyte at its announcement', async () => {
    const origin = await start();
    const { host } = new URL(origin);
    const head = `POST / HTTP/1.1\r\nHost: ${host}\r\nContent-Length: 1000000000\r\n\r\n`;
    expect(statusOf(await raw(origin, head))).toBe(413);
  });

  it.each([
    ['head', 'GET / HTTP/1.1\r\nHost: '],
    ['body', 'POST / HTTP/1.1\r\nHost: HOST\r\nContent-Length: 10\r\n\r\nabc'],
  ])('gives up on a %s that does not end', async (_, text) => {
    const origin = await start({ patienceMs: 50 });
    expect(statusOf(await raw(origin, text.replace('HOST', new URL(origin).host)))).toBe(408);
  });

  it('drops connections above the number', async () => {
    const origin = await start({ sockets: 2 });
    const { port, host } = new URL(origin);
    const held = [connect(Number(port), '127.0.0.1'), connect(Number(port), '127.0.0.1')];
    await Promise.all(held.map((socket) => once(socket, 'connect')));
    for (const socket of held) socket.write(`GET / HTTP/1.1\r\nHost: ${host}\r\n\r\n`);
    await Promise.all(held.map((socket) => once(socket, 'data')));
    expect(await get(origin, [`Host: ${host}`])).toBe('');
    for (const socket of held) socket.destroy();
  });
});

const ESC = '\u001b';
const broken = (answer: string) =>
  scenario(`
title: T
story: S
check: { models: [a/b] }
models: { a/b: { providers: { novita: {} } } }
answers: [{ when: { path: /v1/models }, answer: ${answer} }]
`);

describe('modes', () => {
  it.each([
    ['truncate', '{ mode: truncate, text: abcdefghij }', /content-length: 10\r\n.*\r\n\r\nabcde$/s],
    ['drip', '{ mode: drip, delayMs: 1, text: abcdefghij }', /\r\n\r\nabcdefghij$/],
    ['reset', '{ mode: reset }', /^$/],
    ['malformed', '{ mode: malformed }', /^HTTP\/1\.1 2OO/],
    ['delay', '{ delayMs: 5, text: late }', /\r\n\r\nlate$/],
    ['no body', '{ status: 204 }', /^HTTP\/1\.1 204 No Content/],
    [
      'reason',
      '{ status: 500, reason: "\\e[31mé", headers: { x-a: "\\e\\u202e" }, text: x }',
      new RegExp(`^HTTP/1\\.1 500 ${ESC}\\[31mÃ©\r\n.*x-a: â\x80®\r\n.*\r\n\r\nx$`, 's'),
    ],
    ['odd header', '{ headers: { X-A: "\\e[1m\\u202e\\u009b" }, text: x }', /\r\nx-a: \[1mâ\x80®Â\x9b\r\n/],
  ])('%s', async (_, answer, expected) => {
    const { endpoints } = await play(broken(answer));
    expect(await get(endpoints.router, [`Host: ${new URL(endpoints.router).host}`])).toMatch(expected);
  });

  it.each(['hang', 'stall', 'drip', 'whole'])('%s does not hold up the end', async (mode) => {
    const simulator = await startSimulator(broken(`{ mode: ${mode}, delayMs: 60000, text: abcdefghij }`));
    const pending = httpRequest(`${simulator.endpoints.router}/v1/models`);
    const ended = new Promise((resolve) => {
      pending.on('error', resolve);
      pending.on('response', (response) => response.on('close', resolve).resume());
    });
    pending.end();
    await expect.poll(() => simulator.log().length).toBe(1);
    await simulator.close();
    await ended;
    // A second call is harmless.
    await simulator.close();
  });
});

describe('what is remembered', () => {
  it('says what was asked and whether it cost, and never by which token', async () => {
    const simulator = await play('healthy');
    const { endpoints, token } = simulator;
    const real = `hf_${'r'.repeat(34)}`;
    const call = (path: string, bearer: string | null, body: object | null) =>
      fetch(endpoints.router + path, {
        method: body ? 'POST' : 'GET',
        headers: bearer === null ? {} : { authorization: `Bearer ${bearer}` },
        body: body && JSON.stringify(body),
      }).then((response) => response.arrayBuffer());
    await call('/v1/models?token=x', null, null);
    await call('/v1/chat/completions', token, hello('meta-llama/Llama-3.1-8B-Instruct:novita'));
    await call(`/v1/models/${real}`, real, null);
    await call('/v1/chat/completions', real, hello(`${real}/x`));
    await call('/v1/chat/completions', 'sk-other', hello('sk-other'));
    const row = { surface: 'router', method: 'POST', path: '/v1/chat/completions', billable: false };
    expect(simulator.log()).toEqual([
      { ...row, method: 'GET', path: '/v1/models', auth: 'anonymous', model: null, status: 200 },
      { ...row, auth: 'token', model: 'meta-llama/Llama-3.1-8B-Instruct', status: 200, billable: true },
      { ...row, method: 'GET', path: '/v1/models/hf_…', auth: 'other-token', model: null, status: 400 },
      { ...row, auth: 'other-token', model: 'hf_…/x', status: 401 },
      { ...row, auth: 'other-token', model: '…', status: 401 },
    ]);
  });

  it('hostile: the token comes back in body, header and reason, and is not in the log', async () => {
    const { endpoints, token, log } = await play('hostile');
    const { host } = new URL(endpoints.router);
    const body = JSON.stringify(hello('meta-llama/Llama-3.1-70B-Instruct'));
    const answer = await raw(
      endpoints.router,
      `POST /v1/chat/completions HTTP/1.1\r\nHost: ${host}\r\nAuthorization: Bearer ${token}\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`,
    );
    expect(answer.split('\r\n')[0]).toBe(`HTTP/1.1 500 Error ${token} \x1b]52;c;aGFja2Vk\x07`);
    expect(answer).toContain(`x-request-id: req-${token}`);
    expect(answer).toContain(Buffer.from(token ?? '').toString('base64'));
    expect(JSON.stringify(log())).not.toContain(token?.slice(3, 12));
  });
});

describe('token', () => {
  it.each([
    ['Bearer TOKEN', 200],
    ['bearer  TOKEN', 200],
    ['TOKEN', 401],
    ['Bearer Bearer TOKEN', 401],
    ['Bearer: TOKEN', 401],
    ['Bearer "TOKEN"', 401],
    ['Bearer undefined', 401],
    ['Bearer ', 401],
    ['Basic TOKEN', 401],
  ])('%s', async (header, status) => {
    const { endpoints, token } = await play('healthy');
    const { host } = new URL(endpoints.hub);
    const sent = `Authorization: ${header.replace('TOKEN', token ?? '')}`;
    expect(statusOf(await get(endpoints.hub, [`Host: ${host}`, sent], '/api/whoami-v2'))).toBe(status);
  });

  it('is made by the given source of chance, and malformed when the scenario says so', async () => {
    const simulator = await startSimulator(await named('healthy'), { random: () => 0 });
    expect(simulator.token).toBe(`hf_${'a'.repeat(34)}`);
    await simulator.close();
    const quoted = await startSimulator(
      scenario(
        `title: T\nstory: S\ncheck: { models: [a/b] }\nmodels: {}\ntoken: { state: malformed, text: '"{{token}}"' }`,
      ),
    );
    const call = async (bearer: string) => {
      const response = await fetch(`${quoted.endpoints.hub}/api/whoami-v2`, {
        headers: { authorization: `Bearer ${bearer}` },
      });
      return response.status;
    };
    expect(quoted.token).toMatch(/^"hf_\w{34}"$/);
    // With the quotes it is unknown, without them it is good.
    expect(await call(String(quoted.token))).toBe(401);
    expect(await call(String(quoted.token).slice(1, -1))).toBe(200);
    expect(quoted.log().map(({ auth }) => auth)).toEqual(['token', 'token']);
    await quoted.close();
  });
});
