import type { Evidence } from '../../types/evidence.js';
import { isPolicy } from '../../types/model-ref.js';
import type { Observation } from '../../types/observation.js';
import { says } from '../match.js';

/* How a call names one provider, and what can be wrong with that. */

export interface WrongPin {
  pin: string;
  /**
   * `invented`: no such suffix; `unplaced`: this route takes none; `unasked`: none of the routes of the
   * run does; `not-chat`: the model is for a task that knows no suffix; `not-served`: others serve the
   * model; `routes`: the same, and the call names nobody: the routes of the run do.
   */
  why: 'invented' | 'unplaced' | 'unasked' | 'not-chat' | 'not-served' | 'routes';
}

/** Words that people try as a suffix, and what each of them is. */
const WORDS: ReadonlyMap<string, string> = new Map([
  ['pro', 'PRO is a plan of an account, not a route: with it the id stays the same.'],
  ['enterprise', 'Enterprise is a plan of an organization, not a route: X-HF-Bill-To names who pays.'],
  ['auto', 'auto is the default of the clients (provider="auto"): on the router the bare id means the same.'],
  ['openai', 'openai is a provider of the clients for a key of your own: the router does not lead there.'],
  ['free', 'free is a suffix of another product: what is free on the router is so by its bare id.'],
  ['nitro', 'nitro is a suffix of another product: on the router the quickest provider is ":fastest".'],
  ['floor', 'floor is a suffix of another product: on the router the lowest price is ":cheapest".'],
  ['latest', 'latest is a tag of other products: ids of the Hub name one model without it.'],
  ['serverless', 'Serverless is the old name of the service, not a route.'],
]);

/** What is meant by a word that is no suffix; null for any other. */
export function wordOf(pin: string): string | null {
  return WORDS.get(pin) ?? null;
}

const REFUSED =
  /not supported (?:by|for|on) provider|not supported by any provider|model_not_supported|requested provider .{1,60} is not available/i;
const BY_NAME = /(?:not supported (?:by|for)|the requested) provider ['"`]?([a-z][a-z0-9-]{1,40})/i;
/** A suffix that reached a look-up of the Hub: in the path, or in the words of a client. */
const IN_PATH = /\/models\/[\w.-]{1,96}\/[\w.-]{1,96}(?::|%3A)([a-z][a-z0-9-]{0,40})(?:$|\/)/i;
const IN_WORDS =
  /(?:provider mapping for model|repo id must|repository not found).{0,200}?[/'" ][\w.-]{1,96}\/[\w.-]{1,96}:([a-z][a-z0-9-]{0,40})\b/is;

function unplaced(o: Observation): string | null {
  const inPath = o.surface === 'router' ? null : IN_PATH.exec(o.path ?? '')?.[1];
  const inWords = IN_WORDS.exec(o.body.message ?? '')?.[1] ?? IN_WORDS.exec(o.body.excerpt)?.[1];
  const elsewhere = ['provider', 'hf-inference', 'hub'].includes(o.surface) ? o.suffix : null;
  return inPath ?? inWords ?? elsewhere ?? null;
}

/** The provider that was pinned, by suffix, by path, or in the words of the refusal. */
function pinOf(o: Observation): string | null {
  if (o.suffix) return o.suffix;
  if (o.surface === 'provider' && o.provider) return o.provider;
  const named = (BY_NAME.exec(o.body.message ?? '') ?? BY_NAME.exec(o.body.excerpt))?.[1] ?? null;
  // Without a catalogue, a refusal of hf-inference mostly means that nobody serves the model there.
  return named === 'hf-inference' ? null : named;
}

/** What is wrong with the pin of this call, if anything: read from the id, the path, or the refusal. */
export function wrongPin(o: Observation, e: Evidence): WrongPin | null {
  const lost = unplaced(o);
  if (lost) return { pin: lost, why: 'unplaced' };
  const pin = pinOf(o);
  if (!pin || isPolicy(pin)) return null;
  const known = e.catalog.providers;
  if (o.suffix && (known.length > 0 ? !known.includes(pin) : WORDS.has(pin))) return { pin, why: 'invented' };
  return says(o, REFUSED) ? { pin, why: 'not-served' } : null;
}
