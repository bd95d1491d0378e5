import { placeOf } from '../routes/surface.js';
import type { Surface } from '../types/observation.js';
import type { Facts } from './facts.js';
import { AMBIGUOUS, clientPlace, isDownloadText, isForeign, NAMED, sentencePlace } from './marks.js';

/** Look-ups of the Hub that stand before an inference call. */
const LOOK_UP = /^\/api\/(?:whoami(?:-v2)?|tasks|models\/[^/]{1,120}(?:\/[^/]{1,120})?)\/?$/;

export interface Where {
  surface: Surface;
  provider: string | null;
  model: string | null;
}

/** Where the call went. `other`: nobody here knows, or somebody else's server. */
export function whereOf(facts: Facts, text: string): Where {
  const none = { provider: null, model: null };
  const url = facts.url ?? (facts.host ? `https://${facts.host}/` : null);
  const sentence = sentencePlace(text);
  if (url && URL.canParse(url)) {
    const place = placeOf(new URL(url));
    if (place.surface === 'hub')
      return LOOK_UP.test(facts.path ?? '') ? place : { surface: 'other', ...none };
    // A provider's own host: the call did not pass Hugging Face.
    const direct = place.surface === 'provider' && !new URL(url).hostname.endsWith('huggingface.co');
    if (place.surface !== 'other' && !direct) return place;
    if (isOwnGateway(facts, text)) return { surface: 'gateway', ...none };
    // A server in front of Hugging Face hands its words on.
    return {
      surface: sentence === null ? 'other' : sentence === 'dedicated' ? 'dedicated' : 'gateway',
      ...none,
    };
  }
  if (sentence) return { surface: sentence, ...none };
  if (isDownloadText(text) || isForeign(text)) return { surface: 'other', ...none };
  const client = clientPlace(text);
  if (client) return { surface: client, ...none };
  const refused =
    AMBIGUOUS.test(text) &&
    (NAMED.test(text) ||
      (facts.body?.kind === 'json' && /^['"]?invalid username/i.test(facts.body.message ?? '')));
  if (refused) return { surface: 'router', ...none };
  return {
    surface: NAMED.test(text) && (facts.status ?? 0) >= 400 ? 'router' : 'other',
    ...none,
  };
}

const PAGE = /cloudflare|<\/?html|\bhtml (?:error )?page/i;

/** A server of somebody's own that serves models of the Hub and answers with a page. */
function isOwnGateway(facts: Facts, text: string): boolean {
  const chat = /\/v1\/|\/chat\/completions/.test(facts.path ?? '');
  const hubId = facts.model !== undefined && /[A-Z]/.test(facts.model);
  return chat && hubId && (facts.status ?? 0) >= 500 && PAGE.test(text) && !isForeign(text);
}
