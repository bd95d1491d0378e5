import { columns } from '../report/build.js';
import { dictionary } from '../types/dictionary.js';
import type { Catalog, ModelFacts, RunFacts, TokenFacts } from '../types/evidence.js';
import type { RouteId } from '../types/observation.js';
import { canonical, larger } from './order.js';

const DEPTHS = ['catalog', 'auth', 'live'] as const;
const STATUS: readonly TokenFacts['status'][] = ['valid', 'unverified', 'missing', 'malformed', 'invalid'];

/** The token that is in the worse state. */
export function joinTokens(a: TokenFacts, b: TokenFacts): TokenFacts {
  return larger(a, b, (t) => STATUS.indexOf(t.status));
}

export function joinCatalogs(a: Catalog, b: Catalog): Catalog {
  const models = new Map(Object.entries(a.models));
  for (const [id, facts] of Object.entries(b.models)) {
    const before = models.get(id);
    models.set(id, before ? larger(before, facts, known) : facts);
  }
  const lists = [a.routerModels, b.routerModels].filter((l) => l !== null);
  const served = new Map<string, (typeof lists)[number][number]>();
  for (const m of lists.flat()) {
    const before = served.get(m.id);
    served.set(m.id, before ? larger(before, m, (x) => x.providers.length) : m);
  }
  const sorted = [...served.values()].sort((x, y) => (x.id < y.id ? -1 : 1));
  return {
    models: dictionary([...models].sort(([x], [y]) => (x < y ? -1 : 1))),
    routerModels: lists.length > 0 ? sorted : null,
    providers: union(a.providers, b.providers),
    clientProviders: union(a.clientProviders, b.clientProviders),
  };
}

/** How much was read of a model. */
function known({ mappingKnown, exists }: ModelFacts): number {
  return (mappingKnown ? 2 : 0) + (exists === 'unknown' ? 0 : 1);
}

export function joinRuns(a: RunFacts, b: RunFacts): RunFacts {
  const first = <T>(x: T, y: T): T => (canonical(x) <= canonical(y) ? x : y);
  return {
    live: a.live || b.live,
    now: [a.now, b.now].sort()[0] ?? a.now,
    models: union(a.models, b.models),
    routes: columns(union(a.routes, b.routes)) as RouteId[],
    endpoints: first(a.endpoints, b.endpoints),
    ...(a.simulated && b.simulated ? { simulated: true } : {}),
    billTo: a.billTo === b.billTo ? a.billTo : null,
    anonymous: a.anonymous && b.anonymous,
    depth: DEPTHS[Math.max(DEPTHS.indexOf(a.depth), DEPTHS.indexOf(b.depth))] ?? 'live',
    // Read from the skips again when all is joined.
    unasked: [],
  };
}

function union<T extends string>(a: readonly T[], b: readonly T[]): T[] {
  return [...new Set([...a, ...b])].sort();
}
