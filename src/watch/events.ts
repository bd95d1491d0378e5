import type { Report } from '../report/model.js';
import type { Change } from '../report/state.js';
import type { Brake } from './pace.js';

/*
 * What a watch says, in order: the first report, then the changes and the end of each round, then
 * the end. One event is one line of the history. Additions are free.
 */

interface At {
  schemaVersion: 1;
  /** ISO 8601, UTC. */
  at: string;
}

export interface ReportEvent extends At {
  type: 'report';
  report: Report;
}

export interface ChangeEvent extends At, Change {
  type: 'change';
}

export interface RoundEvent extends At {
  type: 'round';
  /** From 1. */
  round: number;
  exitCode: number;
  /** The one of the round before, where it was another. */
  before: number | null;
  /** Models that can be used, of how many; null when the round failed. */
  usable: number | null;
  /** Of these, models whose calls stopped on purpose before an answer. */
  reached: number | null;
  models: number | null;
  /** US dollars, at most. */
  cost: number;
  /** Findings that point at no route: of the token, of the account, of the model itself. */
  findings: { rule: string; models: string[] }[];
  /** Why ways were left out that could have been asked: --max-cost, --max-requests, --deadline. */
  limit: string | null;
  /** Name of our own fault that ended the round. */
  fault: string | null;
}

/** Round after round nothing could be reached. Said once, until something is reached again. */
export interface UnreachedEvent extends At {
  type: 'unreached';
  rounds: number;
}

/** The pause is longer than asked for, and longer than the one before. */
export interface WaitEvent extends At, Brake {
  type: 'wait';
  /** Milliseconds until the next round, and when it begins, ISO 8601. */
  ms: number;
  next: string;
}

export interface EndEvent extends At {
  type: 'end';
  why: 'ok' | 'change' | 'rounds' | 'cost' | 'interrupted';
  exitCode: number;
  rounds: number;
  /** Of the last round that was completed. */
  usable: number | null;
  reached: number | null;
  models: number | null;
  /** That of the last round that was completed. */
  limit: string | null;
  /** US dollars of all rounds, at most. */
  cost: number;
  maxCost: number;
}

export type WatchEvent = ReportEvent | ChangeEvent | RoundEvent | UnreachedEvent | WaitEvent | EndEvent;
