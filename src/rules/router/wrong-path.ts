import type { Evidence } from '../../types/evidence.js';
import type { Observation } from '../../types/observation.js';
import { factsOf, says } from '../match.js';
import { askedPath, type Form, folded, misroute, NOT_ALLOWED, noRoute, ROUTER } from './paths.js';

/** Refusals that a path of no route may get; 401, 402, 403 and 429 have causes of their own. */
const REFUSED: readonly (number | null)[] = [400, 404, 405, 415, 421, 422];

/** The same URL with another path; null where the evidence names no host. */
function moved(o: Observation, path: string): string | null {
  return o.url !== null && URL.canParse(path, o.url) ? new URL(path, o.url).href : null;
}

/** Old clients ask for the state of a model; the Hub lists who serves it. */
function insteadOf(path: string, router: string): string {
  const id = /^status\/([\w.-]{1,96}\/[\w.-]{1,96})$/.exec(path)?.[1];
  return id
    ? `https://huggingface.co/api/models/${id}?expand=inferenceProviderMapping`
    : `${router}/v1/chat/completions`;
}

export interface Wrong {
  form: Form;
  /** The URL to call instead. */
  right: string;
  /** The server itself says that it has no such route. */
  sure: boolean;
}

/** The path is no route, or takes another kind of request. The shape decides before the status. */
export function wrongPath(o: Observation, e: Evidence): Wrong | null {
  const router = e.run.endpoints.router || ROUTER;
  const denied = (NOT_ALLOWED.exec(o.body.message ?? '') ?? NOT_ALLOWED.exec(o.body.excerpt))?.[2];
  if (denied) return { form: 'not-allowed', right: insteadOf(denied, router), sure: true };
  const path = askedPath(o);
  if (path === null) return null;
  const once = folded(path);
  if (once !== path && noRoute(o))
    return { form: 'doubled', right: moved(o, once) ?? `${router}${once}`, sure: true };
  const proxied = /^\/api\/inference-proxy(\/.{1,300})$/.exec(path)?.[1];
  if (proxied && noRoute(o) && o.body.kind !== 'json')
    return { form: 'old-proxy', right: router + proxied, sure: true };
  if (says(o, /must be multipart\/form-data/i))
    return { form: 'multipart', right: moved(o, path) ?? router + path, sure: true };
  const onRouter =
    o.surface !== 'gateway' &&
    (o.url === null || o.url.startsWith(router) || o.host === new URL(ROUTER).host);
  const shape = onRouter ? misroute(path, o, e) : null;
  if (shape && (noRoute(o) || (shape.never && REFUSED.includes(o.status))))
    return { ...shape, sure: noRoute(o) };
  if (o.provider === 'fal-ai' && o.status === 404 && o.body.kind === 'text') {
    const id = factsOf(o, e)?.providers.find((p) => p.provider === 'fal-ai')?.providerId ?? '{fal model id}';
    return { form: 'app', right: `${onRouter ? `${router}/fal-ai` : 'https://fal.run'}/${id}`, sure: false };
  }
  if (shape || o.surface === 'gateway' || !noRoute(o)) return null;
  if (o.method !== 'POST' && (o.status === 405 || says(o, /\bcannot get \//i)))
    return { form: 'method', right: moved(o, path) ?? router + path, sure: false };
  // What we send ourselves comes from the official client: then the path is not the user's.
  const spoken = says(o, /\bcannot (?:post|put) \/|\bno route matched|page not found/i);
  if (o.surface !== 'provider' || o.origin === 'probe' || !spoken) return null;
  return { form: 'provider-path', right: `${router}/v1/chat/completions`, sure: false };
}
