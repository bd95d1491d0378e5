import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Limits {
  sockets: number;
  bodyBytes: number;
  /** Milliseconds for the head of a request, and for the whole of it. */
  patienceMs: number;
}

export const LIMITS: Limits = { sockets: 64, bodyBytes: 1024 * 1024, patienceMs: 10_000 };

export interface Listener {
  /** `http://127.0.0.1:port` */
  origin: string;
  close(): Promise<void>;
}

type Handler = (request: IncomingMessage, body: Buffer, response: ServerResponse) => Promise<void>;

/**
 * An HTTP server for this machine only: bound to 127.0.0.1, deaf to web pages (which could reach it
 * through a name that points here), with bounds on sockets, bodies and patience.
 */
export async function listen(handler: Handler, limits: Limits = LIMITS): Promise<Listener> {
  const server = createServer({
    headersTimeout: limits.patienceMs,
    requestTimeout: limits.patienceMs,
    connectionsCheckingInterval: Math.min(1_000, limits.patienceMs),
  });
  server.maxConnections = limits.sockets;
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    serve(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const refusal = refused(request, port);
    if (refusal) return refuse(response, refusal);
    const body = await read(request, limits.bodyBytes);
    if (body === null) return refuse(response, 413);
    await handler(request, body, response);
  }

  return {
    origin: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Status of a refusal, or null. A browser tells on itself by Origin and Sec-Fetch-Site. */
function refused({ headers }: IncomingMessage, port: number): 403 | 421 | null {
  if (headers.host !== `127.0.0.1:${port}` && headers.host !== `localhost:${port}`) return 421;
  const site = headers['sec-fetch-site'];
  const fromPage =
    headers.origin !== undefined || (site !== undefined && site !== 'none' && site !== 'same-origin');
  return fromPage ? 403 : null;
}

function refuse(response: ServerResponse, status: 403 | 413 | 421): void {
  const error = { 403: 'not for web pages', 413: 'body too large', 421: 'wrong host' }[status];
  response.writeHead(status, { 'content-type': 'application/json', connection: 'close' });
  response.end(JSON.stringify({ error: `simulator: ${error}` }));
}

/** The whole body, or null when it is too long; the rest is then left unread. */
function read(request: IncomingMessage, limit: number): Promise<Buffer | null> {
  if (Number(request.headers['content-length'] ?? 0) > limit) return Promise.resolve(null);
  return new Promise((resolve, reject) => {
    const pieces: Buffer[] = [];
    let size = 0;
    request.on('data', (piece: Buffer) => {
      size += piece.length;
      if (size <= limit) pieces.push(piece);
      else {
        request.pause();
        resolve(null);
      }
    });
    request.once('end', () => resolve(Buffer.concat(pieces)));
    request.once('error', reject);
  });
}
