import type { Evidence } from '../../types/evidence.js';
import type { Observation } from '../../types/observation.js';
import { isServerError, providerBehind } from '../match.js';
import { madeByProvider, throughRouter } from '../said.js';

const ROUTED: readonly string[] = ['router', 'hf-inference', 'provider'];

/** Something behind the router took the call and left its mark. */
function gotBehind({ headers, ...o }: Observation): boolean {
  return (
    madeByProvider({ headers, ...o }) ||
    headers['x-compute-type'] !== undefined ||
    headers['x-inference-provider'] !== undefined
  );
}

/** What the answer says, without the id of the one call. */
function wordsOf({ body }: Observation): string {
  return (body.message ?? body.excerpt).replace(/[0-9a-f][0-9a-f-]{11,63}/gi, '').trim();
}

/**
 * The providers that gave one and the same 5xx, when all that was asked of the router in this run got
 * it. Providers do not fail alike at one time: it is what stands before them. Empty otherwise.
 */
export function failedAlike(e: Evidence): string[] {
  if (!e.run.live) return [];
  const asked = e.observations.filter(
    (o) =>
      o.purpose === 'inference' &&
      o.route !== null &&
      !o.control &&
      o.error !== 'run.cancelled' &&
      ROUTED.includes(o.surface) &&
      throughRouter(o, e),
  );
  const [first] = asked;
  if (!first || !isServerError(first)) return [];
  const words = wordsOf(first);
  const alike = (o: Observation) =>
    o.status === first.status && o.error === first.error && wordsOf(o) === words && !gotBehind(o);
  const passed = (o: Observation) => o.retry?.status != null && o.retry.status < 300;
  if (asked.some((o) => !alike(o) || passed(o))) return [];
  const providers = [...new Set(asked.flatMap((o) => providerBehind(o, e) ?? []))];
  return providers.length > 1 ? providers : [];
}
