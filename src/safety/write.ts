import { randomBytes } from 'node:crypto';
import { constants, type Stats } from 'node:fs';
import { type FileHandle, lstat, open, readdir, realpath, rename, stat, unlink } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative, sep } from 'node:path';
import { codeOf, isGone } from './lost.js';

/*
 * The only place that writes; with tail.ts the only one that reads files and stdin of unknown size or kind.
 * Nothing here throws for what a file, a pipe or a disk does.
 */

export type Emitted = 'written' | 'closed' | 'failed';
export type Wrote = { ok: true } | { ok: false; reason: string };
export type ReadFault = 'missing' | 'not-a-file' | 'too-large' | 'denied' | 'unreadable';
export type Read = { ok: true; text: string } | { ok: false; reason: ReadFault };

const TEMP = /^\.hf-doctor-[0-9a-f]{16}\.tmp$/;
const STALE_MS = 3_600_000;
const FINAL_MODE = 0o644;
/** A link such as /dev/stdout must never be replaced by a file. */
const SYSTEM_FOLDER = /^\/(?:dev(?!\/shm(?:\/|$))|proc|sys)(?:\/|$)/;

/**
 * Writes to a stream and resolves when the text was handed over. `closed`: the reader went away, as
 * `head` does; nothing to report. `failed`: the text is lost, for example on a full disk.
 */
export function emit(stream: NodeJS.WritableStream, text: string): Promise<Emitted> {
  // Besides the callback a stream emits `error`, which ends the process when nobody listens.
  if (!stream.listeners('error').includes(ignore)) stream.on('error', ignore);
  return new Promise((resolve) => {
    try {
      stream.write(text, (error) => resolve(outcomeOf(error)));
    } catch (error) {
      resolve(outcomeOf(error));
    }
  });
}

/** The same for a text in pieces; ends with the first that could not be written. */
export async function emitAll(stream: NodeJS.WritableStream, pieces: Iterable<string>): Promise<Emitted> {
  for (const piece of pieces) {
    const state = await emit(stream, piece);
    if (state !== 'written') return state;
  }
  return 'written';
}

function ignore(): void {}

function outcomeOf(error: unknown): Emitted {
  if (error === undefined || error === null) return 'written';
  return isGone(error) ? 'closed' : 'failed';
}

/**
 * Writes a file so that a reader sees the old one or the whole new one, never a part. A symbolic link
 * is replaced, not followed. `reason` completes "Cannot write the file: …".
 */
export async function writeAtomic(path: string, text: string | Iterable<string>): Promise<Wrote> {
  if (path === '' || path.includes('\0')) return { ok: false, reason: 'this is not a file name' };
  if (/[/\\]$/.test(path)) return { ok: false, reason: 'a folder is named, not a file' };
  const folder = dirname(path);
  const temp = join(folder, `.hf-doctor-${randomBytes(8).toString('hex')}.tmp`);
  let handle: FileHandle | null = null;
  try {
    const old = await lookUp(path);
    const refused = await refusal(folder, old);
    if (refused !== null) return { ok: false, reason: refused };
    handle = await open(temp, 'wx', 0o600);
    // On one handle each write goes on where the last one ended.
    for (const piece of typeof text === 'string' ? [text] : text) await handle.writeFile(piece, 'utf8');
    // A report that was made private stays so.
    await handle.chmod(old.link?.isFile() ? old.link.mode & FINAL_MODE : FINAL_MODE);
    await handle.sync();
    const now = (await handle.stat()).mtimeMs;
    await handle.close();
    await rename(temp, path);
    await removeStale(folder, now);
    return { ok: true };
  } catch (error) {
    if (handle !== null) {
      await handle.close().catch(ignore);
      await unlink(temp).catch(ignore);
    }
    return { ok: false, reason: WRITE_FAULTS[codeOf(error)] ?? 'the system refused it' };
  }
}

/** Writes a file that is not there yet; a link that leads nowhere is there. */
export async function writeNew(path: string, text: string): Promise<Wrote> {
  try {
    const handle = await open(path, 'wx', FINAL_MODE);
    await handle.writeFile(text, 'utf8').finally(() => handle.close());
    return { ok: true };
  } catch (error) {
    return { ok: false, reason: WRITE_FAULTS[codeOf(error)] ?? 'the system refused it' };
  }
}

const WRITE_FAULTS: Readonly<Record<string, string>> = {
  EEXIST: 'it is there already',
  ENOENT: 'its folder does not exist',
  ENOTDIR: 'its folder does not exist',
  EACCES: 'there is no permission to write there',
  EPERM: 'there is no permission to write there',
  EROFS: 'the disk is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  ENAMETOOLONG: 'the name is too long',
  ELOOP: 'its folder is a link that leads to itself',
  EISDIR: 'a folder stands there',
};

interface Old {
  /** What stands at the path itself, and what a link there leads to. */
  link: Stats | null;
  target: Stats | null;
}

