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
const report = (cells: Report['cells'], findings: Report['findings'] = [], status = 'valid'): Input => ({
  cells,
  findings,
  token: { status } as Report['token'],
  models: [],
});
const RETIRED = finding('info', { rule: 'legacy-host-gone', blame: 'hub' });
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
    ['no token', report([cell('skipped')], [finding('error')], 'missing'), 1],
    ['no cells at all', report([]), 3],
  ] as const)('%s: %#', (_, input, code) => {
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
