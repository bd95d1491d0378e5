import type { RouterModel } from '../types/evidence.js';

/**
 * The models to check when none is named: chat models of three organizations, those that most
 * providers serve today, the cheapest first among equals.
 */
export function chooseModels(models: readonly RouterModel[], count = 3): string[] {
  const live = (m: RouterModel) => m.providers.filter((p) => p.status === 'live');
  const price = (m: RouterModel) =>
    Math.min(...live(m).map((p) => (p.isFree ? 0 : (p.price?.output ?? Number.POSITIVE_INFINITY))));
  const ranked = models
    .filter((m) => live(m).length > 0)
    .sort((a, b) => live(b).length - live(a).length || price(a) - price(b) || (a.id < b.id ? -1 : 1));
  const organizations = new Set<string>();
  const chosen: string[] = [];
  for (const m of ranked) {
    const organization = m.id.split('/')[0] ?? m.id;
    if (organizations.has(organization)) continue;
    organizations.add(organization);
    chosen.push(m.id);
    if (chosen.length === count) break;
  }
  return chosen;
}
