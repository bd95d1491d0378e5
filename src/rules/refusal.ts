import type { Confidence, Fix } from '../report/model.js';
import type { Evidence } from '../types/evidence.js';
import { bareId } from '../types/model-ref.js';
import type { Observation } from '../types/observation.js';
import { along } from './along.js';
import { type Case, fix } from './define.js';
import { onHuggingFace, says } from './match.js';
import { isBare } from './said.js';
import { checkAgain } from './serving.js';
import { curlFor, proof } from './words.js';

/* What the rules about models and payloads ask of a refusal. Pure. */

/** Refused in words: an error status, an error inside a 200, or a text that shows no status. */
export function refused(o: Observation): boolean {
  if (o.surface === 'other' || o.purpose !== 'inference') return false;
  return o.status === null ? o.error === null : o.status >= 400 || o.shape === 'error-inside';
}

/** A body of a server is shown, not only somebody's own traceback. Cut bodies of a paste count. */
export function showsBody(o: Observation): boolean {
  return (
    o.status !== null ||
    o.body.kind === 'json' ||
    // litellm names whose words it repeats.
    /["']error["']\s?:|["']\s?\}\s{0,5}$|\b(?:Incomplete)?GenerationError: |\brequest failed during generation: |\bHugging[fF]ace(?:Exception|Error)\b/.test(
      o.body.excerpt,
    )
  );
}

/** What clients say when they could not read the answer, or know that the model has no chat server. */
const HIDDEN =
  /an http error occurred when requesting the provider|an error occurred while fetching the blob|is not served via tgi/i;

/** Refused, and the pasted text leaves out what the server said: many causes look like this. */
export function untold(o: Observation): boolean {
  const routed =
    o.surface === 'router' ||
    o.surface === 'provider' ||
    o.surface === 'hf-inference' ||
    o.surface === 'legacy';
  if (o.origin !== 'text' || !routed || !refused(o)) return false;
  if (says(o, HIDDEN)) return o.status === null || o.status === 400;
  const { message, excerpt } = o.body;
  // A 404 of the right path comes from behind it: there the model is not known.
  if (o.status === 404 && o.surface !== 'legacy' && o.surface !== 'hf-inference') return isBare(o);
  // The JavaScript client of OpenAI, when it was to stream.
  if (o.status === 400 && says(o, /\b400 status code \(no body\)/)) return true;
  return (
    o.status === 400 && /^\W{0,3}(?:bad request|backend error|object|400)?\W{0,3}$/i.test(message ?? excerpt)
  );
}

/** What an exact sentence proves: a probe of this run more than a text or somebody's gateway. */
export function bySentence(o: Observation, e: Evidence): Confidence {
  return e.run.live && onHuggingFace(o) ? 'certain' : 'likely';
}

/** The model as far as known: from the request, else as the server quotes it. */
export function modelOf(o: Observation): string | null {
  const quoted = /\bmodel ['"`]?([\w.-]{1,96}\/[\w.-]{1,96})/i.exec(o.body.message ?? '')?.[1];
  return o.model ?? quoted?.replace(/\.$/, '') ?? null;
}

/** Where the same model, or one for the same task, answered in this run. Empty: nothing is proven. */
export function instead({ proven, evidence, client }: Case<unknown>, model: string | null): Fix[] {
  if (model === null) return [];
  const task = evidence.catalog.models[model]?.task ?? null;
  const same = proven.find((p) => bareId(p.model) === model);
  if (same) return [fix(`Use ${same.model} ${along(same, client)}: ${proof(same)} there in this run.`)];
  const other = proven.find((p) => task !== null && p.task === task);
  if (!other) return [];
  const mix =
    task === 'feature-extraction' ? ' Vectors of two models do not mix: compute all of them again.' : '';
  return [fix(`Use ${other.model} instead: ${proof(other)} in this run ${along(other, client)}.${mix}`)];
}

/** The same for a finding about several models: the first that has a way out, by its name. */
export function insteadOfAny(c: Case<unknown>): Fix[] {
  const ways = c.models.map((model) => ({ model, fixes: instead(c, model) }));
  const way = ways.find(({ fixes }) => fixes.length > 0);
  if (!way) return [];
  const forAll = ways.every(({ fixes }) => fixes[0]?.text === way.fixes[0]?.text);
  return way.fixes.map((f) => (forAll ? f : { ...f, text: `For ${way.model}: ${f.text}` }));
}

/** The check of the model, or of the usual models where none is known. */
export function checkCommand(model: string | null): string {
  return checkAgain(model === null ? [] : [model]);
}

/** The request again; for the retired host, the check of the model instead. */
export function askAgain({ observations, models }: Case<unknown>, model = models[0] ?? null): string {
  const first = observations.find((o) => o.surface !== 'legacy');
  return (first && curlFor(first)) ?? checkCommand(model);
}
