import { describe, expect, it } from 'vitest';
import { type Line, quarter, shown, verdict } from '../../bench/parts/lines.js';
import { reportOf } from '../../bench/parts/report.js';
import { table } from '../../bench/parts/table.js';
import { reportSchema } from '../../src/report/model.js';

const line = (value: number, most: number | null): Line => ({ what: 'x', value, unit: 'x', most });

describe('a line', () => {
  it.each([
    [1, 1, 'met'],
    [1.01, 1, 'missed'],
    [Number.NaN, 1, 'missed'],
    [Number.POSITIVE_INFINITY, 1, 'missed'],
    [9, null, ''],
    [0, 0, 'met'],
  ])('%s with at most %s is %s', (value, most, expected) => {
    expect(verdict(line(value, most))).toBe(expected);
  });

  it('never shows a missed target as if it were met', () => {
    // 1.104 rounds to the target of 1.10 and is above it.
    expect(verdict(line(1.104, 1.1))).toBe('missed');
    expect(shown(1.104, 'x')).toBe('1.10 x');
  });

  it('the lower quarter is one of the values; of nothing there is none', () => {
    expect(quarter([9, 1, 5, 3])).toBe(3);
    expect(quarter([7])).toBe(7);
    expect(quarter([])).toBeNaN();
  });
});

describe('the table', () => {
  const row = {
    bench: 'render',
    what: 'a | b\nc',
    value: '1.00 x',
    target: 'at most 2.00 x',
    verdict: 'missed',
  };

  it('keeps one row a line, whatever the texts hold', () => {
    const last = table([row, { ...row, verdict: 'met' }])
      .trimEnd()
      .split('\n')
      .slice(-2);
    expect(last).toEqual([
      '| render | a \\| b c | 1.00 x | at most 2.00 x | **missed** |',
      '| render | a \\| b c | 1.00 x | at most 2.00 x | met |',
    ]);
  });
});

describe('the report that is rendered', () => {
  it('is one of the schema, with its faults in the findings', () => {
    const report = reportSchema.parse(reportOf(20));
    expect(report.cells).toHaveLength(100);
    expect(report.summary.cells.fault).toBe(report.findings[0]?.cells.length);
    expect(report.summary.cells.fault).toBeGreaterThan(10);
  });
});
