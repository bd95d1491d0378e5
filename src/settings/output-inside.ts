import { realpath } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { Sourced } from './model.js';
import { isWithin } from './output-list.js';
import { UsageError } from './usage-error.js';

/** A directory of the tree may be a link to somewhere else: files named in a config must stay below `cwd`. */
export async function refuseOutsideOutput(outputs: Sourced<string[]>, cwd: string): Promise<void> {
  const root = await realpath(cwd).catch(() => cwd);
  for (const file of outputs.value) {
    const parent = await realParent(dirname(resolve(cwd, file)));
    if (isWithin(root, parent)) continue;
    throw new UsageError(
      `${outputs.origin.name} may only name files below the working directory, and a link leads out of it.`,
      'Use --output for other places.',
    );
  }
}

/** The nearest directory above that exists, with its links followed. */
async function realParent(directory: string): Promise<string> {
  const real = await realpath(directory).catch(() => null);
  if (real !== null || directory === dirname(directory)) return real ?? directory;
  return realParent(dirname(directory));
}
