import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { againstBaseline, applyChange, baselineOf } from '../../src/report/baseline.js';
import type { Cell, Report } from '../../src/report/model.js';
import { readBaseline } from '../../src/watch/history.js';
import { afterRound, START } from '../../src/watch/round.js';
import { cell, DOWN, finding, report } from '../watch/support.js';

const since = (before: Report, now: Report) => againstBaseline(now, baselineOf(before), 'error');
const OUTAGE = report([cell('a/b', 'router', DOWN), cell('c/d', 'router')]);
const WELL = report([cell('a/b', 'router'), cell('c/d', 'router')]);

describe('only what is new counts', () => {
  it.each<[string, Report, Report, number, { known: number; new: number }]>([
    ['the same fault', OUTAGE, OUTAGE, 0, { known: 1, new: 0 }],
    ['a fault where nothing was', WELL, OUTAGE, 1, { known: 0, new: 1 }],
    ['all is well', OUTAGE, WELL, 0, { known: 0, new: 0 }],
    [
      'the same rule on one more route',
      OUTAGE,
      report([cell('a/b', 'router', DOWN), cell('a/b', 'provider:x', DOWN), cell('c/d', 'router')]),
      1,
      { known: 0, new: 1 },
    ],
    [
      'the same rule on fewer routes',
      report([cell('a/b', 'router', DOWN), cell('a/b', 'provider:x', DOWN)]),
      report([cell('a/b', 'router', DOWN)]),
      0,
      { known: 1, new: 0 },
    ],
    [
      'the same rule on another model',
      OUTAGE,
      report([cell('c/d', 'router', DOWN)]),
      1,
      { known: 0, new: 1 },
    ],
    [
      'another rule on the same route',
      OUTAGE,
      report([cell('a/b', 'router', { ...DOWN, rule: 'credits-exhausted' })]),
      1,
      { known: 0, new: 1 },
    ],
    [
      'what no rule explains, with another status',
      report([cell('a/b', 'router', { ...DOWN, rule: 'unclassified', status: 418 })]),
      report([cell('a/b', 'router', { ...DOWN, rule: 'unclassified', status: 451 })]),
      1,
      { known: 0, new: 1 },
    ],
    [
      'one known, one new',
      OUTAGE,
      report([cell('a/b', 'router', DOWN), cell('c/d', 'router', { ...DOWN, rule: 'model-gated' })]),
      1,
      { known: 1, new: 1 },
    ],
    [
      'a model that was reached another way before, and cannot be now',
      report([cell('a/b', 'provider:x', DOWN), cell('a/b', 'router')]),
      report([cell('a/b', 'provider:x', DOWN)]),
      1,
      { known: 1, new: 0 },
    ],
    [
      'a control probe that failed then is no fault of the way',
      report([cell('a/b', 'router'), cell('a/b', 'router', { ...DOWN, control: true })]),
      report([cell('a/b', 'router', DOWN)]),
      1,
      { known: 0, new: 1 },
    ],
    [
      'a fault that no rule explains is never known',
      report([cell('a/b', 'router', { ...DOWN, rule: null })]),
      report([cell('a/b', 'router', { ...DOWN, rule: null })]),
      1,
      { known: 0, new: 0 },
    ],
  ])('%s', (_, before, now, exitCode, faults) => {
    const told = since(before, now);
    expect(told.exitCode).toBe(exitCode);
    expect(told.ok).toBe(exitCode === 0);
    expect(told.summary.faults).toEqual(faults);
    expect(told.findings).toHaveLength(now.findings.length);
  });

  it('a fault that is known for one model and new for another counts as both', () => {
    const both = report([cell('a/b', 'router', DOWN), cell('c/d', 'router', DOWN)]);
    const told = since(OUTAGE, both);
    expect(told).toMatchObject({ exitCode: 1, summary: { faults: { known: 1, new: 1 } } });
    expect(told.findings).toHaveLength(1);
    expect(told.findings[0]).not.toHaveProperty('known');
    expect(told.findings[0]?.explanation).toBe('Since the baseline it is known for a/b and new for c/d.');
    const apart = (models: string[]) => ({ ...WELL, findings: [finding('model-not-found', { models })] });
    expect(since(apart(['x/y']), apart(['x/y', 'x/z'])).summary.faults).toEqual({ known: 1, new: 1 });
    expect(since(WELL, apart([])).summary.faults).toEqual({ known: 0, new: 1 });
    expect(since(apart([]), apart([])).summary.faults).toEqual({ known: 1, new: 0 });
  });

  it('a capability that worked is not a model that could be used', () => {
    const before = report([cell('a/b', 'router', DOWN), cell('a/b', 'router+stream')]);
    const now = report([cell('a/b', 'router', DOWN)]);
    const models = before.models.map((m) => ({ ...m, usable: false }));
    expect(since({ ...before, models }, now).exitCode).toBe(0);
    expect(since(before, now).exitCode).toBe(1);
  });

  it('a fault without a route is known by its rule and its models', () => {
    const of = (models: string[]) => ({ ...WELL, findings: [finding('model-not-found', { models })] });
    expect(since(of(['x/y']), of(['x/y'])).exitCode).toBe(0);
    expect(since(of(['x/y']), of(['x/y', 'x/z'])).exitCode).toBe(1);
    expect(since(WELL, of(['x/y'])).exitCode).toBe(1);
  });

  it('what the retired host says leaves a dead model known', () => {
    const gone: Partial<Cell> = { outcome: 'fault', status: null, rule: 'legacy-host-gone' };
    const now = report([cell('a/b', 'router', DOWN), cell('a/b', 'legacy', gone)]);
    const findings = now.findings.map((f) =>
      f.rule === 'legacy-host-gone' ? { ...f, severity: 'info' as const } : f,
    );
    expect(since(OUTAGE, { ...now, findings }).exitCode).toBe(0);
  });

  it('known is not healthy where nothing was learned, and an interruption stays one', () => {
    const nothing = report([
      cell('a/b', 'router', { outcome: 'unknown', status: null, rule: 'dns-failure' }),
    ]);
    const unchecked = { ...nothing, models: nothing.models.map((m) => ({ ...m, checked: false })) };
    expect(since(unchecked, unchecked)).toMatchObject({ exitCode: 3 });
    expect(since(unchecked, unchecked).models[0]).not.toHaveProperty('known');
    expect(since(OUTAGE, { ...OUTAGE, exitCode: 130 }).exitCode).toBe(130);
  });

  it('names what recovered, and marks what is known', () => {
    const told = since(OUTAGE, WELL);
    expect(told.recovered).toEqual([{ model: 'a/b', route: 'router' }]);
    expect(since(OUTAGE, OUTAGE)).toMatchObject({ recovered: [], findings: [{ known: true }] });
    expect(since(WELL, OUTAGE).findings[0]).not.toHaveProperty('known');
  });
});

