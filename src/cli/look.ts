import { type Look, makeLook } from '../render/look.js';
import type { Io } from './io.js';

/** How stdout looks: --color and --no-color, the environment, the terminal. */
export function lookFor(io: Io, colour: boolean | undefined): Look {
  return makeLook({
    flag: colour,
    env: io.env,
    isTTY: io.stdout.isTTY === true,
    columns: io.stdout.columns,
  });
}
