import type { Cell, Report } from './model.js';

/** What a cell says, without what differs each time: time, request id, wording. */
export interface CellState {
  outcome: Cell['outcome'];
  rule: Cell['rule'];
  status: number | null;
  error: string | null;
  /** What the mapping says; only where nothing else was asked, at depth catalog. */
  listed?: string;
  /** What came first and what came then; only where that differed. */
  reason?: string;
}

export interface Change {
  model: string;
  route: string;
  /** Null: this way was not there before. */
  from: CellState | null;
  to: CellState;
}

export type State = ReadonlyMap<string, { model: string; route: string; state: CellState }>;

/** A cell that was left out because of what another cell answered, or because the run ended. */
const STOPPED = /^stopped\b/;
const GONE: CellState = { outcome: 'skipped', rule: null, status: null, error: null };

/** What is known after a round. What a round did not ask keeps what was known before: no news. */
export function nextState(before: State, report: Report): State {
  const next = new Map<string, { model: string; route: string; state: CellState }>();
  for (const cell of report.cells) {
    if (cell.control || cell.instead) continue;
    const { model, route } = cell;
    const key = keyOf(cell);
    const known = before.get(key);
    if (isNoNews(cell) && known) next.set(key, known);
    else if (!isNoNews(cell)) next.set(key, { model, route, state: stateOf(cell) });
  }
  for (const [key, known] of before) {
    if (next.has(key)) continue;
    const left = isListRead(report, known.model) && known.state.outcome !== 'skipped';
    next.set(key, left ? { ...known, state: GONE } : known);
  }
  return next;
}

/** In the order of the report. A way that is new and was not asked is no news. */
export function changesBetween(before: State, after: State): Change[] {
  const changes: Change[] = [];
  for (const [key, { model, route, state: to }] of after) {
    const from = before.get(key)?.state ?? null;
    if (from ? isSame(from, to) : to.outcome === 'skipped') continue;
    changes.push({ model, route, from, to });
  }
  return changes;
}

/** A status is news only where no rule names what it means. */
function isSame(a: CellState, b: CellState): boolean {
  if (a.outcome !== b.outcome || a.rule !== b.rule || a.listed !== b.listed) return false;
  const named = a.outcome === 'ok' || (a.rule !== null && a.rule !== 'unclassified');
  return named || (a.status === b.status && a.error === b.error);
}

function isNoNews(cell: Cell): boolean {
  return cell.unfinished || cell.error === 'run.cancelled' || STOPPED.test(cell.reason ?? '');
}

function stateOf({ outcome, rule, status, error, depth, listed, reason }: Cell): CellState {
  const promised = outcome === 'skipped' && depth === 'catalog' && listed;
  const turned = outcome === 'flaky' && reason !== null;
  return { outcome, rule, status, error, ...(promised ? { listed } : {}), ...(turned ? { reason } : {}) };
}

/** The mapping of the model could be read: a way that is missing is gone. */
function isListRead(report: Report, model: string): boolean {
  return report.complete && report.models.some((m) => m.id === model && m.providers.length > 0);
}

export function keyOf({ model, route }: { model: string; route: string }): string {
  return JSON.stringify([model, route]);
}
