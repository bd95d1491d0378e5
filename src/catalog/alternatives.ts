import type { Catalog, ModelFacts, RouterModel } from '../types/evidence.js';
import type { RouteChoice, RouteId } from '../types/observation.js';

/** What may work in the place of a model that does not; nothing is promised before it answered. */
export interface Candidate {
  model: string;
  route: RouteChoice;
}

/**
 * For a model that failed on each route that was asked: the same model on a route that was not, then
 * models of its family for the same task, the cheapest first and the fastest among equals, then the
 * rest. `listed` are models that the Hub names for the task.
 */
export function candidatesFor(
  model: { id: string; task: string },
  asked: ReadonlySet<RouteId>,
  catalog: Catalog,
  listed: readonly ModelFacts[] = [],
): Candidate[] {
  const others =
    model.task === 'conversational'
      ? (catalog.routerModels ?? [])
          .filter(isLive)
          .map((m) => ({ id: m.id, ...worth(m), route: 'router' as const }))
      : listed.flatMap((m) => routeOf(m, model.task)).map((m) => ({ ...m, price: 0, speed: 0 }));
  const family = familyOf(model.id);
  const ranked = others
    .filter((m) => m.id !== model.id)
    .map((m) => ({ ...m, kin: familyOf(m.id) === family ? 0 : 1 }))
    .sort((a, b) => a.kin - b.kin || a.price - b.price || b.speed - a.speed || (a.id < b.id ? -1 : 1));
  return [
    ...elsewhere(model, asked, catalog.models[model.id]),
    ...ranked.map(({ id, route }) => ({ model: id, route })),
  ];
}

/** The model itself, where nobody looked yet. */
function elsewhere(
  { id, task }: { id: string; task: string },
  asked: ReadonlySet<RouteId>,
  facts: ModelFacts | undefined,
): Candidate[] {
  const live = (facts?.providers ?? []).filter((p) => p.status === 'live' && p.task === task);
  if (live.length === 0) return [];
  const providers = live.map(
    ({ provider }): RouteChoice => (provider === 'hf-inference' ? 'hf-inference' : `provider:${provider}`),
  );
  const routes: RouteChoice[] = [...(task === 'conversational' ? (['router'] as const) : []), ...providers];
  return routes.filter((route) => !asked.has(route as RouteId)).map((route) => ({ model: id, route }));
}

/** `Qwen/Qwen2.5-72B-Instruct` and `Qwen/Qwen3-8B` are kin: the letters that the name begins with. */
export function familyOf(id: string): string {
  const name = id.split('/').at(-1) ?? id;
  return (/^(?:meta-)?([a-z]{2,40})/i.exec(name)?.[1] ?? name).toLowerCase();
}

function isLive(m: RouterModel): boolean {
  return m.providers.some((p) => p.status === 'live');
}

function worth(m: RouterModel): { price: number; speed: number } {
  const live = m.providers.filter((p) => p.status === 'live');
  return {
    price: Math.min(...live.map((p) => (p.isFree ? 0 : (p.price?.output ?? Number.MAX_VALUE)))),
    speed: Math.max(...live.map((p) => p.throughput ?? 0)),
  };
}

/** Where the Hub says that a model is served for a task. */
function routeOf(m: ModelFacts, task: string): { id: string; route: RouteChoice }[] {
  const entry = m.providers.find((p) => p.status === 'live' && p.task === task);
  if (!entry) return [];
  return [
    { id: m.id, route: entry.provider === 'hf-inference' ? 'hf-inference' : `provider:${entry.provider}` },
  ];
}
