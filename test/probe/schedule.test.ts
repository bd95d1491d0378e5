import { setMaxListeners } from 'node:events';
import { describe, expect, it } from 'vitest';
import { paceAfter, pauseAfter, startPace } from '../../src/probe/host-pace.js';
import { createSchedule, type Work } from '../../src/probe/schedule.js';
import type { Observation } from '../../src/types/observation.js';
import { evidence } from '../support/evidence.js';

const seen = (more: Partial<Observation>): Observation =>
  ({ ...evidence({ observations: [{}] }).observations[0], ...more }) as Observation;

const NOW = Date.UTC(2026, 10, 21);

interface Job {
  name: string;
  host?: string;
  lane?: string;
  /** Milliseconds until the answer. */
  takes?: number;
  answer?: Partial<Observation>;
}

/** Plays jobs on a clock that jumps to the next event. */
async function play(
  jobs: Job[],
  concurrency = 4,
  abortAt = Number.POSITIVE_INFINITY,
  split = (all: Job[]): Job[][] => [all],
) {
  let time = 0;
  const timers: { at: number; done: () => void }[] = [];
  const abort = new AbortController();
  setMaxListeners(0, abort.signal);
  const sleep = (ms: number) =>
    new Promise<void>((done) => {
      timers.push({ at: time + ms, done });
      abort.signal.addEventListener('abort', () => done());
    });
  const schedule = createSchedule(concurrency, {
    now: () => NOW + time,
    clock: () => time,
    sleep,
    signal: abort.signal,
  });
  const started: { name: string; at: number }[] = [];
  const refused: { name: string; reason: string }[] = [];
  const active = new Map<string, number>();
  let most = 0;
  let over = false;
  const work: Work<Job> = {
    placeOf: (j) => ({ host: j.host ?? 'h', lane: j.lane ?? '' }),
    work: async (j, note) => {
      const host = j.host ?? 'h';
      started.push({ name: j.name, at: time });
      active.set(host, (active.get(host) ?? 0) + 1);
      most = Math.max(most, active.get(host) ?? 0);
      if (!abort.signal.aborted) await sleep(j.takes ?? 100);
      active.set(host, (active.get(host) ?? 0) - 1);
      note(seen({ status: 200, ...j.answer }));
    },
    refuse: (j, reason) => refused.push({ name: j.name, reason }),
  };
  const run = Promise.all(split(jobs).map((list) => schedule(list, work))).then(() => {
    over = true;
  });
  for (let guard = 0; !over; guard += 1) {
    if (guard > 20_000) throw new Error(`${started.length} of ${jobs.length} jobs were started, and no more`);
    await new Promise((done) => setImmediate(done));
    if (over) break;
    timers.sort((a, b) => a.at - b.at);
    const next = timers.shift();
    if (!next) continue;
    time = Math.max(time, next.at);
    if (time >= abortAt) abort.abort('SIGINT');
    next.done();
  }
  await run;
  return { started, refused, most, time };
}

const many = (n: number, more: Partial<Job> = {}): Job[] =>
  Array.from({ length: n }, (_, i) => ({ ...more, name: `${more.name ?? 'j'}${i}` }));

