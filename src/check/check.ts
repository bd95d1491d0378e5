import { chooseModels } from '../catalog/choose.js';
import { unknownModel } from '../catalog/read.js';
import { diagnose } from '../diagnose/diagnose.js';
import type { World } from '../probe/ask.js';
import { planProbes } from '../probe/plan.js';
import { runProbes, whyAborted } from '../probe/run.js';
import type { Plan } from '../probe/spec.js';
import { targetsOf } from '../probe/targets.js';
import { buildReport, columns } from '../report/build.js';
import type { Report } from '../report/model.js';
import { buildRequest } from '../routes/build.js';
import { clientProviders } from '../routes/official.js';
import type { BaseUrls } from '../routes/request.js';
import type { Secret } from '../safety/secret.js';
import type { ModelRef, Settings } from '../settings/model.js';
import { tokenFacts } from '../token/facts.js';
import type { TokenSearch } from '../token/sources.js';
import type { Catalog, Evidence, Skip, TokenFacts } from '../types/evidence.js';
import type { Observation } from '../types/observation.js';
import { askModel, askRouterModels, askWhoami } from './gather.js';

export interface CheckInput {
  settings: Settings;
  bases: BaseUrls;
  search: TokenSearch;
  gatewayKey: Secret | null;
  /** Why the token must not go to a URL; null when it may. */
  withheld: (url: string) => string | null;
  simulated: string | null;
  version: string;
  onProgress?: (p: Progress) => void;
}

export interface Progress {
  text: string;
  done: number;
  total: number;
}

export interface CheckResult {
  report: Report;
  evidence: Evidence;
}

/** The main job: evidence, diagnosis, report. Ends early, with what it has, when the signal aborts. */
export async function check(i: CheckInput, w: World): Promise<CheckResult> {
  const startedAt = w.now();
  const tell = (text: string, done = 0, total = 0) => i.onProgress?.({ text, done, total });
  const s = i.settings;
  const limits = { timeoutMs: s.timeoutMs.value, retries: s.retries.value };

  tell('reading the token');
  const { token, observations } = await identify(i, w, limits);
  const hubToken = token.status === 'valid' || token.status === 'unverified' ? usable(i, i.bases.hub) : null;

  tell('reading the catalogue');
  const list = await askRouterModels(i.bases, limits, w);
  observations.push(list.observation);
  const models = s.models.value.length > 0 ? s.models.value : chosen(list.models);
  const catalog = await readCatalog(models, hubToken, {
    i,
    w,
    limits,
    observations,
    routerModels: list.models,
    tell,
  });

  const { plan, skips } = await planOf(i, models, catalog, token, observations.length);
  const total = plan.specs.length;
  tell('probing', 0, total);
  const result = await runProbes(
    plan.specs,
    {
      concurrency: s.concurrency.value,
      ...limits,
      secrets: { token: i.search.winner?.secret ?? null, gateway: i.gatewayKey },
      billTo: s.billTo.value,
      tokenValid: token.status === 'valid',
      onAnswer: (done) => tell('probing', done, total),
    },
    w,
  );
  observations.push(...result.observations);

  const allSkips = [...skips, ...plan.skips, ...result.skips];
  const evidence = evidenceOf(i, models, catalog, token, observations, allSkips, startedAt);
  const aborted = w.signal.aborted ? whyAborted(w.signal) : null;
  const report = buildReport({
    version: i.version,
    startedAt: new Date(startedAt).toISOString(),
    durationMs: w.now() - startedAt,
    simulated: i.simulated,
    endpoints: { ...i.bases },
    token,
    diagnosis: diagnose(evidence, allSkips),
    cost: {
      planned: plan.cost,
      measured: {
        requests: result.sent.requests + observations.length - result.observations.length,
        billable: result.sent.billable,
      },
    },
    complete: aborted === null,
    interrupted: aborted === 'interrupted' ? (w.signal.reason as 'SIGINT') : null,
    failOn: s.failOn.value,
  });
  return { report, evidence };
}

