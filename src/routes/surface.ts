import { HOME } from '../types/home.js';
import type { Surface } from '../types/observation.js';
import type { BaseUrls } from './request.js';

export const DEFAULT_BASES: BaseUrls = { ...HOME, gateway: null };

/** Hosts of providers that are called directly, with the slug that the router uses for them. */
const DIRECT: Readonly<Record<string, string>> = {
  'api.cerebras.ai': 'cerebras',
  'api.cohere.com': 'cohere',
  'api.deepinfra.com': 'deepinfra',
  'api.featherless.ai': 'featherless-ai',
  'api.fireworks.ai': 'fireworks-ai',
  'api.groq.com': 'groq',
  'api.hyperbolic.xyz': 'hyperbolic',
  'api.novita.ai': 'novita',
  'api.publicai.co': 'publicai',
  'api.replicate.com': 'replicate',
  'api.sambanova.ai': 'sambanova',
  'api.scaleway.ai': 'scaleway',
  'api.studio.nebius.ai': 'nebius',
  'api.together.xyz': 'together',
  'api.us1.bfl.ai': 'black-forest-labs',
  'api.wavespeed.ai': 'wavespeed',
  'api.z.ai': 'zai-org',
  'fal.run': 'fal-ai',
  'inference.api.nscale.com': 'nscale',
  'inference.baseten.co': 'baseten',
  'integrate.api.nvidia.com': 'nvidia',
  'oai.endpoints.kepler.ai.cloud.ovh.net': 'ovhcloud',
  'queue.fal.run': 'fal-ai',
};

export interface Place {
  surface: Surface;
  provider: string | null;
  /** Model id as far as the path tells. */
  model: string | null;
}

const NAME = '[A-Za-z0-9][\\w.-]{0,95}';
const IN_PATH = new RegExp(`/(?:models|pipeline/[a-z-]{1,40})/(${NAME}(?:/${NAME})?)`);

const DEDICATED = /\.endpoints\.huggingface\.cloud$/;

/** An inference endpoint of somebody's own, at Hugging Face. */
export function isDedicated(base: string | null): boolean {
  return base !== null && DEDICATED.test(new URL(base).hostname);
}

/** Which surface a URL belongs to, by host first and path second. */
export function placeOf(url: URL, bases: BaseUrls = DEFAULT_BASES): Place {
  const path = url.pathname;
  const at = (base: string | null) => base !== null && sameBase(url, base);
  const none = { provider: null, model: null };
  if (at(bases.gateway) && !isDedicated(bases.gateway)) return { surface: 'gateway', ...none };
  if (at(bases.legacy) || url.hostname === 'api-inference.huggingface.co')
    return { surface: 'legacy', provider: null, model: modelIn(path) };
  if (at(bases.router) || url.hostname === 'router.huggingface.co') return onRouter(path);
  if (at(bases.hub) || url.hostname === 'huggingface.co') {
    // The short-lived proxy of early 2025 answered like the router that replaced it.
    const proxied = /^\/api\/inference-proxy(\/.{0,2000})$/.exec(path)?.[1];
    return proxied ? onRouter(proxied) : { surface: 'hub', provider: null, model: hubModel(path) };
  }
  if (DEDICATED.test(url.hostname)) return { surface: 'dedicated', ...none };
  const direct = DIRECT[url.hostname];
  if (direct) return { surface: 'provider', provider: direct, model: null };
  return { surface: 'other', ...none };
}

function onRouter(path: string): Place {
  const segment = path.split('/')[1] ?? '';
  if (segment === 'v1' || segment === '') return { surface: 'router', provider: null, model: null };
  const model = modelIn(path);
  if (segment === 'hf-inference') return { surface: 'hf-inference', provider: 'hf-inference', model };
  // Favourite guesses of migrating code; they are paths of the router that no route owns.
  if (segment === 'models' || segment === 'pipeline') return { surface: 'router', provider: null, model };
  return { surface: 'provider', provider: segment, model: null };
}

function modelIn(path: string): string | null {
  const id = IN_PATH.exec(path)?.[1] ?? null;
  // `/models/gpt2/v1/chat/completions`: the second part is a route, not a name.
  return id?.endsWith('/v1') || id?.endsWith('/pipeline') ? id.slice(0, id.lastIndexOf('/')) : id;
}

function hubModel(path: string): string | null {
  return path.startsWith('/api/models/') ? modelIn(path) : null;
}

function sameBase(url: URL, base: string): boolean {
  const b = new URL(base);
  const prefix = b.pathname.endsWith('/') ? b.pathname : `${b.pathname}/`;
  return url.origin === b.origin && (url.pathname === b.pathname || url.pathname.startsWith(prefix));
}
