import { randomInt } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { RENDERERS } from '../../src/render/index.js';
import { canariesOf, secretsOf } from './canaries.js';
import { type Failure, runCase } from './case.js';
import { closeGround, makeGround } from './ground.js';
import {
  formatsWithoutJudge,
  history,
  humanText,
  jsonDocument,
  judged,
  leakJudge,
  prototypes,
  reportDocument,
  reportLines,
} from './judges.js';
import { lookAtOwnTexts } from './own.js';
import { chanceOf } from './random.js';

const COUNT = 150;

describe('whatever servers answer', () => {
  it('a run ends, and everything that is printed of it is harmless', async () => {
    const seed = randomInt(2 ** 31);
    console.log(`fuzz: seed ${seed}`);
    const ground = makeGround(seed);
    const failures: (Failure & { again: string })[] = [];
    let answers = 0;
    for (let k = 0; answers < COUNT && failures.length === 0; k++) {
      const seen = await runCase(k, ground);
      answers += seen.answers;
      const again = `npm run fuzz -- --seed ${seed} --only ${k}`;
      failures.push(...seen.failures.map((failure) => ({ ...failure, again })));
    }
    closeGround(ground);
    expect(failures).toEqual([]);
    expect(answers).toBeGreaterThanOrEqual(COUNT);
  });

  it('the same seed plays the same', () => {
    const numbers = (...labels: (string | number)[]) => {
      const chance = chanceOf(...labels);
      return Array.from({ length: 20 }, () => chance.next());
    };
    expect(numbers(1, 2, 'x')).toEqual(numbers(1, 2, 'x'));
    expect(numbers(1, 2, 'x')).not.toEqual(numbers(1, 2, 'y'));
    expect(canariesOf(1)).toEqual(canariesOf(1));
    expect(secretsOf(canariesOf(1))).not.toEqual(secretsOf(canariesOf(2)));
  });

  it('our own texts are harmless as well', () => {
    expect(lookAtOwnTexts()).toEqual([]);
  });
});

