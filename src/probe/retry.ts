import type { ErrorCode, Observation } from '../types/observation.js';

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

const LONGEST_WAIT = 60_000;
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
  const told = parseRetryAfter(o.headers['retry-after'], now);
  if (told !== null && told > LONGEST_WAIT) return null;
  return told ?? Math.round(FIRST_WAIT * (1 + random()));
}

/** Seconds or an HTTP date into milliseconds; null for anything else. Source: RFC 9110, 10.2.3. */
export function parseRetryAfter(value: string | undefined, now: number): number | null {
  if (value === undefined) return null;
  const text = value.trim();
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000;
  if (!/^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/.test(text)) return null;
  const at = Date.parse(text);
  return Number.isNaN(at) ? null : Math.max(0, at - now);
}
