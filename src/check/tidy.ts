import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

let collect: (() => void) | null = null;

/**
 * Collects garbage now. Left alone V8 lets the heap of a long run grow to several times of what is alive;
 * once in 500 models costs less than a hundredth of the run.
 */
export function tidy(): void {
  if (collect === null) {
    setFlagsFromString('--expose-gc');
    collect = runInNewContext('gc') as () => void;
  }
  collect();
}
