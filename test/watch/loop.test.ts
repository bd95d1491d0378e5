import { describe, expect, it } from 'vitest';
import type { Report } from '../../src/report/model.js';
import type { EndEvent, WatchEvent } from '../../src/watch/events.js';
import { type WatchOptions, watch } from '../../src/watch/loop.js';
import { cell, DOWN, report } from './support.js';

const OK = report([cell('a/b', 'router')]);
const FAULT = report([cell('a/b', 'router', DOWN)]);
const LIMIT = report([cell('a/b', 'router', { ...DOWN, status: 429, rule: 'rate-limited' })]);
const NOTHING = { ...report([cell('a/b', 'router', { outcome: 'unknown', status: null })]), exitCode: 3 };
const CRASH = new TypeError('of our own');

type Step = Report | Error;

/** Plays these rounds, then the last one for ever; time passes only by sleeping. */
async function play(
  steps: readonly Step[],
  options: Partial<WatchOptions> = {},
  more: {
    stopAfter?: number;
    stopInRound?: number;
    say?: (n: number) => 'written' | 'closed' | 'failed';
  } = {},
) {
  const said: WatchEvent[] = [];
  const waits: number[] = [];
  const budgets: number[] = [];
  let now = Date.parse('2026-11-21T09:00:00Z');
  const code = await watch(
    { everyMs: 60_000, until: null, rounds: null, maxUsd: 1, ...options },
    {
      check: async (round, usd) => {
        if (round > 50) throw new Error('the watch does not end');
        budgets.push(usd);
        const step = steps[Math.min(round, steps.length) - 1] as Step;
        if (step instanceof Error) throw step;
        return step;
      },
      say: async (event) => {
        said.push(event);
        return more.say?.(said.length) ?? 'written';
      },
      now: () => now,
      random: () => 0.5,
      sleep: async (ms) => {
        waits.push(ms);
        now += ms;
      },
      stopped: () => {
        const interrupted =
          waits.length >= (more.stopAfter ?? Infinity) || budgets.length >= (more.stopInRound ?? Infinity);
        return interrupted || waits.length > 45 ? 130 : null;
      },
    },
  );
  const types = said.map((e) => e.type).join(' ');
  return { code, said, waits, budgets, types, end: said.at(-1) as EndEvent };
}

