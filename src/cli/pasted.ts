import { resolve } from 'node:path';
import { type Tail, tailOfFile, tailOfStream } from '../safety/tail.js';
import { emit } from '../safety/write.js';
import { nearest } from '../settings/nearest.js';
import { UsageError } from '../settings/usage-error.js';
import { unlessInterrupted } from './interrupted.js';
import type { Io } from './io.js';

/** Bytes of a text that are read: its last ones. */
const MOST = 10 * 1024 * 1024;

/** The text to explain: stdin, a file, or the argument itself. Throws UsageError and Interrupted. */
export async function pastedText(what: string | undefined, io: Io, rules: readonly string[]): Promise<Tail> {
  const pasted =
    what === undefined || what === '-' ? await fromStdin(io) : await fromArgument(what, io, rules);
  if (pasted.truncated)
    await emit(io.stderr, 'hf-doctor: the text is larger: only the last 10 MiB were read.\n');
  return pasted;
}

async function fromStdin(io: Io): Promise<Tail> {
  if (io.stdin.isTTY === true) await emit(io.stderr, 'Paste the text, then Ctrl-D.\n');
  try {
    const pasted = await unlessInterrupted(tailOfStream(io.stdin, MOST), io.signal);
    if (pasted.text.trim() !== '') return pasted;
  } catch (error) {
    // An open pipe would keep the process alive.
    io.stdin.destroy();
    throw error;
  }
  throw new UsageError(
    'there is no text to explain: stdin was empty.',
    'Pipe one in: pbpaste | hf-doctor explain -   or name a file, or a rule that hf-doctor rules lists.',
  );
}

async function fromArgument(what: string, io: Io, rules: readonly string[]): Promise<Tail> {
  const read = await unlessInterrupted(tailOfFile(resolve(io.cwd, what), MOST, io.signal), io.signal);
  if (read.ok) return read;
  if (read.reason === 'missing' && /\s/.test(what.trim())) {
    await emit(io.stderr, 'hf-doctor: there is no file of that name, so the argument is read as the text.\n');
    return { text: what, truncated: false };
  }
  const reasons = {
    'too-large': 'that file could not be read.',
    'not-a-file': 'that is no file with a text.',
    denied: 'that file may not be read.',
    unreadable: 'that file could not be read.',
  } as const;
  if (read.reason !== 'missing') throw new UsageError(reasons[read.reason]);
  const meant = nearest(what, rules);
  throw new UsageError(
    'there is no rule and no file of that name.',
    meant ? `Did you mean ${meant}?` : 'hf-doctor rules lists the rules. An error text: pipe it in.',
  );
}
