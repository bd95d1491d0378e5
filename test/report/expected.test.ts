import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { baselineOf, sinceBaseline } from '../../src/report/baseline.js';
import { whyNotCounted } from '../../src/report/counts.js';
import type { FailOn } from '../../src/report/exit-code.js';
import { expecting, idle, ignoring } from '../../src/report/expected.js';
import { type Excuse, judge } from '../../src/report/judge.js';
import type { Cell, Finding, Report } from '../../src/report/model.js';
import type { Expectation, Ignore } from '../../src/types/excuse.js';
import { cell, DOWN, finding, report } from '../watch/support.js';

const GATED: Partial<Cell> = { outcome: 'fault', status: 403, rule: 'model-gated' };
const expected = (
  model: string,
  route: string | null,
  ...faults: Expectation['faults'][number][]
): Expectation => ({ model, route, faults });
const ignored = (rule: Ignore['rule'], more: Partial<Ignore> = {}): Ignore => ({
  ...{ rule, model: null, route: null, reason: null },
  ...more,
});
const judged = (r: Report, expect: Expectation[], ignore: Ignore[] = [], failOn: FailOn = 'error') =>
  judge(
    r,
    [...(expect.length > 0 ? [expecting(expect)] : []), ...(ignore.length > 0 ? [ignoring(ignore)] : [])],
    failOn,
  );

const OUTAGE = report([cell('a/b', 'router', DOWN), cell('c/d', 'router')]);
const BOTH = report([cell('a/b', 'router', DOWN), cell('a/b', 'provider:x', DOWN), cell('c/d', 'router')]);
const apart = (rule: Finding['rule'], more: Partial<Finding> = {}) => ({
  ...report([cell('c/d', 'router')]),
  findings: [finding(rule, more)],
});

