import type { Evidence } from '../../types/evidence.js';
import type { Observation } from '../../types/observation.js';
import { factsOf, isGood, isServerError, liveProviders, providerBehind } from '../match.js';
import { madeByFrontEnd, madeByProvider, throughRouter } from '../said.js';
import { servedBy } from '../serving.js';
import { list } from '../words.js';

const ROUTED: readonly string[] = ['router', 'hf-inference', 'provider'];

/** What fails for several providers at one time. */
export interface Common {
  /** Each another one; `a or b` where the bare router asked one of them, and did not tell which. */
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
  // A complaint of the front end itself, or of one that asks everybody, came from nobody behind it.
  const behind = !o.unproven && !madeByFrontEnd(o);
  const complaint = o.depth === 'auth' && behind && [400, 415, 422].includes(o.status ?? 0);
  return isGood(o) || complaint || (o.retry?.status != null && o.retry.status < 300);
}

/**
 * What the providers of this run that answered 5xx have in common, when no call through the router got
 * anywhere. Providers rarely fail at one time: it may be what stands before them. Null otherwise.
 */
export function commonFault(e: Evidence): Common | null {
  const known = FOUND.get(e);
  if (known !== undefined) return known;
  const found = e.run.live ? lookFor(e) : null;
  FOUND.set(e, found);
  return found;
}

/** Each failure of a run asks, and evidence does not change. */
const FOUND = new WeakMap<Evidence, Common | null>();

function lookFor(e: Evidence): Common | null {
  const isAsked = (o: Observation) =>
    o.purpose === 'inference' &&
    o.route !== null &&
    !o.control &&
    o.error !== 'run.cancelled' &&
    ROUTED.includes(o.surface) &&
    throughRouter(o, e);
  // What was tried in the place of a model tells of the same providers.
  const asked = [...e.observations, ...(e.besides ?? [])].filter(isAsked);
  if (asked.some(gotThrough)) return null;
  const failed = asked.filter(isServerError);
  const [first] = failed;
  if (!first) return null;
  const providers = failing(failed, e);
  const alike = failed.length === asked.length && failed.every((o) => saysTheSame(o, first));
  if (alike && !failed.some(gotBehind)) return providers.length > 1 ? { providers, how: 'front' } : null;
  return providers.length < MANY ? null : { providers, how: alike ? 'behind' : 'apart' };
}

/** Who failed, each once. Behind a bare id one more is counted only where none of those that serve it is. */
function failing(failed: readonly Observation[], e: Evidence): string[] {
  const named = new Set(failed.flatMap((o) => providerBehind(o, e) ?? []));
  const counted = new Set(named);
  for (const o of failed) {
    if (o.model === null || providerBehind(o, e) !== null) continue;
    const live = servedBy(o.model, o.task, e) ?? [];
    if (live.length === 0 || live.some((slug) => counted.has(slug))) continue;
    for (const slug of live) counted.add(slug);
    named.add(live.join(' or '));
  }
  return [...named];
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
