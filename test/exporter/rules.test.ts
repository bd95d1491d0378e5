import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { shownOf } from '../../src/exporter/shown.js';
import type { Report } from '../../src/report/model.js';
import { makeSafe } from '../../src/safety/safe.js';
import { cell, DOWN, finding, report } from '../watch/support.js';
import { afterRounds, debian, NOW, promtool } from './support.js';

const path = (name: string) => fileURLToPath(new URL(`../../${name}`, import.meta.url));
const ALERTS = path('fixtures/prometheus/alerts.yml');
const UNIT = path('test/exporter/alerts.promtool.yml');
const tool = debian('promtool');
const folder = () => mkdtempSync(join(tmpdir(), 'hf-doctor-rules-'));

interface Rule {
  alert: string;
  expr: string;
  labels: Record<string, string>;
  annotations: Record<string, string>;
}
const rules = parse(readFileSync(ALERTS, 'utf8')).groups[0].rules as Rule[];

interface Panel {
  id: number;
  title: string;
  gridPos: { x: number; y: number; w: number; h: number };
  datasource: { uid: string };
  targets: { refId: string; expr: string; datasource: { uid: string } }[];
}
const board = JSON.parse(readFileSync(path('fixtures/grafana/hf-doctor.json'), 'utf8'));
const panels = board.panels as Panel[];
const queries = panels.flatMap((p) =>
  p.targets.map(({ expr }, i) => ({
    name: `${p.title} ${i}`,
    expr: expr.replace(/\$(?:job|instance)/g, '.*'),
  })),
);

/** Everything that an exporter can have to say. */
const ALL = report([
  cell('a/b', 'router', { latencyMs: 40 }),
  cell('a/b', 'provider:novita', DOWN),
  cell('a/c', 'provider:novita', { outcome: 'flaky', rule: 'flaky' }),
  cell('a/"d\\', 'provider:x', { outcome: 'unknown', status: null, rule: 'timeout' }),
  { ...cell('a/e', 'provider:x', DOWN), expected: true },
]);
const metricsOf = (...reports: Report[]) =>
  shownOf(
    { named: '', policy: '' },
    () => ({
      begun: NOW,
      everyMs: 60_000,
      maxUsd: 1,
      known: reports.length ? afterRounds(...reports) : null,
    }),
    () => NOW,
    (r) => makeSafe(r, (t) => t, new Set()),
    () => [],
  ).metrics();
