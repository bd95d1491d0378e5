import { describe, expect, it } from 'vitest';
import { makeLook } from '../../src/render/look.js';
import type { Safe } from '../../src/safety/safe.js';
import type { EndEvent, RoundEvent, WatchEvent } from '../../src/watch/events.js';
import { tell } from '../../src/watch/text.js';
import { cell, DOWN, finding, report } from './support.js';

const LOOK = makeLook({ flag: false, env: {}, isTTY: false, columns: 100 });
const AT = { schemaVersion: 1, at: '2026-11-21T09:00:12.345Z' } as const;
const told = (event: object) => tell({ ...AT, ...event } as Safe<WatchEvent>, LOOK);
const lines = (event: object) => told(event)?.text.trimEnd().split('\n');

describe('the first state is one line a model', () => {
  const states = (r: ReturnType<typeof report>) => lines({ type: 'report', report: r });

  it('with the verdict and the route', () => {
    const r = report([
      cell('Qwen/Qwen2.5-72B-Instruct', 'router', DOWN),
      cell('Qwen/Qwen2.5-72B-Instruct', 'provider:novita', DOWN),
      cell('a/b', 'router'),
      cell('a/b:novita', 'router:novita', { ...DOWN, rule: 'wrong-provider-suffix' }),
      cell('a/b:novita', 'router:novita', { ...DOWN, rule: 'wrong-provider-suffix', control: true }),
    ]);
    expect(states(r)).toEqual([
      '✖ Qwen/Qwen2.5-72B-Instruct  not usable; provider-outage on router, novita',
      '✔ a/b                        usable on router',
      '✖ a/b:novita                 not usable; wrong-provider-suffix on :novita',
    ]);
  });

  it('of a model that works although a way is down', () => {
    const r = report([cell('a/b', 'router'), cell('a/b', 'provider:x', DOWN)]);
    expect(states(r)).toEqual(['✔ a/b  usable on router; provider-outage on x']);
  });

  it('without the fault of the same model with another suffix', () => {
    const r = report([
      cell('a/b:pro', 'router:pro', { ...DOWN, rule: 'wrong-provider-suffix' }),
      cell('a/b', 'router'),
    ]);
    const findings = r.findings.map((f) => ({ ...f, models: ['a/b'] }));
    expect(states({ ...r, findings })).toEqual([
      '✖ a/b:pro  not usable; wrong-provider-suffix on :pro',
      '✔ a/b      usable on router',
    ]);
    // A finding of the model itself is told of both.
    const gated = [finding('model-gated', { models: ['a/b'] })];
    expect(states({ ...r, findings: gated })?.every((t) => t.includes('model-gated'))).toBe(true);
  });

  it('says that a model was only reached', () => {
    const r = report([cell('a/picture', 'provider:fal-ai', { depth: 'auth' })]);
    expect(states(r)).toEqual(['✔ a/picture  reached on fal-ai']);
  });

  it('with a fault that points at no route', () => {
    const r = report([cell('a/b', 'router', { outcome: 'skipped', status: null })]);
    const missing = finding('token-missing', { blame: 'token', models: ['c/d'] });
    expect(states({ ...r, findings: [missing] })).toEqual(['✖ a/b  not usable; token-missing']);
    expect(states({ ...r, findings: [finding('model-gated', { models: ['c/d'] })] })).toEqual([
      '✖ a/b  not usable',
    ]);
    const limit = '--max-cost 0.01 would be passed';
    const cut = report([
      cell('a/b', 'hf-inference', { outcome: 'skipped', status: null, reason: 'not in the mapping' }),
      cell('a/b', 'router', { outcome: 'skipped', status: null, reason: limit, unfinished: true }),
    ]);
    const left = cut.models.map((m) => ({ ...m, checked: false }));
    expect(states({ ...cut, models: left })).toEqual([`? a/b  not known; ${limit}`]);
    const unknown = r.models.map((m) => ({ ...m, checked: false }));
    expect(states({ ...r, models: unknown })).toEqual(['? a/b  not known']);
  });

  it('of many models fits on a screen', () => {
    const many = report(Array.from({ length: 60 }, (_, i) => cell(`a/${i}`, 'router')));
    expect(states(many)).toHaveLength(41);
    expect(states(many)?.at(-1)).toBe('and 20 more models');
  });

  it('without models says why', () => {
    const r = { ...report([]), findings: [finding('dns-failure')] };
    expect(states(r)).toEqual(['No model could be checked: dns-failure.']);
  });
});

