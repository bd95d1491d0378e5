import type { Observation } from '../types/observation.js';
import { familyIn } from './families.js';
import { exchangesOf } from './har.js';
import { observed } from './observe.js';
import { segmentsOf } from './segments.js';

export interface Paste {
  observations: Observation[];
  /** What the text looks like where it is about something else; null when no mark tells. */
  family: string | null;
}

/** A pasted text in, what happened out. Pure and bounded: the last 10 MiB of a text, 50 errors. */
export function readPaste(text: string): Observation[] {
  return pasteOf(text).observations;
}

/** The same, and what else the text may be. */
export function pasteOf(text: string, redact: (text: string) => string = (t) => t): Paste {
  const found: Observation[] = [];
  const segments = segmentsOf(exchangesOf(text) ?? [text]);
  for (const segment of segments) {
    // Before anything is cut: half a token has no form by which it could be found.
    const safe = { ...segment, text: redact(segment.text), said: redact(segment.said) };
    const observation = observed(safe, found.length);
    if (observation) found.push(observation);
  }
  const all = told(found);
  return {
    observations: all.map((o) => (isControl(o, all) ? { ...o, control: true } : o)),
    family: familyIn(segments.map((s) => s.text).join('\n')),
  };
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
