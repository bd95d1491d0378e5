import { unknownModel } from '../catalog/read.js';
import type { Plan, ProbeSpec } from '../probe/spec.js';
import type { PlanView } from '../report/plan-view.js';
import { TASKS } from '../routes/tasks.js';
import { tokenFacts } from '../token/facts.js';
import type { Catalog } from '../types/evidence.js';
import type { CheckInput } from './input.js';
import { planOf } from './plan.js';
import { ofShard } from './shard.js';

const AGAIN =
  'What fails in a way that may pass is asked again, within --max-requests and --max-cost (--retries).';

/** The plan alone; nothing is sent, so what the Hub would tell is not known yet. */
export async function planOnly(i: CheckInput, now: string): Promise<PlanView> {
  const s = i.settings;
  const models = ofShard(s.models.value, s.shard.value);
  const catalog: Catalog = {
    models: Object.fromEntries(models.map((m) => [m.id, unknownModel(m.id)])),
    routerModels: null,
    providers: [],
    clientProviders: [],
  };
  const token = tokenFacts(i.search, null, s.billTo.value, now);
  const auth = s.anonymous.value || !i.search.winner?.secret ? 'no token' : 'token';
  const get = (url: string, as: string, model: string | null = null) => ({
    ...{ method: 'GET', url, model, route: null, auth: as, usd: 0, onlyIf: null },
  });
  const free = [
    ...(auth === 'token' ? [get(`${i.bases.hub}/api/whoami-v2`, auth)] : []),
    get(`${i.bases.router}/v1/models`, 'no token'),
    ...[...new Set(models.map((m) => m.id))].map((id) => get(`${i.bases.hub}/api/models/${id}`, auth, id)),
  ];
  const { plan, skips } = await planOf(i, {
    models,
    catalog,
    token,
    spent: { requests: free.length, usd: 0 },
  });
  const probes = plan.specs.map((p) => ({
    method: p.request.method,
    url: p.request.url,
    model: p.control ? null : p.ref,
    route: p.route,
    auth: authOf(p, i),
    usd: p.usd,
    onlyIf: onlyIf(p, s.task.value !== null),
  }));
  const deep = s.depth.value !== 'catalog';
  // Without a token only the control calls leave, and what a gateway of one's own takes.
  const able = s.anonymous.value || auth === 'token';
  const unnamed =
    'No model was named: three are read from the live catalogue first, and their probes are planned then.';
  return {
    requests: [...free, ...probes],
    // What only the mapping would tell is no gap of the plan.
    skips: [...skips.filter((x) => !x.unfinished), ...plan.skips],
    cost: dollarsOnly(plan),
    maxUsd: s.maxCost.value,
    final: !deep && models.length > 0,
    paid: s.depth.value === 'live' && !s.anonymous.value && (able || plan.cost.billable > 0),
    notYetKnown: [
      ...(models.length === 0 ? [unnamed] : []),
      ...(probes.length > 0 && s.task.value === null ? [FOR_CHAT] : []),
      ...(deep && able
        ? [...listed(s), 'For each model that fails everywhere: up to six more, to find what works instead.']
        : []),
      ...(s.retries.value > 0 ? [AGAIN] : []),
      ...(auth === 'token' ? costly(s) : []),
    ],
  };
}

/** What all would cost stands there where the limit of dollars is too small for it, and for no other limit. */
function dollarsOnly({ cost: { usdWanted, ...cost }, skips }: Plan): PlanView['cost'] {
  const isLess = cost.stoppedShort !== undefined || skips.some((x) => x.reason.startsWith('--max-cost'));
  return isLess && usdWanted !== undefined ? { ...cost, usdWanted } : cost;
}

const FOR_CHAT =
  'What a model is for, the Hub tells first: the calls above are those to a chat model. Any other one gets the call of its own task, and none on the automatic route.';

/** The gateway has a key of its own. */
function authOf({ auth, surface }: ProbeSpec, { gatewayKey }: CheckInput): string {
  if (surface === 'gateway') return gatewayKey ? 'gateway key' : 'no key';
  return auth === 'token' ? 'token' : 'no token';
}

/** What the Hub has to say before this is sent; null where nothing. */
function onlyIf({ surface, control }: ProbeSpec, isTaskKnown: boolean): string | null {
  const it = control ? 'a model' : 'it';
  if (surface === 'hf-inference') return `if the Hub lists ${it} there, or nowhere`;
  return !isTaskKnown && (surface === 'router' || surface === 'gateway') ? `if ${it} is for chat` : null;
}

/** Requests to providers: who they are, the mapping of each model tells. */
function listed({ routes: { value: routes }, suffixes, with: wanted }: CheckInput['settings']): string[] {
  const named = routes.flatMap((r) => (r.startsWith('provider:') ? [r.slice('provider:'.length)] : []));
  const plain = 1 + wanted.value.length;
  const each =
    (routes.includes('providers') ? plain : 0) + (routes.includes('router') && suffixes.value ? 1 : 0);
  return [
    ...(each > 0 ? [`${more(each)} for each provider that the Hub lists for a model.`] : []),
    ...(named.length > 0 ? [`${more(plain)} for each model that the Hub lists at ${named.join(', ')}.`] : []),
    ...(routes.includes('providers') || named.length > 0
      ? ['And one without a token for all these providers.']
      : []),
  ];
}

const more = (n: number) => (n === 1 ? 'One more request' : `Up to ${n} more requests`);

/** What one call costs where that is cents. Which of these a model is made for, only the Hub tells. */
function costly({ depth, allowCostly, task }: CheckInput['settings']): string[] {
  if (depth.value !== 'live' || !allowCostly.value) return [];
  const prices = new Map<number, string[]>();
  for (const [name, { usd }] of Object.entries(TASKS))
    if (usd > 0 && (task.value ?? name) === name) prices.set(usd, [...(prices.get(usd) ?? []), name]);
  return [...prices].map(([usd, names]) => `Each call for ${names.join(', ')}: about $${usd.toFixed(2)}.`);
}
