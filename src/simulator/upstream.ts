import { type Answer, answer, type Body, played } from './answer.js';
import type { Maker } from './answer-spec.js';
import { FAULTS, WHILE_GENERATING } from './faults.js';
import { capabilitiesOf } from './reply.js';
import type { SimRequest } from './request.js';
import type { Scenario } from './scenario.js';
import type { ProviderEntry } from './target.js';

/**
 * The last stretch, when front end and mapping had nothing against a request: the account may be
 * out of money, the provider may be broken, else `success` is sent.
 */
export function upstream(
  scenario: Scenario,
  request: SimRequest,
  model: string,
  entry: ProviderEntry,
  success: () => Answer,
): Answer {
  const play = { request, model, provider: entry.provider };
  const { account } = scenario;
  const unpaid = account.answer ?? (account.fault && FAULTS[account.fault]);
  if (unpaid) return played(unpaid, { ...play, by: 'front', usual: success });
  const refused = capabilitiesOf(request.body).flatMap((name) => entry.with[name] ?? []);
  const { answer: own, fault } = [entry, ...refused].find((each) => each.answer ?? each.fault) ?? {};
  if (fault && WHILE_GENERATING.includes(fault) && !success().billable) return success();
  const broken = own ?? (fault && FAULTS[fault]);
  if (broken) return played(broken, { ...play, by: makerOf(entry), usual: success });
  return success();
}

/** A completion: what Hugging Face charges for. */
export function completion(entry: ProviderEntry, request: SimRequest, body: Body): Answer {
  return { ...answer(makerOf(entry), request, 200, body), billable: true };
}

export function makerOf({ provider }: ProviderEntry): Maker {
  return provider === 'hf-inference' ? 'backend' : 'upstream';
}

export function isHealthy({ fault, answer: own }: ProviderEntry): boolean {
  return fault === undefined && own === undefined;
}
