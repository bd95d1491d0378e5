import { type Answer, answer } from './answer.js';
import { chatCompletion } from './chat.js';
import { refuse } from './gate.js';
import { HTML_NOT_FOUND } from './outputs.js';
import type { SimRequest, Target } from './request.js';
import type { Scenario } from './scenario.js';
import { entriesOf, field, findModel, type ProviderEntry } from './target.js';
import { isHealthy, upstream } from './upstream.js';

/** router.huggingface.co below `/v1`, and every path there that no route owns. */
export function router(scenario: Scenario, request: SimRequest, target: Target): Answer {
  const { path, method } = request;
  if (method === 'POST' && path === '/v1/chat/completions') {
    return refuse(scenario, request) ?? routeChat(scenario, request, target);
  }
  // The list needs no token, so it proves nothing about one.
  if (path === '/v1/models')
    return answer('front', request, 200, { json: { object: 'list', data: list(scenario) } });
  if (path.startsWith('/v1/models/')) {
    const found = list(scenario).find(({ id }) => id === path.slice(11));
    return found ? answer('front', request, 200, { json: found }) : unknownModel(request, path.slice(11));
  }
  return notFound(request);
}

export function notFound(request: SimRequest): Answer {
  return answer('front', request, 404, { html: HTML_NOT_FOUND });
}

/** Automatic routing of one chat request, after the gate. */
export function routeChat(scenario: Scenario, request: SimRequest, { model: id, suffix }: Target): Answer {
  const asked = field(request.body, 'model') ?? '';
  const model = findModel(scenario, id);
  if (asked !== '' && (id === null || !model || model.renamedTo !== undefined)) {
    return unknownModel(request, asked);
  }
  const chats =
    model && id !== null ? entriesOf(id, model).filter(({ task }) => task === 'conversational') : [];
  // These words are used even for real chat models whose mapping is empty.
  if (model && chats.length === 0) return notSupported(request, `'${asked}' is not a chat model.`);
  const enabled = chats.filter(({ provider }) => !scenario.account.disabled.includes(provider));
  const candidates = byPolicy(enabled, suffix);
  const chosen = candidates.find(isHealthy) ?? candidates[0];
  if (id === null || !chosen) {
    return notSupported(request, `'${asked}' is not supported by any provider you have enabled.`);
  }
  const provider = { 'x-inference-provider': chosen.provider };
  return upstream(scenario, request, id, chosen, () => {
    const done = chatCompletion(chosen, request);
    return { ...done, headers: { ...done.headers, ...provider } };
  });
}

/**
 * Who may answer, best first. A policy skips what the validation system has flagged; a pin does not
 * and knows no failover. A suffix that is no policy and no provider of this model leaves nobody.
 */
function byPolicy(entries: ProviderEntry[], suffix: string | null): ProviderEntry[] {
  const live = entries.filter(({ status }) => status === 'live');
  switch (suffix) {
    case null:
    case 'fastest':
      return live.sort((a, b) => (b.throughput ?? 0) - (a.throughput ?? 0));
    case 'cheapest':
      return live.sort((a, b) => (a.price?.output ?? Infinity) - (b.price?.output ?? Infinity));
    case 'preferred':
      return live;
    default:
      return entries.filter(({ provider, status }) => provider === suffix && status !== 'staging');
  }
}

function unknownModel(request: SimRequest, asked: string): Answer {
  return badModel(request, 'model_not_found', `'${asked}' does not exist.`);
}

function notSupported(request: SimRequest, end: string): Answer {
  return badModel(request, 'model_not_supported', end);
}

/** 400 and not 404, also for a model that does not exist. */
function badModel(request: SimRequest, code: string, end: string): Answer {
  const message = `The requested model ${end}`;
  const error = { message, type: 'invalid_request_error', param: 'model', code };
  return answer('front', request, 400, { json: { error } });
}

/** Only chat models are listed; fields after `status` may be missing. */
function list(scenario: Scenario) {
  return Object.entries(scenario.models).flatMap(([id, model]) => {
    const providers = entriesOf(id, model)
      .filter(({ task, status }) => task === 'conversational' && status !== 'staging')
      .map(({ provider, status, price, free, throughput }) => ({
        provider,
        status,
        ...(price && { context_length: 131_072, pricing: price }),
        ...(free && { is_free: true }),
        ...(throughput !== undefined && { first_token_latency_ms: 420, throughput }),
        is_model_author: false,
      }));
    if (providers.length === 0) return [];
    const architecture = { input_modalities: ['text'], output_modalities: ['text'] };
    const head = { id, object: 'model', created: 1_722_000_000, owned_by: id.split('/')[0] };
    return [{ ...head, architecture, providers }];
  });
}
