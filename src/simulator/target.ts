import type { SimRequest, Surface, Target } from './request.js';
import type { Model, Scenario } from './scenario.js';

/** First segments of the router that no provider owns. */
const NOT_PROVIDERS = ['', 'v1', 'hf-inference', 'models', 'pipeline', 'status', 'api', 'openai'];
/** What may follow a model id in a path. */
const TAILS = /\/(?:pipeline\/[a-z-]{1,60}|v1\/chat\/completions|v1\/completions|info)$/;

export type ProviderEntry = Model['providers'][string] & { provider: string; id: string; task: string };

/** What the request is about. Pure. Only the automatic router, and a gateway before it, know suffixes. */
export function locate(scenario: Scenario, request: SimRequest): Target {
  const { host, path, body } = request;
  const plain = (surface: Surface, model: string | null, provider: string | null = null): Target => {
    return { surface, provider, model, suffix: null };
  };
  if (host === 'hub') return plain('hub', path.startsWith('/api/models/') ? path.slice(12) : null);
  if (host === 'legacy') return plain('legacy', modelInPath(path) ?? field(body, 'model'));
  const automatic = { provider: null, ...splitSuffix(field(body, 'model')) };
  if (host === 'gateway') return { surface: 'gateway', ...automatic };
  const [, first = '', ...rest] = path.split('/');
  if (first === 'hf-inference') return plain('hf-inference', modelInPath(path), 'hf-inference');
  if (NOT_PROVIDERS.includes(first) || rest.length === 0) return { surface: 'router', ...automatic };
  return plain('provider', modelAtProvider(scenario, first, request), first);
}

/** `org/name:suffix`; the last colon separates, a Hub id has none. */
function splitSuffix(asked: string | null): { model: string | null; suffix: string | null } {
  const colon = asked?.lastIndexOf(':') ?? -1;
  if (asked === null || colon < 0) return { model: asked, suffix: null };
  return { model: asked.slice(0, colon), suffix: asked.slice(colon + 1) };
}

function modelInPath(path: string): string | null {
  const start = path.indexOf('/models/');
  if (start >= 0) return path.slice(start + 8).replace(TAILS, '');
  return /^\/(?:pipeline\/[a-z-]{1,60}|status)\/(.{1,200})$/.exec(path)?.[1] ?? null;
}

/** The Hub id behind a provider's own model id, from the body or, as fal and replicate do, from the path. */
function modelAtProvider(scenario: Scenario, provider: string, request: SimRequest): string | null {
  for (const [hubId, model] of Object.entries(scenario.models)) {
    const entry = entryOf(hubId, model, provider);
    if (entry && isAskedFor(entry, request)) return hubId;
  }
  return modelInBody(request);
}

/** By the provider's own id, the version behind its colon, or the end of the path. */
export function isAskedFor({ id }: ProviderEntry, request: SimRequest): boolean {
  const asked = modelInBody(request);
  if (asked !== null) return asked === id || asked === id.split(':')[1];
  return request.path.replace(/\/predictions$/, '').endsWith(`/${id}`);
}

function modelInBody({ body }: SimRequest): string | null {
  return field(body, 'model') ?? field(body, 'version');
}

export function field(body: unknown, name: string): string | null {
  const value = Object(body)[name];
  return typeof value === 'string' && Object.hasOwn(Object(body), name) ? value : null;
}

/** Own keys only: `toString` is not a model. */
export function findModel(scenario: Scenario, id: string | null): Model | null {
  return id !== null && Object.hasOwn(scenario.models, id) ? (scenario.models[id] ?? null) : null;
}

export function entryOf(hubId: string, model: Model, provider: string): ProviderEntry | null {
  return entriesOf(hubId, model).find((entry) => entry.provider === provider) ?? null;
}

/** The mapping with everything filled in that a scenario may leave out. */
export function entriesOf(hubId: string, model: Model): ProviderEntry[] {
  const isText = ['text-generation', 'image-text-to-text'].includes(model.pipelineTag);
  return Object.entries(model.providers).map(([provider, entry]) => ({
    ...entry,
    provider,
    id: entry.id ?? hubId,
    task: entry.task ?? (isText ? 'conversational' : model.pipelineTag),
  }));
}
