import { unknownModel } from '../catalog/read.js';
import type { PlanView } from '../report/plan-view.js';
import { TASKS } from '../routes/tasks.js';
import { tokenFacts } from '../token/facts.js';
import type { Catalog } from '../types/evidence.js';
import type { CheckInput } from './input.js';
import { planOf } from './plan.js';

const AGAIN =
  'What fails in a way that may pass is asked again, within --max-requests and --max-cost (--retries).';

/** The plan alone; nothing is sent, so what the Hub would tell is not known yet. */
export async function planOnly(i: CheckInput, now: string): Promise<PlanView> {
  const models = i.settings.models.value;
  const catalog: Catalog = {
    models: Object.fromEntries(models.map((m) => [m.id, unknownModel(m.id)])),
    routerModels: null,
    providers: [],
    clientProviders: [],
  };
  const token = tokenFacts(i.search, null, i.settings.billTo.value, now);
  const auth = i.settings.anonymous.value || !i.search.winner?.secret ? 'no token' : 'token';
  const get = (url: string, as: string) => ({ method: 'GET', url, auth: as, usd: 0 });
  const free = [
    ...(auth === 'token' ? [get(`${i.bases.hub}/api/whoami-v2`, auth)] : []),
    get(`${i.bases.router}/v1/models`, 'no token'),
    ...[...new Set(models.map((m) => m.id))].map((id) => get(`${i.bases.hub}/api/models/${id}`, auth)),
  ];
  const { plan, skips } = await planOf(i, {
    models,
    catalog,
    token,
    spent: { requests: free.length, usd: 0 },
  });
  const probes = plan.specs.map((s) => ({
    method: s.request.method,
    url: s.request.url,
    auth: s.auth === 'token' ? 'token' : 'no token',
    usd: s.usd,
  }));
  const unnamed =
    'No model was named: three are read from the live catalogue first, and their probes are planned then.';
  return {
    requests: [...free, ...probes],
    // What only the mapping would tell is no gap of the plan.
    skips: [...skips.filter((x) => !x.unfinished), ...plan.skips],
    cost: plan.cost,
    maxUsd: i.settings.maxCost.value,
    notYetKnown: [
      ...(models.length === 0 ? [unnamed] : []),
      'One more request for each live provider of each model: the mapping names them.',
      'For each model that fails everywhere: up to six more, to find what works instead.',
      ...(i.settings.retries.value > 0 ? [AGAIN] : []),
      ...(auth === 'token' ? costly(i.settings) : []),
    ],
  };
}

/** What one call costs where that is cents. Which of these a model is made for, only the Hub tells. */
function costly({ depth, allowCostly, task }: CheckInput['settings']): string[] {
  if (depth.value !== 'live' || !allowCostly.value) return [];
  const prices = new Map<number, string[]>();
  for (const [name, { usd }] of Object.entries(TASKS))
    if (usd > 0 && (task.value ?? name) === name) prices.set(usd, [...(prices.get(usd) ?? []), name]);
  return [...prices].map(([usd, names]) => `Each call for ${names.join(', ')}: about $${usd.toFixed(2)}.`);
}
