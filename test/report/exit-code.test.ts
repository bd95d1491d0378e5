import { describe, expect, it } from 'vitest';
import { exitCodeOf } from '../../src/report/exit-code.js';
import type { Report } from '../../src/report/model.js';

type Input = Parameters<typeof exitCodeOf>[0];
const cell = (outcome: string, more: object = {}) =>
  ({ outcome, control: false, rule: null, ...more }) as Report['cells'][number];
const finding = (severity: string, more: object = {}) =>
  ({
    severity,
    rule: 'provider-outage',
    blame: 'provider',
    confidence: 'likely',
    ...more,
  }) as Report['findings'][number];
/** One model, and whether its cells tell anything about it. */
const report = (cells: Report['cells'], findings: Report['findings'] = [], status = 'valid'): Input => {
  const told = cells.some((c) => !c.control && c.rule === null && ['ok', 'fault'].includes(c.outcome));
  const model = { id: 'a/b', usable: told, checked: told } as Report['models'][number];
  return {
    cells,
    findings,
    token: { status } as Report['token'],
    models: cells.length > 0 ? [model] : [],
    depth: 'live',
  };
};
const RETIRED = finding('info', { rule: 'legacy-host-gone', blame: 'hub' });
const KNOWN_TOKEN = finding('error', { blame: 'token', known: true });
const GONE = cell('fault', { rule: 'legacy-host-gone' });

describe('the exit code', () => {
  it.each([
    ['healthy', report([cell('ok')]), 0],
    ['healthy, with the retired host beside it', report([cell('ok'), GONE], [RETIRED]), 0],
    ['a warning does not fail by default', report([cell('ok')], [finding('warning')]), 0],
    ['an error fails', report([cell('fault')], [finding('error')]), 1],
    ['nothing was asked', report([cell('skipped')]), 3],
    ['every probe is unknown', report([cell('unknown')], [finding('error', { blame: 'network' })]), 3],
    ['only the control was answered', report([cell('ok', { control: true })]), 3],
    ['only the retired host was heard of', report([GONE], [RETIRED]), 3],
    ['the retired host was asked alone', report([GONE], [{ ...RETIRED, severity: 'error' }]), 1],
    ['no token', report([cell('skipped')], [finding('error', { blame: 'token' })], 'missing'), 1],
    ['no token, and none was wanted', report([cell('skipped')], [], 'missing'), 3],
    ['no token, and no model', report([], [], 'missing'), 3],
    ['a token that is no good, known before', report([], [KNOWN_TOKEN], 'invalid'), 3],
    ['no cells at all', report([]), 3],
  ] as const)('%s: %#', (_, input, code) => {
    expect(exitCodeOf(input, 'error', null)).toBe(code);
  });

  it.each([
    ['dead', { usable: false, checked: true }, 1],
    ['dead, as before', { usable: false, checked: true, known: true }, 0],
    ['not looked up', { usable: false, checked: false }, 3],
    ['promised', { usable: true, checked: true }, 0],
  ])('a model at depth catalog that is %s', (_, more, code) => {
    const model = { id: 'a/b', ...more } as Report['models'][number];
    const input: Input = { ...report([cell('skipped')]), models: [model], depth: 'catalog' };
    expect(exitCodeOf(input, 'error', null)).toBe(code);
  });

  it('follows --fail-on', () => {
    const warned = report([cell('ok')], [finding('warning')]);
    expect(exitCodeOf(warned, 'warning', null)).toBe(1);
    expect(exitCodeOf(report([cell('fault')], [finding('error')]), 'never', null)).toBe(0);
    expect(exitCodeOf(report([cell('unknown')]), 'never', null)).toBe(3);
  });

  it('says which signal ended the run', () => {
    expect(exitCodeOf(report([cell('ok')]), 'error', 'SIGINT')).toBe(130);
    expect(exitCodeOf(report([cell('ok')]), 'error', 'SIGTERM')).toBe(143);
  });
});
