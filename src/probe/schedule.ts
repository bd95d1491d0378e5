import type { Observation } from '../types/observation.js';
import type { World } from './ask.js';
import { type HostPace, isOfTheHost, paceAfter, pauseAfter, startPace } from './host-pace.js';

/** Where a job goes: its host, and the lane of that host that is paused on its own. */
export interface Place {
  host: string;
  lane: string;
}

/** Told of each answer. */
export type Note = (o: Observation) => void;

export interface Work<T> {
  placeOf: (job: T) => Place;
  /** Sends it; `note` is told of each answer, also of those that are asked again. */
  work: (job: T, note: Note) => Promise<void>;
  /** The host is not asked any more, for this reason. */
  refuse: (job: T, reason: string) => void;
}

/** Keeps the pace of each host over all that one run sends. */
export type Schedule = <T>(jobs: readonly T[], w: Work<T>) => Promise<void>;

interface Host {
  pace: HostPace;
  active: number;
  /** No request starts before this moment, so that they do not leave in bursts. */
  nextStart: number;
  /** Lane to the end of its pause. */
  paused: Map<string, number>;
  /** What goes on when a place is free: one for each list of jobs that is under way. */
  pumps: Set<() => void>;
}

/** Requests a second that one slot starts at most, whatever the answers take. */
const STARTS_PER_SLOT = 20;
const CATCH_UP = 2;

export function createSchedule(
  concurrency: number,
  world: Pick<World, 'now' | 'clock' | 'sleep' | 'signal'>,
): Schedule {
  const hosts = new Map<string, Host>();
  const spacing = 1000 / (STARTS_PER_SLOT * concurrency);

  const hostOf = (name: string): Host => {
    const known = hosts.get(name);
    if (known) return known;
    const fresh = {
      pace: startPace(concurrency),
      active: 0,
      nextStart: 0,
      paused: new Map(),
      pumps: new Set<() => void>(),
    };
    hosts.set(name, fresh);
    return fresh;
  };

  return async (jobs, w) => {
    const queues = new Map<string, Queue<(typeof jobs)[number]>>();
    jobs.forEach((job, at) => {
      const { host, lane } = w.placeOf(job);
      const queue = queues.get(host) ?? new Map();
      queues.set(host, queue);
      const waiting = queue.get(lane) ?? { next: 0, jobs: [] };
      queue.set(lane, waiting);
      waiting.jobs.push({ job, at });
    });
    await Promise.all([...queues].map(([name, queue]) => drain(hostOf(name), queue, w)));
  };

  /** Starts what may start, and once more whenever something has ended or a pause is over. */
  function drain<T>(host: Host, queue: Queue<T>, w: Work<T>): Promise<void> {
    return new Promise((resolve, reject) => {
      let waiting = false;
      /** Of these jobs; other lists may ask the same host. */
      let active = 0;
      const pump = () => {
        for (;;) {
          // Broken or stopped: what is left costs no time, and `work` or `refuse` says why.
          const free = world.signal.aborted || host.pace.broken !== null;
          if (!free && host.active >= host.pace.limit) return;
          const now = world.clock();
          const lane = firstOpen(queue, free ? new Map() : host.paused, now);
          if (lane === null) {
            if (active === 0 && queue.size === 0) {
              host.pumps.delete(pump);
              return resolve();
            }
            if (queue.size > 0) wake(earliest(queue, host.paused) - now);
            return;
          }
          if (!free && host.nextStart > now) return wake(host.nextStart - now);
          // What a coarse timer let slip may be caught up with, a few starts at most.
          host.nextStart = Math.max(now - CATCH_UP * spacing, host.nextStart) + spacing;
          start(take(queue, lane), lane);
        }
      };
      const wake = (ms: number) => {
        if (waiting) return;
        waiting = true;
        void world.sleep(Math.max(1, Math.ceil(ms)), world.signal).then(() => {
          waiting = false;
          pump();
        });
      };
      const start = (job: T, lane: string) => {
        if (host.pace.broken !== null && !world.signal.aborted) return w.refuse(job, host.pace.broken);
        host.active += 1;
        active += 1;
        const note = (o: Observation) => {
          host.pace = paceAfter(host.pace, o);
          const until = world.clock() + pauseAfter(o, world.now());
          const who = isOfTheHost(o) ? ALL : lane;
          if (until > (host.paused.get(who) ?? 0)) host.paused.set(who, until);
        };
        w.work(job, note).then(() => {
          host.active -= 1;
          active -= 1;
          for (const go of host.pumps) go();
        }, reject);
      };
      host.pumps.add(pump);
      pump();
    });
  }
}

/** Lane to what waits there, in the order of the plan. A lane with nothing left is removed. */
type Queue<T> = Map<string, { next: number; jobs: { job: T; at: number }[] }>;

/** The lane whose first job comes first in the plan, among those that are not paused. */
function firstOpen<T>(queue: Queue<T>, paused: ReadonlyMap<string, number>, now: number): string | null {
  let best: string | null = null;
  let first = Number.POSITIVE_INFINITY;
  for (const [lane, { next, jobs }] of queue) {
    const at = jobs[next]?.at ?? first;
    if (at >= first || pausedUntil(lane, paused) > now) continue;
    best = lane;
    first = at;
  }
  return best;
}

/** Stands for every lane of a host; no lane is called so. */
const ALL = '*';

function pausedUntil(lane: string, paused: ReadonlyMap<string, number>): number {
  return Math.max(paused.get(lane) ?? 0, paused.get(ALL) ?? 0);
}

function earliest<T>(queue: Queue<T>, paused: ReadonlyMap<string, number>): number {
  return Math.min(...[...queue.keys()].map((lane) => pausedUntil(lane, paused)));
}

function take<T>(queue: Queue<T>, lane: string): T {
  const waiting = queue.get(lane);
  const entry = waiting?.jobs[waiting.next];
  if (!waiting || !entry) throw new Error('an empty lane was taken from');
  waiting.next += 1;
  if (waiting.next === waiting.jobs.length) queue.delete(lane);
  return entry.job;
}
