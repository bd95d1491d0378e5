/*
 * How long a server asks to wait. Every form is a text of a stranger: only whole numbers and exact
 * dates are read, everything else is no answer.
 */

/** Milliseconds. What asks for more is not waited for: its answer is evidence enough. */
export const LONGEST_WAIT = 60_000;

type Headers = Readonly<Record<string, string>>;

/** Digits beyond these are no waiting time; ten of them are a moment in seconds, thirteen in ms. */
const SECONDS = /^\d{1,9}$/;
const MOMENT = /^(?:\d{10}|\d{13})$/;
const HTTP_DATE = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;

/**
 * Milliseconds, or null where nothing readable is said.
 * Source: RFC 9110 10.2.3; `RateLimit` as the Hub sends it (`"api";r=0;t=55`); the older
 * `RateLimit-Reset` and `X-RateLimit-Reset`.
 */
export function toldWait(headers: Headers, now: number): number | null {
  return (
    parseRetryAfter(headers['retry-after'], now) ??
    usedUp(headers.ratelimit) ??
    reset(headers['ratelimit-remaining'], headers['ratelimit-reset'], now) ??
    reset(headers['x-ratelimit-remaining'], headers['x-ratelimit-reset'], now)
  );
}

/** Seconds or an HTTP date into milliseconds; null for anything else. */
export function parseRetryAfter(value: string | undefined, now: number): number | null {
  const text = value?.trim() ?? '';
  if (SECONDS.test(text)) return Number(text) * 1000;
  if (!HTTP_DATE.test(text)) return null;
  const at = Date.parse(text);
  return Number.isNaN(at) ? null : Math.max(0, at - now);
}

/** The bucket that is empty says when it fills again. The header comes with every answer: `r=0` counts. */
export function usedUp(value: string | undefined): number | null {
  const waits = (value ?? '')
    .slice(0, 1000)
    .split(',')
    .filter((bucket) => /; ?r=0(?:;|$)/.test(bucket.trim()))
    .flatMap((bucket) => /; ?t=(\d{1,9})(?:;|$)/.exec(bucket.trim())?.[1] ?? []);
  return waits.length === 0 ? null : Math.max(...waits.map(Number)) * 1000;
}

function reset(remaining: string | undefined, value: string | undefined, now: number): number | null {
  const text = value?.trim() ?? '';
  // Without a count of what is left the reset says nothing about this call.
  if (remaining?.trim() !== '0') return null;
  if (SECONDS.test(text)) return Number(text) * 1000;
  if (!MOMENT.test(text)) return null;
  const at = text.length === 10 ? Number(text) * 1000 : Number(text);
  return Math.max(0, at - now);
}
