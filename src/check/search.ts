import { failed } from '../diagnose/claim.js';
import type { ModelFacts } from '../types/evidence.js';
import type { Observation } from '../types/observation.js';

/** The search for what works instead, over all parts of a run. */
export interface Search {
  /** How often it was in vain, and how long it took, in milliseconds. */
  inVain: number;
  ms: number;
  /** What was asked in the search, by `keyOf`: what answered, and null for what did not. */
  asked: Map<string, Observation | null>;
  /** The same of the parts that are over, so that nothing is asked twice. */
  before: Map<string, Observation | null>;
  /** Task to what the Hub lists for it. */
  listed: Map<string, ModelFacts[] | null>;
}

/** Answers of parts that are over; more of them would make a run grow with its list. */
const MOST_KEPT = 2_000;

export function startSearch(): Search {
  return { inVain: 0, ms: 0, asked: new Map(), before: new Map(), listed: new Map() };
}

export function keyOf(model: string, route: string, task: string): string {
  return `${model} ${route} ${task}`;
}

/** Keeps what the plain calls of a part came to, for the parts to come. */
export function remember({ before }: Search, observations: readonly Observation[]): void {
  for (const o of observations) {
    const { model, route, task } = o;
    const isPlain = o.purpose === 'inference' && !o.control && o.suffix === null;
    if (!isPlain || model === null || route === null || task === null || route.includes('+')) continue;
    if (o.error === 'run.cancelled' || before.size >= MOST_KEPT) continue;
    before.set(keyOf(model, route, task), failed(o) ? null : o);
  }
}
