import { setTimeout as wait } from 'node:timers/promises';
import type { World } from '../probe/ask.js';
import type { Send } from '../probe/transport.js';
import type { Redact } from '../safety/redact.js';
import type { Lag } from './lag.js';
import { tidy } from './tidy.js';

/** Monotonic milliseconds. */
export const clock = () => performance.now();

/** The real clock, chance and patience. Tests make their own. */
export function realWorld(o: {
  send: Send;
  redact: Redact;
  signal: AbortSignal;
  lag: Lag;
  version: string;
}): World {
  let id = 0;
  return {
    send: o.send,
    redact: o.redact,
    signal: o.signal,
    now: Date.now,
    clock,
    lateSince: o.lag.since,
    tidy,
    random: Math.random,
    sleep: (ms, signal) => wait(ms, undefined, { signal }).catch(() => {}),
    agent: `hf-doctor/${o.version}`,
    nextId: () => id++,
  };
}
