import { constants, open as openDescriptor } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { Socket } from 'node:net';
import { promisify } from 'node:util';
import { codeOf } from './lost.js';
import type { ReadFault } from './write.js';

/** The last part of a text. */
export interface Tail {
  text: string;
  /** Whether something before it was left out. */
  truncated: boolean;
}

export type TailRead = ({ ok: true } & Tail) | { ok: false; reason: ReadFault };

/** A pipe need not have an end: so many times what is kept is read, and no more. */
const MOST_READ = 20;

/** Reads a stream to its end and keeps its last `max` bytes. What a broken pipe gave is kept. */
export async function tailOfStream(stream: NodeJS.ReadableStream, max: number): Promise<Tail> {
  let chunks: Buffer[] = [];
  let size = 0;
  let read = 0;
  let truncated = false;
  try {
    for await (const chunk of stream) {
      const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
      chunks.push(bytes);
      size += bytes.length;
      read += bytes.length;
      if (read > MOST_READ * max) break;
      // Twice as much, so that each byte is moved a few times only.
      if (size < 2 * max) continue;
      chunks = [Buffer.concat(chunks).subarray(-max)];
      size = max;
      truncated = true;
    }
  } catch {
    // Nothing more comes.
  }
  const all = Buffer.concat(chunks);
  return textOf(all.subarray(-max), truncated || all.length > max);
}

/** The last `max` bytes of a file; a named pipe is read to its end. Devices and folders are refused. */
export async function tailOfFile(path: string, max: number, signal: AbortSignal): Promise<TailRead> {
  try {
    const before = await stat(path);
    if (before.isFIFO()) return { ok: true, ...(await tailOfPipe(path, max, signal)) };
    if (!before.isFile()) return { ok: false, reason: 'not-a-file' };
    return { ok: true, ...(await tailOfRegular(path, max)) };
  } catch (error) {
    return { ok: false, reason: FAULTS[codeOf(error)] ?? 'unreadable' };
  }
}

const FAULTS: Readonly<Record<string, ReadFault>> = {
  ENOENT: 'missing',
  ENOTDIR: 'missing',
  // A text of some length is no name.
  ENAMETOOLONG: 'missing',
  EACCES: 'denied',
  EPERM: 'denied',
};

/** The path may have become a pipe in between: opening it must not wait. */
const WITHOUT_WAIT = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

async function tailOfRegular(path: string, max: number): Promise<Tail> {
  const handle = await open(path, WITHOUT_WAIT);
  try {
    const { size } = await handle.stat();
    // One byte more than is kept tells that something was left out.
    const start = Math.max(0, size - max - 1);
    return await tailOfStream(handle.createReadStream({ start, autoClose: false }), max);
  } finally {
    await handle.close().catch(() => {});
  }
}

/** `explain <(kubectl logs x)`: waits for its writer on the event loop, so that Ctrl-C ends the wait. */
async function tailOfPipe(path: string, max: number, signal: AbortSignal): Promise<Tail> {
  // A bare descriptor: the socket closes it, and a file handle would close it again.
  const fd = await promisify(openDescriptor)(path, WITHOUT_WAIT, 0);
  const socket = new Socket({ fd, readable: true, writable: false });
  const stop = () => socket.destroy();
  signal.addEventListener('abort', stop);
  try {
    return await tailOfStream(socket, max);
  } finally {
    signal.removeEventListener('abort', stop);
    socket.destroy();
  }
}

/** A cut in the middle of a character leaves its last bytes: at most three. */
function textOf(bytes: Buffer, truncated: boolean): Tail {
  let start = 0;
  while (truncated && start < 3 && ((bytes[start] ?? 0) & 0xc0) === 0x80) start++;
  return { text: bytes.subarray(start).toString('utf8'), truncated };
}
