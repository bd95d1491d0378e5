import { madeByFrontEnd, madeByProvider } from '../types/made-by.js';
import type { Observation } from '../types/observation.js';
import { LONGEST_WAIT, toldWait, usedUp } from './told-wait.js';

/**
 * How fast one host is asked. Grows and halves with what it answers; all functions are pure.
 * A lane is a part of the host that throttles on its own: a provider behind the router.
 */
export interface HostPace {
  /** Requests under way at once, now and at most. */
  limit: number;
  most: number;
  /** Good answers since the limit last changed. */
  good: number;
  /** Network faults in a row. */
  faults: number;
  /** Why this host is not asked any more. */
  broken: string | null;
}

/** Network faults in a row after which a host is left alone. */
const MOST_FAULTS = 5;
/** The pause of a lane that says 429 and not how long. */
const UNTOLD_PAUSE = 1_000;
/**
 * Faults of the way to the host, whoever answers behind it. A slow answer is not one of them, nor is a
 * name that does not exist: that is looked up once and troubles nobody.
 */
const NO_WAY = /^(?:tls|proxy)\.|^dns\.temporary$|^net\.(?:refused|unreachable|connect-timeout)$/;

export function startPace(most: number): HostPace {
  return { limit: most, most, good: 0, faults: 0, broken: null };
}

/** The pace after one answer. */
export function paceAfter(pace: HostPace, o: Observation): HostPace {
  const noWay = o.error !== null && o.status === null && NO_WAY.test(o.error);
  const faults = noWay ? pace.faults + 1 : 0;
  const broken =
    pace.broken ??
    (faults >= MOST_FAULTS ? `stopped: ${faults} calls in a row did not reach this host (${o.error})` : null);
  // Too many connections for this machine: fewer at once, and no fault of the host.
  const crowded = o.error === 'env.fd-limit';
  if (noWay || crowded || o.status === 429 || (o.status === 503 && !isLoading(o)))
    return { ...pace, limit: Math.max(1, Math.floor(pace.limit / 2)), good: 0, faults, broken };
  const good = pace.good + 1;
  const grows = good >= pace.limit && pace.limit < pace.most;
  return { ...pace, limit: pace.limit + (grows ? 1 : 0), good: grows ? 0 : good, faults, broken };
}

/** One model is being loaded: that says nothing about the others. */
function isLoading({ body }: Observation): boolean {
  return body.estimatedTime !== null;
}

/** The host itself throttles, as far as the answer tells, and not a provider behind it: all lanes wait. */
export function isOfTheHost(o: Observation): boolean {
  return o.status === 429 && (madeByFrontEnd(o) || (o.provider === null && !madeByProvider(o)));
}

/**
 * Milliseconds for which a lane is left alone after this answer. What asks for more than a
 * minute is not waited for.
 */
export function pauseAfter(o: Observation, now: number): number {
  const throttled = o.status === 429 || (o.status === 503 && !isLoading(o));
  const told = throttled ? toldWait(o.headers, now) : usedUp(o.headers.ratelimit);
  if (told !== null) return told > LONGEST_WAIT ? 0 : told;
  return o.status === 429 ? UNTOLD_PAUSE : 0;
}