describe('a watch', () => {
  it('says the first state whole, then changes only', async () => {
    const { code, types, said, waits } = await play([FAULT, FAULT, OK, FAULT], { rounds: 4 });
    expect(types).toBe('report round round change round change round end');
    expect(said[3]).toEqual({
      ...{ schemaVersion: 1, type: 'change', at: '2026-11-21T09:02:00.000Z', model: 'a/b', route: 'router' },
      from: { outcome: 'fault', rule: 'provider-outage', status: 500, error: null },
      to: { outcome: 'ok', rule: null, status: 200, error: null },
    });
    expect(code).toBe(1);
    expect(waits).toEqual([60_000, 60_000, 60_000]);
  });

  it.each([
    ['ok at once', [OK], { until: 'ok' }, 0, 1, 'ok'],
    ['ok in the end', [FAULT, FAULT, OK], { until: 'ok' }, 0, 3, 'ok'],
    ['ok, but not within these rounds', [FAULT], { until: 'ok', rounds: 5 }, 1, 5, 'rounds'],
    ['a change for the better', [FAULT, FAULT, OK], { until: 'change' }, 0, 3, 'change'],
    ['a change for the worse', [OK, FAULT], { until: 'change' }, 1, 2, 'change'],
    ['a change, not our own fault', [OK, CRASH, OK, FAULT], { until: 'change' }, 1, 4, 'change'],
    ['rounds', [OK], { rounds: 1 }, 0, 1, 'rounds'],
    ['nothing reached is a round as any', [NOTHING], { rounds: 2 }, 3, 2, 'rounds'],
    ['our own fault in the last round', [OK, CRASH], { rounds: 2 }, 4, 2, 'rounds'],
  ] as const)('ends: %s', async (_, steps, options, code, rounds, why) => {
    const { code: exit, end, waits } = await play(steps, options);
    expect(exit).toBe(code);
    expect(end).toMatchObject({ type: 'end', why, rounds, exitCode: code });
    expect(waits).toHaveLength(rounds - 1);
  });

  it('waits longer while a limit is met, and as before after a good round', async () => {
    const { waits } = await play([FAULT, LIMIT, LIMIT, LIMIT, OK, OK], { rounds: 7 });
    expect(waits).toEqual([60_000, 120_000, 240_000, 480_000, 60_000, 60_000]);
  });

  it('says a longer pause before it, with its reason', async () => {
    const { said, waits } = await play([LIMIT, LIMIT, OK, OK], { rounds: 4 });
    expect(waits).toEqual([120_000, 240_000, 60_000]);
    expect(said.filter((e) => e.type === 'wait')).toMatchObject([
      { rule: 'rate-limited', ms: 120_000, at: '2026-11-21T09:00:00.000Z', next: '2026-11-21T09:02:00.000Z' },
      { rule: 'rate-limited', ms: 240_000, next: '2026-11-21T09:06:00.000Z' },
    ]);
    // After the last round there is no pause.
    expect((await play([LIMIT], { rounds: 1 })).types).toBe('report round end');
  });

  it('counts what was only reached', async () => {
    const reached = report([cell('a/b', 'router'), cell('a/picture', 'provider:x', { depth: 'auth' })]);
    const { said, end } = await play([reached], { rounds: 1 });
    expect(said[1]).toMatchObject({ type: 'round', usable: 2, reached: 1, models: 2 });
    expect(end).toMatchObject({ usable: 2, reached: 1, models: 2 });
  });

  it('never costs more than all rounds together may', async () => {
    const { code, budgets, end } = await play([FAULT], { maxUsd: 0.0035 });
    expect(budgets).toEqual([0.0035, 0.0025, 0.0015]);
    expect(end).toMatchObject({ why: 'cost', rounds: 3, exitCode: 1, maxCost: 0.0035 });
    expect(end.cost).toBeCloseTo(0.003, 9);
    expect(code).toBe(1);
    expect((await play([FAULT], { maxUsd: 0.003 })).end).toMatchObject({ why: 'cost', rounds: 3 });
  });

  it('ends after a round that did not fit into --max-cost, and says so', async () => {
    const skip = { outcome: 'skipped', status: null, unfinished: true } as const;
    const reason = '--max-cost 0.0001 would be passed';
    const cut = { ...report([cell('a/b', 'router', { ...skip, reason })]), exitCode: 3 };
    const free = { ...cut, cost: { ...cut.cost, planned: { requests: 1, billable: 0, usd: 0 } } };
    const { end, types } = await play([free], { maxUsd: 0.0001 });
    expect(types).toBe('report round end');
    expect(end).toMatchObject({ why: 'cost', rounds: 1, exitCode: 3, limit: '--max-cost would be passed' });
  });

  it('ends at --max-cost also where something else kept the first way from being asked', async () => {
    const skip = { outcome: 'skipped', status: null, unfinished: true } as const;
    const cells = [
      cell('a/b', 'provider:x', { ...skip, reason: 'the mapping could not be read' }),
      cell('a/b', 'router', { ...skip, reason: '--max-cost 0.0001 would be passed' }),
    ];
    const cut = report(cells, { cost: { ...OK.cost, planned: { requests: 1, billable: 0, usd: 0 } } });
    const { end } = await play([cut], { maxUsd: 0.0001 });
    expect(end).toMatchObject({ why: 'cost', rounds: 1, limit: '--max-cost would be passed' });
  });

  it('a limit is not a missing network', async () => {
    const reason = '--max-requests 1 would be passed';
    const cut = report([cell('a/b', 'router', { outcome: 'skipped', unfinished: true, reason })]);
    const { types, end } = await play([{ ...cut, exitCode: 3 }], { rounds: 4 });
    expect(types).not.toContain('unreached');
    expect(end).toMatchObject({ why: 'rounds', limit: reason });
  });

  it('may cost exactly as much as is allowed, although sums of prices are not exact', async () => {
    const tenth = { ...FAULT, cost: { ...FAULT.cost, planned: { requests: 2, billable: 2, usd: 0.1 } } };
    expect(0.1 + 0.1 + 0.1).toBeGreaterThan(0.3);
    expect((await play([tenth], { maxUsd: 0.3 })).end).toMatchObject({ why: 'cost', rounds: 3 });
  });

  it('rounds that cost nothing do not use up what may be spent', async () => {
    const free = {
      ...FAULT,
      cost: { ...FAULT.cost, measured: { requests: 2, billable: 0, usd: 0 } },
    };
    const { end, budgets } = await play([free], { maxUsd: 0.0015, rounds: 9 });
    expect(end).toMatchObject({ why: 'rounds', rounds: 9, cost: 0 });
    expect(new Set(budgets)).toEqual(new Set([0.0015]));
    // A round that does not fit into the limit is not begun, whatever the last one cost.
    expect((await play([free], { maxUsd: 0.0005 })).end).toMatchObject({ why: 'cost', rounds: 1, cost: 0 });
  });

  it('a round that failed counts as much as the last one', async () => {
    const { end } = await play([OK, CRASH], { maxUsd: 0.005 });
    expect(end).toMatchObject({ why: 'cost', rounds: 5 });
  });

  it('goes on after a fault of its own, and says it', async () => {
    const { said, code } = await play([CRASH, FAULT, CRASH, FAULT], { rounds: 4 });
    const rounds = said.filter((e) => e.type === 'round');
    expect(rounds.map((r) => [r.exitCode, r.fault, r.usable])).toEqual([
      [4, 'TypeError', null],
      [1, null, 0],
      [4, 'TypeError', null],
      [1, null, 0],
    ]);
    expect(said.filter((e) => e.type === 'change')).toEqual([]);
    expect(rounds.every((r) => r.before === null)).toBe(true);
    expect(code).toBe(1);
  });

  it('says once that nothing is reached, and again after something was', async () => {
    const { said } = await play([...Array(5).fill(NOTHING), OK, NOTHING, NOTHING, NOTHING], { rounds: 9 });
    expect(said.flatMap((e, i) => (e.type === 'unreached' ? [said[i - 1]] : []))).toMatchObject([
      { round: 3 },
      { round: 9 },
    ]);
  });

  it('is stopped while it waits: the last state is said', async () => {
    const { code, end } = await play([OK, FAULT], {}, { stopAfter: 2 });
    expect(code).toBe(130);
    expect(end).toMatchObject({ why: 'interrupted', exitCode: 130, rounds: 2, usable: 0, models: 1 });
  });

  it('is stopped in a round: what that round saw is no state', async () => {
    const { code, types, end } = await play([OK, FAULT], {}, { stopInRound: 2 });
    expect(code).toBe(130);
    expect(types).toBe('report round end');
    expect(end).toMatchObject({ rounds: 1, usable: 1 });
    expect((await play([OK], {}, { stopInRound: 1 })).end).toMatchObject({ rounds: 0, usable: null });
  });

  it.each([
    ['closed', 1],
    ['failed', 4],
  ] as const)('ends when its output is %s', async (state, code) => {
    const { code: exit, said } = await play([FAULT], {}, { say: (n) => (n === 3 ? state : 'written') });
    expect(exit).toBe(code);
    expect(said).toHaveLength(3);
  });

  it('a verdict that changes without any way is a change', async () => {
    const { end, said } = await play([OK, { ...OK, exitCode: 1 }], { until: 'change' });
    expect(end).toMatchObject({ why: 'change', rounds: 2, exitCode: 1 });
    expect(said.at(-2)).toMatchObject({ type: 'round', before: 0, exitCode: 1 });
  });
});
