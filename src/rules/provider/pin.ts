import type { Evidence } from '../../types/evidence.js';
import { isPolicy } from '../../types/model-ref.js';
import type { Observation } from '../../types/observation.js';
import { says } from '../match.js';

/* How a call names one provider, and what can be wrong with that. */

export interface WrongPin {
  pin: string;
  /**
   * `invented`: no such suffix; `unplaced`: this route takes none; `unasked`: none of the routes of the
   * run does; `not-chat`: the model is for a task that knows no suffix; `not-served`: others serve the model.
   */
  why: 'invented' | 'unplaced' | 'unasked' | 'not-chat' | 'not-served';
}

/** Words of other products, or of no product; `openai` is a client's word for a key of one's own. */
export const INVENTED = [
  'pro',
  'enterprise',
  'auto',
  'openai',
  'free',
  'latest',
  'serverless',
  'nitro',
  'floor',
];

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
  if (o.suffix && (known.length > 0 ? !known.includes(pin) : INVENTED.includes(pin)))
    return { pin, why: 'invented' };
  return says(o, REFUSED) ? { pin, why: 'not-served' } : null;
}
