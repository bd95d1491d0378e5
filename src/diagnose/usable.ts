import type { Cell, Report } from '../report/model.js';
import type { Catalog } from '../types/evidence.js';
import { bareId } from '../types/model-ref.js';
import type { Observation } from '../types/observation.js';

/** A working route of a model: the cell that proves it. */
export interface Proof {
  model: string;
  route: string;
  cell: number;
  /** It answered; else it was reached at depth auth. */
  deep: boolean;
}

/** Calls beyond the matrix that looked for something that works. */
export interface Instead {
  /** Model as the user asked for it, to the id of the observation that proves another way. */
  proofs: ReadonlyMap<string, number>;
  observations: readonly Observation[];
}

/** A capability is asked for besides: it proves less than the plain call, or more than is needed. */
const works = (cell: Cell) =>
  !cell.control &&
  !cell.instead &&
  !cell.route.includes('+') &&
  (cell.outcome === 'ok' || cell.outcome === 'flaky');

/** The working routes of a model, the one to recommend first. */
export function proofsOf(model: string, cells: readonly Cell[], catalog: Catalog): Proof[] {
  return proofsByModel([model], cells, catalog).get(model) ?? [];
}

/** The route to recommend first: the bare router fails over, a pinned provider costs least thought. */
export function proofsByModel(
  models: readonly string[],
  cells: readonly Cell[],
  catalog: Catalog,
): Map<string, Proof[]> {
  const served = new Map(catalog.routerModels?.map((m) => [m.id, m.providers]));
  const price = ({ model, route }: Proof) => {
    const slug = route.replace(/^(provider|router):/, '');
    const entry = served.get(bareId(model))?.find((p) => p.provider === slug);
    return entry?.price?.output ?? Number.POSITIVE_INFINITY;
  };
  const order = ({ route }: Proof) => {
    if (route === 'router') return 0;
    if (route.startsWith('provider:')) return 1;
    if (route === 'hf-inference') return 2;
    if (route.startsWith('router:')) return 3;
    return 4;
  };
  const flaky = (p: Proof) => (cells[p.cell]?.outcome === 'flaky' ? 1 : 0);
  const byPrice = (a: number, b: number) => (a < b ? -1 : a > b ? 1 : 0);
  const found = new Map(models.map((m) => [m, [] as Proof[]]));
  for (const [i, cell] of cells.entries())
    if (works(cell))
      found
        .get(cell.model)
        ?.push({ cell: i, route: cell.route, model: cell.model, deep: cell.depth === 'live' });
  for (const proofs of found.values())
    proofs.sort((a, b) => flaky(a) - flaky(b) || order(a) - order(b) || byPrice(price(a), price(b)));
  return found;
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
