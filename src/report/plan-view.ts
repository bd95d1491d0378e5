import type { Skip } from '../types/evidence.js';

/** What --plan shows. */
export interface PlanView {
  /** In the order of the run. */
  requests: readonly { method: string; url: string; auth: string; usd: number }[];
  skips: readonly Skip[];
  cost: { requests: number; billable: number; usd: number };
  /** US dollars. */
  maxUsd: number;
  /** What is only known once the Hub was asked, one sentence each. */
  notYetKnown: readonly string[];
}
