import { planProbes } from '../probe/plan.js';
import type { Plan } from '../probe/spec.js';
import { targetsOf, type Wanted } from '../probe/targets.js';
import { buildRequest } from '../routes/build.js';
import { clientProviders } from '../routes/official.js';
import { refusable } from '../routes/refusable.js';
import type { Target } from '../routes/request.js';
import { isDedicated } from '../routes/surface.js';
import { taskCall } from '../routes/tasks.js';
import type { ModelRef } from '../settings/model.js';
import type { Catalog, Skip, TokenFacts } from '../types/evidence.js';
import type { CheckInput } from './input.js';

export interface PlanQuestion {
  models: readonly ModelRef[];
  catalog: Catalog;
  token: TokenFacts;
  /** What is sent or planned already. */
  spent: { requests: number; usd: number };
  /** What is asked besides the models of the run: plain calls to named routes, without controls. */
  besides?: Pick<Wanted, 'routes' | 'task'>;
  /** Why the retired host is not asked any more; null while it is. */
  retired?: string | null;
  /** False: the calls without a token were made already. */
  controls?: boolean;
}

const isCostly = (t: Target) => (taskCall(t.task)?.usd ?? 0) > 0;

/** The probes of a run, with what is left out and why. */
export async function planOf(i: CheckInput, q: PlanQuestion): Promise<{ plan: Plan; skips: Skip[] }> {
  const s = i.settings;
  const anonymous = s.anonymous.value;
  const wanted: Wanted = {
    models: q.models,
    routes: s.routes.value,
    task: s.task.value,
    anonymous,
    depth: s.depth.value,
    allowCostly: s.allowCostly.value,
    suffixes: s.suffixes.value && !q.besides,
    with: q.besides ? [] : s.with.value,
    dedicated: isDedicated(i.bases.gateway),
    bySuffix: i.bySuffix === true,
    ...q.besides,
  };
  const { targets: all, skips } = targetsOf(wanted, q.catalog, await clientProviders());
  const skip = (t: (typeof all)[number], reason: string) => {
    const auth = anonymous ? ('anonymous' as const) : ('token' as const);
    skips.push({ model: t.ref, route: t.route, auth, depth: t.depth, reason });
  };
  const { retired } = q;
  const isGone = (t: Target) => Boolean(retired) && t.surface === 'legacy';
  for (const t of all) if (retired && isGone(t)) skip(t, retired);
  const targets = all.filter((t) => !isGone(t));
  const built = await Promise.all(
    targets.map(async (t) => {
      const request = await buildRequest(t, i.bases).catch(() => null);
      // The client refuses some pairs that its own table lists: that costs one cell, not the run.
      if (request && t.depth === 'auth') return [{ ...t, request: refusable(request, t) }];
      if (request) return [{ ...t, request, ...(isCostly(t) ? { refusable: refusable(request, t) } : {}) }];
      const reason =
        t.surface === 'legacy'
          ? `the retired host had no ${t.task}`
          : `the official client does not build a request to ${t.provider ?? t.route} for ${t.task}`;
      skip(t, reason);
      return [];
    }),
  );
  const limits = {
    maxRequests: s.maxRequests.value,
    maxUsd: s.maxCost.value - q.spent.usd,
    shownUsd: s.maxCost.value,
    anonymous,
    controls: !q.besides && q.controls !== false,
    withheld: i.withheld,
    catalogRequests: q.spent.requests,
  };
  return { plan: planProbes(built.flat(), { token: q.token, catalog: q.catalog }, limits), skips };
}