describe('what is expected does not count', () => {
  it.each<[string, Report, Expectation[], number]>([
    ['by its status', OUTAGE, [expected('a/b', 'router', 500)], 0],
    ['by its rule', OUTAGE, [expected('a/b', 'router', 'provider-outage')], 0],
    ['by one of several', OUTAGE, [expected('a/b', 'router', 502, 'provider-outage')], 0],
    ['on every route', BOTH, [expected('a/b', null, 500)], 0],
    ['each route by itself', BOTH, [expected('a/b', 'router', 500), expected('a/b', 'provider:x', 500)], 0],
    ['one route of two', BOTH, [expected('a/b', 'router', 500)], 1],
    ['another status', OUTAGE, [expected('a/b', 'router', 502)], 1],
    ['another rule', OUTAGE, [expected('a/b', 'router', 'model-gated')], 1],
    ['another route', OUTAGE, [expected('a/b', 'provider:x', 500)], 1],
    ['another model', OUTAGE, [expected('c/d', 'router', 500)], 1],
    ['the same model with a suffix', OUTAGE, [expected('a/b:x', 'router', 500)], 1],
    [
      'a capability is another way',
      report([cell('a/b', 'router+stream', DOWN), cell('a/b', 'router', DOWN)]),
      [expected('a/b', 'router', 500)],
      1,
    ],
    [
      'a fault of another model by the same rule',
      report([cell('a/b', 'router', DOWN), cell('c/d', 'router', DOWN)]),
      [expected('a/b', 'router', 500)],
      1,
    ],
    [
      'what no rule explains, by its status',
      report([cell('a/b', 'router', { ...DOWN, rule: null })]),
      [expected('a/b', 'router', 500)],
      0,
    ],
    [
      'nothing was checked',
      report([cell('a/b', 'router', { outcome: 'unknown', status: null, rule: 'dns-failure' })]),
      [expected('a/b', null, 'dns-failure')],
      3,
    ],
  ])('%s', (name, r, list, exitCode) => {
    const unchecked = {
      ...r,
      models: r.models.map((m) => ({ ...m, checked: name !== 'nothing was checked' })),
    };
    const told = judged(unchecked, list);
    expect(told.exitCode).toBe(exitCode);
    expect(told.ok).toBe(exitCode === 0);
    expect(told.cells).toHaveLength(r.cells.length);
    expect(told.findings).toHaveLength(r.findings.length);
  });

  it('stays visible, with its mark', () => {
    const told = judged(OUTAGE, [expected('a/b', 'router', 500)]);
    expect(told.findings[0]).toMatchObject({ rule: 'provider-outage', severity: 'error', expected: true });
    expect(told.cells.map((c) => c.expected)).toEqual([true, undefined]);
    expect(told.models.map((m) => m.expected)).toEqual([true, undefined]);
    expect(told.summary.excused).toEqual({ expected: 1, ignored: 0 });
    expect(told.summary).not.toHaveProperty('faults');
    expect(OUTAGE.findings[0]).not.toHaveProperty('expected');
  });

  it('is told for whom, where it counts for others', () => {
    const two = report([cell('a/b', 'router', DOWN), cell('c/d', 'router', DOWN)]);
    const told = judged(two, [expected('a/b', 'router', 500)]);
    expect(told.findings[0]).not.toHaveProperty('expected');
    expect(told.findings[0]?.explanation).toBe('It is expected for a/b.');
    expect(told.models.map((m) => whyNotCounted(m))).toEqual(['expected', null]);
  });

  it('is told as recovered when it is gone, and not before', () => {
    const list = [expected('a/b', 'router', 500), expected('c/d', null, 'model-gated')];
    expect(judged(OUTAGE, list).recovered).toEqual([{ model: 'c/d', route: 'router', expected: true }]);
    const well = report([cell('a/b', 'router'), cell('c/d', 'router', GATED), cell('c/d', 'provider:x')]);
    // One way of all that were expected to fail still does: this is no recovery.
    expect(judged(well, list).recovered).toEqual([{ model: 'a/b', route: 'router', expected: true }]);
    const control = report([cell('a/b', 'router', { control: true }), cell('a/b', 'router', DOWN)]);
    expect(judged(control, list).recovered).toEqual([]);
  });

  it('a fault without a cell is met by its model, with or without a suffix', () => {
    const gone = apart('model-not-found', { models: ['x/y'] });
    expect(judged(gone, [expected('x/y', null, 'model-not-found')]).exitCode).toBe(0);
    expect(judged(gone, [expected('x/y:novita', null, 'model-not-found')]).exitCode).toBe(0);
    expect(judged(gone, [expected('x/y', 'router', 'model-not-found')]).exitCode).toBe(1);
    expect(judged(gone, [expected('x/z', null, 'model-not-found')]).exitCode).toBe(1);
  });

  it('at depth catalog the findings tell of a model that nobody serves', () => {
    const r: Report = {
      ...report([cell('a/b:x', 'router', { outcome: 'skipped', status: null, depth: 'catalog' })]),
      findings: [finding('model-not-served', { models: ['a/b'], blame: 'model' })],
      depth: 'catalog',
    };
    expect(judged(r, [expected('c/d', null, 500)]).exitCode).toBe(1);
    expect(judged(r, [expected('a/b:x', null, 'model-not-served')]).exitCode).toBe(0);
    expect(judged(r, [], [ignored('model-not-served')]).exitCode).toBe(0);
  });

  it('a model with a suffix does not speak for the same model without it', () => {
    const r = report([cell('a/b', 'router', DOWN), cell('a/b:x', 'router', DOWN)]);
    const told = judged(r, [expected('a/b', 'router', 500)]);
    expect(told.exitCode).toBe(1);
    expect(told.models.map((m) => m.expected)).toEqual([true, undefined]);
  });
});

