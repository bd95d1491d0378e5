import { type Answer, answer } from './answer.js';
import { unauthorised } from './gate.js';
import type { SimRequest } from './request.js';
import type { Scenario } from './scenario.js';

const SUCCESSOR_TEXT =
  'https://api-inference.huggingface.co is no longer supported. ' +
  'Please use https://router.huggingface.co/hf-inference instead.';

/** The retired host in its last years: first 404 for everything, then 410 with the successor. */
export function legacy(scenario: Scenario, request: SimRequest): Answer {
  if (scenario.legacy.mode === 'gone-410') {
    return answer('front', request, 410, { json: { error: SUCCESSOR_TEXT } });
  }
  return request.known ? answer('front', request, 404, { text: 'Not Found' }) : unauthorised(request);
}
