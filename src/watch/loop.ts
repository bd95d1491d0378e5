import { EXIT } from '../report/exit-code.js';
import type { Report } from '../report/model.js';
import type { EndEvent, WatchEvent } from './events.js';
import { isLonger, waitFor } from './pace.js';
import { type Answer, afterRound, START, type Watched } from './round.js';

export interface WatchOptions {
  everyMs: number;
  until: 'ok' | 'change' | null;
  /** Null: until something else ends it. */
  rounds: number | null;
  /** US dollars, for all rounds together. */
  maxUsd: number;
}

/** What the watch needs from the world. */
export interface WatchWorld {
  /** One check that may cost so many dollars. */
  check(round: number, usd: number): Promise<Report>;
  /** `closed`: nobody reads any more. */
  say(event: WatchEvent): Promise<'written' | 'closed' | 'failed'>;
  /** What is known after a round, for who shows it elsewhere. */
  keep?(known: Watched): void;
  now(): number;
  random(): number;
  /** Returns early when the user stops the watch. */
  sleep(ms: number, round: number): Promise<void>;
  /** Exit code of the signal that ended it; null while none did. */
  stopped(): number | null;
}

/** A sum of prices is not exact. */
const ROUNDING = 1e-9;

/** Repeats the check until something ends it. Returns the exit code: the verdict of the last round. */
export async function watch(o: WatchOptions, w: WatchWorld): Promise<number> {
  let known = START;
  const end = async (why: EndEvent['why'], exitCode: number) => {
    await w.say(endEvent(known, o, why, exitCode, new Date(w.now()).toISOString()));
    return exitCode;
  };
  for (;;) {
    const answer = await oneRound(o, w, known);
    const signal = w.stopped();
    // What a round saw that was cut short is no state to compare with.
    if (signal !== null) return end('interrupted', signal);
    const { watched, events, changed } = afterRound(known, answer, new Date(w.now()).toISOString());
    known = watched;
    w.keep?.(known);
    const verdict = known.exitCode ?? EXIT.internal;
    for (const event of events) {
      const state = await w.say(event);
      if (state !== 'written') return state === 'failed' ? EXIT.internal : verdict;
    }
    const why = whyEnded(o, known, changed);
    if (why) return end(why, verdict);
    const ms = waitFor(o.everyMs, known.slow, w.random);
    const state = await sayWait(o, w, known, ms);
    if (state !== 'written') return state === 'failed' ? EXIT.internal : verdict;
    await w.sleep(ms, known.round);
    const stopped = w.stopped();
    if (stopped !== null) return end('interrupted', stopped);
  }
}

/** A longer pause than asked for is said, with its reason. */
async function sayWait(o: WatchOptions, w: WatchWorld, { brake, slow }: Watched, ms: number) {
  if (!brake || !isLonger(o.everyMs, slow)) return 'written';
  const [at, next] = [w.now(), w.now() + ms].map((t) => new Date(t).toISOString()) as [string, string];
  return w.say({ schemaVersion: 1, at, type: 'wait', ms, next, ...brake });
}

/** A fault of our own costs one round, not the watch. */
async function oneRound(o: WatchOptions, w: WatchWorld, known: Watched): Promise<Answer> {
  try {
    const left = Math.max(0, Number((o.maxUsd - known.spent).toFixed(9)));
    return { report: await w.check(known.round + 1, left) };
  } catch (error) {
    return { fault: error instanceof Error ? error.name : 'unknown fault' };
  }
}

function whyEnded(o: WatchOptions, known: Watched, changed: boolean): EndEvent['why'] | null {
  if (o.until === 'ok' && known.exitCode === EXIT.healthy) return 'ok';
  if (o.until === 'change' && changed) return 'change';
  if (o.rounds !== null && known.round >= o.rounds) return 'rounds';
  // A round that did not fit will not fit into what is left of it.
  const cut = known.limit?.startsWith('--max-cost') === true;
  return cut || known.spent + known.next > o.maxUsd + ROUNDING ? 'cost' : null;
}

function endEvent(k: Watched, o: WatchOptions, why: EndEvent['why'], exitCode: number, at: string): EndEvent {
  const { round: rounds, usable, reached, models, limit, spent: cost } = k;
  return {
    ...{ schemaVersion: 1, at, type: 'end', why, exitCode, rounds, usable, reached, models },
    ...{ limit, cost },
    maxCost: o.maxUsd,
  };
}
