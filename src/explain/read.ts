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
  return found;
}
