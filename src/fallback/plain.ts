import { shellQuote } from '../safety/quote.js';
import { quoteJs } from './quote.js';
import type { Recipe } from './recipe.js';

/** For a shell or a `.env` file. Ids of the Hub need no quotes: Docker would keep them as a part of the value. */
export function env({ models: [first = '', ...rest] }: Recipe): string {
  const value = (text: string) => (text === '' ? '' : shellQuote(text));
  return `HF_MODEL=${value(first)}\nHF_FALLBACK_MODELS=${value(rest.join(','))}\n`;
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
