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
  const all = told(found);
  return all.map((o) => (isControl(o, all) ? { ...o, control: true } : o));
}

const REFUSED = /\binvalid username or password/i;

/** Without the token refused in the words of Hugging Face, with it 404: the pair of its first host, if none is named. */
function told(all: readonly Observation[]): readonly Observation[] {
  const unknown = (o: Observation) => o.surface === 'other' && o.host === null;
  const refused = all.find(
    (o) => unknown(o) && o.auth === 'anonymous' && o.status === 401 && REFUSED.test(o.body.message ?? ''),
  );
  const missing = all.find((o) => unknown(o) && o.auth === 'token' && o.status === 404);
  if (!refused || !missing) return all;
  return all.map((o) => (o === refused || o === missing ? { ...o, surface: 'legacy' } : o));
}

/** The call without a token beside one with it: refused as it should be. */
function isControl(o: Observation, all: readonly Observation[]): boolean {
  return (
    o.status === 401 &&
    o.auth === 'anonymous' &&
    all.some((x) => x.auth === 'token' && x.surface === o.surface)
  );
}
