import { bareId } from '../types/model-ref.js';
import type { Marks } from './counts.js';
import { EXIT, exitCodeOf, type FailOn } from './exit-code.js';
import { tells } from './faults.js';
import type { Cell, Finding, Report } from './model.js';

/* What counts of a report. Whoever takes something out of the count is asked here; nothing is taken away. */

/** One thing that a finding says: about a cell, or about a model and a route without one. */
export interface Fault {
  rule: string;
  model: string | null;
  route: string | null;
  cell: Cell | null;
}

/** Somebody who takes faults out of the count: a baseline, the expectations, what is ignored. */
export interface Excuse {
  kind: keyof Marks;
  /** Why this fault does not count; null when it does, for all that is known here. */
  of(fault: Fault): Marks | null;
  /** It says nothing of a model as a whole, whatever it says of its cells. */
  leavesOut?(model: string): boolean;
  /** At depth catalog, where no cell tells: the model is one that nobody serves, and that is no news. */
  ofUnserved?(model: string): Marks | null;
  /** What it speaks of and what is fine now. */
  recovered(report: Report): NonNullable<Report['recovered']>;
}

/**
 * The report with what does not count marked, what recovered named, and the exit code of the rest. A fault
 * that one finding tells of several models counts while it counts for one of them. The order of the
 * excuses has no meaning.
 */
export function judge(report: Report, excuses: readonly Excuse[], failOn: FailOn): Report {
  if (excuses.length === 0) return report;
  const told = report.findings.map((f) => ({ f, ...classesOf(f, report.cells, excuses) }));
  const marks = report.cells.map((c) => cellMarks(c, excuses));
  const cells = report.cells.map((c, i) => (marks[i] ? { ...c, ...marks[i] } : c));
  const findings = told.map(marked);
  const models = modelsOf(report, excuses);
  const exitCode =
    report.exitCode >= EXIT.internal
      ? report.exitCode
      : exitCodeOf({ ...report, cells, findings, models }, failOn, null);
  return {
    ...report,
    ...{ cells, findings, models, exitCode, ok: exitCode === EXIT.healthy },
    recovered: once(excuses.flatMap((e) => e.recovered(report))),
    summary: { ...report.summary, ...sums(told, excuses) },
  };
}

/** For whom a finding does not count, and for whom it does: models, or null where it names none. */
interface Classes {
  aside: Map<string | null, Marks>;
  fresh: (string | null)[];
}
type Told = Classes & { f: Finding };

function classesOf(f: Finding, cells: readonly Cell[], excuses: readonly Excuse[]): Classes {
  const aside = new Map<string | null, Marks>();
  const fresh = new Set<string | null>();
  for (const fault of faultsOf(f, cells)) {
    const marks = union(excuses, (e) => e.of(fault));
    if (marks === null) fresh.add(fault.model);
    else aside.set(fault.model, { ...aside.get(fault.model), ...marks });
  }
  for (const model of fresh) aside.delete(model);
  return { aside, fresh: [...fresh] };
}

/** All that the findings and the cells of a report say. */
export function* faultsIn({ findings, cells }: Report): Generator<Fault> {
  for (const f of findings) yield* faultsOf(f, cells);
  for (const cell of cells) if (isAsked(cell)) yield faultOf(cell);
}

function isAsked(cell: Cell): boolean {
  return !cell.control && !cell.instead && cell.outcome !== 'skipped';
}

function faultsOf(f: Finding, cells: readonly Cell[]): Fault[] {
  const own = f.cells.flatMap((i) => cells[i] ?? []).filter((c) => !c.control && !c.instead);
  if (own.length > 0) return own.map((cell) => ({ ...faultOf(cell), rule: f.rule }));
  const routes = f.routes.length > 0 ? f.routes : [null];
  const models = f.models.length > 0 ? f.models : [null];
  return models.flatMap((model) => routes.map((route) => ({ rule: f.rule, model, route, cell: null })));
}

function cellMarks(cell: Cell, excuses: readonly Excuse[]): Marks | null {
  if (!isAsked(cell)) return null;
  const fault = faultOf(cell);
  return union(excuses, (e) => e.of(fault));
}

