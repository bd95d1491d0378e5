import type { ErrorCode, Observation } from '../types/observation.js';
import { LONGEST_WAIT, toldWait } from './told-wait.js';

/** Faults of the way there that often pass at once. */
const PASSING: readonly ErrorCode[] = [
  'dns.temporary',
  'net.connect-timeout',
  'net.closed-early',
  'net.reset',
  'http.truncated',
];
/** The request may have been served and charged: asking again could cost twice. */
const MAYBE_CHARGED: readonly ErrorCode[] = [
  'net.deadline',
  'net.no-answer',
  'net.stalled',
  'net.closed-early',
  'net.reset',
  'http.truncated',
];

const FIRST_WAIT = 500;

/**
 * Milliseconds to wait before asking once more, or null when the first answer stands.
 * A 4xx other than 408 and 429 is never asked again.
 */
export function retryAfter(
  o: Observation,
  spec: { billable: boolean },
  random: () => number,
  now: number,
): number | null {
  if (o.error && spec.billable && MAYBE_CHARGED.includes(o.error)) return null;
  const passing = o.error !== null && PASSING.includes(o.error);
  const status = o.status ?? 0;
  const again = passing || status === 408 || status === 429 || (status >= 500 && status <= 599);
  if (!again) return null;
  // A model that loads says how long; waiting for it is the user's choice.
  if (o.body.estimatedTime !== null && o.body.estimatedTime > 5) return null;
  const told = toldWait(o.headers, now);
  if (told !== null && told > LONGEST_WAIT) return null;
  return told ?? Math.round(FIRST_WAIT * (1 + random()));
}
