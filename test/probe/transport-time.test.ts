import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { ErrorCode } from '../../src/types/observation.js';
import { answering, brief, cleanUp, get, http, network, rawServer, soon } from './raw.js';

afterEach(cleanUp);

const EVERY_MS = 20;

/** Writes `start` at once, and then `text` for ever, letter by letter. */
function drip(start: string, text: string) {
  return (socket: Socket) => {
    let at = 0;
    forever(socket, start, () => text.charAt(at++ % text.length));
  };
}

/** Writes `start` at once, and then the whole `text` for ever. */
function repeat(start: string, text: string) {
  return (socket: Socket) => forever(socket, start, () => text);
}

function forever(socket: Socket, start: string, next: () => string): void {
  socket.write(start);
  const timer = setInterval(() => {
    if (socket.destroyed) clearInterval(timer);
    else socket.write(next());
  }, EVERY_MS);
}

/** How the server never ends; status and error within a deadline of 400 ms. */
const NEVER: [string, (socket: Socket) => void, number | null, ErrorCode][] = [
  ['no byte at all', () => {}, null, 'net.no-answer'],
  [
    'a status line, letter by letter',
    drip('', 'HTTP/1.1 200 OOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOO'),
    null,
    'net.deadline',
  ],
  [
    'headers, letter by letter',
    drip('HTTP/1.1 200 X\r\n', 'x-a: bbbbbbbbbbbbbbbbbbbbbbb\r\n'),
    null,
    'net.deadline',
  ],
  ['interim answers', repeat('', 'HTTP/1.1 103 Early\r\nlink: </x>\r\n\r\n'), null, 'net.deadline'],
  [
    'a body, letter by letter',
    drip('HTTP/1.1 200 X\r\ncontent-length: 9999\r\n\r\n', 'x'),
    200,
    'net.deadline',
  ],
  [
    'comments of a stream',
    repeat('HTTP/1.1 200 X\r\ncontent-type: text/event-stream\r\n\r\n', ': ping\n\n'),
    200,
    'net.deadline',
  ],
  [
    'a chunk extension',
    drip('HTTP/1.1 200 X\r\ntransfer-encoding: chunked\r\n\r\n5;a=', 'x'),
    200,
    'net.stalled',
  ],
  [
    'a body that stops',
    (s) => s.write('HTTP/1.1 502 X\r\ncontent-length: 9999\r\n\r\nhello'),
    502,
    'net.stalled',
  ],
];

describe('one deadline for the whole exchange', () => {
  it.each(NEVER)('%s', async (_, play, status, error) => {
    const server = await rawServer(play);
    expect(brief(await get(server.url, { timeoutMs: 400 }))).toMatchObject({ status, error });
  });

  it('covers a TLS handshake that never ends', async () => {
    const server = await rawServer(() => {});
    const outcome = await get(server.url.replace('http:', 'https:'), { timeoutMs: 200 });
    expect(outcome).toMatchObject({ kind: 'failure', error: 'net.deadline' });
    expect(outcome.kind === 'failure' && outcome.detail).toContain('TLS');
  });

  it('covers the wait for a free connection, and what waited is never sent', async () => {
    const server = await rawServer(() => {});
    const { send } = await network();
    const ask = (path: string, timeoutMs: number) =>
      send({ method: 'GET', url: `${server.url}/${path}`, headers: {}, timeoutMs });
    const busy = Array.from({ length: 8 }, () => ask('busy', 900));
    const late = await ask('late', 150);
    expect(brief(late)).toMatchObject({ status: null, error: 'net.deadline' });
    await Promise.all(busy);
    expect(brief(await ask('next', 400)).error).toBe('net.no-answer');
    expect(server.seen()).toContain('GET /next');
    expect(server.seen()).not.toContain('GET /late');
  });

  it.each([0, -1, Number.NaN])('of %d ends at once', async (timeoutMs) => {
    const server = await rawServer(() => {});
    expect((await get(server.url, { timeoutMs })).kind).toBe('failure');
  });

  it('beyond what a timer can hold is no deadline of one millisecond', async () => {
    const server = await rawServer((socket) => setTimeout(() => socket.end(http(200, {}, 'late')), 100));
    expect(brief(await get(server.url, { timeoutMs: 1e12 }))).toMatchObject({ status: 200, text: 'late' });
  });

  // The grace is one second: a machine that is busy for longer may need another try.
  it('does not blame a server that answered while this process was busy', { retry: 3 }, async () => {
    const script = `require('http').createServer((q, s) => s.end('quick'))
      .listen(0, '127.0.0.1', function () { console.log(this.address().port) })`;
    const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
    try {
      const [line] = await once(child.stdout, 'data');
      const { send } = await network();
      const url = `http://127.0.0.1:${String(line).trim()}/`;
      const request = { method: 'GET', url, headers: {}, timeoutMs: 400 } as const;
      const outcome = send(request);
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1_200);
      expect(brief(await outcome)).toMatchObject({ status: 200, text: 'quick' });
    } finally {
      child.kill();
    }
  });
});

