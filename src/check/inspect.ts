import { failed } from '../diagnose/claim.js';
import { withoutFalseProof } from '../diagnose/reached.js';
import { runProbes, whyAborted } from '../probe/run.js';
import type { Cost } from '../probe/spec.js';
import type { ModelRef } from '../settings/model.js';
import type { Catalog, Skip } from '../types/evidence.js';
import type { Observation } from '../types/observation.js';
import type { Run } from './begin.js';
import { readCatalog } from './catalog.js';
import { planOf } from './plan.js';

/** What was seen of some models of a run. */
export interface Seen {
  models: readonly ModelRef[];
  catalog: Catalog;
  observations: Observation[];
  skips: Skip[];
  planned: Cost;
  /** `usd`: of what may have been charged; `retries`: requests that no plan holds. */
  sent: { retries: number; billable: number; usd: number };
  /** Models that could not be looked up, so that nothing was planned for them. */
  unread: number;
}

/** What the parts before came to: models, and US dollars as planned. */
export interface Before {
  models: number;
  usd: number;
}

/** Reads the catalogue for these models, plans their probes and sends them. */
export async function inspect(run: Run, models: readonly ModelRef[], before: Before | null): Promise<Seen> {
  const { i, w, limits } = run;
  const s = i.settings;
  const tell = (text: string, done = 0, total = 0) => i.onProgress?.({ text, done, total });
  const at = before?.models ?? 0;
  const all = run.models.length;
  const {
    catalog,
    observations: mappings,
    left,
  } = await readCatalog(
    {
      ids: [...new Set(models.map((m) => m.id))],
      task: s.task.value,
      most: s.maxRequests.value - run.requests(),
      routerModels: run.routerModels,
      bases: i.bases,
      secret: run.hubToken,
      schedule: run.schedule,
      limits,
      onRead: (done) => tell('reading the catalogue', at + done, all),
    },
    w,
  );
  // What the Hub was not asked about cannot be planned.
  const unread = models.filter((m) => left.has(m.id));
  const { plan, skips } = await planOf(i, {
    models: models.filter((m) => !left.has(m.id)),
    catalog,
    token: run.token,
    // What was served although it should have been refused is spent too.
    spent: { requests: run.requests(), usd: (before?.usd ?? 0) + (run.probing.stop?.now.unplanned ?? 0) },
    controls: before === null,
    // Of use to nobody a second time, and it takes no request from others.
    retired: run.probing.eachRetired ? null : (run.probing.stop?.now.retired ?? null),
  });
  const total = plan.specs.length;
  if (before === null) {
    const { billable, usd } = plan.cost;
    const first = models.length < all ? { models: models.length } : {};
    const cost = { billable, usd, maxUsd: s.maxCost.value, ...first };
    i.onProgress?.({ text: 'probing', done: 0, total, cost });
  }
  const spare = {
    requests: s.maxRequests.value - plan.cost.requests,
    usd: s.maxCost.value - plan.cost.usd - (before?.usd ?? 0),
  };
  const onAnswer = (done: number) => tell('probing', done, total);
  const result = await runProbes(plan.specs, { ...run.probing, spare, onAnswer }, w);
  return {
    models,
    catalog,
    observations: [...mappings, ...withoutFalseProof(result.observations)],
    skips: [...skips, ...plan.skips, ...result.skips, ...skipsOf(run, unread)],
    planned: plan.cost,
    sent: result.sent,
    unread: unread.length,
  };
}

/** No request of a run leaves any more. */
export function isOver({ w, i, requests }: Run): boolean {
  return w.signal.aborted || requests() >= i.settings.maxRequests.value;
}

/** One for each model that a run did not come to. */
function skipsOf({ i, w }: Run, models: readonly ModelRef[]): Skip[] {
  const reason = w.signal.aborted
    ? whyAborted(w.signal)
    : `--max-requests ${i.settings.maxRequests.value} would be passed`;
  const [first = 'router'] = i.settings.routes.value;
  const skip = {
    route: first === 'providers' ? ('router' as const) : first,
    auth: i.settings.anonymous.value ? ('anonymous' as const) : ('token' as const),
    depth: i.settings.depth.value,
    reason,
    unfinished: true,
  };
  return models.map((m) => ({ ...skip, model: m.suffix ? `${m.id}:${m.suffix}` : m.id }));
}

/** Models that a run did not come to any more: each is named, nothing is planned for them. */
export function leftOut(run: Run, models: readonly ModelRef[]): Seen {
  return {
    models,
    catalog: { models: {}, routerModels: run.routerModels, providers: [], clientProviders: [] },
    observations: [],
    skips: skipsOf(run, models),
    planned: { requests: run.requests(), billable: 0, usd: 0 },
    sent: { retries: 0, billable: 0, usd: 0 },
    unread: models.length,
  };
}

/** What worked tells nothing more than that it did: a long list keeps only that of it. */
export function shortened(seen: Seen): Seen {
  const short = (o: Observation): Observation =>
    failed(o) || o.control
      ? o
      : { ...o, headers: keep(o.headers), requestBody: null, body: { ...o.body, message: null } };
  return { ...seen, observations: seen.observations.map(short) };
}

/** Who answered behind the router. */
function keep({ 'x-inference-provider': by }: Observation['headers']): Observation['headers'] {
  return by === undefined ? {} : { 'x-inference-provider': by };
}

/** Two parts as one. */
export function joined(a: Seen, b: Seen): Seen {
  return {
    models: [...a.models, ...b.models],
    catalog: {
      ...b.catalog,
      models: { ...a.catalog.models, ...b.catalog.models },
      providers: [...new Set([...a.catalog.providers, ...b.catalog.providers])].sort(),
      clientProviders: a.catalog.clientProviders,
    },
    observations: [...a.observations, ...b.observations],
    skips: [...a.skips, ...b.skips],
    planned: added(a.planned, b.planned),
    sent: {
      retries: a.sent.retries + b.sent.retries,
      billable: a.sent.billable + b.sent.billable,
      usd: a.sent.usd + b.sent.usd,
    },
    unread: a.unread + b.unread,
  };
}

/** Requests count on over the parts, calls and dollars are each part's own. */
function added(a: Cost, b: Cost): Cost {
  return {
    requests: Math.max(a.requests, b.requests),
    billable: a.billable + b.billable,
    usd: a.usd + b.usd,
    ...keptBack(a, b),
  };
}

/** The cost of a plan, also as a report holds it. */
interface Planned {
  usd: number;
  usdWanted?: number | undefined;
  stoppedShort?: number | undefined;
}

/** What a limit kept back in either; nothing where none did. */
export function keptBack(a: Planned, b: Planned): Pick<Cost, 'usdWanted' | 'stoppedShort'> {
  const isLess = a.usdWanted !== undefined || b.usdWanted !== undefined;
  const short = (a.stoppedShort ?? 0) + (b.stoppedShort ?? 0);
  return {
    ...(isLess ? { usdWanted: (a.usdWanted ?? a.usd) + (b.usdWanted ?? b.usd) } : {}),
    ...(short > 0 ? { stoppedShort: short } : {}),
  };
}
