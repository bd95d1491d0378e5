import { type Answer, answer } from './answer.js';
import { unauthorised } from './gate.js';
import type { SimRequest, Target } from './request.js';
import type { Model, Scenario } from './scenario.js';
import { entriesOf, findModel } from './target.js';
import { whoami } from './whoami.js';

/** huggingface.co: whoami and the metadata of models. */
export function hub(scenario: Scenario, request: SimRequest, { model: id }: Target): Answer {
  // A token that the Hub does not know is refused even where none is needed.
  if (request.auth !== 'anonymous' && !request.known) return unauthorised(request);
  const limited = (status: number, body: { json: unknown } | { text: string }, headers = {}) =>
    answer('front', request, status, body, { ...rateLimit(request), ...headers });

  if (request.path === '/api/whoami-v2') {
    return request.known ? limited(200, { json: whoami(scenario) }) : unauthorised(request);
  }
  if (request.path === '/api/models') return limited(200, { json: served(scenario, request.query) });
  if (id === null)
    return limited(404, { json: { error: "Sorry, we can't find the page you are looking for." } });

  const model = findModel(scenario, id);
  if (!model || (model.private && !request.known)) {
    // Without a token a missing repository looks like a private one.
    if (!request.known) return unauthorised(request);
    return limited(404, { json: { error: 'Repository not found' } }, { 'x-error-code': 'RepoNotFound' });
  }
  if (model.renamedTo !== undefined) {
    const location = `/api/models/${model.renamedTo}${request.query}`;
    return limited(307, { text: `Temporary Redirect. Redirecting to ${location}` }, { location });
  }
  return limited(200, { json: describe(id, model, scenario.mappingShape, expanded(request.query)) });
}

/** `?inference_provider=all&pipeline_tag=…`: what somebody serves for a task. */
function served(scenario: Scenario, query: string): unknown[] {
  const asked = new URLSearchParams(query);
  const task = asked.get('pipeline_tag');
  return Object.entries(scenario.models)
    .filter(([id, m]) => !m.private && entriesOf(id, m).some((e) => e.status === 'live' && e.task === task))
    .slice(0, Number(asked.get('limit') ?? 20))
    .map(([id, m]) => describe(id, m, scenario.mappingShape, expanded(query)));
}

/** Fixed-window quota of the Hub: on every answer, and no sign of a problem while `r` is above 0. */
function rateLimit({ known }: SimRequest): Record<string, string> {
  const quota = known ? 1000 : 500;
  return {
    ratelimit: `"api";r=${quota - 3};t=211`,
    'ratelimit-policy': `"fixed window";"api";q=${quota};w=300`,
  };
}

/** `expand[]=a&expand[]=b`, `expand=a&expand=b` and `expand=a,b` are the same. */
function expanded(query: string): string[] {
  return [...new URLSearchParams(query)]
    .filter(([name]) => name === 'expand' || name === 'expand[]')
    .flatMap(([, value]) => value.split(','));
}

function describe(id: string, model: Model, shape: 'object' | 'array', expand: string[]): unknown {
  const entries = entriesOf(id, model).map((entry) => ({
    provider: entry.provider,
    hfModelId: id,
    providerId: entry.id,
    status: entry.status,
    task: entry.task,
  }));
  const keyed = entries.map(({ provider, hfModelId: _, ...rest }) => [
    provider,
    { ...rest, isModelAuthor: false },
  ]);
  const fields: Record<string, unknown> = {
    pipeline_tag: model.pipelineTag,
    tags: model.tags,
    gated: model.gated === 'no' ? false : model.gated,
    private: model.private,
    disabled: false,
    inference: entries.some(({ status }) => status === 'live') ? 'warm' : undefined,
    inferenceProviderMapping: shape === 'array' ? entries : Object.fromEntries(keyed),
  };
  const head = { _id: Buffer.from(id).toString('hex').padEnd(24, '0').slice(0, 24), id };
  // Without `expand` the Hub sends a fixed set, in which the mapping is not.
  const wanted = expand.length > 0 ? expand : ['pipeline_tag', 'tags', 'gated', 'private', 'disabled'];
  return {
    ...head,
    ...Object.fromEntries(
      wanted.filter((name) => Object.hasOwn(fields, name)).map((name) => [name, fields[name]]),
    ),
  };
}
