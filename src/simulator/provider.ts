import { type Answer, answer } from './answer.js';
import { apiOf } from './apis.js';
import { refuse } from './gate.js';
import { FINISHED, jobIn } from './jobs.js';
import type { SimRequest, Target } from './request.js';
import type { Scenario } from './scenario.js';
import { entriesOf, entryOf, findModel, isAskedFor } from './target.js';
import { upstream } from './upstream.js';

/** router.huggingface.co/{provider}/…: what follows is the provider's own path. */
export function provider(scenario: Scenario, request: SimRequest, target: Target): Answer {
  const refused = refuse(scenario, request);
  if (refused) return refused;
  const slug = target.provider ?? '';
  if (request.method === 'GET' && request.path.endsWith('/models')) {
    return answer('upstream', request, 200, { json: { object: 'list', data: catalogue(scenario, slug) } });
  }
  const job = request.method === 'GET' ? jobIn(request) : null;
  if (job !== null && Object.hasOwn(FINISHED, slug)) {
    return answer('upstream', request, 200, { json: FINISHED[slug]?.(job, request) });
  }
  const model = findModel(scenario, target.model);
  const entry = model && target.model !== null ? entryOf(target.model, model, slug) : null;
  // The mapping holds for one task, and only for the provider's own id: the Hub id is refused.
  const api = entry && isAskedFor(entry, request) ? apiOf(entry, request) : null;
  if (!entry || !api || scenario.account.disabled.includes(slug)) return notSupportedBy(request, slug);
  return upstream(scenario, request, target.model ?? '', entry, () => api(request));
}

export function notSupportedBy(request: SimRequest, slug: string): Answer {
  return answer('front', request, 400, { json: { error: `Model not supported by provider ${slug}` } });
}

function catalogue(scenario: Scenario, slug: string) {
  return Object.entries(scenario.models)
    .flatMap(([id, model]) => entriesOf(id, model))
    .filter((entry) => entry.provider === slug)
    .map(({ id }) => ({ id, object: 'model', owned_by: slug }));
}
