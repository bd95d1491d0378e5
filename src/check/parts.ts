import type { ModelRef, Settings } from '../settings/model.js';

/** Models that are planned and asked together: as many as the default limit of requests allows. */
const PART = 500;
/** Where lines leave as they become known: so many, that a reader waits seconds and not minutes. */
export const STREAMED = 100;
/** The first part of a long list: something is known soon, whatever ends the run. */
const FIRST = 50;
/** Providers of a model, about; only its mapping tells. */
const PROVIDERS = 3;
/** Where the limit of requests ends a run too early, so many parts share it: some models are asked fully. */
const SHARES = 8;
/** The look-ups of all may take one in so many requests; more of them would leave too few for probes. */
const LOOK_UPS = 2;

type Asked = Pick<Settings, 'maxRequests' | 'routes' | 'depth' | 'with' | 'suffixes'>;

/** A long list in parts, so that no more than one part is planned and under way at a time. */
export function inParts(
  models: readonly ModelRef[],
  asked: Asked,
  part: number = PART,
): (readonly ModelRef[])[] {
  const most = asked.maxRequests.value;
  const each = requestsOf(asked);
  const enough = models.length * LOOK_UPS <= most;
  const small = Math.min(part, Math.max(1, Math.floor(most / each / SHARES)));
  const first = enough ? FIRST : small;
  const parts: (readonly ModelRef[])[] = [];
  for (let at = 0; at < models.length; ) {
    // Far behind the limit nothing is asked any more, and small parts would only cost time.
    const size = at === 0 && models.length > part ? first : enough || at * each > 2 * most ? part : small;
    parts.push(models.slice(at, at + size));
    at += size;
  }
  return parts;
}

/** Requests for one model, about: its look-up, and a probe for each route. */
function requestsOf({ routes, depth, with: wanted, suffixes }: Asked): number {
  if (depth.value === 'catalog') return 1;
  const ways = routes.value.reduce((sum, r) => sum + (r === 'providers' ? PROVIDERS : 1), 0);
  return 1 + ways * (1 + wanted.value.length) + (suffixes.value ? PROVIDERS : 0);
}
