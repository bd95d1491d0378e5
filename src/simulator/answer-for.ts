import { type Answer, played } from './answer.js';
import type { Maker } from './answer-spec.js';
import { FAULTS } from './faults.js';
import { gateway } from './gateway.js';
import { hfInference } from './hf-inference.js';
import { hub } from './hub.js';
import { legacy } from './legacy.js';
import { firstInTurn } from './match.js';
import { provider } from './provider.js';
import type { SimRequest, Surface, Target } from './request.js';
import { router } from './router.js';
import type { Scenario } from './scenario.js';
import { locate } from './target.js';

const PLAYERS: Record<Surface, (scenario: Scenario, request: SimRequest, target: Target) => Answer> = {
  hub,
  router,
  'hf-inference': hfInference,
  provider,
  legacy,
  gateway,
};

const MAKER_OF: Record<Surface, Maker> = {
  hub: 'front',
  router: 'front',
  'hf-inference': 'backend',
  provider: 'upstream',
  legacy: 'front',
  gateway: 'gateway',
};

/** The answer of a scenario to one request: its own list first, then the usual behaviour. Pure. */
export function answerFor(scenario: Scenario, request: SimRequest): Answer {
  const target = locate(scenario, request);
  const usual = () => PLAYERS[target.surface](scenario, request, target);
  const entry = firstInTurn(scenario, request, target);
  const spec = entry?.answer ?? (entry?.fault && FAULTS[entry.fault]);
  if (!spec) return usual();
  const { model, provider: slug, surface } = target;
  const by = MAKER_OF[surface];
  // A fault of the catalogue is at home elsewhere; played at the gateway it is the gateway's.
  const local = surface === 'gateway' ? { ...spec, by } : spec;
  return played(local, { request, model, provider: slug, by, usual });
}
