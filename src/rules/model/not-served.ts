import type { Confidence } from '../../report/model.js';
import type { Evidence, ModelFacts } from '../../types/evidence.js';
import { isPolicy } from '../../types/model-ref.js';
import type { Observation } from '../../types/observation.js';
import type { Hit } from '../define.js';
import { factsOf, isGood, onHuggingFace, says } from '../match.js';
import { refused, untold } from '../refusal.js';
import { servedBy } from '../serving.js';

/* The ways in which "nobody serves this model" is said. */

export type How =
  | 'empty-mapping' // the Hub lists no provider
  | 'router' // the router refuses the model
  | 'provider' // one provider refuses it
  | 'hf-inference' // the right path of hf-inference answers a plain 404
  | 'untold' // a 400 whose sentence the text leaves out
  | 'client' // a client found no provider before it sent anything
  | 'one-provider' // a client looked for one provider, and the list does not hold it
  | 'stop-iteration'; // the same, as huggingface_hub says it

export interface Refusal {
  how: How;
  /** The provider that refused; null when no provider is named. */
  provider: string | null;
}

const ROUTER_SAYS =
  /is not supported by any provider you have enabled|requested model \S{0,200} is not a chat model/i;
const PROVIDER_SAYS =
  /\bmodel (?:\S{1,200} )?(?:is )?not supported (?:by|for) provider ['"`]?([a-z0-9][a-z0-9-]{0,63})/i;
const CLIENT_SAYS =
  /no inference provider available|no provider mapping found for model|auto selected provider: undefined|not supported by any hugging ?face inference provider|not (?:currently )?available via any of the supported third-party inference providers/i;
/** The JavaScript client, of the one provider that the call names. */
const ONE_SAYS = /not been able to find inference provider information/i;
const OTHER_WORDS = /allowed now, your model \S|\binference is not supported (?:by )?hf inference/i;
const HF_PATH =
  /^(?:\/api\/inference-proxy)?\/hf-inference\/models\/[^/]{1,200}(?:\/[^/]{1,200})?(?:\/v1\/(?:chat\/)?completions|\/pipeline\/(?:feature-extraction|sentence-similarity))?$/;

/** What the answer says, without asking the catalogue. */
export function saysNotServed(o: Observation): Refusal | null {
  if (!refused(o) || o.surface === 'dedicated') return null;
  const by = PROVIDER_SAYS.exec(o.body.message ?? '')?.[1] ?? PROVIDER_SAYS.exec(o.body.excerpt)?.[1];
  if (by) return { how: 'provider', provider: by };
  if (says(o, ROUTER_SAYS)) return { how: 'router', provider: pinned(o) };
  if (!onHuggingFace(o)) return null;
  if (o.body.code === 'model_not_supported') return { how: 'router', provider: pinned(o) };
  if (says(o, OTHER_WORDS)) return { how: 'provider', provider: o.provider };
  if (says(o, ONE_SAYS)) return { how: 'one-provider', provider: o.provider };
  if (says(o, CLIENT_SAYS)) return { how: 'client', provider: o.provider };
  if (o.status === null && says(o, /\bStopIteration\b/)) return { how: 'stop-iteration', provider: null };
  if (untold(o)) return { how: 'untold', provider: o.provider };
  const plain = o.body.kind !== 'json' || /^\W{0,4}not found\W{0,4}$/i.test(o.body.message ?? '');
  if (o.surface === 'hf-inference' && o.status === 404 && plain && HF_PATH.test(o.path ?? ''))
    return { how: 'hf-inference', provider: 'hf-inference' };
  return null;
}

/** A policy of the router pins nobody. */
function pinned(o: Observation): string | null {
  return o.suffix === null || isPolicy(o.suffix) ? null : o.suffix;
}

/** The Hub's list says the opposite: then it is the account, the suffix or the list, not the model. */
export function contradicted({ provider }: Refusal, o: Observation, e: Evidence): boolean {
  const live = (o.model === null ? null : servedBy(o.model, o.task ?? factsOf(o, e)?.task ?? null, e)) ?? [];
  return provider === null ? live.length > 0 : live.includes(provider);
}

/** The Hub knows the model, lists nobody, and nobody answered for it in this run. */
export function nobodyListed(facts: ModelFacts, e: Evidence): boolean {
  const asked = e.run.routes.some((r) => r !== 'gateway' && r !== 'legacy');
  const answered = e.observations.some(
    (o) => o.model === facts.id && onHuggingFace(o) && isInference(o) && isGood(o),
  );
  return asked && facts.exists === 'yes' && facts.mappingKnown && facts.providers.length === 0 && !answered;
}

/** A refusal that a missing provider explains, although its body does not say it. */
export function follows(o: Observation): boolean {
  const route = o.surface === 'router' || o.surface === 'hf-inference' || o.surface === 'provider';
  return route && isInference(o) && !o.control && (o.status === 400 || o.status === 404);
}

function isInference(o: Observation): boolean {
  return o.purpose === 'inference';
}

/** What the rule says about the model. */
export interface Unserved {
  model: string | null;
  how: How;
  /** The provider that refused, when the call named one. */
  provider: string | null;
  /** Providers that the Hub lists as live for it. */
  live: readonly string[];
  /** Listed, but not live: `together (error)`. */
  down: readonly string[];
  known: boolean;
  /** It was asked for chat because nothing told what it is made for. */
  blind: boolean;
}

export type Found = Hit<Unserved> & { cells: readonly number[] };

export function unserved(
  model: string | null,
  seen: Refusal,
  o: Observation | null,
  cells: readonly number[],
  e: Evidence,
): Found {
  const facts = model === null ? null : (e.catalog.models[model] ?? null);
  const known = facts?.mappingKnown === true;
  const live = (model === null ? null : servedBy(model, o?.task ?? facts?.task ?? null, e)) ?? [];
  const down = (facts?.providers ?? [])
    .filter((p) => p.status !== 'live')
    .map((p) => `${p.provider} (${p.status})`);
  const proven = seen.how === 'empty-mapping' || (known && e.run.live && (o === null || onHuggingFace(o)));
  const blind = e.run.live && facts !== null && !known && facts.task === null && seen.how === 'router';
  const confidence: Confidence = proven ? 'certain' : seen.how === 'untold' || blind ? 'possible' : 'likely';
  // Models that nobody lists are one finding: the way out is the same for all of them.
  const alike = seen.how === 'empty-mapping' && down.length === 0;
  const subject = alike ? 'nobody lists it' : (model ?? 'this model');
  return { confidence, subject, cells, args: { model, ...seen, live, down, known, blind } };
}
