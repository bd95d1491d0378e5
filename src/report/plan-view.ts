import type { Skip } from '../types/evidence.js';

/** What --plan shows. */
export interface PlanView {
  /** In the order of the run. `model`: null where the request is for all. `onlyIf`: it may be left out. */
  requests: readonly {
    method: string;
    url: string;
    model: string | null;
    route: string | null;
    auth: string;
    usd: number;
    onlyIf: string | null;
  }[];
  /** No other requests can follow. */
  final: boolean;
  /** Calls may be charged. */
  paid: boolean;
  skips: readonly Skip[];
  /** `usdWanted`: what it would take, where --max-cost makes calls stop before an answer. */
  cost: { requests: number; billable: number; usd: number; usdWanted?: number | undefined };
  /** US dollars. */
  maxUsd: number;
  /** What is only known once the Hub was asked, one sentence each. */
  notYetKnown: readonly string[];
}
