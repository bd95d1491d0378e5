import type { Observation } from '../../types/observation.js';
import { says } from '../match.js';
import { pipelineOf } from '../model/task-mismatch.js';
import { refused, showsBody } from '../refusal.js';

/* How a server says that it read the body and does not take it. */

export type Kind = 'missing' | 'extra' | 'value';

/** Sentences that stand for themselves, in an answer and in a pasted text. */
const SENTENCES =
  /\berror in [`'"][\w.]{1,60}[`'"]|\bmodel_kwargs\b[^\n]{0,40} not used by the model|\binput validation (?:error|failed)|(?:additional )?property \S{1,60} is (?:not allowed|unsupported)|\bunsupported data url\b|failed to (?:deserialize the json|parse the request) body|expected request with `?content-type: application\/json|\bextra inputs are not permitted|\bconversation roles must alternate|\binvalid type: \w{2,20}\b[^\n]{0,120}, expected|\bmissing required (?:parameter|field)|but `max_length` is set to|`[a-z_]{2,40}` must (?:be (?:<=|>=|<|>|strictly)|not be set)|\btool error: (?!failed to parse)|\bbatch size \d{1,9} > maximum allowed|\w{4,40}Pipeline\.__call__\(\) missing \d{1,2} required positional/i;
/** Sentences that a client or a shell may say too: they need the status of a refused body. */
const WITH_STATUS =
  /\bfield required\b|\binput should be |\b(?:unsupported|unrecognized|unknown|invalid) (?:request )?(?:parameter|argument|value)s?\b|\b[a-z_]{2,40}[`'"]? is (?:a )?required(?: property)?\b|\bunexpected keyword argument|\bmust be (?:<=|>=|<|>|between|one of|a (?:string|number|list|valid)|(?:less|greater|strictly) \w)/i;
const CODES =
  /^(?:wrong_api_format|invalid_request_body|invalid_(?:value|parameter|type|json|body)|unsupported_(?:parameter|value)|missing_required_parameter|unknown_parameter)$/i;
/** A model, an account, a credential or a length: no field of the body. */
const ELSEWHERE =
  /\bmodel[`'"]? (?:\S{1,200} )?(?:is |was )?(?:not (?:supported|found|available)|does not exist)|not a chat model|context length|tokens? (?:per|limit)|credits|function calling not support|\b(?:token|authorization|authentication|api[ _-]?key|login|subscription|payment) is required/i;

/** Nothing, the words of the status, what a client adds of its own, or the start of a traceback. */
const BARE =
  /^\W{0,3}(?:422\W{0,3})?(?:unprocessable (?:entity|content)|make sure '[a-z0-9-]{2,40}' task is supported[^\n]{0,20}|the above exception was|traceback \(most recent)?\W{0,4}(?:$|the above exception|traceback \(most recent)/i;

/** Shapes that only a check of the body makes, whatever words stand in them. */
function hasShape(o: Observation): boolean {
  const { excerpt } = o.body;
  if (o.contentType === 'application/problem+json' || /"invalid_fields"\s?:/.test(excerpt)) return true;
  if (/"detail"\s?:\s?\[\s?\{/.test(excerpt.slice(0, 400)) && /"(?:loc|msg)"\s?:/.test(excerpt)) return true;
  // `[Object]` is what Node prints in place of an error object: no list of faults.
  if (/"error"\s?:\s?\[\s?"(?!Object"\])/.test(excerpt.slice(0, 400))) return true;
  return /"param"\s?:\s?"/.test(excerpt) && /invalid.request/i.test(excerpt);
}

/** The body was read and refused, and how clearly: by its shape or code, or by a sentence alone. */
export function refusedBody(o: Observation): 'shape' | 'sentence' | null {
  const status = o.status === 400 || o.status === 415 || o.status === 422 || o.shape === 'error-inside';
  if (!refused(o) || !(status || o.status === null)) return null;
  if (/^model_/i.test(o.body.code ?? '') || says(o, ELSEWHERE)) return null;
  if (CODES.test(o.body.code ?? '') || (status && hasShape(o))) return 'shape';
  const message = o.body.message ?? '';
  // A program of one's own may run a pipeline too.
  if (pipelineOf(o) && !showsBody(o)) return null;
  return SENTENCES.test(message) || (status && WITH_STATUS.test(message)) ? 'sentence' : null;
}

/** A pasted 422 of Hugging Face without the words of the server. */
export function isBare422(o: Observation): boolean {
  if (o.origin !== 'text' || o.status !== 422 || !refused(o) || o.surface === 'gateway') return false;
  const { kind, message, excerpt } = o.body;
  return kind !== 'json' && BARE.test(message ?? excerpt);
}

export function kindOf(o: Observation, field: string | null): Kind {
  if (says(o, /\brequired\b|\bmissing\b/i)) return 'missing';
  // "Invalid request" about a field that was not sent. Long bodies are cut, so they do not tell.
  const sent = o.requestBody !== null && o.requestBody.length < 2000 ? o.requestBody : null;
  if (field !== null && /^\w+$/.test(field) && sent?.includes(`"${field}"`) === false) return 'missing';
  const extra =
    /not used|not allowed|is unsupported|is not supported|unsupported parameter|extra inputs|unknown field|unexpected keyword|unrecognized/i;
  return says(o, extra) ? 'extra' : 'value';
}
