import { type Answer, answer } from './answer.js';
import { chatCompletion } from './chat.js';
import { refuse } from './gate.js';
import { embeddings, MEDIA_OUTPUT, textCompletion } from './outputs.js';
import type { SimRequest, Target } from './request.js';
import type { Scenario } from './scenario.js';
import { entriesOf, entryOf, field, findModel, type ProviderEntry } from './target.js';
import { completion, upstream } from './upstream.js';

/** router.huggingface.co/{provider}/…: what follows is the provider's own path. */
export function provider(scenario: Scenario, request: SimRequest, target: Target): Answer {
  const refused = refuse(scenario, request);
  if (refused) return refused;
  const slug = target.provider ?? '';
  if (request.method === 'GET' && request.path.endsWith('/models')) {
    return answer('upstream', request, 200, { json: { object: 'list', data: catalogue(scenario, slug) } });
  }
  const model = findModel(scenario, target.model);
  const entry = model && target.model !== null ? entryOf(target.model, model, slug) : null;
  if (!entry || !fits(entry, request) || scenario.account.disabled.includes(slug)) {
    return notSupportedBy(request, slug);
  }
  return upstream(scenario, request, target.model ?? '', entry, () => success(entry, request));
}

export function notSupportedBy(request: SimRequest, slug: string): Answer {
  return answer('front', request, 400, { json: { error: `Model not supported by provider ${slug}` } });
}

/** The mapping holds for one task, and only for the provider's own id: the Hub id is refused. */
function fits({ id, task }: ProviderEntry, { path, body }: SimRequest): boolean {
  const asked = field(body, 'model') ?? field(body, 'version');
  if (asked !== null && asked !== id) return false;
  if (path.endsWith('/embeddings')) return task === 'feature-extraction';
  if (path.endsWith('completions')) return ['conversational', 'text-generation'].includes(task);
  return !['conversational', 'feature-extraction'].includes(task);
}

function success(entry: ProviderEntry, request: SimRequest): Answer {
  const { path, body } = request;
  if (path.endsWith('/chat/completions')) return chatCompletion(entry, request);
  if (path.endsWith('/completions')) return completion(entry, request, { json: textCompletion(entry.id) });
  if (path.endsWith('/embeddings')) return completion(entry, request, { json: embeddings(entry.id) });
  // Media: an empty payload is refused before anything is generated.
  const { model: _, ...payload } = Object(body);
  if (request.size > 0 && Object.keys(payload).length > 0) {
    return completion(entry, request, { json: MEDIA_OUTPUT });
  }
  const detail = [{ loc: ['body', 'prompt'], msg: 'Field required', type: 'missing' }];
  return answer('upstream', request, 422, { json: { detail } });
}

function catalogue(scenario: Scenario, slug: string) {
  return Object.entries(scenario.models)
    .flatMap(([id, model]) => entriesOf(id, model))
    .filter((entry) => entry.provider === slug)
    .map(({ id }) => ({ id, object: 'model', owned_by: slug }));
}
