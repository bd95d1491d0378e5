import { EXIT, exitCodeOf, type FailOn } from './exit-code.js';
import { faulty } from './faults.js';
import type { Finding, Report } from './model.js';

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
  const compared = report.findings.map((f) => ({ f, since: sinceOf(f, report, b) }));
  const findings = compared.map(({ f, since }) => marked(f, since));
  const dead = knownDead(report, b);
  const models = report.models.map((m) => (dead.has(m.id) ? { ...m, known: true } : m));
  const recovered = report.cells
    .filter((c) => !c.control && !c.instead && c.outcome === 'ok')
    .filter((c) => ['fault', 'flaky'].includes(b.cells.get(keyOf(c))?.outcome ?? ''))
    .map(({ model, route }) => ({ model, route }));
  const faults = compared.filter(({ f }) => f.severity !== 'info');
  const known = faults.filter(({ since }) => since.known.length > 0).length;
  const fresh = faults.filter(({ since }) => since.fresh.length > 0).length;
  const judged = { ...report, findings, models, recovered };
  const isInterrupted = report.exitCode >= EXIT.SIGHUP;
  const exitCode = isInterrupted ? report.exitCode : exitCodeOf(judged, failOn, null);
  const summary = { ...report.summary, faults: { known, new: fresh } };
  return { ...judged, summary, exitCode, ok: exitCode === EXIT.healthy };
}

/** Whom a fault is known for and whom it is new for: models, or `null` where it names none. */
interface Since {
  known: (string | null)[];
  fresh: (string | null)[];
}

function sinceOf(f: Finding, { cells }: Report, b: Baseline): Since {
  const own = ownCells(f, cells);
  const named = own.length > 0 ? own.map((c) => c.model) : f.models;
  const fresh = own.filter((c) => b.cells.get(keyOf(c))?.rules.has(signOf(f.rule, c)) !== true);
  const isNew = new Set(fresh.map((c) => c.model));
  const apart = b.apart.filter((a) => a.rule === f.rule);
  const before = new Set(apart.flatMap((a) => a.models));
  const isOld = (model: string | null) => {
    if (model === null) return apart.length > 0;
    return own.length > 0 ? !isNew.has(model) : before.has(model);
  };
  const models = named.length > 0 ? [...new Set(named)] : [null];
  return { known: models.filter(isOld), fresh: models.filter((m) => !isOld(m)) };
}

/** One fault may be old for one model and new for another: then it counts as both, and says so. */
function marked(f: Finding, { known, fresh }: Since): Finding {
  if (fresh.length === 0) return { ...f, known: true };
  if (known.length === 0) return f;
  const told = `Since the baseline it is known for ${some(known)} and new for ${some(fresh)}.`;
  return { ...f, explanation: `${f.explanation} ${told}`.trim() };
}

function some(models: readonly (string | null)[]): string {
  const more = models.length - 5;
  return models.slice(0, 5).join(', ') + (more > 0 ? ` and ${more} more` : '');
}

/** Models that could not be used before either, for the reasons of today. */
function knownDead({ models, cells, depth }: Report, b: Baseline): ReadonlySet<string> {
  const was = usableBefore(b);
  const dead = models.filter((m) => !m.usable && !was.has(m.id)).map((m) => m.id);
  // The catalogue has no faults to compare.
  if (depth === 'catalog') return new Set(dead.filter((id) => b.dead.has(id)));
  const isOld = (c: Earlier['cells'][number]) =>
    c.rule !== null && b.cells.get(keyOf(c))?.rules.has(signOf(c.rule, c)) === true;
  const failing = faulty(cells);
  const fresh = faulty(cells.filter((c) => !isOld(c)));
  return new Set(dead.filter((id) => failing.has(id) && !fresh.has(id)));
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
