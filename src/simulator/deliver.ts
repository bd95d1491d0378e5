import { type ServerResponse, STATUS_CODES } from 'node:http';
import type { Answer } from './answer.js';

const PIECES = 8;
const DRIP_MS = 200;

/** Writes an answer the way its mode says. Ends early when the caller or the simulator goes away. */
export async function deliver(response: ServerResponse, answer: Answer): Promise<void> {
  const body = Buffer.from(answer.body);
  const { mode } = answer;
  if (mode !== 'drip' && !(await waited(response, answer.delayMs))) return;
  if (mode === 'hang') return;
  if (mode === 'reset') {
    response.socket?.resetAndDestroy();
    return;
  }
  if (mode === 'malformed') {
    response.socket?.end('HTTP/1.1 2OO ok then\r\ncontent-length: many\r\n\r\n');
    return;
  }
  const headers = Object.entries({ ...answer.headers, 'content-length': String(body.length) }).map(
    ([name, value]) => [name, bytes(value).replace(/[^\t\x20-\x7e\x80-\xff]/g, '')] as const,
  );
  if (answer.reason !== null) {
    // By hand: Node refuses control characters in a reason phrase, and clients take them.
    const lines = headers.map(([name, value]) => `${name}: ${value}\r\n`).join('');
    const head = `HTTP/1.1 ${answer.status} ${bytes(answer.reason)}\r\n${lines}connection: close\r\n\r\n`;
    response.socket?.end(Buffer.concat([Buffer.from(head, 'latin1'), body]));
    return;
  }
  response.writeHead(answer.status, STATUS_CODES[answer.status] ?? 'Unknown', Object.fromEntries(headers));
  if (mode === 'whole') {
    response.end(body);
    return;
  }
  if (mode === 'drip') {
    const step = Math.max(1, Math.ceil(body.length / PIECES));
    for (let at = 0; at < body.length; at += step) {
      response.write(body.subarray(at, at + step));
      if (!(await waited(response, answer.delayMs || DRIP_MS))) return;
    }
    response.end();
    return;
  }
  const half = body.subarray(0, Math.floor(body.length / 2));
  response.write(half, () => {
    if (mode === 'truncate') response.destroy();
  });
}

/** False when the connection was closed meanwhile. */
function waited(response: ServerResponse, ms: number): Promise<boolean> {
  if (ms === 0) return Promise.resolve(!response.destroyed);
  return new Promise((resolve) => {
    const done = (open: boolean) => {
      clearTimeout(timer);
      response.off('close', gone);
      resolve(open);
    };
    const gone = () => done(false);
    const timer = setTimeout(done, ms, true);
    response.once('close', gone);
  });
}

/** One character a byte, as heads are written; no client takes a control character in a header. */
function bytes(text: string): string {
  return Buffer.from(text).toString('latin1');
}
