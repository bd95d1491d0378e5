import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Dossier, dossierOf, join as joined } from '../../src/merge/dossier.js';
import { reportOf as merged } from '../../src/merge/report.js';
import { type Report, reportSchema } from '../../src/report/model.js';
import type { Observation } from '../../src/types/observation.js';
import { emptyFolder, run } from '../support/cli.js';
import { cut, recordOf, reportOf, withRecord } from './world.js';

const about = { version: '0.0.0-test', failOn: 'error' } as const;
const dossier = (r: Report): Dossier => {
  const d = dossierOf(r);
  if (!d) throw new Error('no evidence');
  return d;
};
const merge = (...reports: Report[]) => merged(reports.map(dossier).reduce(joined), about);
/** Through a file, as it would be merged again. */
const again = (r: Report): Report => JSON.parse(JSON.stringify(r)) as Report;

/** What a report says, without which runs said it and what they cost. */
function said({ cost, sources, evidence, durationMs, missing, ...r }: Report) {
  return { ...r, cells: r.cells.map(({ sources: by, ...c }) => c) };
}

let all: Report;
let novita: Report;
beforeAll(async () => {
  all = await reportOf('all');
  novita = await reportOf('novita-500');
});

describe('shards', () => {
  const pieces = fc.record({
    of: fc.integer({ min: 1, max: 6 }),
    by: fc.array(fc.nat(), { minLength: 40, maxLength: 40 }),
    order: fc.array(fc.nat(), { minLength: 6, maxLength: 6 }),
    nested: fc.boolean(),
  });

  it('merged equal the whole run, however they are cut and joined', () => {
    const whole = said(merge(all));
    fc.assert(
      fc.property(pieces, ({ of, by, order, nested }) => {
        const shards = Array.from({ length: of }, (_, s) => {
          const mine = all.models.map((m) => m.id).filter((_id, i) => (by[i] ?? 0) % of === s);
          return cut(all, new Set(mine), `${s + 1}/${of}`);
        });
        const mixed = shards
          .map((s, i) => ({ s, at: order[i] ?? 0 }))
          .sort((a, b) => a.at - b.at)
          .map(({ s }) => s);
        const [first, ...rest] = mixed as [Report, ...Report[]];
        const mended = nested && rest.length > 0 ? merge(first, again(merge(...rest))) : merge(...mixed);
        expect(said(mended)).toEqual(whole);
        expect(mended.sources).toHaveLength(of);
      }),
      { numRuns: 200 },
    );
  });

  it('that are missing stay no green when something is ignored', async () => {
    const cwd = emptyFolder();
    const healthy = await reportOf('healthy');
    writeFileSync(join(cwd, 'a.json'), JSON.stringify({ ...healthy, shard: '1/2' }));
    const result = await run(['merge', 'a.json', '--ignore', 'slow', '--fail-on', 'error'], { cwd });
    expect(result.code).toBe(3);
    expect(result.stderr).toContain('no report of the shards 2/2');
  });

  it('say who saw each cell', () => {
    const [a, b] = all.models.map((m) => m.id);
    const one = cut(all, new Set([a as string]), '1/2');
    const two = cut(all, new Set([b as string]), '2/2');
    const report = merge(one, two);
    const ids = report.sources?.map((s) => [s.shard, s.id]);
    for (const c of report.cells.filter((x) => x.model === a && !x.instead))
      expect(c.sources).toEqual([ids?.find(([s]) => s === '1/2')?.[1]]);
  });

  it('are named where they are missing, and then nothing is green', async () => {
    const healthy = await reportOf('healthy');
    expect(merge({ ...healthy, shard: '1/1' })).toMatchObject({ exitCode: 0, complete: true });
    const part = merge({ ...healthy, shard: '2/3' });
    expect(part).toMatchObject({ exitCode: 3, ok: false, complete: false, missing: ['1/3', '3/3'] });
  });
});