describe('what is ignored does not count', () => {
  it.each<[string, Report, Ignore[], number]>([
    ['everywhere', BOTH, [ignored('provider-outage')], 0],
    ['for the model', BOTH, [ignored('provider-outage', { model: 'a/b' })], 0],
    ['for another model', BOTH, [ignored('provider-outage', { model: 'c/d' })], 1],
    ['on one of its routes', BOTH, [ignored('provider-outage', { route: 'router' })], 1],
    [
      'on both of its routes',
      BOTH,
      [ignored('provider-outage', { route: 'router' }), ignored('provider-outage', { route: 'provider:x' })],
      0,
    ],
    ['another rule', BOTH, [ignored('model-gated')], 1],
    ['a fault of nobody', apart('token-shadowed'), [ignored('token-shadowed')], 0],
    [
      'a fault of nobody, for a model',
      apart('token-shadowed'),
      [ignored('token-shadowed', { model: 'c/d' })],
      1,
    ],
  ])('%s', (_, r, list, exitCode) => {
    expect(judged(r, [], list).exitCode).toBe(exitCode);
  });

  it('says why', () => {
    const told = judged(OUTAGE, [], [ignored('provider-outage', { reason: 'they know' })]);
    expect(told.findings[0]).toMatchObject({ ignored: 'they know' });
    expect(told.summary.excused).toEqual({ expected: 0, ignored: 1 });
    expect(whyNotCounted(told.findings[0] ?? {})).toBe('ignored: they know');
    const silent = judged(OUTAGE, [], [ignored('provider-outage')]);
    expect(whyNotCounted(silent.findings[0] ?? {})).toBe('ignored');
  });

  it('goes with --fail-on', () => {
    const warned = {
      ...OUTAGE,
      findings: OUTAGE.findings.map((f) => ({ ...f, severity: 'warning' as const })),
    };
    const usable = { ...warned, models: warned.models.map((m) => ({ ...m, usable: true })) };
    expect(judged(usable, [expected('x/y', null, 500)], [], 'warning').exitCode).toBe(1);
    expect(judged(usable, [], [ignored('provider-outage')], 'warning').exitCode).toBe(0);
    expect(judged(OUTAGE, [expected('x/y', null, 500)], [], 'never').exitCode).toBe(0);
    const nothing = { ...OUTAGE, cells: [], findings: [], models: [] };
    expect(judged(nothing, [], [ignored('flaky')], 'never').exitCode).toBe(3);
  });

  it('leaves the code of a run that was ended', () => {
    for (const exitCode of [4, 129, 130, 143])
      expect(judged({ ...OUTAGE, exitCode }, [], [ignored('provider-outage')]).exitCode).toBe(exitCode);
  });
});

describe('with a baseline', () => {
  it('one finding may be known, expected and ignored, each for its model', () => {
    const r = report([...['a/b', 'c/d', 'e/f'].map((m) => cell(m, 'router', DOWN)), cell('g/h', 'router')]);
    const excuses = [
      sinceBaseline(baselineOf(report([cell('a/b', 'router', DOWN)]))),
      expecting([expected('c/d', 'router', 500)]),
      ignoring([ignored('provider-outage', { model: 'e/f', reason: 'why' })]),
    ];
    const told = judge(r, excuses, 'error');
    expect(told.exitCode).toBe(0);
    expect(whyNotCounted(told.findings[0] ?? {})).toBe('known, expected, ignored: why');
    expect(told.models.map((m) => whyNotCounted(m))).toEqual(['known', 'expected', 'ignored: why', null]);
    expect(told.summary).toMatchObject({
      faults: { known: 1, new: 0 },
      excused: { expected: 1, ignored: 1 },
    });
    for (const left of [0, 1, 2]) expect(judge(r, excuses.toSpliced(left, 1), 'error').exitCode).toBe(1);
  });

  it('a model that could be used then is not excused by what was known, but by what is expected', () => {
    const before = report([cell('a/b', 'router', DOWN), cell('a/b', 'provider:x')]);
    const now = report([cell('a/b', 'router', DOWN)]);
    const since = sinceBaseline(baselineOf(before));
    expect(judge(now, [since], 'error').exitCode).toBe(1);
    expect(judge(now, [since, expecting([expected('a/b', 'router', 500)])], 'error').exitCode).toBe(0);
  });

  it('names once what recovered for both', () => {
    const excuses = [sinceBaseline(baselineOf(OUTAGE)), expecting([expected('a/b', 'router', 500)])];
    const well = report([cell('a/b', 'router')]);
    expect(judge(well, excuses, 'error').recovered).toEqual([
      { model: 'a/b', route: 'router', expected: true },
    ]);
  });
});

