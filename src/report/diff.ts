import { type Calm, calmCells, isExcused } from './calm.js';
import { EXIT } from './exit-code.js';
import type { Report } from './model.js';
import { type CellState, type Change, changesBetween, keyOf, nextState } from './state.js';

/**
 * `new`: it fails, and did not before. `worse`: it failed at times. `flaky`: it fails at times now.
 * `better`: it fails less. `fixed`: it works again. `changed`: another fault, or nothing clear any more.
 */
export const CHANGES = ['new', 'worse', 'flaky', 'changed', 'better', 'fixed'] as const;
export type ChangeKind = (typeof CHANGES)[number];

export interface Difference extends Change {
  kind: ChangeKind;
}

interface Side {
  startedAt: string;
  exitCode: number;
  usable: number;
  models: number;
}

export interface DiffView {
  schemaVersion: 1;
  exitCode: number;
  old: Side;
  new: Side;
  /** The worst first. */
  changes: Difference[];
  /** Models that were in both reports and can be used in one of them. */
  models: { id: string; usable: boolean }[];
  /** Faults that point at no cell: of the token, the account, the network. */
  findings: { rule: string; title: string; kind: 'new' | 'fixed' }[];
  /** Cells in both reports that say the same. */
  same: number;
  /** Models of one report alone. */
  only: { old: string[]; new: string[] };
}

/** What changed between two reports. Pure. Exit code 1: something fails that did not; 3: the new run could not tell. */
export function diffOf(before: Report, after: Report): DiffView {
  const old = nextState(new Map(), before);
  const now = nextState(old, after);
  const [wasCalm, isCalm] = [calmCells(before), calmCells(after)];
  const changes = changesBetween(old, now)
    .map((c) => ({ ...c, kind: kindOf(c.from, c.to) }))
    .filter((c): c is Difference => c.kind !== null)
    .filter((c) => !isNoNews(c, wasCalm, isCalm))
    .sort((a, b) => CHANGES.indexOf(a.kind) - CHANGES.indexOf(b.kind));
  const findings = apartOf(before, after);
  const was = new Map(before.models.map((m) => [m.id, m.usable]));
  const is = new Set(after.models.map((m) => m.id));
  const models = after.models
    .filter((m) => was.has(m.id) && was.get(m.id) !== m.usable && (m.usable || m.checked))
    .map(({ id, usable }) => ({ id, usable }));
  const changed = new Set(changes.map(keyOf));
  const asked = new Set(after.cells.filter((c) => !c.control && !c.instead).map(keyOf));
  const excused = new Set(after.models.filter(isExcused).map((m) => m.id));
  const worse =
    changes.some((c) => (c.kind === 'new' || c.kind === 'worse') && !isCalm.has(keyOf(c))) ||
    findings.some(
      (f) => f.kind === 'new' && !after.findings.some((o) => o.rule === f.rule && isExcused(o)),
    ) ||
    models.some((m) => !m.usable && !excused.has(m.id));
  return {
    schemaVersion: 1,
    exitCode: worse ? EXIT.findings : isOpen(after, was) ? EXIT.inconclusive : EXIT.healthy,
    old: sideOf(before),
    new: sideOf(after),
    changes,
    models,
    findings,
    same: [...asked].filter((key) => old.has(key) && !changed.has(key)).length,
    only: {
      old: before.models.map((m) => m.id).filter((id) => !is.has(id)),
      new: after.models.map((m) => m.id).filter((id) => !was.has(id)),
    },
  };
}

/** The retired host is red for each model that asks it, and is asked for some of them. */
function isNoNews(c: Change, was: Calm, is: Calm): boolean {
  const key = keyOf(c);
  return c.from === null ? is.get(key) === 'info' : was.get(key) === 'info' && c.to.outcome === 'skipped';
}

/** It told nothing, it ended too early, a part of it is missing, or it says nothing of a model that worked. */
function isOpen({ exitCode, missing, models }: Report, was: ReadonlyMap<string, boolean>): boolean {
  const unheard = models.some((m) => was.get(m.id) === true && !m.usable && !m.checked);
  return exitCode === EXIT.inconclusive || exitCode >= EXIT.internal || unheard || !!missing?.length;
}

const BAD: Readonly<Partial<Record<CellState['outcome'], number>>> = { ok: 0, flaky: 1, fault: 2 };

/** Null for what is no news: a way that is new and works. */
function kindOf(from: CellState | null, to: CellState): ChangeKind | null {
  const [a, b] = [from ? BAD[from.outcome] : 0, BAD[to.outcome]];
  if (b === undefined) return from ? 'changed' : null;
  if (a === undefined) return b === 0 ? 'fixed' : b === 1 ? 'flaky' : 'new';
  if (a === b) return from ? 'changed' : null;
  if (b === 2) return a === 0 ? 'new' : 'worse';
  if (b === 1) return a === 0 ? 'flaky' : 'better';
  return 'fixed';
}

function apartOf(before: Report, after: Report): DiffView['findings'] {
  const apart = ({ findings, cells }: Report) =>
    findings.filter((f) => f.severity !== 'info' && !f.cells.some((i) => cells[i]?.control === false));
  const without = (list: Report['findings'], others: Report['findings']) =>
    list.filter((f) => !others.some((o) => o.rule === f.rule));
  return [
    ...without(apart(after), before.findings).map((f) => ({ ...nameOf(f), kind: 'new' as const })),
    ...without(apart(before), after.findings).map((f) => ({ ...nameOf(f), kind: 'fixed' as const })),
  ];
}

function nameOf({ rule, title }: Report['findings'][number]): { rule: string; title: string } {
  return { rule, title };
}

function sideOf({ startedAt, exitCode, summary }: Report): Side {
  return { startedAt, exitCode, usable: summary.usable, models: summary.models };
}
