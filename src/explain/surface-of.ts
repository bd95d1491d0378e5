import { placeOf } from '../routes/surface.js';
import type { Surface } from '../types/observation.js';
import { clientPlace } from './callers.js';
import type { Facts } from './facts.js';
import { AMBIGUOUS, isDownloadText, isForeign, NAMED, NAMED_USE } from './marks.js';
import { STATUS_BODY, sentencePlace, weakPlace } from './sentences.js';

/** Look-ups of the Hub that stand before an inference call. */
const LOOK_UP = /^\/api\/(?:whoami(?:-v2)?|tasks|models\/[^/]{1,120}(?:\/[^/]{1,120})?)\/?$/;

/** Libraries ask for a model before they download it; who calls one asks for its providers. */
const MODEL = /^\/api\/models\//;

export interface Where {
  surface: Surface;
  provider: string | null;
  model: string | null;
}

/** Where the call went. `other`: nobody here knows, or somebody else's server. */
export function whereOf(facts: Facts, text: string, context: string): Where {
  const address = facts.url ?? (facts.host ? `https://${facts.host}/` : null);
  const named = address !== null && URL.canParse(address) ? byAddress(facts, new URL(address), text) : null;
  return named ?? { surface: byWords(facts, text, context), provider: null, model: null };
}

/** The id that the front end of Hugging Face gives each answer. */
const OWN_ID = /\bRoot=1-[\da-f]{8}-[\da-f]{24};[\da-f-]{36}\b/;

/** Null when the address tells nothing: it is only mentioned, and a client of Hugging Face failed. */
function byAddress(facts: Facts, url: URL, text: string): Where | null {
  const none = { provider: null, model: null };
  const place = placeOf(url);
  if (place.surface === 'hub')
    return isLookUp(facts.path ?? '', url, text) ? place : { surface: 'other', ...none };
  // A provider's own host: the call did not pass Hugging Face.
  const direct = place.surface === 'provider' && !url.hostname.endsWith('huggingface.co');
  if (place.surface !== 'other' && !direct) return place;
  if (isOwnGateway(facts, text)) return { surface: 'gateway', ...none };
  // A server in front of Hugging Face hands its words on.
  const sentence = sentencePlace(text);
  if (sentence !== null) return { surface: sentence === 'dedicated' ? 'dedicated' : 'gateway', ...none };
  return facts.mentioned && clientPlace(text) !== null ? null : { surface: 'other', ...none };
}

function isLookUp(path: string, url: URL, text: string): boolean {
  if (!LOOK_UP.test(path)) return false;
  return (
    !MODEL.test(path) || /expand/i.test(url.search) || clientPlace(text) !== null || NAMED_USE.test(text)
  );
}

function byWords(facts: Facts, text: string, context: string): Surface {
  const sentence = sentencePlace(text);
  if (sentence) return sentence;
  if (isDownloadText(text) || isForeign(text)) return 'other';
  const client = clientPlace(text);
  const weak = weakPlace(text);
  if (weak && (client || NAMED.test(text) || OWN_ID.test(text))) return weak;
  // Nobody else is known to answer so, and nobody else is named: the rule for it stays a guess.
  if (facts.host === undefined && STATUS_BODY.test(text)) return 'dedicated';
  if (client) return client;
  const own = facts.body?.kind === 'json' && /^['"]?invalid username/i.test(facts.body.message ?? '');
  if (AMBIGUOUS.test(text) && (own || NAMED.test(text) || OWN_ID.test(text))) return 'router';
  if ((facts.status ?? 0) < 400) return 'other';
  return NAMED.test(text) ? 'router' : quotedFrom(context);
}

/** A write-up about inference at Hugging Face quotes an error that does not say where it was. */
function quotedFrom(context: string): Surface {
  // It may name other products as well: as a way out, mostly.
  if (!NAMED.test(context)) return 'other';
  if (/router\.huggingface\.co|\binference providers?\b/i.test(context)) return 'router';
  return /\binference api\b|api-inference/i.test(context) ? 'legacy' : 'other';
}

const PAGE = /cloudflare|<\/?html|\bhtml (?:error )?page/i;

/** A server of somebody's own that serves models of the Hub and answers with a page. */
function isOwnGateway(facts: Facts, text: string): boolean {
  const chat = /\/v1\/|\/chat\/completions/.test(facts.path ?? '');
  const hubId = facts.model !== undefined && /[A-Z]/.test(facts.model);
  return chat && hubId && (facts.status ?? 0) >= 500 && PAGE.test(text) && !isForeign(text);
}
