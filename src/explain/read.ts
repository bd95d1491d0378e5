import type { Observation } from '../types/observation.js';
import { exchangesOf } from './har.js';
import { observed } from './observe.js';
import { segmentsOf } from './segments.js';

/** A pasted text in, what happened out. Pure and bounded: 10 MiB of text, 50 errors. */
export function readPaste(text: string): Observation[] {
  const found: Observation[] = [];
  for (const segment of segmentsOf(exchangesOf(text) ?? [text])) {
    const observation = observed(segment, found.length);
    if (observation) found.push(observation);
  }
  return found.map((o) => (isControl(o, found) ? { ...o, control: true } : o));
}

/** The call without a token beside one with it: refused as it should be. */
function isControl(o: Observation, all: readonly Observation[]): boolean {
  return (
    o.status === 401 &&
    o.auth === 'anonymous' &&
    all.some((x) => x.auth === 'token' && x.surface === o.surface)
  );
}
