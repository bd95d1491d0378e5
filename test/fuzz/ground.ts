import { rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { canariesOf, secretsOf } from './canaries.js';
import type { Ground } from './case.js';
import { leakJudge } from './judges.js';
import { type Folders, makeFolders } from './scene.js';

/** Threads of one run share their folders: who made them takes them away. */
export function makeGround(seed: number, folders?: Folders): Ground {
  const canaries = canariesOf(seed);
  return {
    seed,
    canaries,
    folders: folders ?? makeFolders(canaries),
    leakIn: leakJudge([...secretsOf(canaries), ...canaries.person]),
  };
}

export function closeGround({ folders }: Ground): void {
  rmSync(dirname(folders.plain), { recursive: true, force: true });
}