describe('the judges', () => {
  const { token, person } = canariesOf(1);
  const leakIn = leakJudge([token, ...person]);
  const faults = (text: string, colours = false) =>
    judged({ name: 'a text', text, colours, judge: () => null }, leakIn).map(({ fault }) => fault);

  it('let a good text pass, also with our colours', () => {
    expect(faults('all is well\n')).toEqual([]);
    expect(faults('\x1b[1m\x1b[31mno\x1b[39m\x1b[22m ✔\n', true)).toEqual([]);
  });

  it.each([
    ['leak', `is ${token}\n`],
    ['leak', `is ${token.slice(8, 15)}\n`],
    ['leak', `is ${token.slice(0, 9)}\n  ${token.slice(9)}\n`],
    ['leak', `is ${Buffer.from(token).toString('base64')}\n`],
    ['leak', `is ${person[0]}\n`],
    ['unsafe byte', 'no \x1b[2J\n'],
    ['unsafe byte', 'no \x1b[31m colour was asked for\n'],
    ['unsafe byte', 'no \u202e\n'],
    ['runner command', 'no\n  ::error::x\n'],
    ['runner command', 'no ##[add-mask]x\n'],
  ])('find a %s in %j', (fault, text) => {
    expect(faults(text)).toContain(fault);
  });

  it('allow no other sequence than those of colours', () => {
    for (const text of ['\x1b[38;5;1m', '\x1b[8m', '\x1b[5m', '\x1b]8;;x\x07', '\x1b'])
      expect(faults(`${text}x\n`, true)).toContain('unsafe byte');
  });

  it('find a leak in a text that was clean before', () => {
    expect(leakIn('clean\n\nalso')).toBeNull();
    expect(leakIn(`clean\n\nalso\n\n${token}`)).toMatch(/^37 characters/);
  });

  it.each(['', '\n', 'no break', 'costs NaN\n', 'for undefined\n', '[object Object]\n'])(
    'refuse %j as a text for people',
    (text) => expect(humanText(text)).not.toBeNull(),
  );

  it.each(['{', '{}{}\n', '{}', 'undefined\n'])('refuse %j as JSON', (text) => {
    expect(jsonDocument(text)).not.toBeNull();
    expect(reportDocument(text, 'error')).not.toBeNull();
    expect(reportLines(text, 'error')).not.toBeNull();
    expect(history(text)).not.toBeNull();
  });

  const good = {
    schemaVersion: 1,
    tool: { name: 'hf-doctor', version: '0' },
    ok: false,
    exitCode: 3,
    complete: true,
    startedAt: '2026-01-01T00:00:00.000Z',
    durationMs: 1,
    simulated: null,
    endpoints: { hub: 'x', router: 'x', legacy: 'x', gateway: null },
    token: {
      status: 'unverified',
      source: null,
      masked: null,
      role: null,
      permission: { inference: 'unknown', reason: 'x' },
      shadowed: [],
    },
    models: [],
    routes: [],
    cells: [],
    findings: [],
    alternatives: [],
    cost: {
      planned: { requests: 0, billable: 0, usd: 0 },
      measured: { requests: 0, billable: 0, usd: 0 },
    },
    summary: { models: 0, usable: 0, cells: { ok: 0, fault: 0, flaky: 0, unknown: 0, skipped: 0 } },
  };
  const finding = {
    rule: 'flaky',
    severity: 'info',
    blame: 'unknown',
    confidence: 'possible',
    title: 'x',
    explanation: 'x',
    notThis: null,
    models: [],
    routes: [],
    cells: [0],
    requestIds: [],
    fixes: [],
    verify: null,
  };

  it.each([
    ['another exit code', { exitCode: 4 }],
    ['an exit code that the cells do not give', { exitCode: 1 }],
    ['a good word beside a bad code', { ok: true }],
    ['a finding about no cell', { findings: [finding] }],
    ['a rule that does not exist', { findings: [{ ...finding, rule: 'x', cells: [] }] }],
    [
      'a proof that is none',
      { alternatives: [{ model: 'a', instead: { model: 'b', route: 'c' }, provenBy: 0 }] },
    ],
    ['a sum that is wrong', { summary: { ...good.summary, cells: { ...good.summary.cells, ok: 1 } } }],
    ['another number of models', { summary: { ...good.summary, models: 1 } }],
    ['more usable models than models', { summary: { ...good.summary, usable: 1 } }],
    ['a price below zero', { cost: { ...good.cost, measured: { ...good.cost.measured, usd: -1 } } }],
    ['a time that is no number', { durationMs: null }],
  ])('refuse a report with %s', (_, more) => {
    expect(reportDocument(`${JSON.stringify(good)}\n`, 'error')).toBeNull();
    expect(reportDocument(`${JSON.stringify({ ...good, ...more })}\n`, 'error')).not.toBeNull();
  });

  it('refuse lines that are no report', () => {
    const { cells: _, models: __, findings: ___, alternatives: ____, routes: _____, ...rest } = good;
    const start = JSON.stringify({ type: 'start', ...rest });
    const end = JSON.stringify({ type: 'end' });
    expect(reportLines(`${start}\n${end}\n`, 'error')).toBeNull();
    expect(reportLines(`${end}\n${start}\n`, 'error')).not.toBeNull();
    expect(reportLines(`${start}\n`, 'error')).not.toBeNull();
    expect(reportLines(`${start}\n{"type":"new"}\n${end}\n`, 'error')).not.toBeNull();
    expect(reportLines(`${start}\n{"type":"cell"}\n${end}\n`, 'error')).not.toBeNull();
  });

  it('know every format of the report, and miss one that is new', () => {
    expect(formatsWithoutJudge(Object.keys(RENDERERS))).toEqual([]);
    expect(formatsWithoutJudge(['human', 'a-new-one', 'constructor'])).toEqual(['a-new-one', 'constructor']);
  });

  it('see what was added to an object of the language', () => {
    const before = prototypes();
    Object.defineProperty(Object.prototype, 'polluted', { value: true, configurable: true });
    const after = prototypes();
    delete (Object.prototype as { polluted?: boolean }).polluted;
    expect(after).not.toBe(before);
    expect(prototypes()).toBe(before);
  });
});
