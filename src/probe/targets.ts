import type { Target } from '../routes/request.js';
import { taskCall } from '../routes/tasks.js';
import type { Catalog, Skip } from '../types/evidence.js';
import type { Capability, Depth, RouteChoice, RouteId } from '../types/observation.js';
import { depthOf } from './depth.js';
import { type Way, waysTo } from './ways.js';

export interface Wanted {
  models: readonly { id: string; suffix: string | null }[];
  routes: readonly RouteChoice[];
  task: string | null;
  anonymous: boolean;
  depth: Depth;
  allowCostly: boolean;
  suffixes: boolean;
  with: readonly Capability[];
  /** The gateway is an endpoint of Hugging Face: it takes the token and any task. */
  dedicated: boolean;
}

/** The official client's own table: which provider it can call for which task. */
export interface ClientTable {
  knows(provider: string, task: string): boolean;
}

/** A target with the depth that its task allows. */
export type DeepTarget = Target & { depth: Depth };

/** Every way to reach every model that was asked for; what cannot be asked is said with its reason. */
export function targetsOf(
  wanted: Wanted,
  catalog: Catalog,
  client: ClientTable,
): { targets: DeepTarget[]; skips: Skip[] } {
  const targets: DeepTarget[] = [];
  const skips: Skip[] = [];
  for (const ref of wanted.models) {
    const facts = catalog.models[ref.id] ?? null;
    const task = wanted.task ?? facts?.task ?? 'conversational';
    const depth = depthOf(task, wanted);
    const name = ref.suffix ? `${ref.id}:${ref.suffix}` : ref.id;
    const skip = ({ route, because }: Way, reason: string) => {
      const auth = wanted.anonymous ? 'anonymous' : 'token';
      skips.push({ model: name, route, auth, depth, reason, ...(because ? { because } : {}) });
    };
    for (const way of waysTo(ref, task, wanted, catalog, facts)) {
      const reason = way.skip ?? cannotAsk(way, task, client) ?? (depth === 'catalog' ? NOT_ASKED : null);
      if (reason) {
        skip(way, reason);
        continue;
      }
      const { skip: _, besides: __, because: ___, ...path } = way;
      const base = { ...path, model: ref.id, ref: name, task, depth, providerId: way.providerId ?? ref.id };
      for (const capability of [null, ...extras(way, task, depth, wanted.with)])
        targets.push({ ...base, capability, route: withCapability(way.route, capability) });
    }
  }
  return { targets, skips };
}

function withCapability(route: Way['route'], capability: Capability | null): RouteId {
  return capability ? (`${route}+${capability}` as RouteId) : route;
}

/** Capabilities are tried where chat is really asked; the retired host has none. */
function extras(way: Way, task: string, depth: Depth, wanted: readonly Capability[]): readonly Capability[] {
  const asked = task === 'conversational' && depth === 'live' && way.surface !== 'legacy' && !way.besides;
  return asked ? wanted : [];
}

const NOT_ASKED = 'nothing is asked at depth catalog';

function cannotAsk(way: Way, task: string, client: ClientTable): string | null {
  if (!taskCall(task)) return `the official client has no call for the task ${task}`;
  if (way.provider === null || way.surface === 'router' || client.knows(way.provider, task)) return null;
  return `the official client cannot call ${way.provider} for ${task}`;
}
