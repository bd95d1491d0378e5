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
      ? (catalog.routerModels ?? []).filter(isLive).map((m) => ({
          id: m.id,
          ...worthOf(m.providers.filter((p) => p.status === 'live')),
          route: 'router' as const,
        }))
      : listed.flatMap((m) => routeOf(m, model.task)).map((m) => ({ ...m, price: 0, speed: 0 }));
  const family = familyOf(model.id);
  const ranked = others
    .filter((m) => m.id !== model.id)
    .map((m) => ({ ...m, kin: familyOf(m.id) === family ? 0 : 1 }))
    .sort((a, b) => a.kin - b.kin || cheapestFirst(a, b) || (a.id < b.id ? -1 : 1));
  return [...elsewhere(model, asked, catalog), ...ranked.map(({ id, route }) => ({ model: id, route }))];
}

/** The model itself, where nobody looked yet: the router chooses by itself, then the cheapest provider. */
function elsewhere(
  { id, task }: { id: string; task: string },
  asked: ReadonlySet<RouteId>,
  catalog: Catalog,
): Candidate[] {
  const facts = catalog.models[id];
  const live = (facts?.providers ?? []).filter((p) => p.status === 'live' && p.task === task);
  if (live.length === 0) return [];
  const offers = catalog.routerModels?.find((m) => m.id === id)?.providers ?? [];
  const providers = live
    .map(({ provider }) => ({ provider, ...worthOf(offers.filter((p) => p.provider === provider)) }))
    .sort(cheapestFirst)
    .map(
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

interface Worth {
  /** US dollars per million tokens; the largest number where nobody names it. */
  price: number;
  /** Tokens per second; 0 where nobody measured it. */
  speed: number;
}

/** The best of these offers. */
function worthOf(offers: RouterModel['providers']): Worth {
  return {
    price: Math.min(
      Number.MAX_VALUE,
      ...offers.map((p) => (p.isFree ? 0 : (p.price?.output ?? Number.MAX_VALUE))),
    ),
    speed: Math.max(0, ...offers.map((p) => p.throughput ?? 0)),
  };
}

function cheapestFirst(a: Worth, b: Worth): number {
  return a.price - b.price || b.speed - a.speed;
}

/** Where the Hub says that a model is served for a task. */
function routeOf(m: ModelFacts, task: string): { id: string; route: RouteChoice }[] {
  const entry = m.providers.find((p) => p.status === 'live' && p.task === task);
  if (!entry) return [];
  return [
    { id: m.id, route: entry.provider === 'hf-inference' ? 'hf-inference' : `provider:${entry.provider}` },
  ];
}
