import { isOnlyReached } from '../report/about.js';
import { EXIT } from '../report/exit-code.js';
import type { Report } from '../report/model.js';
import { changesBetween, nextState, type State } from '../report/state.js';
import type { WatchEvent } from './events.js';
import { type Brake, brakeOf, costOf } from './pace.js';

/** What a watch knows between two rounds. */
export interface Watched {
  round: number;
  state: State;
  /** Of the last round, also when it failed; null before the first. */
  exitCode: number | null;
  /** Of the last round that was completed. */
  verdict: number | null;
  usable: number | null;
  reached: number | null;
  models: number | null;
  limit: string | null;
  /** US dollars until now, and what one more round is worth. */
  spent: number;
  next: number;
  /** Rounds in a row that must slow the watch down. */
  slow: number;
  /** Why; null when the last round need not. */
  brake: Brake | null;
  /** Rounds in a row that reached nothing. */
  unreached: number;
  reported: boolean;
  /** The last round that was completed, and when, ISO 8601. */
  last: { report: Report; at: string } | null;
}

export const START: Watched = {
  round: 0,
  state: new Map(),
  exitCode: null,
  verdict: null,
  usable: null,
  reached: null,
  models: null,
  limit: null,
  spent: 0,
  next: 0,
  slow: 0,
  brake: null,
  unreached: 0,
  reported: false,
  last: null,
};

/** What a round brought: its report, or the name of our own fault that ended it. */
export type Answer = { report: Report } | { fault: string };

/** Said after so many rounds in a row that reached nothing. */
const UNREACHED = 3;

/** One round more. Pure: what is known now, what to say, and whether anything changed. */
export function afterRound(
  w: Watched,
  answer: Answer,
  at: string,
): { watched: Watched; events: WatchEvent[]; changed: boolean } {
  const round = w.round + 1;
  const head = { schemaVersion: 1, at } as const;
  if ('fault' in answer) {
    const { fault } = answer;
    // What it did cost is not known: as much as it may have.
    const cost = w.next;
    const watched = { ...w, round, exitCode: EXIT.internal, spent: w.spent + cost };
    const told = {
      exitCode: EXIT.internal,
      before: null,
      usable: null,
      reached: null,
      models: null,
      findings: [],
      limit: null,
    };
    return { watched, events: [{ ...head, type: 'round', round, ...told, cost, fault }], changed: false };
  }
  const { report } = answer;
  const { exitCode } = report;
  const { usable, models } = report.summary;
  const reached = report.models.filter((m) => isOnlyReached(m, report.cells)).length;
  const state = nextState(w.state, report);
  const changes = w.reported ? changesBetween(w.state, state) : [];
  const turned = w.verdict !== null && w.verdict !== exitCode;
  const cost = costOf(report);
  const brake = brakeOf(report);
  const limit = limitOf(report);
  const unreached = exitCode === EXIT.inconclusive && !limit?.startsWith('--max-') ? w.unreached + 1 : 0;
  const events: WatchEvent[] = [
    ...(w.reported ? [] : [{ ...head, type: 'report', report } as const]),
    ...changes.map((change) => ({ ...head, type: 'change', ...change }) as const),
    {
      ...{ ...head, type: 'round', round, exitCode, before: turned ? w.verdict : null },
      ...{ usable, reached, models, cost, findings: apartOf(report), limit, fault: null },
    },
    ...(unreached === UNREACHED ? [{ ...head, type: 'unreached', rounds: unreached } as const] : []),
  ];
  const watched = {
    ...{ round, state, exitCode, verdict: exitCode, usable, reached, models, limit, unreached },
    reported: true,
    last: { report, at },
    spent: w.spent + cost,
    next: report.cost.planned.usd,
    slow: brake ? w.slow + 1 : 0,
    brake,
  };
  return { watched, events, changed: changes.length > 0 || turned };
}

/** Without the sum: what is left of --max-cost in a round is not what the user set. */
function limitOf({ cells }: Report): string | null {
  const reasons = cells.flatMap((c) => (c.unfinished && !c.control && c.reason ? [c.reason] : []));
  const reason = reasons.find((r) => r.startsWith('--max-')) ?? reasons[0];
  return reason?.replace(/^(--max-cost) [\d.e-]{1,30} /, '$1 ') ?? null;
}

function apartOf({ findings, cells }: Report): { rule: string; models: string[] }[] {
  return findings
    .filter((f) => !f.cells.some((i) => cells[i]?.control === false))
    .map(({ rule, models }) => ({ rule, models }));
}