async function lookUp(path: string): Promise<Old> {
  const link = await lstat(path).catch(nullIfMissing);
  return { link, target: link?.isSymbolicLink() ? await stat(path).catch(() => null) : link };
}

async function refusal(folder: string, { target }: Old): Promise<string | null> {
  if (target?.isDirectory()) return 'a folder stands there';
  if (target !== null && !target.isFile()) return 'a device, a pipe or a socket stands there';
  return SYSTEM_FOLDER.test(await realpath(folder)) ? 'that folder belongs to the system' : null;
}

function nullIfMissing(error: unknown): null {
  if (codeOf(error) === 'ENOENT') return null;
  throw error;
}

/** Temporary files of runs that were killed while writing. */
async function removeStale(folder: string, now: number): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  for (const path of names.filter((name) => TEMP.test(name)).map((name) => join(folder, name))) {
    const found = await lstat(path).catch(() => null);
    if (found?.isFile() && now - found.mtimeMs > STALE_MS) await unlink(path).catch(ignore);
  }
}

/**
 * Adds to a file that stands already, below `inside` where that is given. A link is not followed, and
 * nothing but a regular file is opened. The file never grows over `most` bytes: `textFor` gets the bytes
 * that are left and makes a text that fits, or null. `reason` completes "Cannot add to the file: …".
 */
export async function appendBounded(
  path: string,
  { inside, most }: { inside: string | null; most: number },
  textFor: (room: number) => string | null,
): Promise<Wrote> {
  const no = (reason: string): Wrote => ({ ok: false, reason });
  let handle: FileHandle | null = null;
  try {
    if (path === '' || path.includes('\0')) return no('this is not a file name');
    const found = await lstat(path);
    if (found.isDirectory()) return no('a folder stands there');
    if (found.isSymbolicLink()) return no('a link stands there, and it is not followed');
    if (!found.isFile()) return no('a device, a pipe or a socket stands there');
    if (inside !== null && !(await isBelow(path, inside)))
      return no('it lies outside the folder that is meant for it');
    const { O_WRONLY, O_APPEND, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants;
    handle = await open(path, O_WRONLY | O_APPEND | O_NOFOLLOW | O_NONBLOCK);
    const opened = await handle.stat();
    if (!opened.isFile()) return no('a device, a pipe or a socket stands there');
    const text = textFor(most - opened.size);
    if (text === null || opened.size + Buffer.byteLength(text) > most) return no('it is full');
    await handle.writeFile(text, 'utf8');
    return { ok: true };
  } catch (error) {
    const code = codeOf(error);
    return no(code === 'ENOENT' ? 'it does not exist' : (WRITE_FAULTS[code] ?? 'the system refused it'));
  } finally {
    await handle?.close().catch(ignore);
  }
}

/** By what the folders are, not by how they are spelled. */
async function isBelow(path: string, folder: string): Promise<boolean> {
  const way = relative(await realpath(folder), await realpath(dirname(path)));
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

/**
 * Reads a regular file of at most `max` bytes as UTF-8; a byte order mark stays. Pipes, devices and
 * folders are refused before they are opened, so nothing waits.
 */
export async function readBounded(path: string, max: number): Promise<Read> {
  let handle: FileHandle | null = null;
  try {
    const before = await stat(path);
    if (!before.isFile()) return { ok: false, reason: 'not-a-file' };
    // The path may have changed in between: a pipe must not block the opening.
    handle = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    if (!(await handle.stat()).isFile()) return { ok: false, reason: 'not-a-file' };
    const bytes = await readUpTo(handle, max + 1);
    if (bytes.length > max) return { ok: false, reason: 'too-large' };
    return { ok: true, text: bytes.toString('utf8') };
  } catch (error) {
    return { ok: false, reason: READ_FAULTS[codeOf(error)] ?? 'unreadable' };
  } finally {
    await handle?.close().catch(ignore);
  }
}

const READ_FAULTS: Readonly<Record<string, ReadFault>> = {
  ENOENT: 'missing',
  ENOTDIR: 'missing',
  EACCES: 'denied',
  EPERM: 'denied',
  EISDIR: 'not-a-file',
};

/** Files of /proc say size 0 and grow while they are read: only the count of bytes read is sure. */
async function readUpTo(handle: FileHandle, limit: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  while (size < limit) {
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(Math.min(65_536, limit - size)));
    if (bytesRead === 0) break;
    chunks.push(buffer.subarray(0, bytesRead));
    size += bytesRead;
  }
  return Buffer.concat(chunks);
}

/** Reads at most `max` bytes, then stops: the other end may never. What a broken pipe gave is kept. */
export async function readStdinBounded(stream: NodeJS.ReadableStream, max: number): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of stream) {
      const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
      chunks.push(bytes.subarray(0, max - size));
      size += bytes.length;
      if (size >= max) break;
    }
  } catch {
    // Nothing more comes.
  }
  return Buffer.concat(chunks).toString('utf8');
}
