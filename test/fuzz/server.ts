import { createServer, type Socket } from 'node:net';
import type { Request } from './answer.js';
import type { Played } from './wire.js';

/** A server on loopback that speaks bytes. What it answers can be changed while it runs. */
export interface HostileServer {
  /** `http://127.0.0.1:port`. */
  url: string;
  /** Also forgets all connections. */
  play(answer: (request: Request, headers: string) => Played): void;
  close(): Promise<void>;
}

export async function hostileServer(): Promise<HostileServer> {
  const sockets = new Set<Socket>();
  let answer: ((request: Request, headers: string) => Played) | null = null;
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.setNoDelay(true);
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
    let bytes = Buffer.alloc(0);
    socket.on('data', (more) => {
      bytes = Buffer.concat([bytes, more]);
      const read = requestIn(bytes);
      if (!read) return;
      bytes = Buffer.alloc(0);
      if (answer) deliver(socket, answer(read.request, read.headers));
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const drop = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    url: `http://127.0.0.1:${(server.address() as { port: number }).port}`,
    play(next) {
      drop();
      answer = next;
    },
    close() {
      drop();
      return new Promise((done) => server.close(() => done()));
    },
  };
}

function requestIn(bytes: Buffer): { request: Request; headers: string } | null {
  const end = bytes.indexOf('\r\n\r\n');
  if (end < 0) return null;
  const headers = bytes.subarray(0, end).toString('latin1');
  const length = Number(/^content-length: (\d+)/im.exec(headers)?.[1] ?? 0);
  if (bytes.length < end + 4 + length) return null;
  const [method = '', path = ''] = headers.split(' ');
  return { request: { method, path, body: bytes.subarray(end + 4).toString('latin1') }, headers };
}

/** Part by part, each in a turn of its own. */
function deliver(socket: Socket, { parts, end }: Played): void {
  const [first, ...rest] = parts;
  if (first === undefined) {
    if (end === 'end') socket.end();
    // What was written must have left: a reset throws the rest away.
    if (end === 'reset') setTimeout(() => socket.resetAndDestroy(), 10);
    return;
  }
  socket.write(first, () => setImmediate(() => deliver(socket, { parts: rest, end })));
}
