import { isHubId, readModel, readRouterModels, unknownModel } from '../catalog/read.js';
import { ask, type Question, type World } from '../probe/ask.js';
import type { Note } from '../probe/schedule.js';
import { type BaseUrls, idPath } from '../routes/request.js';
import type { Secret } from '../safety/secret.js';
import { isHuggingFace } from '../safety/trust.js';
import type { ModelFacts, RouterModel } from '../types/evidence.js';
import type { Observation } from '../types/observation.js';

/* The free calls: who the token is, what the Hub and the router say about models. */

/** Bytes: the router's list holds every chat model with all its providers. */
const LIST_BYTES = 8 * 1024 * 1024;
const EXPAND = ['inferenceProviderMapping', 'pipeline_tag', 'tags', 'gated', 'private'];

export interface Limits {
  timeoutMs: number;
  retries: number;
  note?: Note;
}

function get(
  url: string,
  purpose: Observation['purpose'],
  surface: Observation['surface'],
  secret: Secret | null,
  limits: Limits,
  model: string | null = null,
): Question {
  return {
    asked: {
      origin: 'probe',
      purpose,
      surface,
      route: null,
      auth: secret ? 'token' : 'anonymous',
      control: false,
      model,
      suffix: null,
      provider: null,
      task: null,
      depth: 'catalog',
    },
    method: 'GET',
    url,
    headers: {},
    body: null,
    secret,
    ...limits,
    billable: false,
  };
}

export async function askWhoami(base: BaseUrls, secret: Secret, limits: Limits, w: World) {
  const { observation, json } = await ask(
    get(`${base.hub}/api/whoami-v2`, 'whoami', 'hub', secret, limits),
    w,
  );
  // Another Hub need not know a token of Hugging Face: its refusal proves nothing about the router.
  const elsewhere = isHuggingFace(new URL(base.router)) && !isHuggingFace(new URL(base.hub));
  const status = finalStatus(observation);
  return {
    observation,
    answer: { status: elsewhere && status === 401 ? null : status, error: observation.error, body: json },
  };
}

/** `expand[]` twice for nothing is cheap; a field that the Hub does not know is ignored by it. */
export async function askModel(
  id: string,
  base: BaseUrls,
  secret: Secret | null,
  limits: Limits,
  w: World,
): Promise<{ facts: ModelFacts; observations: Observation[] }> {
  const query = EXPAND.map((name) => `expand[]=${name}`).join('&');
  const url = (name: string) => `${base.hub}/api/models/${idPath(name)}?${query}`;
  const first = await ask(get(url(id), 'mapping', 'hub', secret, limits, id), w);
  const renamed = renamedTo(first.observation, base.hub);
  if (!renamed)
    return { facts: toFacts(id, first.observation, first.json), observations: [first.observation] };
  const second = await ask(get(url(renamed), 'mapping', 'hub', secret, limits, id), w);
  const facts = toFacts(id, second.observation, second.json);
  // The redirect did its work: what counts is the answer behind it.
  return { facts: { ...facts, canonical: renamed }, observations: [second.observation] };
}

export async function askRouterModels(
  base: BaseUrls,
  limits: Limits,
  w: World,
): Promise<{ models: RouterModel[] | null; observation: Observation }> {
  const question = get(`${base.router}/v1/models`, 'router-models', 'router', null, limits);
  const { observation, json } = await ask({ ...question, maxBytes: LIST_BYTES }, w);
  return { models: finalStatus(observation) === 200 ? readRouterModels(json) : null, observation };
}

/** Models that somebody serves for a task, as the Hub lists them; null when it does not tell. */
export async function askServed(
  task: string,
  base: BaseUrls,
  limits: Limits,
  w: World,
): Promise<ModelFacts[] | null> {
  const query = `inference_provider=all&pipeline_tag=${encodeURIComponent(task)}&limit=20&expand[]=inferenceProviderMapping&expand[]=pipeline_tag`;
  const question = get(`${base.hub}/api/models?${query}`, 'mapping', 'hub', null, limits);
  const { observation, json } = await ask({ ...question, maxBytes: LIST_BYTES }, w);
  if (finalStatus(observation) !== 200 || !Array.isArray(json)) return null;
  return json.flatMap((item: unknown) => {
    const id = typeof item === 'object' && item !== null && 'id' in item ? item.id : null;
    const facts = typeof id === 'string' && isHubId(id) ? readModel(id, item) : null;
    return facts ?? [];
  });
}

/** A renamed repository answers 307 on the same host; the new id is read, never the URL followed. */
function renamedTo(o: Observation, hub: string): string | null {
  if (o.status === null || o.status < 301 || o.status > 308) return null;
  const location = o.headers.location;
  if (!location || !URL.canParse(location, hub)) return null;
  const target = new URL(location, hub);
  if (target.origin !== new URL(hub).origin) return null;
  const id = /^\/api\/models\/([A-Za-z0-9][\w.-]{0,95}(?:\/[A-Za-z0-9][\w.-]{0,95})?)$/.exec(
    target.pathname,
  )?.[1];
  return id ?? null;
}

function toFacts(id: string, o: Observation, json: unknown): ModelFacts {
  if (finalStatus(o) === 200) return readModel(id, json) ?? unknownModel(id);
  // Without a token the Hub answers 401 for what is private and for what does not exist.
  return { ...unknownModel(id), exists: o.status === 404 ? 'no' : 'unknown' };
}

function finalStatus(o: Observation): number | null {
  return o.retry?.status ?? o.status;
}
