import type { Evidence } from '../../types/evidence.js';
import { isPolicy } from '../../types/model-ref.js';
import type { Observation } from '../../types/observation.js';
import { isGood, says } from '../match.js';
import { servedBy } from '../serving.js';

/* Which provider a call could use, and which one answered it. */

export const REFUSED =
  /not supported by provider|model_not_supported|not (?:a )?supported model|model not found|model_not_found|model \S{1,200} (?:is )?(?:not found|does not exist)/i;

/** The provider that a suffix names; a policy of the router names none. */
export function pinnedTo({ suffix }: Observation): string | null {
  return suffix === null || isPolicy(suffix) ? null : suffix;
}

/** Live providers that the call could have used: all of them, or the pinned one. */
export function couldUse(o: Observation, e: Evidence): string[] {
  const live = o.model === null ? null : servedBy(o.model, o.task, e);
  const pin = pinnedTo(o);
  return (live ?? []).filter((p) => pin === null || p === pin);
}

/** The one that was asked by its path or its suffix, or that the answer of the router names. */
export function whoAnswered(o: Observation): string | null {
  if (o.surface === 'provider' || o.surface === 'hf-inference') return o.provider;
  if (o.surface !== 'router') return null;
  const named = o.headers['x-inference-provider'] ?? '';
  return pinnedTo(o) ?? (/^[a-z0-9][a-z0-9-]{0,63}$/.test(named) ? named : null);
}

/**
 * A call of the matrix or beside it that this provider answered with the token of the run, for whatever model; or that it read and
 * found incomplete, as a probe of depth auth is. A provider that is switched off refuses all of them.
 */
export function letThrough(slug: string, e: Evidence): Observation | undefined {
  const read = (o: Observation) =>
    o.depth === 'auth' &&
    [400, 415, 422].includes(o.status ?? 0) &&
    o.surface !== 'router' &&
    !says(o, REFUSED);
  return [...e.observations, ...(e.besides ?? [])].find(
    (o) =>
      o.purpose === 'inference' &&
      !o.control &&
      o.auth === 'token' &&
      whoAnswered(o) === slug &&
      (isGood(o) || read(o)),
  );
}