describe('words that met nothing', () => {
  it('are those that took nothing out of the count', () => {
    const said = {
      expect: [
        expected('a/b', 'router', 500),
        expected('a/b', 'legacy', 404),
        expected('c/d', 'router', 500),
      ],
      ignore: [ignored('provider-outage'), ignored('flaky'), ignored('provider-outage', { model: 'c/d' })],
    };
    // That of c/d is gone: it is told as recovered.
    expect(idle(OUTAGE, said)).toEqual({
      expect: [said.expect[1]],
      ignore: [said.ignore[1], said.ignore[2]],
    });
    // Part by part the same is left as of the whole.
    const parts = OUTAGE.cells.map((c) => report([c]));
    expect(parts.reduce((left, part) => idle(part, left), said as Parameters<typeof idle>[1])).toEqual(
      idle(OUTAGE, said),
    );
  });
});

const MODELS = ['a/b', 'a/b:x', 'c/d'];
const ROUTES = ['router', 'legacy', 'provider:x', 'router+stream'];
const RULES = ['provider-outage', 'model-gated', 'flaky', 'legacy-host-gone', 'token-invalid'] as const;
const anyCell = fc
  .record({
    model: fc.constantFrom(...MODELS),
    route: fc.constantFrom(...ROUTES),
    outcome: fc.constantFrom('ok', 'fault', 'flaky', 'unknown', 'skipped') as fc.Arbitrary<Cell['outcome']>,
    rule: fc.option(fc.constantFrom(...RULES)),
    status: fc.option(fc.constantFrom(200, 401, 404, 500)),
    control: fc.boolean(),
  })
  .map(({ model, route, ...more }) => cell(model, route, more));
const anyReport = fc
  .record({
    cells: fc.array(anyCell, { maxLength: 8 }),
    severities: fc.array(fc.constantFrom('error', 'warning', 'info') as fc.Arbitrary<Finding['severity']>, {
      minLength: 5,
      maxLength: 5,
    }),
    apart: fc.array(
      fc.record({
        rule: fc.constantFrom(...RULES),
        models: fc.subarray(MODELS),
        routes: fc.subarray(ROUTES),
        blame: fc.constantFrom('token', 'model', 'provider') as fc.Arbitrary<Finding['blame']>,
      }),
      { maxLength: 3 },
    ),
    checked: fc.array(fc.boolean(), { minLength: 3, maxLength: 3 }),
    depth: fc.constantFrom('live', 'catalog') as fc.Arbitrary<'live' | 'catalog'>,
    status: fc.constantFrom('valid', 'missing', 'invalid') as fc.Arbitrary<'valid'>,
  })
  .map(({ cells, severities, apart: more, checked, depth, status }) => {
    const r = report(cells, { depth });
    const findings = [
      ...r.findings.map((f, i) => ({ ...f, severity: severities[i % 5] ?? 'error' })),
      ...more.map(({ rule, ...rest }) => finding(rule, rest)),
    ];
    const models = r.models.map((m, i) => ({ ...m, checked: checked[i] ?? true }));
    return { ...r, findings, models, token: { ...r.token, status } } as Report;
  });