/** The history that a watch of these rounds writes. */
function history(...rounds: (Report | { fault: string })[]): string {
  let known = START;
  const events = rounds.flatMap((r) => {
    const answer = 'schemaVersion' in r ? { report: r } : (r as { fault: string });
    const { watched, events } = afterRound(known, answer, '2026-11-21T09:00:00Z');
    known = watched;
    return events;
  });
  return events.map((e) => `${JSON.stringify(e)}\n`).join('');
}

const verdict = (text: string, now: Report) => {
  const read = readBaseline(text);
  return read.ok ? againstBaseline(now, read.baseline, 'error').exitCode : read.problem;
};

describe('a fault that points at no route', () => {
  const lacking = { ...WELL, exitCode: 1, findings: [finding('token-shadowed', { blame: 'token' })] };
  it.each([
    ['came', [WELL, lacking], 0],
    ['went', [lacking, WELL], 1],
    ['stayed while a round failed', [lacking, { fault: 'Error' }], 0],
  ])('%s in a history', (_, rounds, code) => {
    expect(verdict(history(...rounds), lacking)).toBe(code);
  });
});

describe('a file', () => {
  it.each([
    ['a report', JSON.stringify(OUTAGE), 0],
    ['a report over many lines', JSON.stringify(OUTAGE, null, 2), 0],
    ['with a byte order mark', `\ufeff${JSON.stringify(OUTAGE)}`, 0],
    [
      'of rules that this version does not know',
      JSON.stringify(OUTAGE).replaceAll('provider-outage', 'new-rule'),
      1,
    ],
    ['one round', history(OUTAGE), 0],
    ['a fault that came', history(WELL, OUTAGE), 0],
    ['a fault that went', history(OUTAGE, WELL), 1],
    ['a fault that came back', history(OUTAGE, WELL, OUTAGE), 0],
    ['our own fault in between', history({ fault: 'Error' }, WELL, OUTAGE, { fault: 'Error' }), 0],
    ['two watches, one after the other', history(OUTAGE) + history(WELL), 1],
    ['half a line at the end', `${history(WELL, OUTAGE)}{"schemaVersion":1,"type":"ch`, 0],
    ['events of a later version', `${history(OUTAGE)}{"schemaVersion":1,"type":"weather"}\n`, 0],
  ])('of %s gives %#', (_, text, code) => {
    expect(verdict(text, OUTAGE)).toBe(code);
  });

  it.each([
    [418, 0],
    [451, 1],
  ])('of a fault that no rule explains and that came with 418: with %i it gives %i', (status, code) => {
    const odd = (s: number) => report([cell('a/b', 'router', { ...DOWN, rule: 'unclassified', status: s })]);
    expect(verdict(history(WELL, odd(418)), odd(status))).toBe(code);
    expect(verdict(history(odd(418)), odd(status))).toBe(code);
  });

  it.each([
    ['', 'is empty.'],
    ['\n\n', 'is empty.'],
    ['hello', 'holds no report.'],
    ['[]', 'holds no report.'],
    ['{"schemaVersion":1,"ok":false,"exitCode":2}', 'holds no report.'],
    ['{"schemaVersion":2}', 'another version'],
    [JSON.stringify({ ...OUTAGE, tool: { name: 'other' } }), 'holds no report.'],
    [`${'['.repeat(100_000)}`, 'holds no report.'],
    ['{"schemaVersion":1,"type":"report","report":{}}', 'line 1'],
    [history({ fault: 'Error' }), 'no round'],
    [history(OUTAGE).replace('"type":"round"', '"type":"change"'), 'line 2'],
    [`${history(OUTAGE)}nonsense\n`, 'line 3'],
    [`${history(OUTAGE)}nonsense\n${history(WELL)}`, 'line 3'],
    [history(WELL, OUTAGE).split('\n').slice(2).join('\n'), 'line 1'],
    [`{"schemaVersion":1,"type":"${'x'.repeat(3_000)}"}`, 'holds no report.'],
  ])('that is none of ours is refused: %#', (text, problem) => {
    expect(verdict(text, OUTAGE)).toContain(problem);
  });

  it('never throws and never quotes what it holds', () => {
    const secret = `hf_${'z'.repeat(34)}`;
    const hostile = fc.oneof(
      fc.json().map((j) => j),
      fc.string(),
      fc.constant(history(OUTAGE).replaceAll('a/b', secret)),
      fc
        .tuple(fc.nat(), fc.nat(), fc.constant(history(OUTAGE, WELL)))
        .map(
          ([from, length, text]) =>
            text.slice(0, from % text.length) + secret + text.slice((from + length) % text.length),
        ),
    );
    fc.assert(
      fc.property(hostile, (text) => {
        const read = readBaseline(text);
        if (!read.ok) expect(read.problem).not.toContain('zzzzzz');
      }),
    );
  });

  it('with names of the prototype and indexes out of range is read as it stands', () => {
    const odd = {
      ...report([cell('__proto__', 'constructor', DOWN)]),
      findings: [finding('provider-outage', { cells: [-1, 0, 7, 2 ** 40] })],
    };
    expect(verdict(JSON.stringify(odd), OUTAGE)).toBe(1);
    expect(verdict(JSON.stringify(odd), odd)).toBe(0);
  });
});

it('a change of a history replaces all that was known of the cell', () => {
  const b = baselineOf(OUTAGE);
  applyChange(b, { model: 'a/b', route: 'router', outcome: 'ok', rule: null });
  expect(againstBaseline(OUTAGE, b, 'error').exitCode).toBe(1);
});
