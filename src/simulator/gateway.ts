import { type Answer, answer } from './answer.js';
import { headersOf } from './headers.js';
import type { SimRequest, Target } from './request.js';
import { routeChat, router } from './router.js';
import type { Scenario } from './scenario.js';

/** The user's own gateway: calls the router with a token of its own and passes on what that says. */
export function gateway(scenario: Scenario, request: SimRequest, target: Target): Answer {
  if (scenario.gateway?.key === 'required' && request.auth === 'anonymous') {
    const error = {
      message: 'Missing API key',
      type: 'invalid_request_error',
      param: null,
      code: 'missing_api_key',
    };
    return answer('gateway', request, 401, { json: { error } });
  }
  const path = request.path.replace(/^(?!\/v1\/)/, '/v1');
  const isChat = request.method === 'POST' && path === '/v1/chat/completions';
  const passed = isChat
    ? routeChat(scenario, ...handedOn(scenario, { ...request, path }, target))
    : path.startsWith('/v1/models')
      ? router(scenario, { ...request, path }, target)
      : answer('gateway', request, 404, { json: { detail: 'Not Found' } });
  const type = { 'content-type': passed.headers['content-type'] ?? 'application/json' };
  return { ...passed, headers: { ...headersOf('gateway', request.id, passed.status), ...type } };
}

/** Gateways that know models by their bare names take the suffix away on the way. */
function handedOn(scenario: Scenario, request: SimRequest, target: Target): [SimRequest, Target] {
  if (scenario.gateway?.suffix !== 'stripped') return [request, target];
  const body = { ...Object(request.body), model: target.model ?? '' };
  return [
    { ...request, body },
    { ...target, suffix: null },
  ];
}
