import { describe, expect, it } from 'vitest';
import type { Cell, Report } from '../../src/report/model.js';
import { cell, DOWN, finding, flat, REACHED, report, shown, skipped } from './support.js';

/* What the sentences of the human view say, and what they must not. */

describe('the headline', () => {
  const failing = { exitCode: 1, findings: [finding()] };
  it.each<[string, Cell[], Partial<Report>]>([
    ['The model can be used.', [cell('a/a', 'router')], {}],
    ['Both models can be used.', [cell('a/a', 'router'), cell('b/b', 'router')], {}],
    [
      'All 3 models can be used or reached: 1 answered; 2 were reached, nothing was generated.',
      [cell('a/a', 'router'), cell('b/b', 'x', REACHED), cell('c/c', 'x', REACHED)],
      {},
    ],
    [
      'All 3 models can be reached with this token. Nothing was generated',
      ['a/a', 'b/b', 'c/c'].map((m) => cell(m, 'x', REACHED)),
      {},
    ],
    // At depth auth something was generated all the same.
    ['The model can be used.', [cell('a/a', 'x', { depth: 'auth' })], {}],
    ['Neither model can be used.', [cell('a/a', 'router', DOWN), cell('b/b', 'router', DOWN)], failing],
    ['None of the 3 models can be used.', ['a/a', 'b/b', 'c/c'].map((m) => cell(m, 'x', DOWN)), failing],
    ['The model cannot be used.', [cell('a/a', 'router', DOWN)], failing],
    ['1 of 2 models cannot be used.', [cell('a/a', 'router', DOWN), cell('b/b', 'x', REACHED)], failing],
  ])('%s', (text, cells, more) => {
    expect(flat(report(cells, more))).toContain(` ${text}`);
  });

  it('stands there too where a limit left something out', () => {
    const left = skipped('--max-requests 12 would be passed');
    const cells = [
      cell('a/a', 'router'),
      cell('b/b', 'router'),
      cell('b/b', 'x', { ...left, unfinished: true }),
    ];
    expect(flat(report(cells, { complete: false }))).toMatch(
      /Both models can be used\. – not asked: --max-requests 12 would be passed \(1\) A limit of the run left/,
    );
  });
});

it('a dash has its reason, also where all is well', () => {
  const cells = [
    cell('a/a:fastest', 'legacy', skipped('this route takes no suffix')),
    cell('a/a:fastest', 'router'),
  ];
  expect(flat(report(cells))).toContain('– not asked: this route takes no suffix (1)');
});

it('what is not clear and is explained by no finding has its reason', () => {
  const odd = { outcome: 'unknown' as const, status: 422, reason: 'refused in words that tell nothing' };
  const text = flat(report([cell('a/a', 'router'), cell('a/a', 'x', odd)]));
  expect(text).toContain('? not clear: refused in words that tell nothing (1)');
  const told = { ...odd, rule: 'provider-outage' as const };
  expect(flat(report([cell('a/a', 'router'), cell('a/a', 'x', told)]))).not.toContain('not clear');
});