const anyIgnore = fc.record({
  rule: fc.constantFrom(...RULES),
  model: fc.option(fc.constantFrom(...MODELS)),
  route: fc.option(fc.constantFrom(...ROUTES)),
  reason: fc.option(fc.string()),
});
const anyExpectation = fc.record({
  model: fc.constantFrom(...MODELS),
  route: fc.option(fc.constantFrom(...ROUTES)),
  faults: fc.array(fc.constantFrom<Expectation['faults'][number]>(401, 404, 500, ...RULES), { minLength: 1 }),
});
const NONE: Excuse = ignoring([]);

describe('for any report', () => {
  it('more that is ignored never makes a good run bad, and never an unclear one good', () => {
    fc.assert(
      fc.property(
        anyReport,
        fc.array(anyIgnore, { maxLength: 5 }),
        fc.array(anyIgnore, { maxLength: 5 }),
        fc.array(anyExpectation, { maxLength: 4 }),
        fc.constantFrom<FailOn>('error', 'warning', 'never'),
        (r, few, more, expectations, failOn) => {
          const code = (list: Ignore[]) =>
            judge(r, [NONE, expecting(expectations), ignoring(list)], failOn).exitCode;
          const bare = judge(r, [NONE], failOn).exitCode;
          const [before, after] = [code(few), code([...few, ...more])];
          // 1 may become 3, where all that was told is ignored; nothing else may become worse.
          if (before === 0) expect(after).toBe(0);
          if (before === 3) expect(after).toBe(3);
          if (bare === 0) expect(before).toBe(0);
          if (bare === 3) expect(before).toBe(3);
        },
      ),
      { numRuns: 400 },
    );
  });

  it('the order of what is said has no meaning', () => {
    fc.assert(
      fc.property(
        anyReport,
        anyReport,
        fc.array(anyIgnore, { maxLength: 4 }),
        fc.array(anyExpectation, { maxLength: 4 }),
        fc.shuffledSubarray([0, 1, 2], { minLength: 3 }),
        (r, before, ignores, expectations, order) => {
          const excuses = [sinceBaseline(baselineOf(before)), expecting(expectations), ignoring(ignores)];
          const sorted = ({ recovered = [], ...told }: Report) => ({
            ...told,
            recovered: recovered.map((x) => JSON.stringify(x, Object.keys(x).sort())).sort(),
          });
          const one = judge(r, excuses, 'error');
          const other = judge(
            r,
            order.flatMap((i) => excuses[i] ?? []),
            'error',
          );
          expect(sorted(other)).toEqual(sorted(one));
          // Said twice is said once: only the sentences of a finding would stand there again.
          const again = judge(one, excuses, 'error');
          expect(again.exitCode).toBe(one.exitCode);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('takes nothing away', () => {
    fc.assert(
      fc.property(anyReport, fc.array(anyIgnore), fc.array(anyExpectation), (r, ignores, expectations) => {
        const told = judge(r, [expecting(expectations), ignoring(ignores)], 'error');
        const bare = <T extends object>(list: readonly T[]) =>
          list.map(
            ({ expected: _, ignored: __, ...rest }: T & { expected?: unknown; ignored?: unknown }) => rest,
          );
        expect(bare(told.cells)).toEqual(r.cells);
        expect(bare(told.models)).toEqual(r.models);
        expect(told.findings.map((f) => [f.rule, f.severity, f.cells])).toEqual(
          r.findings.map((f) => [f.rule, f.severity, f.cells]),
        );
      }),
      { numRuns: 200 },
    );
  });
});

it('costs as much for each cell, however many are expected', () => {
  const models = Array.from({ length: 1_000 }, (_, i) => `o/m${i}`);
  const cells = models.flatMap((m) => Array.from({ length: 20 }, (_, i) => cell(m, `provider:p${i}`, DOWN)));
  const list = models.map((m) => expected(m, null, 500));
  const told = judged(report(cells.slice(0, 20), { cells, models: [] }), list);
  expect(told.cells.every((c) => c.expected)).toBe(true);
  expect(idle(told, { expect: list, ignore: [] }).expect).toEqual([]);
});