const said = metricsOf(ALL);
const names = new Set([...said.matchAll(/^# TYPE (\w{1,80}) /gm)].map((m) => m[1]));
const labels = new Set(['job', 'instance', ...[...said.matchAll(/[{,](\w{1,40})="/g)].map((m) => m[1])]);

/** The metrics and the labels of an expression. */
const metricsIn = (expr: string) => expr.match(/\bhf_doctor_\w{1,80}/g) ?? [];
function labelsIn(expr: string): string[] {
  const listed = [...expr.matchAll(/\b(?:by|on|ignoring|without) \(([^)]{0,200})\)/g)];
  const matched = [...expr.matchAll(/\{([^}]{0,300})\}/g)].flatMap(
    (m) => m[1]?.match(/\b\w{1,40}(?=\s?(?:=|!=|=~|!~)\s?")/g) ?? [],
  );
  return [...listed.flatMap((m) => m[1]?.split(/,\s?/) ?? []), ...matched];
}

describe('every metric and label exists in what the exporter says', () => {
  const texts = [
    ...rules.map((r) => [r.alert, `${r.expr} ${Object.values(r.annotations).join(' ')}`] as const),
    ...queries.map((q) => [q.name, q.expr] as const),
    [
      'variables of the dashboard',
      board.templating.list.map((v: { definition?: string }) => v.definition).join(' '),
    ],
  ] as const;

  it.each(texts)('%s', (_, text) => {
    const used = metricsIn(text);
    expect(used.length + (text.includes('up{') ? 1 : 0)).toBeGreaterThan(0);
    expect(used.filter((name) => !names.has(name))).toEqual([]);
    expect(labelsIn(text).filter((label) => !labels.has(label))).toEqual([]);
  });

  it('the check finds what does not exist', () => {
    expect(metricsIn('hf_doctor_upp == 0').filter((n) => !names.has(n))).toEqual(['hf_doctor_upp']);
    expect(labelsIn('sum by (modle) (x{rout="a"})')).toEqual(['modle', 'rout']);
  });
});

describe('alerts', () => {
  it('say who, how bad, and what to do', () => {
    expect(rules.map((r) => r.alert)).toEqual([
      ...['HfDoctorDown', 'HfDoctorStale', 'HfDoctorTokenRejected', 'HfDoctorAccountBlocked'],
      ...['HfDoctorModelUnusable', 'HfDoctorProviderFault', 'HfDoctorBudgetLow'],
    ]);
    for (const { labels: own, annotations } of rules) {
      expect(['critical', 'warning']).toContain(own.severity);
      expect(annotations.summary?.length).toBeGreaterThan(10);
      expect(annotations.description).toMatch(/hf-doctor |\/healthz|--max-cost/);
    }
  });

  it.skipIf(!tool)('promtool takes the rules and the configuration', () => {
    expect(promtool(tool ?? '', ['check', 'rules', '--lint=all', '--lint-fatal', ALERTS])).toContain(
      '7 rules found',
    );
    expect(promtool(tool ?? '', ['check', 'config', path('fixtures/prometheus/scrape.yml')])).toContain(
      'SUCCESS',
    );
  });

  it.skipIf(!tool)('promtool plays states of the world, and what is said of each', () => {
    expect(promtool(tool ?? '', ['test', 'rules', UNIT])).toContain('SUCCESS');
  });

  // A test that cannot fail is none: each of these faults is found.
  it.skipIf(!tool).each([
    ['unknown counts as a fault', 'outcome="fault", provider', 'outcome=~"fault|unknown", provider'],
    ['what is not known counts as unusable', 'hf_doctor_model_usable == 0', 'hf_doctor_exit_code == 3'],
    [
      'known faults alert',
      'hf_doctor_finding{blame="provider", severity!="info", counts!="false"}',
      'hf_doctor_finding{blame="provider", severity!="info"}',
    ],
    ['a bad token is an alert a model', 'unless on (job, instance)\n', 'unless on (model)\n'],
    ['one bad round alerts', 'for: 5m', 'for: 0m'],
    [
      'a model is expected to fail',
      '          unless on (job, instance, model) hf_doctor_excused{route=""}\n',
      '',
    ],
    [
      'a provider is expected to fail',
      '          unless on (job, instance, model, route) hf_doctor_excused\n',
      '',
    ],
    ['stale has another limit', '> on (job, instance) hf_doctor_watch_stale_after_seconds', '> 900'],
    ['a watch that is gone is silent', ' or absent(up{job="hf-doctor"})', ''],
    ['the expected is told', 'unless on (job, instance, rule) hf_doctor_finding{severity=\\"info\\"}', ''],
    ['the money is told too late', '0.9 * hf', '1 * hf'],
  ])('a slip is found: %s', (_, from, to) => {
    const text = readFileSync(ALERTS, 'utf8');
    expect(text).toContain(from);
    const at = folder();
    writeFileSync(join(at, 'alerts.yml'), text.replaceAll(from, to));
    const unit = readFileSync(UNIT, 'utf8').replace(
      /\.\.\/\.\.\/fixtures\/prometheus\/alerts\.yml/,
      'alerts.yml',
    );
    writeFileSync(join(at, 'unit.yml'), unit);
    expect(() => promtool(tool ?? '', ['test', 'rules', join(at, 'unit.yml')])).toThrow(/FAILED|unexpected/i);
  });
});

describe('the dashboard', () => {
  it('reads from the data source that is chosen, and nothing from another place', () => {
    const variables = board.templating.list.map((v: { name: string }) => v.name);
    expect(variables).toEqual(['datasource', 'job', 'instance']);
    for (const p of panels)
      for (const { uid } of [p.datasource, ...p.targets.map((t) => t.datasource)])
        expect(uid).toBe(['$', '{datasource}'].join(''));
    for (const used of JSON.stringify(board).matchAll(/\$\{?(?!__)(\w{1,40})/g))
      expect(variables).toContain(used[1]);
    expect(JSON.stringify(board)).not.toMatch(/https?:\/\//);
  });

  it('has panels that do not lie upon each other', () => {
    expect(new Set(panels.map((p) => p.id)).size).toBe(panels.length);
    const taken = new Set<string>();
    for (const { gridPos: g } of panels)
      for (let x = g.x; x < g.x + g.w; x++)
        for (let y = g.y; y < g.y + g.h; y++) {
          expect(x).toBeLessThan(24);
          expect(taken.has(`${x} ${y}`)).toBe(false);
          taken.add(`${x} ${y}`);
        }
    for (const { targets } of panels) expect(new Set(targets.map((t) => t.refId)).size).toBe(targets.length);
  });

  it('shows verdicts, usable models, latency, cost and age', () => {
    const shown = queries.map((q) => q.expr).join(' ');
    for (const name of [
      'verdict',
      'model_usable',
      'latency_seconds',
      'watch_cost_usd_total',
      'watch_age_seconds',
    ])
      expect(shown).toContain(`hf_doctor_${name}`);
  });

  it.skipIf(!tool)('promtool can read each query', () => {
    const file = join(folder(), 'queries.yml');
    const recorded = queries.map(({ expr }, i) => ({ record: `query:${i}`, expr }));
    writeFileSync(file, JSON.stringify({ groups: [{ name: 'dashboard', rules: recorded }] }));
    expect(promtool(tool ?? '', ['check', 'rules', file])).toContain(`${queries.length} rules found`);
  });
});

describe('the metrics', () => {
  const many = report(
    Array.from({ length: 2_000 }, (_, i) => cell(`org/model-${i}`, 'router', i % 2 ? DOWN : {})),
  );
  const texts = [
    '\u202e',
    '"',
    '\\',
    '\n',
    '\r\n',
    '{',
    '}',
    ',',
    '= 1',
    '# HELP x',
    '\ud800',
    '\u2028',
    'é',
  ];
  const hostile = report(
    texts.map((text) => cell(`a/b${text}c`, `provider:x${text}`, DOWN)),
    {
      findings: texts.map(() => finding('provider-outage')),
    },
  );

  it.skipIf(!tool).each([
    ['before the first round', metricsOf()],
    ['everything', said],
    ['many models', metricsOf(many)],
    ['hostile names', metricsOf(hostile)],
  ])('promtool has nothing to say: %s', (_, text) => {
    expect(promtool(tool ?? '', ['check', 'metrics'], text)).toBe('');
  });

  it.skipIf(!tool)('promtool says what is wrong', () => {
    expect(() => promtool(tool ?? '', ['check', 'metrics'], `${said}hf_doctor_x{a="b} 1\n`)).toThrow();
  });

  it('are never more than the limit, and the own of the watch are always among them', () => {
    const lines = metricsOf(many)
      .split('\n')
      .filter((l) => l !== '' && !l.startsWith('#'));
    expect(lines).toHaveLength(1_000);
    expect(lines.filter((l) => l.startsWith('hf_doctor_watch_'))).toHaveLength(6);
  });
});
