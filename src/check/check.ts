import { chooseModels } from '../catalog/choose.js';
import { diagnose } from '../diagnose/diagnose.js';
import { withoutFalseProof } from '../diagnose/reached.js';
import type { World } from '../probe/ask.js';
import { type RunOptions, runProbes, whyAborted } from '../probe/run.js';
import type { Plan } from '../probe/spec.js';
import { buildReport, columns } from '../report/build.js';
import type { Report } from '../report/model.js';
import type { BaseUrls } from '../routes/request.js';
import type { Secret } from '../safety/secret.js';
import type { ModelRef, Settings } from '../settings/model.js';
import { tokenFacts } from '../token/facts.js';
import type { TokenSearch } from '../token/sources.js';
import type { Catalog, Evidence, Skip, TokenFacts } from '../types/evidence.js';
import type { Observation } from '../types/observation.js';
import { findAlternatives } from './alternatives.js';
import { readCatalog } from './catalog.js';
import { askRouterModels, askWhoami } from './gather.js';
import { planOf } from './plan.js';

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
export async function check(i: CheckInput, world: World): Promise<CheckResult> {
  let requests = 0;
  const send: World['send'] = async (request) => {
    // The plan keeps the limit; what it could not foresee, such as a renamed model, ends here.
    if (requests >= i.settings.maxRequests.value)
      return { kind: 'failure', error: 'run.cancelled', detail: LIMIT, status: null, ms: 0 };
    requests += 1;
    return world.send(request);
  };
  const w = { ...world, send };
  const startedAt = w.now();
  const tell = (text: string, done = 0, total = 0) => i.onProgress?.({ text, done, total });
  const s = i.settings;
  const limits = { timeoutMs: s.timeoutMs.value, retries: s.retries.value };

  tell('reading the token');
  const { token: claimed, observations } = await identify(i, w, limits);
  const hubToken =
    claimed.status === 'valid' || claimed.status === 'unverified' ? usable(i, i.bases.hub) : null;

  tell('reading the catalogue');
  const list = await askRouterModels(i.bases, limits, w);
  observations.push(list.observation);
  const models = s.models.value.length > 0 ? s.models.value : chosen(list.models);
  const ids = [...new Set(models.map((m) => m.id))];
  const { catalog, observations: mappings } = await readCatalog(
    {
      ids,
      most: s.maxRequests.value - requests,
      routerModels: list.models,
      bases: i.bases,
      secret: hubToken,
      concurrency: s.concurrency.value,
      limits,
      onRead: (done, all) => tell('reading the catalogue', done, all),
    },
    w,
  );
  observations.push(...mappings);

  const { plan, skips } = await planOf(i, { models, catalog, token: claimed, spent: { requests, usd: 0 } });
  const total = plan.specs.length;
  tell('probing', 0, total);
  const run: RunOptions = {
    concurrency: s.concurrency.value,
    ...limits,
    secrets: { token: i.search.winner?.secret ?? null, gateway: i.gatewayKey },
    billTo: s.billTo.value,
    tokenValid: claimed.status === 'valid',
    spare: {
      requests: s.maxRequests.value - plan.cost.requests,
      usd: s.maxCost.value - plan.cost.usd,
    },
  };
  const result = await runProbes(plan.specs, { ...run, onAnswer: (done) => tell('probing', done, total) }, w);
  observations.push(...withoutFalseProof(result.observations));

  const token = afterProbes(claimed, result.observations);
  const allSkips = [...skips, ...plan.skips, ...result.skips];
  const evidence = evidenceOf(i, models, catalog, token, observations, allSkips, startedAt);
  tell('looking for what works instead');
  const spent = { requests: () => requests, usd: plan.cost.usd };
  const alternatives = await findAlternatives(i, evidence, spent, run, limits, w);
  const aborted = w.signal.aborted ? whyAborted(w.signal) : null;
  const report = buildReport({
    version: i.version,
    startedAt: new Date(startedAt).toISOString(),
    durationMs: w.now() - startedAt,
    simulated: i.simulated,
    depth: s.depth.value,
    endpoints: { ...i.bases },
    token,
    tokenSent: usable(i, i.bases.hub) !== null || usable(i, i.bases.router) !== null,
    diagnosis: diagnose(evidence, allSkips, null, alternatives),
    cost: {
      planned: sum(plan.cost, alternatives.planned),
      measured: {
        requests,
        billable: result.sent.billable + alternatives.billable,
        usd: result.sent.usd + alternatives.usd,
      },
    },
    complete: aborted === null && !allSkips.some((x) => x.unfinished),
    interrupted: aborted === 'interrupted' ? (w.signal.reason as 'SIGINT') : null,
    failOn: s.failOn.value,
  });
  return { report, evidence };
}

const LIMIT = 'the limit of requests was reached';

function sum(a: Plan['cost'], b: Plan['cost']): Plan['cost'] {
  return { requests: a.requests + b.requests, billable: a.billable + b.billable, usd: a.usd + b.usd };
}

async function identify(i: CheckInput, w: World, limits: { timeoutMs: number; retries: number }) {
  const observations: Observation[] = [];
  const secret = usable(i, i.bases.hub);
  const billTo = i.settings.billTo.value;
  const now = new Date(w.now()).toISOString();
  if (!secret) return { token: tokenFacts(i.search, null, billTo, now), observations };
  const { observation, answer } = await askWhoami(i.bases, secret, limits, w);
  observations.push(observation);
  return { token: tokenFacts(i.search, answer, billTo, now), observations };
}

/** A real answer to a call with the token weighs more than a whoami that refused it. */
function afterProbes(token: TokenFacts, observations: readonly Observation[]): TokenFacts {
  const accepted = observations.some(
    (o) =>
      o.auth === 'token' &&
      o.surface !== 'gateway' &&
      o.surface !== 'dedicated' &&
      o.shape === 'ok' &&
      o.error === null,
  );
  if (token.status !== 'invalid' || !accepted) return token;
  const reason = 'The Hub refuses the token, and a call with it was answered in this run.';
  return { ...token, status: 'unverified', permission: { inference: 'granted', reason } };
}

/** The token, when it is fit to be sent and this host may see it. */
function usable(i: CheckInput, url: string): Secret | null {
  const secret = i.search.winner?.secret ?? null;
  return secret && !i.settings.anonymous.value && i.withheld(url) === null ? secret : null;
}

function chosen(routerModels: Catalog['routerModels']): ModelRef[] {
  return chooseModels(routerModels ?? []).map((id) => ({ id, suffix: null }));
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
      depth: i.settings.depth.value,
      unasked: skips.filter((s) => s.because !== undefined),
    },
  };
}
