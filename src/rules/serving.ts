import type { Evidence } from '../types/evidence.js';
import type { Observation } from '../types/observation.js';
import { factsOf, isGood, liveProviders } from './match.js';

/* Who serves a model today, and the line that asks again. */

/**
 * Providers that are live for the model: from the Hub's mapping, else from the router's own list of
 * chat models. Null when this run could not read either: nothing may be concluded then.
 */
export function servedBy(model: string, task: string | null, e: Evidence): string[] | null {
  const facts = e.catalog.models[model];
  if (facts?.mappingKnown) return liveProviders(facts, task);
  if (task !== null && task !== 'conversational') return null;
  const listed = e.catalog.routerModels?.find((m) => m.id === (facts?.canonical ?? model));
  return listed ? listed.providers.filter((p) => p.status === 'live').map((p) => p.provider) : null;
}

/** Live providers of the model of `o` that did not fail for it in this run: the only ones to advise. */
export function hopeful(o: Observation, e: Evidence): string[] {
  const failedHere = (slug: string) =>
    e.observations.some((x) => x.model === o.model && x.provider === slug && !x.control && !isGood(x));
  return liveProviders(factsOf(o, e), o.task).filter((slug) => slug !== o.provider && !failedHere(slug));
}

/** The router was asked for the bare id in this run and did not get through: no way out leads there. */
export function routerFailed(models: readonly string[], e: Evidence): boolean {
  return e.observations.some(
    (o) => o.route === 'router' && o.model !== null && models.includes(o.model) && !o.control && !isGood(o),
  );
}

/** `hf-doctor check <models>`, with ids that need no quoting. */
export function checkAgain(models: readonly string[]): string {
  const safe = models.filter((m) => /^[\w./-]{1,200}$/.test(m)).slice(0, 3);
  return ['hf-doctor check', ...safe].join(' ');
}
