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
  /** Providers of chat models are asked as `model:provider` at the router. */
  bySuffix?: boolean;
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
    const skip = (route: RouteId, reason: string, more: Pick<Skip, 'because' | 'unfinished'> = {}) => {
      const auth = wanted.anonymous ? 'anonymous' : 'token';
      skips.push({ model: name, route, auth, depth, reason, ...more });
    };
    const open: Way[] = [];
    for (const way of waysTo(ref, task, wanted, catalog, facts)) {
      const { skip: closed, besides, because, unfinished, ...path } = way;
      const reason = closed ?? cannotAsk(way, task, depth, client);
      if (!reason) open.push(way);
      if (reason || depth === 'catalog') {
        const more = { ...(because ? { because } : {}), ...(unfinished ? { unfinished } : {}) };
        skip(way.route, reason ?? NOT_ASKED, more);
        continue;
      }
      const base = { ...path, model: ref.id, ref: name, task, depth, providerId: way.providerId ?? ref.id };
      for (const capability of [null, ...extras(way, task, depth, wanted.with)])
        targets.push({ ...base, capability, route: withCapability(way.route, capability) });
    }
    // What was asked for is tried or said, once a model.
    const way = open.find((w) => !isRetired(w)) ?? open[0];
    const untried = way ? notTried(way, task, depth) : null;
    if (way && untried)
      for (const capability of wanted.with) skip(withCapability(way.route, capability), untried(capability));
  }
  return { targets, skips };
}

function withCapability(route: Way['route'], capability: Capability | null): RouteId {
  return capability ? (`${route}+${capability}` as RouteId) : route;
}

/** Capabilities are tried where chat is really asked, and not on what is only compared. */
function extras(way: Way, task: string, depth: Depth, wanted: readonly Capability[]): readonly Capability[] {
  return notTried(way, task, depth) || way.besides ? [] : wanted;
}

function notTried(way: Way, task: string, depth: Depth): ((capability: Capability) => string) | null {
  if (task !== 'conversational') return (capability) => `${capability} is tried with chat only`;
  if (depth !== 'live') return (capability) => `${capability} is not tried at depth ${depth}`;
  return isRetired(way) ? (capability) => `${capability} is not tried on the retired host` : null;
}

const isRetired = (way: Way) => way.surface === 'legacy';

const NOT_ASKED = 'nothing is asked at depth catalog';

function cannotAsk(way: Way, task: string, depth: Depth, client: ClientTable): string | null {
  if (!taskCall(task)) return `the official client has no call for the task ${task}`;
  // In whose words it refuses, and how far a call came until then, nobody knows.
  if (way.surface === 'gateway' && depth === 'auth') return 'a gateway can be judged at --depth live only';
  if (way.provider === null || way.surface === 'router' || client.knows(way.provider, task)) return null;
  return `the official client cannot call ${way.provider} for ${task}`;
}