it('a time that was taken by a busy machine is marked, and the mark explained once', () => {
  const text = flat(report([cell('a/a', 'router', { suspect: true }), cell('b/b', 'router')]));
  expect(text).toMatch(/✔ ~12 ms.*✔ 12 ms.*~ this machine was busy meanwhile: [^(]*\(1\)/);
  expect(flat(report([cell('a/a', 'router')]))).not.toContain('busy');
});

describe('without credits', () => {
  const stopped = skipped('stopped: no credits left, or a spending limit was reached');
  const refused = { status: 402, outcome: 'fault' as const, rule: 'credits-exhausted' as const };
  const cells = [
    cell('a/a', 'router', stopped),
    cell('b/b', 'router', refused),
    cell('b/b', 'provider:with-a-long-name-that-does-not-fit', stopped),
  ];
  const broke = report(cells, {
    exitCode: 1,
    findings: [finding({ rule: 'credits-exhausted', blame: 'account', models: ['b/b'], cells: [1] })],
  });

  it('all models are marked alike, whichever met the refusal', () => {
    const lines = shown(broke, 40).split('\n');
    expect(lines).toContain('a/a (no credits)');
    expect(lines).toContain('b/b (no credits)');
    expect(lines.filter((l) => l.includes('– no credits'))).toHaveLength(2);
    expect(shown(broke, 200)).toMatch(/a\/a +– no credits/);
  });

  it('the account is said once, not the models one by one', () => {
    expect(flat(broke)).toContain('No model can be used until the account can pay again.');
    expect(flat(broke)).not.toMatch(/Not checked|cannot be used/);
  });
});

it('what the end of the run cut off bears no rule', () => {
  const cut = { status: null, error: 'run.cancelled', outcome: 'unknown', rule: 'unclassified' } as const;
  const cells = [cell('a/a', 'router', cut), cell('a/a', 'provider:with-a-name-that-does-not-fit', DOWN)];
  const text = shown(report(cells, { complete: false, exitCode: 130 }), 40);
  expect(text).toContain('? stopped\n');
  expect(text).toContain('provider-outage\n');
  expect(text).toContain('Stopped early');
});

describe('the command for code that falls over', () => {
  const dead = (id: string) => cell(id, 'router', DOWN);
  const withInstead = (ids: string[], task = 'conversational') => {
    const cells = [...ids.map(dead), cell('z/z', 'router')];
    const made = report(cells, { exitCode: 1, findings: [finding()] });
    return {
      ...made,
      models: made.models.map((m) => ({ ...m, task })),
      alternatives: ids.map((model) => ({
        model,
        instead: { model: 'z/z', route: 'router' },
        provenBy: ids.length,
      })),
    };
  };

  it('names the models of the run', () => {
    expect(shown(withInstead(['a/a', 'b/b']))).toContain('hf-doctor fallback a/a z/z b/b\n');
  });

  it('stays short and on one line where there are many', () => {
    const ids = Array.from({ length: 30 }, (_, i) => `organisation-${i}/a-model-with-a-long-name-${i}`);
    const line = shown(withInstead(ids), 60)
      .split('\n')
      .find((l) => l.includes('hf-doctor fallback'));
    expect(line?.trim().split(' ')).toHaveLength(5);
  });

  it('is not given for what is no chat model: a chain has no place for it', () => {
    const text = shown(withInstead(['a/a'], 'feature-extraction'));
    expect(text).toContain('What answers instead');
    expect(text).not.toContain('hf-doctor fallback');
  });
});

it('the first step has its command where that is short', () => {
  const fix = (commands: string[]) => ({ text: 'Look the name up.', commands, links: [] });
  const next = (commands: string[]) =>
    flat(
      report([cell('a/a', 'router', DOWN)], { exitCode: 1, findings: [finding({ fixes: [fix(commands)] })] }),
    );
  expect(next(['nslookup h.test'])).toContain('Next: Look the name up: nslookup h.test');
  expect(next([])).toContain('Next: Look the name up. Exit code');
  expect(next(['one', 'two'])).toContain('Next: Look the name up. Exit code');
  expect(next([`curl ${'x'.repeat(100)}`])).toContain('Next: Look the name up. Exit code');
});

it('a model that answers at the gateway alone is said to', () => {
  const cells = [cell('a/a', 'gateway'), cell('a/a', 'router', { ...DOWN, status: 401 })];
  expect(flat(report(cells, { exitCode: 1, findings: [finding({ blame: 'token' })] }))).toContain(
    'The model can be used through the gateway only.',
  );
  expect(flat(report([cell('a/a', 'gateway')]))).toContain('The model can be used.');
});

it('the next step says for which model, where several failed', () => {
  const fixes = [{ text: 'Use c/c instead.', commands: [], links: [] }];
  const cells = ['a/a', 'b/b'].map((m) => cell(m, 'router', DOWN));
  const first = finding({ models: ['a/a'], fixes });
  const next = (...findings: Report['findings']) => flat(report(cells, { exitCode: 1, findings }));
  expect(next(first, finding({ models: ['b/b'] }))).toContain('Next: for a/a: Use c/c instead.');
  expect(next(first)).toContain('Next: Use c/c instead.');
  expect(next(finding({ ...first, blame: 'token' }), finding({ models: ['b/b'] }))).toContain(
    'Next: Use c/c',
  );
});
