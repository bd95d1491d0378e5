import { createServer, type Socket } from 'node:net';

/** One request, whole, as a server of the test sees it. */
export interface Asked {
  method: string;
  path: string;
  /** Request line and headers, latin1. */
  head: string;
  body: string;
  /** Model that was asked for, in the body or below /api/models. */
  model: string | null;
}

/** Bytes to write before the connection is closed, or what to do with the socket. */
export type Play = string | Buffer | ((socket: Socket, asked: Asked) => unknown);

export interface World {
  url: string;
  port: number;
  /** Options that make this world the Hub, the router and the legacy host. */
  flags: string[];
  /** All requests so far. */
  asked: Asked[];
  open(): number;
  connections(): number;
}

export interface WorldOptions {
  /** The answer to whoami; a valid token of a user who may do everything by default. */
  whoami?: Play;
  /** The mapping of each model. */
  mapping?: (model: string) => unknown;
  /** What the Hub answers about any model, in the place of a mapping. */
  models?: Play;
  /** What every other path answers, also that of the catalogue. */
  everything?: Play;
}

const cleanups: (() => unknown)[] = [];

/** For afterEach. */
export async function cleanUp(): Promise<void> {
  for (const clean of cleanups.splice(0)) await clean();
}

export const json = (value: unknown, status = 200, headers: Readonly<Record<string, string>> = {}): Buffer =>
  answer(status, { 'content-type': 'application/json', ...headers }, JSON.stringify(value));

export function answer(
  status: number,
  headers: Readonly<Record<string, string>>,
  body: string | Uint8Array,
): Buffer {
  const data = Buffer.from(body as string);
  const lines = Object.entries({ 'content-length': String(data.length), ...headers });
  const head = `HTTP/1.1 ${status} X\r\n${lines.map(([n, v]) => `${n}: ${v}\r\n`).join('')}\r\n`;
  return Buffer.concat([Buffer.from(head, 'latin1'), data]);
}

export const chat = (content = 'Hello', more: object = {}) => ({
  id: 'x',
  object: 'chat.completion',
  created: 1_780_000_000,
  model: 'm',
  choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason: 'stop' }],
  usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
  ...more,
});

const USER = { type: 'user', name: 'tester', auth: { type: 'access_token', accessToken: { role: 'read' } } };

export const mapped = (id: string, provider = 'novita', providerId = 'some/model') => ({
  id,
  pipeline_tag: 'text-generation',
  tags: ['conversational'],
  inferenceProviderMapping: { [provider]: { status: 'live', providerId, task: 'conversational' } },
});

/** A world of Hugging Face in which each model has its own answer; the last one is for all others. */
export async function world(plays: Readonly<Record<string, Play>>, o: WorldOptions = {}): Promise<World> {
  const asked: Asked[] = [];
  const sockets = new Set<Socket>();
  let connections = 0;
  const reply = (a: Asked): Play => {
    if (o.everything !== undefined) return o.everything;
    if (a.path.startsWith('/api/whoami')) return o.whoami ?? json(USER);
    if (a.path.startsWith('/api/models/'))
      return o.models ?? json((o.mapping ?? ((id) => mapped(id)))(a.model ?? ''));
    if (a.method === 'GET' && a.path === '/v1/models') return json({ object: 'list', data: [] });
    return plays[a.model ?? ''] ?? plays['*'] ?? json(chat());
  };
  const server = createServer((socket) => {
    connections += 1;
    sockets.add(socket);
    let bytes = '';
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => {});
    socket.on('data', (chunk) => {
      bytes += chunk.toString('latin1');
      for (let request = whole(bytes); request; request = whole(bytes)) {
        bytes = bytes.slice(request.length);
        asked.push(request.asked);
        const play = reply(request.asked);
        if (typeof play === 'function') play(socket, request.asked);
        else socket.write(play);
      }
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  cleanups.push(() => {
    for (const socket of sockets) socket.destroy();
    return new Promise((done) => server.close(done));
  });
  const { port } = server.address() as { port: number };
  const url = `http://127.0.0.1:${port}`;
  return {
    url,
    port,
    flags: ['--hub-url', url, '--router-url', url, '--legacy-url', url, '--no-config'],
    asked,
    open: () => sockets.size,
    connections: () => connections,
  };
}

function whole(bytes: string): { asked: Asked; length: number } | null {
  const end = bytes.indexOf('\r\n\r\n');
  if (end === -1) return null;
  const head = bytes.slice(0, end);
  const length = end + 4 + Number(/^content-length: (\d+)/im.exec(head)?.[1] ?? 0);
  if (bytes.length < length) return null;
  const [method = '', path = ''] = head.split(' ');
  const body = bytes.slice(end + 4, length);
  const named = /"model":"([^"]{1,200})"/.exec(body)?.[1] ?? /^\/api\/models\/([^?]{1,200})/.exec(path)?.[1];
  return { asked: { method, path, head, body, model: named ? decodeURIComponent(named) : null }, length };
}

/** Writes the bytes and closes; a reset comes late enough for them to be read. */
export const closing =
  (bytes: string | Buffer, how: 'end' | 'reset' = 'end') =>
  (socket: Socket): void => {
    const data = typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes;
    if (how === 'end') socket.end(data);
    else socket.write(data, () => setTimeout(() => socket.resetAndDestroy(), 60));
  };

/** Writes `start`, then `piece` for ever, as fast as it is taken. */
export const flooding =
  (start: string, piece: string) =>
  (socket: Socket): void => {
    socket.write(Buffer.from(start, 'latin1'));
    const data = Buffer.from(piece.repeat(Math.ceil(4096 / piece.length)), 'latin1');
    const pour = () => {
      while (!socket.destroyed && socket.write(data));
    };
    socket.on('drain', pour);
    pour();
  };
