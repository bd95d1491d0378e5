import type { Evidence, ModelFacts } from '../types/evidence.js';
import { madeByFrontEnd } from '../types/made-by.js';
import { isPolicy } from '../types/model-ref.js';
import type { Observation, Surface } from '../types/observation.js';

/* Questions that many rules ask. Pure, and each answer comes from the evidence alone. */

const HUGGING_FACE: readonly Surface[] = ['legacy', 'router', 'hf-inference', 'provider', 'hub'];

/** The answer came from Hugging Face or through its router. */
export function onHuggingFace(o: Observation): boolean {
  return HUGGING_FACE.includes(o.surface);
}

/** The message, code or start of the body matches. Bodies are at most 2,000 characters here. */
export function says(o: Observation, pattern: RegExp): boolean {
  return pattern.test(o.body.message ?? '') || pattern.test(o.body.excerpt);
}

export function isServerError(o: Observation): boolean {
  return o.status !== null && o.status >= 500 && o.status <= 599;
}

export function isNameFailure(o: Observation): boolean {
  return o.error === 'dns.not-found' || o.error === 'dns.temporary' || o.error === 'dns.empty';
}

/** Something at Hugging Face answered in this run, so names resolve and the network works. */
export function huggingFaceAnswers(e: Evidence): boolean {
  return e.observations.some((o) => o.status !== null && onHuggingFace(o) && o.surface !== 'legacy');
}

/** The token was accepted somewhere: whoami, or a real answer to an authenticated call. */
export function tokenWorks(e: Evidence): boolean {
  return (
    e.token.status === 'valid' ||
    e.observations.some(
      (o) => o.purpose === 'inference' && o.surface !== 'gateway' && o.auth === 'token' && isGood(o),
    )
  );
}

/** A 2xx whose body has the shape of the task. */
export function isGood(o: Observation): boolean {
  return o.status !== null && o.status >= 200 && o.status < 300 && o.shape === 'ok' && o.error === null;
}

export function factsOf(o: Observation, e: Evidence): ModelFacts | null {
  return o.model === null ? null : (e.catalog.models[o.model] ?? null);
}

/** Providers that the Hub lists as live for the model, for one task or for any. */
export function liveProviders(facts: ModelFacts | null, task?: string | null): string[] {
  if (!facts) return [];
  const live = facts.providers.filter((p) => p.status === 'live' && (!task || p.task === task));
  return live.map((p) => p.provider);
}

/**
 * Who answered behind the router: the route, the answer's own header, or the only live provider of
 * the model. Null when the evidence does not tell.
 */
export function providerBehind(o: Observation, e: Evidence): string | null {
  if (o.provider) return o.provider;
  // A suffix that is no policy pins one.
  if (o.suffix && !isPolicy(o.suffix) && /^[a-z0-9][a-z0-9-]{0,63}$/.test(o.suffix)) return o.suffix;
  const named = o.headers['x-inference-provider'];
  if (named && /^[a-z0-9][a-z0-9-]{0,63}$/.test(named)) return named;
  const live = liveProviders(factsOf(o, e), o.task);
  const only = live.length === 1 ? live[0] : undefined;
  // It answered on its own path, or the answer is signed by what stands before it: not its fault.
  return only && !madeByFrontEnd(o) && !answersItself(only, o, e) ? only : null;
}

/** The provider answered for the model of the call on a path of its own. */
export function answersItself(provider: string, { model }: Observation, e: Evidence): boolean {
  return e.observations.some(
    (x) =>
      x.model === model &&
      (x.surface === 'provider' || x.surface === 'hf-inference') &&
      x.provider === provider &&
      !x.control &&
      isGood(x),
  );
}
