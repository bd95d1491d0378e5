import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gauge } from '../../src/render/prometheus/family.js';
import { escapeLabel, MOST_SERIES, prometheusText, renderPrometheus } from '../../src/render/prometheus.js';
import type { Report } from '../../src/report/model.js';
import { MULTILINE } from '../../src/report/multiline.js';
import { makeSafe, type Safe } from '../../src/safety/safe.js';
import { filledWith } from '../support/hostile-report.js';
import { parsePrometheus, type Series } from '../support/prometheus.js';
import { cell, DOWN, finding, REACHED, report, skipped } from './support.js';

const text = (r: Report) => [...renderPrometheus(makeSafe(r, (t) => t, MULTILINE))].join('');
const series = (r: Report) => parsePrometheus(text(r));
const values = (list: readonly Series[], name: string) =>
  list.filter((s) => s.name === `hf_doctor_${name}`).map((s) => [s.labels, s.value]);

const PAYLOADS = [
  'a"} 1\nhf_doctor_exit_code 0',
  'a\\',
  'a\\n\\"',
  'a\r\nb',
  '\u202e\u2028',
  '# HELP x',
  '{}',
  'NaN',
  '',
  'x'.repeat(5_000),
  '\u{1F600}'.repeat(300),
  '\ud800',
];

describe('whatever stands in a report, it is text of the format', () => {
  it.each(PAYLOADS)('%j', (payload) => {
    const names = new Set(series(filledWith('x')).map((s) => s.name));
    for (const r of [
      makeSafe(filledWith(payload), (t) => t, MULTILINE),
      filledWith(payload) as Safe<Report>,
    ]) {
      const found = parsePrometheus([...renderPrometheus(r)].join(''));
      expect(new Set(found.map((s) => s.name))).toEqual(names);
      expect(values(found, 'exit_code')).toEqual([[{}, 1]]);
    }
  });

  it('a label arrives as it was written', () => {
    const unit = fc.constantFrom('\\', '"', '\n', '{', '}', ',', '=', 'n', 'é', '\u{1F600}');
    const family = gauge('hf_doctor_up', 'Help.');
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 150 }), (model) => {
        const [one] = parsePrometheus(prometheusText([{ family, labels: { model }, value: 1 }]));
        expect(one?.labels).toEqual({ model });
      }),
    );
    expect(escapeLabel('x'.repeat(201))).toBe(`${'x'.repeat(199)}…`);
  });

  it('what is no number is left out, and the same series stands once', () => {
    const family = gauge('hf_doctor_up', 'Help.');
    const of = (model: string, value: number) => ({ family, labels: { model }, value });
    const found = parsePrometheus(
      prometheusText([
        of('a', Number.NaN),
        of('b', Number.POSITIVE_INFINITY),
        of('c', 0),
        of('c', 1),
        of('d', 1e-9),
      ]),
    );
    expect(values(found, 'up')).toEqual([
      [{ model: 'c' }, 0],
      [{ model: 'd' }, 1e-9],
    ]);
    expect(values(found, 'series_dropped')).toEqual([[{}, 0]]);
  });

  it('has a parser that refuses what is wrong', () => {
    const head = '# HELP a A.\n# TYPE a gauge\n';
    expect(parsePrometheus(`${head}a{b="c"} 1\n`)).toHaveLength(1);
    for (const bad of [
      'a 1',
      'a NaN\n',
      'a{b="c} 1\n',
      'a{b="\\x"} 1\n',
      'a 1\na 1\n',
      'b 1\n',
      'a 1,5\n',
      '\n',
    ])
      expect(() => parsePrometheus(head + bad), bad).toThrow();
  });

  const promtool = spawnSync('promtool', ['--version']).error === undefined;
  it.skipIf(!promtool)('promtool takes it too', () => {
    for (const r of [filledWith('a"\\b'), report([cell('org/a', 'router', DOWN)])]) {
      const { status, stderr } = spawnSync('promtool', ['check', 'metrics'], {
        input: text(r),
        encoding: 'utf8',
      });
      // Its advice about names is no fault of the text.
      expect([0, 3], stderr).toContain(status);
      expect(stderr).not.toMatch(/error/i);
    }
  });
});

describe('the series', () => {
  it('of 100,000 models: 1,000, the worst kept, the rest counted', { timeout: 60_000 }, () => {
    const cells = Array.from({ length: 100_000 }, (_, i) =>
      cell(`org/m${i}`, 'router', i === 99_999 ? DOWN : {}),
    );
    const found = series(report(cells));
    expect(found).toHaveLength(MOST_SERIES);
    expect(values(found, 'model_usable')[0]).toEqual([{ model: 'org/m99999' }, 0]);
    // Each model has four, but the one that fails has no time of an answer; the run has eight.
    expect(values(found, 'series_dropped')).toEqual([[{}, 400_000 - 1 + 8 - 999]]);
  });

  it('what is not known has none, and so no alert', () => {
    const unknown = { outcome: 'unknown', status: null, error: 'net.deadline', latencyMs: null } as const;
    const found = series(
      report([cell('org/a', 'router', unknown), cell('org/a', 'legacy', skipped('not asked'))], {
        exitCode: 3,
      }),
    );
    expect(values(found, 'up')).toEqual([]);
    expect(values(found, 'model_usable')).toEqual([]);
    expect(values(found, 'verdict')).toEqual([
      [{ model: 'org/a', route: 'router', provider: '', outcome: 'unknown', rule: '' }, 1],
    ]);
  });

  it('a time is that of an answer', () => {
    const found = series(
      report([
        cell('org/a', 'router', { latencyMs: 1_250 }),
        cell('org/b', 'router', REACHED),
        cell('org/c', 'router', DOWN),
        cell('org/d', 'router', { suspect: true }),
      ]),
    );
    expect(values(found, 'latency_seconds')).toEqual([
      [{ model: 'org/a', route: 'router', provider: '' }, 1.25],
    ]);
    expect(values(found, 'up').map(([, up]) => up)).toEqual(expect.arrayContaining([0, 1, 1, 1]));
  });

  it('findings are counted by kind, and by whether they count', () => {
    const found = series(
      report([cell('org/a', 'router')], {
        findings: [
          finding(),
          finding(),
          finding({ known: true }),
          finding({ ignored: '' }),
          finding({ rule: 'slow' }),
        ],
      }),
    );
    const labels = { rule: 'provider-outage', severity: 'error', blame: 'provider' };
    expect(values(found, 'finding')).toEqual([
      [{ ...labels, counts: 'true' }, 2],
      [{ ...labels, counts: 'false' }, 2],
      [{ ...labels, rule: 'slow', counts: 'true' }, 1],
    ]);
  });

  it('of a merged report each place has its own', () => {
    const found = series(
      report([
        cell('org/a', 'router', { vantage: 'eu-west' }),
        cell('org/a', 'router', { ...DOWN, vantage: 'us-east' }),
      ]),
    );
    expect(values(found, 'up').map(([labels, up]) => [(labels as Series['labels']).vantage, up])).toEqual([
      ['us-east', 0],
      ['eu-west', 1],
    ]);
  });
});
