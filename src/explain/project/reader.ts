import { opendir } from 'node:fs/promises';
import { type Read, readBounded } from '../../safety/write.js';

/** The disk as the project reader needs it. Nothing here throws. */
export interface ProjectReader {
  /** A regular file of at most `max` bytes. */
  file(path: string, max: number): Promise<Read>;
  /** Names in a folder, at most `max`; empty when it cannot be read. */
  list(folder: string, max: number): Promise<string[]>;
}

export const projectReader: ProjectReader = { file: readBounded, list };

async function list(folder: string, max: number): Promise<string[]> {
  const names: string[] = [];
  try {
    for await (const entry of await opendir(folder)) {
      if (names.length >= max) break;
      names.push(entry.name);
    }
  } catch {
    // A folder that is not there holds nothing.
  }
  return names.sort();
}
