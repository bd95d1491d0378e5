import { createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer, type TlsOptions } from 'node:tls';
import { createNetwork, type NetworkOptions } from '../../src/probe/network.js';
import type { Outcome, SendRequest } from '../../src/probe/transport.js';

/** A server that speaks bytes, so that every fault of the protocol can be played. */
export interface RawServer {
  port: number;
  /** `http://127.0.0.1:port`. */
  url: string;
  /** Connections so far. */
  connections(): number;
  /** Connections that are open now. */
  open(): number;
  /** Everything that clients have sent, as latin1. */
  seen(): string;
  /** Resets every open connection, below TLS. */
  reset(): void;
}

type Play = (socket: Socket, request: string) => unknown;

const cleanups: (() => Promise<unknown> | unknown)[] = [];

/** For afterEach: closes every server and network of this file. */
export async function cleanUp(): Promise<void> {
  for (const clean of cleanups.splice(0).reverse()) await clean();
}

/**
 * Calls `play` with each whole request head, or with the first bytes, whatever they are.
 * Keep-alive works: the next head calls it again.
 */
export async function rawServer(
  play: Play,
  tls?: TlsOptions,
  at: 'head' | 'bytes' = 'head',
): Promise<RawServer> {
  const sockets = new Set<Socket>();
  let connections = 0;
  let seen = '';
  const accept = (socket: Socket) => {
    let head = '';
    socket.on('error', () => {});
    socket.on('data', (bytes) => {
      seen += bytes.toString('latin1');
      head += bytes.toString('latin1');
      const end = head.indexOf('\r\n\r\n');
      if (end === -1 && at === 'head') return;
      const request = head;
      head = '';
      play(socket, request);
    });
  };
  const server: Server = tls ? createTlsServer(tls, accept) : createServer(accept);
  server.on('tlsClientError', () => {});
  server.on('connection', (socket) => {
    connections += 1;
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  cleanups.push(() => {
    for (const socket of sockets) socket.destroy();
    return new Promise((resolve) => server.close(resolve));
  });
  const { port } = server.address() as { port: number };
  return {
    port,
    url: `http://127.0.0.1:${port}`,
    connections: () => connections,
    open: () => sockets.size,
    seen: () => seen,
    reset: () => sockets.forEach((socket) => void socket.resetAndDestroy()),
  };
}

/** Runs after several turns of the event loop: what was written before has been read by then. */
export function soon(task: () => void, turns = 3): void {
  setTimeout(() => (turns > 1 ? soon(task, turns - 1) : task()), 20);
}

/** A server that writes these bytes and then ends, resets or stays open. */
export function answering(
  bytes: string | Buffer,
  then: 'end' | 'reset' | 'open' = 'end',
): Promise<RawServer> {
  return rawServer((socket) => {
    const data = typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes;
    if (then === 'end') socket.end(data);
    else socket.write(data);
    // Late enough for the bytes to be read: the reset would throw them away.
    if (then === 'reset') soon(() => socket.resetAndDestroy());
  });
}

/** Status line, headers and body of an HTTP/1.1 answer with a length. */
export function http(
  status: number,
  headers: Readonly<Record<string, string>>,
  body: string | Buffer,
): Buffer {
  const data = Buffer.from(body as string);
  const lines = Object.entries({ 'content-length': String(data.length), ...headers });
  const head = `HTTP/1.1 ${status} X\r\n${lines.map(([n, v]) => `${n}: ${v}\r\n`).join('')}\r\n`;
  return Buffer.concat([Buffer.from(head, 'latin1'), data]);
}

export async function network(options: Partial<NetworkOptions> = {}) {
  const made = await createNetwork({ env: {}, mayCarryToken: () => true, ...options });
  cleanups.push(() => made.close());
  return made;
}

/** One GET with a network of its own. */
export async function get(
  url: string,
  request: Partial<SendRequest> = {},
  options: Partial<NetworkOptions> = {},
): Promise<Outcome> {
  const { send } = await network(options);
  return send({ method: 'GET', url, headers: {}, timeoutMs: 5_000, ...request });
}

/** The parts of an outcome that a table can name. */
export function brief(outcome: Outcome) {
  return outcome.kind === 'answer'
    ? { status: outcome.status, error: outcome.bodyError, text: text(outcome) }
    : { status: outcome.status, error: outcome.error, text: null };
}

export function text(outcome: Outcome): string | null {
  return outcome.kind === 'answer' ? Buffer.from(outcome.body).toString('latin1') : null;
}

/** Looks like a token; made at run time so that no scanner finds one in the source. */
export function canary(): string {
  return `hf_${'CanaryInACage'.repeat(3).slice(0, 34)}`;
}