describe('a stop', () => {
  it('before the start sends nothing', async () => {
    const server = await answering(http(200, {}, ''));
    const outcome = await get(server.url, { signal: AbortSignal.abort() });
    expect(outcome).toMatchObject({ kind: 'failure', error: 'run.cancelled', status: null });
    expect(server.connections()).toBe(0);
  });

  it.each([
    ['while no byte came', '', null],
    ['in the body', 'HTTP/1.1 200 X\r\ncontent-length: 99\r\n\r\nhello', 200],
  ])('%s', async (_, bytes, status) => {
    const stop = new AbortController();
    const server = await rawServer((socket) => {
      socket.write(bytes);
      soon(() => stop.abort());
    });
    const outcome = await get(server.url, { signal: stop.signal });
    expect(outcome).toMatchObject({ kind: 'failure', error: 'run.cancelled', status });
  });

  it('leaves no listener behind and causes no warning', async () => {
    const warnings: string[] = [];
    const hear = (warning: Error) => warnings.push(warning.name);
    process.on('warning', hear);
    const stop = new AbortController();
    let adds = 0;
    const { signal } = stop;
    const add = signal.addEventListener.bind(signal);
    const remove = signal.removeEventListener.bind(signal);
    signal.addEventListener = (...args: Parameters<typeof add>) => {
      adds += 1;
      add(...args);
    };
    signal.removeEventListener = (...args: Parameters<typeof remove>) => {
      adds -= 1;
      remove(...args);
    };
    const server = await rawServer((socket) => socket.write(http(200, {}, 'x')));
    const { send } = await network();
    const all = Array.from({ length: 40 }, () =>
      send({ method: 'GET', url: server.url, headers: {}, timeoutMs: 5_000, signal }),
    );
    expect(adds).toBe(40);
    expect((await Promise.all(all)).every((o) => o.kind === 'answer')).toBe(true);
    await new Promise((resolve) => setTimeout(resolve, 20));
    process.off('warning', hear);
    expect(adds).toBe(0);
    expect(warnings).toEqual([]);
  });
});

describe('closing the network', () => {
  it('cancels what is under way, and what comes later', async () => {
    const server = await rawServer((socket) => socket.write('HTTP/1.1 200 X\r\n'));
    const made = await network();
    const ask = (url: string) => made.send({ method: 'GET', url, headers: {}, timeoutMs: 60_000 });
    const open = [ask(server.url), ask(server.url.replace('http:', 'https:'))];
    await new Promise((resolve) => setTimeout(resolve, 100));
    await made.close();
    expect((await Promise.all(open)).map((o) => brief(o).error)).toEqual(['run.cancelled', 'run.cancelled']);
    expect(brief(await ask(server.url)).error).toBe('run.cancelled');
    await vi.waitFor(() => expect(server.open()).toBe(0));
    await made.close();
  });
});