describe('the schedule', () => {
  it('keeps to the concurrency of each host, and hosts do not wait for each other', async () => {
    const { started, most, time } = await play([
      ...many(20, { host: 'a' }),
      ...many(20, { host: 'b', name: 'k' }),
    ]);
    expect(started).toHaveLength(40);
    expect(most).toBe(4);
    // Five rounds of 100 ms, and the spacing of the first starts.
    expect(time).toBeLessThan(700);
  });

  it.each([1, 4])('lists of jobs beside each other share a host: %i at once', async (concurrency) => {
    const odd = (_: Job, i: number) => i % 2 === 1;
    const { started, most } = await play(many(20), concurrency, undefined, (all) => [
      all.filter(odd),
      all.filter((j, i) => !odd(j, i)),
    ]);
    expect(started).toHaveLength(20);
    expect(most).toBe(concurrency);
  });

  it('keeps the order of the plan', async () => {
    const { started } = await play(many(9), 1);
    expect(started.map((s) => s.name)).toEqual(many(9).map((j) => j.name));
  });

  it('does not let requests leave in a burst', async () => {
    const { started } = await play(many(4));
    const gaps = started.slice(1).map((s, i) => s.at - (started[i]?.at ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThan(0);
  });

  it('waits for the lane that said 429, and lets the others go on', async () => {
    const told = { status: 429, provider: 'novita', headers: { 'retry-after': '30' } };
    const { started } = await play(
      [
        { name: 'throttled', lane: 'novita', answer: told },
        ...many(3, { name: 'novita', lane: 'novita' }),
        ...many(8, { name: 'other', lane: 'groq' }),
      ],
      1,
    );
    const at = (name: string) => started.find((s) => s.name === name)?.at ?? Number.NaN;
    expect(at('novita0')).toBeGreaterThanOrEqual(30_000);
    expect(at('other7')).toBeLessThan(2_000);
  });

  it('waits with all lanes where the host itself says 429', async () => {
    const answer = { status: 429, provider: null, headers: { 'retry-after': '30' } };
    const { started } = await play([{ name: 'throttled', lane: 'a', answer }, ...many(3, { lane: 'b' })], 1);
    expect(Math.min(...started.slice(1).map((s) => s.at))).toBeGreaterThanOrEqual(30_000);
  });

  it('a model that loads holds up nobody', async () => {
    const body = { ...seen({}).body, estimatedTime: 20 };
    const answer = { status: 503, body, headers: { 'retry-after': '30' } };
    const { started, time } = await play([{ name: 'loads', answer }, ...many(20)], 4);
    expect(started).toHaveLength(21);
    expect(time).toBeLessThan(2_000);
  });

  it('a hostile waiting time holds nobody up', async () => {
    const answer = { status: 429, headers: { 'retry-after': '999999999' } };
    const { started, time } = await play(many(5, { answer }));
    expect(started).toHaveLength(5);
    expect(time).toBeLessThan(10_000);
  });

  it('stops asking a host that cannot be reached, and only that one', async () => {
    const { started, refused } = await play([
      ...many(30, { name: 'dead', host: 'dead', answer: { status: null, error: 'net.refused' } }),
      ...many(10, { name: 'fine', host: 'fine' }),
    ]);
    const dead = started.filter((s) => s.name.startsWith('dead')).length;
    expect(dead).toBeGreaterThanOrEqual(5);
    expect(dead).toBeLessThanOrEqual(8);
    expect(refused).toHaveLength(30 - dead);
    expect(refused[0]?.reason).toContain('net.refused');
    expect(started.filter((s) => s.name.startsWith('fine'))).toHaveLength(10);
  });

  it.each(['net.deadline', 'net.reset', 'net.stalled', 'dns.not-found'] as const)(
    '%s is not a host out of reach',
    async (error) => {
      const { refused } = await play(many(20, { answer: { status: null, error } }));
      expect(refused).toEqual([]);
    },
  );

  it('a stop ends the waiting at once, and every job is told', async () => {
    const told = { status: 429, headers: { 'retry-after': '50' } };
    const { started, time } = await play(many(50, { answer: told }), 2, 60);
    expect(started).toHaveLength(50);
    expect(time).toBeLessThan(1_000);
  });
});

describe('the pace of a host', () => {
  it('halves on 429, 503 and a host out of reach, and grows back one by one', () => {
    let pace = startPace(8);
    pace = paceAfter(pace, seen({ status: 429 }));
    expect(pace.limit).toBe(4);
    pace = paceAfter(pace, seen({ status: 503 }));
    expect(pace.limit).toBe(2);
    pace = paceAfter(pace, seen({ status: null, error: 'net.connect-timeout' }));
    expect(pace.limit).toBe(1);
    pace = paceAfter(pace, seen({ status: 429 }));
    expect(pace.limit).toBe(1);
    for (let i = 0; i < 100; i += 1) pace = paceAfter(pace, seen({ status: 200 }));
    expect(pace.limit).toBe(8);
  });

  it('a fault of the model does not slow it down', () => {
    for (const status of [400, 401, 404, 410, 422, 500, 502])
      expect(paceAfter(startPace(8), seen({ status })).limit).toBe(8);
  });

  it.each<[string, Partial<Observation>, number]>([
    ['a good answer', { status: 200 }, 0],
    [
      'a good answer that used the bucket up',
      { status: 200, headers: { ratelimit: '"api";r=0;t=9' } },
      9_000,
    ],
    ['429 without a word', { status: 429 }, 1_000],
    ['429 with a word', { status: 429, headers: { 'retry-after': '3' } }, 3_000],
    ['429 for an hour', { status: 429, headers: { 'retry-after': '3600' } }, 0],
    ['503 with a word', { status: 503, headers: { 'retry-after': '3' } }, 3_000],
    ['503 without a word', { status: 503 }, 0],
    ['500 with a word', { status: 500, headers: { 'retry-after': '3' } }, 0],
  ])('pauses after %s', (_, answer, ms) => {
    expect(pauseAfter(seen(answer), NOW)).toBe(ms);
  });
});