describe('a change is one line', () => {
  const state = (outcome: string, more: object = {}) => ({
    ...{ outcome, rule: null, status: null, error: null },
    ...more,
  });
  it.each([
    [
      state('fault', { status: 500, rule: 'provider-outage' }),
      state('ok', { status: 200 }),
      '500 provider-outage -> ok',
    ],
    [null, state('ok'), 'new -> ok'],
    [
      state('ok'),
      state('unknown', { error: 'net.reset', rule: 'dns-failure' }),
      'ok -> net.reset dns-failure',
    ],
    [state('ok'), state('skipped'), 'ok -> not asked'],
    [
      state('skipped', { listed: 'live' }),
      state('skipped', { listed: 'error' }),
      'listed as live -> listed as error',
    ],
    [state('ok', { rule: 'slow' }), state('unknown'), 'ok, slow -> no answer'],
    [
      state('fault', { status: 500, rule: 'provider-outage' }),
      state('flaky', { status: 500, rule: 'flaky', reason: 'first 500, then 200' }),
      '500 provider-outage -> flaky (500, then 200)',
    ],
    [
      state('flaky', { error: 'net.reset', rule: 'timeout', reason: 'first net.reset, then 200' }),
      state('ok'),
      'flaky, timeout (net.reset, then 200) -> ok',
    ],
    [state('flaky', { status: 502, rule: 'flaky' }), state('flaky'), 'flaky (502) -> flaky'],
  ])('%#', (from, to, text) => {
    const change = { type: 'change', model: 'a/b', route: 'provider:novita', from, to };
    expect(told(change)).toEqual({
      text: `2026-11-21T09:00:12Z  a/b  novita  ${text}\n`,
      aside: false,
    });
  });
});

describe('beside the changes', () => {
  const round: Partial<RoundEvent> = {
    ...{ type: 'round', round: 7, exitCode: 1, before: null, usable: 1, models: 2, cost: 0, findings: [] },
    ...{ limit: null, fault: null },
  };
  it('a round without news is not said', () => {
    expect(told(round)).toBeNull();
  });

  it('a verdict that turned is', () => {
    expect(lines({ ...round, before: 0 })).toEqual([
      '2026-11-21T09:00:12Z  exit code 0 -> 1: 1 of 2 models usable',
    ]);
  });

  it('our own fault and a missing network are notes', () => {
    expect(told({ ...round, fault: 'TypeError' })).toMatchObject({
      aside: true,
      text: expect.stringContaining('Round 7 failed because of a fault of hf-doctor itself (TypeError)'),
    });
    expect(told({ type: 'unreached', rounds: 3 })).toMatchObject({ aside: true });
  });

  it.each([
    ['Add credits.', 600_000, 'in about 10 minutes, at 09:10 UTC. Do now: Add credits.'],
    [null, 60_000, 'in about 1 minute, at 09:10 UTC.'],
  ])('a longer pause, why, and what to do: %s', (todo, ms, says) => {
    const next = '2026-11-21T09:10:12.000Z';
    expect(told({ type: 'wait', rule: null, title: 'No credits', todo, ms, next })).toEqual({
      text: `No credits. To ask more often cannot help: the next round is ${says}\n`,
      aside: true,
    });
  });

  const end: Partial<EndEvent> = {
    ...{ type: 'end', exitCode: 1, rounds: 12, usable: 1, models: 3, cost: 0.0099, maxCost: 0.01 },
    limit: null,
  };
  it.each([
    ['ok', { exitCode: 0, usable: 3, rounds: 1 }, '3 of 3 models usable, after 1 round. Exit code 0.'],
    [
      'rounds',
      { usable: 3, reached: 2 },
      '12 rounds done. Last state: 3 of 3 models usable (2 only reached: nothing was generated). Exit code 1.',
    ],
    ['change', {}, 'Changed, in round 12. Last state: 1 of 3 models usable. Exit code 1.'],
    ['rounds', {}, '12 rounds done. Last state: 1 of 3 models usable. Exit code 1.'],
    [
      'interrupted',
      { exitCode: 130 },
      'Stopped after 12 rounds. Last state: 1 of 3 models usable. Exit code 130.',
    ],
    [
      'interrupted',
      { exitCode: 130, rounds: 0, models: null },
      'Stopped after 0 rounds. No round was completed. Exit code 130.',
    ],
    [
      'rounds',
      { rounds: 1, limit: '--max-requests 1 would be passed' },
      '1 round done. Last state: 1 of 3 models usable. Not all was asked: --max-requests 1 would be passed. Exit code 1.',
    ],
    [
      'cost',
      { limit: '--max-cost would be passed' },
      'Stopped before --max-cost 0.01 would be passed: 12 rounds may have cost $0.01. Last state: 1 of 3 models usable. Exit code 1.',
    ],
  ] as const)('the end: %s %#', (why, more, text) => {
    expect(lines({ ...end, why, ...more })).toEqual([`2026-11-21T09:00:12Z  ${text}`]);
  });
});