describe('merging', () => {
  const place = (r: Report, vantage: string): Report => ({ ...r, vantage });

  it('does not depend on the order, on the grouping, or on how often', async () => {
    const healthy = await reportOf('healthy');
    const some = [all, novita, place(novita, 'eu-west'), place(healthy, 'us-east'), broken(healthy, 500)];
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...some), { minLength: 1, maxLength: 4 }),
        fc.array(fc.constantFrom(...some), { minLength: 1, maxLength: 4 }),
        fc.array(fc.constantFrom(...some), { minLength: 1, maxLength: 4 }),
        (a, b, c) => {
          const flat = merge(...a, ...b, ...c);
          expect(merge(...c, ...a, ...b)).toEqual(flat);
          expect(merge(again(merge(...a)), ...b, again(merge(...c)))).toEqual(flat);
          expect(merge(...a, ...a, ...b, ...c, again(flat))).toEqual(flat);
        },
      ),
      { numRuns: 30 },
    );
  });

  it('does not depend on the grouping where runs differ in little', () => {
    const record = recordOf(novita);
    const twin = (i: number): Report => ({
      ...withRecord(novita, {
        ...record,
        observations: record.observations.map((o) => ({
          ...o,
          ...{ at: null, latencyMs: 5, requestId: null },
          status: o.status === 200 ? 200 + i : o.status,
        })),
      }),
      startedAt: `2026-11-21T10:00:0${i}.000Z`,
    });
    const [a, b, c] = [twin(0), twin(1), twin(2)];
    const flat = merge(a, b, c);
    expect(merge(again(merge(a, b)), c)).toEqual(flat);
    expect(merge(again(merge(a, c)), b)).toEqual(flat);
    expect(merge(again(merge(b, c)), a)).toEqual(flat);
  });

  it('calls a model unusable that one place could not use and another one could not check', async () => {
    const healthy = await reportOf('healthy');
    const record = recordOf(healthy);
    const dark = withRecord(healthy, {
      ...record,
      observations: record.observations.map((o) =>
        o.purpose === 'inference' ? { ...o, status: null, shape: null, error: 'run.cancelled' as const } : o,
      ),
    });
    const report = merge(place(broken(healthy, 500), 'eu-west'), place(dark, 'us-east'));
    expect(report.models.map((m) => [m.usable, m.checked])).toEqual(healthy.models.map(() => [false, true]));
  });

  it('makes a report that can be read again, whatever numbers and names it was made of', () => {
    const planned = { ...novita.cost.planned, requests: Number.MAX_SAFE_INTEGER, usd: 1e308 };
    const forged = { ...novita, vantage: 'v'.repeat(1_000), cost: { ...novita.cost, planned } };
    const report = merge(forged, { ...forged, startedAt: '2026-11-21T11:00:00.000Z' });
    expect(reportSchema.safeParse(again(report)).success).toBe(true);
    expect(dossierOf(again(report))).not.toBeNull();
  });

  it('lets the worst verdict win, and names both runs', async () => {
    const healthy = await reportOf('healthy');
    for (const report of [merge(healthy, broken(healthy, 500)), merge(broken(healthy, 500), healthy)]) {
      expect(report.exitCode).toBe(1);
      const bad = report.cells.filter((c) => c.status === 500);
      expect(bad.length).toBeGreaterThan(0);
      for (const c of bad)
        expect(c).toMatchObject({ outcome: 'fault', sources: expect.objectContaining({ length: 2 }) });
    }
  });

  it('believes the evidence, not the verdict of a report', async () => {
    const forged = { ...novita, cells: [], findings: [], ok: true, exitCode: 0 };
    expect(said(merge(forged)).findings).toEqual(said(merge(novita)).findings);
  });

  it('shows where places disagree', async () => {
    const healthy = await reportOf('healthy');
    const report = merge(place(healthy, 'eu-west'), place(broken(healthy, 500), 'us-east'));
    const found = report.findings.find((f) => f.rule === 'vantage-differs');
    expect(found).toMatchObject({ severity: 'error', confidence: 'possible' });
    expect(found?.title).toMatch(/ works? from eu-west and not from us-east$/);
    for (const i of found?.cells ?? []) expect(report.cells[i]?.vantage).toMatch(/^(?:eu-west|us-east)$/);
    expect(found?.cells.some((i) => report.cells[i]?.vantage === 'us-east')).toBe(true);
    expect(report.exitCode).toBe(1);
    const outage = report.findings.find((f) => f.rule === 'provider-outage');
    expect(outage).toMatchObject({ vantages: ['us-east'] });
    expect(outage?.explanation).toContain('Seen from us-east, not from eu-west.');
    expect(report.models.every((m) => !m.usable && m.best === null)).toBe(true);
  });

  it('says what came from each place that fails', async () => {
    const healthy = await reportOf('healthy');
    const report = merge(
      place(healthy, 'ap'),
      place(broken(healthy, 500), 'eu'),
      place(broken(healthy, 451), 'us'),
    );
    const told = report.findings.find((f) => f.rule === 'vantage-differs');
    expect(told?.explanation).toContain('From eu and us came HTTP 451 and HTTP 500.');
  });

  it('keeps hostile keys as data', async () => {
    const record = recordOf(novita);
    const evil = withRecord(novita, {
      ...record,
      run: { ...record.run, models: [...record.run.models, '__proto__', 'constructor'] },
      observations: record.observations.map((o, i) =>
        i % 2 ? { ...o, model: '__proto__', ref: '__proto__' } : o,
      ),
    });
    const report = merge(again(evil));
    expect(report.models.map((m) => m.id)).toContain('__proto__');
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    expect(Object.keys(Object.prototype)).toEqual([]);
  });

  it.each([
    ['no evidence', undefined],
    ['a text', 'x'],
    ['an empty merge', { merged: [] }],
    [
      'an answer that took longer than any run',
      () => {
        const record = recordOf(novita);
        return withRecord(novita, {
          ...record,
          observations: record.observations.map((o) => ({ ...o, latencyMs: 1e300 })),
        }).evidence;
      },
    ],
    ['a merge of nothing', { merged: [{ vantage: 'a', record: {} }] }],
  ])('refuses %s', (_, made) => {
    const evidence: unknown = typeof made === 'function' ? made() : made;
    expect(dossierOf({ ...novita, evidence })).toBeNull();
    expect(dossierOf({ ...novita, evidence, sources: [] })).toBeNull();
  });
});

/** The same run, where each real call failed. */
function broken(report: Report, status: number): Report {
  const record = recordOf(report);
  const fail = (o: Observation): Observation =>
    o.purpose === 'inference' && !o.control
      ? {
          ...o,
          status,
          shape: null,
          body: { ...o.body, kind: 'text', message: 'Internal error', excerpt: 'Internal error' },
        }
      : o;
  return {
    ...withRecord(report, { ...record, observations: record.observations.map(fail) }),
    startedAt: '2026-11-21T11:00:00.000Z',
  };
}
