import type { Cell, Report } from '../report/model.js';
import type { Catalog } from '../types/evidence.js';
import { bareId } from '../types/model-ref.js';
import type { Instead } from './diagnose.js';

/** A working route of a model: the cell that proves it. */
export interface Proof {
  model: string;
  route: string;
  cell: number;
  /** It answered; else it was reached at depth auth. */
  deep: boolean;
}

/** A capability is asked for besides: it proves less than the plain call, or more than is needed. */
const works = (cell: Cell) =>
  !cell.control &&
  !cell.instead &&
  !cell.route.includes('+') &&
  (cell.outcome === 'ok' || cell.outcome === 'flaky');

/** The route to recommend first: the bare router fails over, a pinned provider costs least thought. */
export function proofsOf(model: string, cells: readonly Cell[], catalog: Catalog): Proof[] {
  const price = (route: string) => {
    const slug = route.replace(/^(provider|router):/, '');
    const entry = catalog.routerModels?.find((m) => m.id === bareId(model));
    return entry?.providers.find((p) => p.provider === slug)?.price?.output ?? Number.POSITIVE_INFINITY;
  };
  const order = (route: string) => {
    if (route === 'router') return 0;
    if (route.startsWith('provider:')) return 1;
    if (route === 'hf-inference') return 2;
    if (route.startsWith('router:')) return 3;
    return 4;
  };
  return cells
    .flatMap((cell, i) =>
      cell.model === model && works(cell)
        ? [{ cell: i, route: cell.route, model, deep: cell.depth === 'live' }]
        : [],
    )
    .sort((a, b) => {
      const flaky = (p: Proof) => (cells[p.cell]?.outcome === 'flaky' ? 1 : 0);
      const byRoute = order(a.route) - order(b.route);
      const byPrice = price(a.route) < price(b.route) ? -1 : price(a.route) > price(b.route) ? 1 : 0;
      return flaky(a) - flaky(b) || byRoute || byPrice;
    });
}

/**
 * For each unusable model what works now, proven by a cell of this run: what was looked for on
 * purpose, else another model of the run for the same task.
 */
export function alternativesOf(
  models: Report['models'],
  proofs: ReadonlyMap<string, readonly Proof[]>,
  cells: readonly Cell[],
  observationIds: readonly (number | null)[],
  instead: Instead,
): Report['alternatives'] {
  return models
    .filter((m) => !m.usable && m.checked)
    .flatMap((m) => {
      const id = instead.proofs.get(m.id);
      const own = id === undefined ? -1 : observationIds.indexOf(id);
      const found = cells[own];
      if (found) return [{ model: m.id, instead: { model: found.model, route: found.route }, provenBy: own }];
      const other = models.find((x) => x.usable && x.task === m.task && m.task !== null);
      const proof = other ? proofs.get(other.id)?.[0] : undefined;
      if (!proof) return [];
      return [{ model: m.id, instead: { model: proof.model, route: proof.route }, provenBy: proof.cell }];
    });
}
