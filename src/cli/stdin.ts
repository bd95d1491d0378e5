import { readStdinBounded } from '../safety/write.js';
import { unlessInterrupted } from './interrupted.js';
import type { Io } from './io.js';

/** At most `max` bytes of stdin; Ctrl-C ends the wait. Throws Interrupted. */
export async function readStdin(io: Io, max: number): Promise<string> {
  try {
    return await unlessInterrupted(readStdinBounded(io.stdin, max), io.signal);
  } catch (error) {
    // An open pipe would keep the process alive.
    io.stdin.destroy();
    throw error;
  }
}
