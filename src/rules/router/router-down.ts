import type { Evidence } from '../../types/evidence.js';
import type { Observation } from '../../types/observation.js';
import { factsOf, isGood, isServerError, liveProviders, providerBehind } from '../match.js';
import { madeByProvider, throughRouter } from '../said.js';
import { list } from '../words.js';

const ROUTED: readonly string[] = ['router', 'hf-inference', 'provider'];

/** What fails for several providers at one time. */
export interface Common {
  providers: string[];
  /**
   * `front`: one and the same answer, made before any provider; `behind`: one answer, marked by what
   * stands behind the router; `apart`: answers of several kinds.
   */
  how: 'front' | 'behind' | 'apart';
}

/** Two may fail at one time by chance; so many rarely do. */
const MANY = 3;

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

/** One status, and the same words. */
function saysTheSame(a: Observation, b: Observation): boolean {
  return a.status === b.status && a.error === b.error && wordsOf(a) === wordsOf(b);
}

/** It was answered, at the second try too, or refused as a probe of depth auth is meant to be. */
function gotThrough(o: Observation): boolean {
  const complaint = o.depth === 'auth' && [400, 415, 422].includes(o.status ?? 0);
  return isGood(o) || complaint || (o.retry?.status != null && o.retry.status < 300);
}

/**
 * What the providers of this run that answered 5xx have in common, when no call through the router got
 * anywhere. Providers rarely fail at one time: it may be what stands before them. Null otherwise.
 */
export function commonFault(e: Evidence): Common | null {
  if (!e.run.live) return null;
  const isAsked = (o: Observation) =>
    o.purpose === 'inference' &&
    o.route !== null &&
    !o.control &&
    o.error !== 'run.cancelled' &&
    ROUTED.includes(o.surface) &&
    throughRouter(o, e);
  const asked = e.observations.filter(isAsked);
  if ([...asked, ...(e.besides ?? []).filter(isAsked)].some(gotThrough)) return null;
  const failed = asked.filter(isServerError);
  const [first] = failed;
  if (!first) return null;
  const providers = [...new Set(failed.flatMap((o) => providerBehind(o, e) ?? []))];
  const alike = failed.length === asked.length && failed.every((o) => saysTheSame(o, first));
  if (alike && !failed.some(gotBehind)) return providers.length > 1 ? { providers, how: 'front' } : null;
  return providers.length < MANY ? null : { providers, how: alike ? 'behind' : 'apart' };
}

/** What it tells, in sentences. */
export function together({ how, providers }: Common): string {
  const names = list(providers, 4);
  if (how === 'front')
    return `Every call of this run got the same answer, also those to ${names}. Providers do not fail alike at one time, so it is most likely the router before them.`;
  if (how === 'behind')
    return `${names} gave one and the same answer, and nothing behind the router worked in this run. So many rarely fail at one time: the router before them may be the cause. The answers come from behind it, so this is not proven.`;
  return `So did ${providers.length - 1} other providers in this run, and nothing behind the router worked: the router before them may be the cause.`;
}

/**
 * The bare router hands on what a provider says. When each live provider of the model fails in this
 * run, and one of them in these words, its answer is no second fault.
 */
export function handedOn(o: Observation, e: Evidence): string | null {
  if (o.surface !== 'router' || o.model === null) return null;
  const live = liveProviders(factsOf(o, e), o.task);
  const failed = e.observations.filter(
    (x) =>
      (x.surface === 'provider' || x.surface === 'hf-inference') &&
      x.model === o.model &&
      !x.control &&
      isServerError(x),
  );
  const all = live.length > 0 && live.every((slug) => failed.some((x) => x.provider === slug));
  return all ? (failed.find((x) => saysTheSame(x, o))?.provider ?? null) : null;
}
