import type { Failure } from './case.js';
import { judged } from './judges.js';
import { ownOutputs } from './outputs.js';

/** The texts that no server can change, looked at as all others. */
export function lookAtOwnTexts(): Failure[] {
  return ownOutputs().flatMap((output) =>
    judged(output, () => null).map(({ fault, detail }) => ({ fault, where: output.name, detail })),
  );
}
