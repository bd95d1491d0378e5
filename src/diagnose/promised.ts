import type { MappingEntry, ModelFacts } from '../types/evidence.js';
import { isPolicy, splitRef } from '../types/model-ref.js';
import type { RouteId } from '../types/observation.js';

/* At depth catalog nothing is asked: what the mapping says is all there is. */

/** Whether a live provider serves the model's task on one of the routes that were asked for. */
export function isPromised(facts: ModelFacts, ref: string, routes: readonly RouteId[]): boolean {
  const live = facts.providers.filter((p) => p.status === 'live' && isFor(p, facts.task));
  return live.some((p) => routes.some((route) => leadsTo(p, route, facts.task, splitRef(ref).suffix)));
}

/** The mapping tells nothing about the retired host, nor about a gateway. */
export function mappingTells(facts: ModelFacts | undefined, routes: readonly RouteId[]): facts is ModelFacts {
  const beside = routes.length > 0 && routes.every((r) => r === 'legacy' || r === 'gateway');
  return facts?.mappingKnown === true && !beside;
}

/** Entries for another task are another service of the same provider. */
export function isFor(p: MappingEntry, task: string | null): boolean {
  return task === null || p.task === '' || p.task === task;
}

function leadsTo(p: MappingEntry, route: RouteId, task: string | null, suffix: string | null): boolean {
  if (route === (suffix === null ? 'router' : `router:${suffix}`)) {
    // Automatic routing serves chat only. A policy takes any provider; another suffix is one.
    const chat = task === null || task === 'conversational';
    return chat && (suffix === null || isPolicy(suffix) || p.provider === suffix);
  }
  // Only the router reads a suffix.
  if (suffix !== null) return false;
  return route === (p.provider === 'hf-inference' ? 'hf-inference' : `provider:${p.provider}`);
}
