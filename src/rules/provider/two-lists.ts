import type { Evidence } from '../../types/evidence.js';

/* Hugging Face has two lists of who serves a chat model: the mapping on the Hub, and /v1/models. */

/** What the list of the router says of a provider of the model; null where it does not tell. */
export function onRouterList(model: string, provider: string, e: Evidence): string | null {
  const id = e.catalog.models[model]?.canonical ?? model;
  const entry = e.catalog.routerModels?.find((m) => m.id === id);
  return entry?.providers.find((p) => p.provider === provider)?.status ?? null;
}

/** A sentence where the two contradict each other about one of the models, else nothing. */
export function twoLists(models: readonly string[], provider: string | null, e: Evidence): string {
  if (provider === null) return '';
  const apart = models.flatMap((model) => {
    const mapped = e.catalog.models[model]?.providers.find(
      (p) => p.provider === provider && (p.task === '' || p.task === 'conversational'),
    );
    const routed = onRouterList(model, provider, e);
    return mapped && routed !== null && routed !== mapped.status
      ? [{ model, mapped: mapped.status, routed }]
      : [];
  })[0];
  if (!apart) return '';
  const whom = models.length > 1 ? `${provider} for ${apart.model}` : provider;
  return ` The lists of Hugging Face disagree about ${whom}: the mapping on the Hub says "${apart.mapped}", /v1/models says "${apart.routed}".`;
}