async function identify(i: CheckInput, w: World, limits: { timeoutMs: number; retries: number }) {
  const observations: Observation[] = [];
  const secret = usable(i, i.bases.hub);
  const billTo = i.settings.billTo.value;
  const now = new Date(w.now()).toISOString();
  if (!secret || i.settings.anonymous.value)
    return { token: tokenFacts(i.search, null, billTo, now), observations };
  const { observation, answer } = await askWhoami(i.bases, secret, limits, w);
  observations.push(observation);
  return { token: tokenFacts(i.search, answer, billTo, now), observations };
}

/** The token, when it is fit to be sent and this host may see it. */
function usable(i: CheckInput, url: string): Secret | null {
  const secret = i.search.winner?.secret ?? null;
  return secret && !i.settings.anonymous.value && i.withheld(url) === null ? secret : null;
}

function chosen(routerModels: Catalog['routerModels']): ModelRef[] {
  return chooseModels(routerModels ?? []).map((id) => ({ id, suffix: null }));
}

async function readCatalog(
  models: readonly ModelRef[],
  secret: Secret | null,
  c: {
    i: CheckInput;
    w: World;
    limits: { timeoutMs: number; retries: number };
    observations: Observation[];
    routerModels: Catalog['routerModels'];
    tell: (text: string, done?: number, total?: number) => void;
  },
): Promise<Catalog> {
  const { default: pLimit } = await import('p-limit');
  const limit = pLimit(c.i.settings.concurrency.value);
  const ids = [...new Set(models.map((m) => m.id))];
  let done = 0;
  const read = await Promise.all(
    ids.map((id) =>
      limit(async () => {
        if (c.w.signal.aborted) return { facts: unknownModel(id), observations: [] };
        const answer = await askModel(id, c.i.bases, secret, c.limits, c.w);
        done += 1;
        c.tell('reading the catalogue', done, ids.length);
        return answer;
      }),
    ),
  );
  for (const r of read) c.observations.push(...r.observations);
  const client = await clientProviders();
  const seen = [
    ...read.flatMap((r) => r.facts.providers.map((p) => p.provider)),
    ...(c.routerModels ?? []).flatMap((m) => m.providers.map((p) => p.provider)),
    ...client.names,
  ];
  return {
    models: Object.fromEntries(read.map((r) => [r.facts.id, r.facts])),
    routerModels: c.routerModels,
    providers: [...new Set(seen)].sort(),
    clientProviders: client.names,
  };
}

/** The probes of a run, with what is left out and why. */
export async function planOf(
  i: CheckInput,
  models: readonly ModelRef[],
  catalog: Catalog,
  token: TokenFacts,
  catalogRequests: number,
): Promise<{ plan: Plan; skips: Skip[] }> {
  const s = i.settings;
  const anonymous = s.anonymous.value;
  const wanted = { models, routes: s.routes.value, task: s.task.value, anonymous };
  const { targets, skips } = targetsOf(wanted, catalog, await clientProviders());
  const built = await Promise.all(
    targets.map(async (t) => ({ ...t, request: await buildRequest(t, i.bases) })),
  );
  const limits = {
    maxRequests: s.maxRequests.value,
    maxUsd: s.maxCost.value,
    anonymous,
    withheld: i.withheld,
    catalogRequests,
  };
  return { plan: planProbes(built, { token, catalog }, limits), skips };
}

function evidenceOf(
  i: CheckInput,
  models: readonly ModelRef[],
  catalog: Catalog,
  token: TokenFacts,
  observations: readonly Observation[],
  skips: readonly Skip[],
  startedAt: number,
): Evidence {
  const routes = [...observations.flatMap((o) => o.route ?? []), ...skips.map((s) => s.route)];
  return {
    observations,
    token,
    catalog,
    run: {
      live: true,
      now: new Date(startedAt).toISOString(),
      models: models.map((m) => (m.suffix ? `${m.id}:${m.suffix}` : m.id)),
      routes: columns(routes),
      endpoints: i.bases,
      billTo: i.settings.billTo.value,
      anonymous: i.settings.anonymous.value,
    },
  };
}
