import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { type Answer, type Asked, text } from './answer.js';

export interface Limits {
  sockets: number;
  /** Of the first line and the headers together. */
  headBytes: number;
  /** Milliseconds for a request to arrive. */
  requestMs: number;
  /** Milliseconds from the first to the last byte of a connection. */
  wholeMs: number;
}

export const LIMITS: Limits = { sockets: 32, headBytes: 8_192, requestMs: 5_000, wholeMs: 30_000 };

export interface Listening {
  /** What the system bound: an address, never a name. */
  address: string;
  port: number;
  close(): Promise<void>;
}

/**
 * Answers until it is closed. One request a connection, and a time limit for it: whoever reads slowly,
 * or never, holds one of a few places and nothing else. Rejects where the address cannot be had.
 */
export async function listen(
  at: { host: string; port: number },
  answer: (asked: Asked) => Answer,
  limits: Limits = LIMITS,
): Promise<Listening> {
  const server = createServer({
    maxHeaderSize: limits.headBytes,
    headersTimeout: limits.requestMs,
    requestTimeout: limits.requestMs,
    connectionsCheckingInterval: Math.min(1_000, limits.requestMs),
    insecureHTTPParser: false,
  });
  server.maxConnections = limits.sockets;
  server.maxRequestsPerSocket = 1;
  server.on('connection', (socket) => endIn(limits.wholeMs, socket));
  const onRequest = (q: IncomingMessage, response: ServerResponse) => serve(q, response, answer);
  server.on('request', onRequest);
  // Node's own answer to an unknown Expect would keep the connection.
  server.on('checkExpectation', onRequest);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ ...at, exclusive: true }, resolve);
  });
  // A connection that cannot be taken is no reason to end a watch.
  server.on('error', () => {});
  const { address, port } = server.address() as AddressInfo;
  return {
    address,
    port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function endIn(ms: number, socket: Socket): void {
  const timer = setTimeout(() => socket.destroy(), ms);
  socket.once('close', () => clearTimeout(timer));
}

function serve(request: IncomingMessage, response: ServerResponse, answer: (asked: Asked) => Answer): void {
  request.on('error', () => {});
  response.on('error', () => {});
  const { status, type, body, headers } = guarded(factsOf(request), answer);
  response.writeHead(status, {
    'content-type': type,
    'content-length': Buffer.byteLength(body),
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-resource-policy': 'same-origin',
    connection: 'close',
    ...headers,
  });
  response.end(body);
}

/** A fault of our own costs one answer, not the watch. */
function guarded(asked: Asked, answer: (asked: Asked) => Answer): Answer {
  try {
    return answer(asked);
  } catch {
    return text(500, 'hf-doctor could not make this answer because of a fault of its own.');
  }
}

function factsOf({ method = '', url = '', headersDistinct: h }: IncomingMessage): Asked {
  return {
    ...{ method, target: url, hosts: h.host ?? [], origin: h.origin?.[0] },
    ...{ fetchSite: h['sec-fetch-site']?.[0], fetchMode: h['sec-fetch-mode']?.[0] },
  };
}
