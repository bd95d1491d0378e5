import type { Marks } from './counts.js';
import type { FailOn } from './exit-code.js';
import { type Excuse, judge } from './judge.js';
import type { Report } from './model.js';

/** What counts of an earlier report: less than `Report`, so that one of another version can be read. */
export interface Earlier {
  cells: readonly {
    model: string;
    route: string;
    outcome: string;
    rule: string | null;
    status?: number | null | undefined;
    control?: boolean | undefined;
    instead?: boolean | undefined;
  }[];
  findings: readonly { rule: string; models: readonly string[]; cells: readonly number[] }[];
  models: readonly { id: string; usable: boolean; checked?: unknown }[];
}

/** What was known before. Made by `baselineOf`; a history is played onto it, change by change. */
export interface Baseline {
  /** By model and route; the signs of what explains the cell. */
  cells: Map<string, { model: string; route: string; outcome: string; rules: Set<string> }>;
  /** Faults that point at no cell. */
  apart: readonly { rule: string; models: readonly string[] }[];
  usable: Set<string>;
  /** Models that were judged and could not be used. */
  dead: Set<string>;
}

export function baselineOf(report: Earlier): Baseline {
  const cells: Baseline['cells'] = new Map();
  for (const c of report.cells) {
    if (c.control || c.instead) continue;
    const rules = new Set(c.rule === null ? [] : [signOf(c.rule, c)]);
    cells.set(keyOf(c), { model: c.model, route: c.route, outcome: c.outcome, rules });
  }
  const apart: { rule: string; models: readonly string[] }[] = [];
  for (const f of report.findings) {
    const own = ownCells(f, report.cells);
    if (own.length === 0) apart.push({ rule: f.rule, models: f.models });
    for (const c of own) cells.get(keyOf(c))?.rules.add(signOf(f.rule, c));
  }
  const ids = (models: Earlier['models']) => new Set(models.map((m) => m.id));
  return {
    cells,
    apart,
    usable: ids(report.models.filter((m) => m.usable)),
    dead: ids(report.models.filter((m) => !m.usable && m.checked === true)),
  };
}

/** Plays one change of a history onto it. */
export function applyChange(b: Baseline, cell: Earlier['cells'][number]): void {
  const { model, route, outcome, rule } = cell;
  const rules = new Set(rule === null ? [] : [signOf(rule, cell)]);
  b.cells.set(keyOf(cell), { model, route, outcome, rules });
  // From here on the cells tell.
  b.usable.delete(cell.model);
  b.dead.delete(cell.model);
}

/**
 * The report with what is known marked and what recovered named. Only what is new counts for the exit
 * code: a known fault is one whose cells all had the same rule before. A model that could be used
 * before and cannot now is never known.
 */
export function againstBaseline(report: Report, b: Baseline, failOn: FailOn): Report {
  return judge(report, [sinceBaseline(b)], failOn);
}

export function sinceBaseline(b: Baseline): Excuse {
  const was = usableBefore(b);
  const marks = (isKnown: boolean): Marks | null => (isKnown ? { known: true } : null);
  const apart = new Map<string, Set<string>>();
  for (const { rule, models } of b.apart) {
    const before = apart.get(rule) ?? new Set();
    for (const m of models) before.add(m);
    apart.set(rule, before);
  }
  return {
    kind: 'known',
    of({ rule, model, cell }) {
      if (cell) return marks(b.cells.get(keyOf(cell))?.rules.has(signOf(rule, cell)) === true);
      return marks(model === null ? apart.has(rule) : apart.get(rule)?.has(model) === true);
    },
    leavesOut: (model) => was.has(model),
    ofUnserved: (model) => marks(b.dead.has(model) && !was.has(model)),
    recovered: ({ cells }) =>
      cells
        .filter((c) => !c.control && !c.instead && c.outcome === 'ok')
        .filter((c) => ['fault', 'flaky'].includes(b.cells.get(keyOf(c))?.outcome ?? ''))
        .map(({ model, route }) => ({ model, route })),
  };
}

/** A capability proves less than the plain call. */
function usableBefore(b: Baseline): ReadonlySet<string> {
  const works = (c: { outcome: string; route: string }) =>
    (c.outcome === 'ok' || c.outcome === 'flaky') && !c.route.includes('+');
  return new Set([...b.usable, ...[...b.cells.values()].filter(works).map((c) => c.model)]);
}

/** The cells of a finding that are no control probes. */
function ownCells<C extends Earlier['cells'][number]>(
  f: { cells: readonly number[] },
  cells: readonly C[],
): C[] {
  return f.cells.flatMap((i) => cells[i] ?? []).filter((c) => !c.control && !c.instead);
}

/** The same rule about a cell that works is another fault; what no rule explains is told by its status. */
function signOf(rule: string, { outcome, status }: Earlier['cells'][number]): string {
  const works = outcome === 'ok' ? ' works' : '';
  return `${rule}${works}${rule === 'unclassified' ? ` ${status ?? ''}` : ''}`;
}

function keyOf({ model, route }: { model: string; route: string }): string {
  return JSON.stringify([model, route]);
}