function union(excuses: readonly Excuse[], ask: (e: Excuse) => Marks | null): Marks | null {
  const all = excuses.flatMap((e) => ask(e) ?? []);
  return all.length === 0 ? null : Object.assign({}, ...all);
}

function marked({ f, aside, fresh }: Told): Finding {
  if (fresh.length === 0) return { ...f, ...Object.assign({}, ...aside.values()) };
  const sentences = [...WORDS].flatMap(([kind, say]) => {
    const models = [...aside].filter(([, marks]) => marks[kind] !== undefined).map(([model]) => model);
    return models.length > 0 ? [say(some(models), some(fresh))] : [];
  });
  return sentences.length === 0 ? f : { ...f, explanation: [f.explanation, ...sentences].join(' ').trim() };
}

const WORDS = new Map<keyof Marks, (models: string, fresh: string) => string>([
  ['known', (models, fresh) => `Since the baseline it is known for ${models} and new for ${fresh}.`],
  ['expected', (models) => `It is expected for ${models}.`],
  ['ignored', (models) => `It is ignored for ${models}.`],
]);

function some(models: readonly (string | null)[]): string {
  const more = models.length - 5;
  return models.slice(0, 5).join(', ') + (more > 0 ? ` and ${more} more` : '');
}

/** Models that cannot be used, for reasons that do not count: all that tells against them is aside. */
function modelsOf(report: Report, excuses: readonly Excuse[]): Report['models'] {
  const isCatalog = report.depth === 'catalog';
  const verdicts = new Map<string, Marks | null>();
  for (const fault of isCatalog ? faultsAtCatalog(report) : faultsOfCells(report.cells)) {
    const { model } = fault;
    if (model === null || verdicts.get(model) === null) continue;
    const those = excuses.filter((e) => !e.leavesOut?.(model));
    const marks = union(those, (e) => e.of(fault));
    verdicts.set(model, marks && { ...verdicts.get(model), ...marks });
  }
  return report.models.map((m) => {
    if (m.usable) return m;
    if (!isCatalog) return { ...m, ...verdicts.get(m.id) };
    // Findings that were made of no cell name the bare id.
    const unserved = union(excuses, (e) => e.ofUnserved?.(m.id) ?? null);
    return { ...m, ...unserved, ...verdicts.get(bareId(m.id)) };
  });
}

function faultsOfCells(cells: readonly Cell[]): Fault[] {
  return cells.filter(tells).map(faultOf);
}

/** No cell tells there: the findings do. */
function faultsAtCatalog({ findings, cells }: Report): Fault[] {
  return findings.filter((f) => f.severity !== 'info').flatMap((f) => faultsOf(f, cells));
}

function faultOf(cell: Cell): Fault {
  return { rule: cell.rule ?? '', model: cell.model, route: cell.route, cell };
}

/** Faults by what became of them; one may be aside for one model and count for another. */
function sums(told: readonly Told[], excuses: readonly Excuse[]): Partial<Report['summary']> {
  const faults = told.filter(({ f }) => f.severity !== 'info');
  const having = (kind: keyof Marks) =>
    faults.filter(({ aside }) => [...aside.values()].some((m) => m[kind] !== undefined)).length;
  const [known, expected, ignored] = [having('known'), having('expected'), having('ignored')];
  const fresh = faults.filter((t) => t.fresh.length > 0).length;
  const baseline = excuses.some((e) => e.kind === 'known');
  return {
    ...(baseline ? { faults: { known, new: fresh } } : {}),
    ...(excuses.some((e) => e.kind !== 'known') ? { excused: { expected, ignored } } : {}),
  };
}

function once(list: NonNullable<Report['recovered']>): NonNullable<Report['recovered']> {
  const byKey = new Map<string, NonNullable<Report['recovered']>[number]>();
  for (const r of list) {
    const key = JSON.stringify([r.model, r.route]);
    byKey.set(key, { ...byKey.get(key), ...r });
  }
  return [...byKey.values()];
}
