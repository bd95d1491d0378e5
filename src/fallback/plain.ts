import { shellQuote } from '../safety/quote.js';
import { quoteJs } from './quote.js';
import type { Recipe } from './recipe.js';

/** For a shell or a `.env` file. Ids of the Hub need no quotes, so that Docker reads them as well. */
export function env({ models: [first = '', ...rest] }: Recipe): string {
  return `HF_MODEL=${shellQuote(first)}\nHF_FALLBACK_MODELS=${shellQuote(rest.join(','))}\n`;
}

/** The chain with its proof, for scripts. `primary` is null when nothing was proven. */
export function json(r: Recipe): string {
  const [primary = null, ...fallbacks] = r.models;
  const proof = r.links.map(({ ref, route, cell }) => ({
    model: ref,
    route,
    status: cell.status,
    outcome: cell.outcome,
    latencyMs: cell.latencyMs,
    at: r.at,
  }));
  const document = {
    schemaVersion: 1,
    simulated: r.simulated,
    baseUrl: r.baseUrl,
    primary,
    fallbacks,
    proof,
  };
  return `${JSON.stringify(document, null, 2).replace(/[^\n -~]/g, (unit) => quoteJs(unit).slice(1, -1))}\n`;
}
