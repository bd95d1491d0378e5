import { beforeAll, describe, expect, it } from 'vitest';
import { replay } from '../../src/check/replay.js';
import { diffOf } from '../../src/report/diff.js';
import type { Cell, Report } from '../../src/report/model.js';
import { cut, reportOf } from '../merge/world.js';

let healthy: Report;
let novita: Report;
beforeAll(async () => {
  healthy = await reportOf('healthy');
  novita = await reportOf('novita-500');
});

type Said = Pick<Cell, 'outcome'> & Partial<Pick<Cell, 'rule' | 'status' | 'reason'>>;

/** A report with one cell that matters. */
function withCell(said: Said | null): Report {
  const [model] = healthy.models;
  const cell = healthy.cells.find((c) => c.model === model?.id && c.outcome === 'ok' && !c.control);
  if (!model || !cell) throw new Error('the scenario has a cell that works');
  const usable = said?.outcome !== 'fault';
  return {
    ...healthy,
    models: [{ ...model, usable, checked: true }],
    cells: said ? [{ ...cell, status: 200, rule: null, ...said }] : [],
    findings: [],
  };
}

const OK: Said = { outcome: 'ok' };
const FLAKY: Said = { outcome: 'flaky', reason: 'first 500, then 200' };
const DOWN: Said = { outcome: 'fault', rule: 'provider-outage', status: 500 };
const BROKE: Said = { outcome: 'fault', rule: 'credits-exhausted', status: 402 };
const DARK: Said = { outcome: 'unknown', status: null };

describe('what changed', () => {
  it.each<[string, Said | null, Said, string | null, number]>([
    ['nothing', OK, OK, null, 0],
    ['the same fault', DOWN, DOWN, null, 0],
    ['a fault', OK, DOWN, 'new', 1],
    ['a fault on a way that is new', null, DOWN, 'new', 1],
    ['a way that is new and works', null, OK, null, 0],
    ['a fault where nothing was clear', DARK, DOWN, 'new', 1],
    ['now and then', OK, FLAKY, 'flaky', 0],
    ['from now and then to always', FLAKY, DOWN, 'worse', 1],
    ['from always to now and then', DOWN, FLAKY, 'better', 0],
    ['it works again', DOWN, OK, 'fixed', 0],
    ['it works always again', FLAKY, OK, 'fixed', 0],
    ['another fault', DOWN, BROKE, 'changed', 0],
    ['not clear any more', OK, DARK, 'changed', 0],
  ])('%s', (_, from, to, kind, exitCode) => {
    const view = diffOf(withCell(from), withCell(to));
    expect(view.changes.map((c) => c.kind)).toEqual(kind === null ? [] : [kind]);
    expect(view.exitCode).toBe(exitCode);
  });

  it('names a model that cannot be used any more, and one that can again', () => {
    const [model] = healthy.models;
    expect(diffOf(withCell(OK), withCell(DOWN)).models).toEqual([{ id: model?.id, usable: false }]);
    expect(diffOf(withCell(DOWN), withCell(OK)).models).toEqual([{ id: model?.id, usable: true }]);
  });

  it('does not take other models for a change', () => {
    const [a, b] = healthy.models as [Report['models'][number], Report['models'][number]];
    const of = (m: Report['models'][number]) => ({ ...healthy, models: [m], cells: [] });
    const view = diffOf(of({ ...a, usable: true }), of({ ...b, usable: false }));
    expect(view).toMatchObject({ only: { old: [a.id], new: [b.id] }, models: [], exitCode: 0 });
  });

  it('names a fault of the token, which has no cell', async () => {
    const view = diffOf(healthy, await reportOf('token-invalid'));
    expect(view.exitCode).toBe(1);
    expect([...view.findings.map((f) => f.rule), ...view.changes.map((c) => c.to.rule)]).toContain(
      'token-invalid',
    );
  });

  it('is inconclusive where the new run could not tell', () => {
    const dark: Report = {
      ...withCell(DARK),
      exitCode: 3,
      models: [{ ...withCell(DARK).models[0], checked: false, usable: false } as Report['models'][number]],
    };
    expect(diffOf(withCell(OK), dark).exitCode).toBe(3);
  });

  it.each<[string, Partial<Report>, Partial<Report['models'][number]>]>([
    ['ended before it asked', { exitCode: 130, complete: false }, {}],
    ['broke down', { exitCode: 4 }, {}],
    ['lacks a shard', { exitCode: 1, missing: ['2/2'] }, {}],
    ['says nothing of a model that worked', { exitCode: 1 }, { usable: false, checked: false }],
  ])('is inconclusive where the new run %s', (_, more, model) => {
    const now = { ...withCell(OK), ...more };
    const models = now.models.map((m) => ({ ...m, ...model }));
    expect(diffOf(withCell(OK), { ...now, models }).exitCode).toBe(3);
  });

  it('finds nothing new where a healthy model is added', async () => {
    const ids = new Set(healthy.models.slice(0, 1).map((m) => m.id));
    const first = replay(cut(healthy, ids, '1/1'), { version: '0', failOn: 'error', keep: false }) as Report;
    expect(first.models).toHaveLength(1);
    expect(healthy.cells.some((c) => c.outcome === 'fault' && !ids.has(c.model))).toBe(true);
    expect(diffOf(first, healthy)).toMatchObject({ changes: [], findings: [], exitCode: 0 });
    const same = first.cells.filter((c) => !c.control && !c.instead).length;
    expect(diffOf(healthy, first)).toMatchObject({ changes: [], exitCode: 0, same });
  });

  it.each([{ expected: true }, { ignored: 'a reason' }])('shows what is %j, and it is no alert', (mark) => {
    const down = withCell(DOWN);
    const marked = {
      ...down,
      cells: down.cells.map((c) => ({ ...c, ...mark })),
      models: down.models.map((m) => ({ ...m, ...mark })),
    };
    const view = diffOf(withCell(OK), marked);
    expect(view.changes.map((c) => c.kind)).toEqual(['new']);
    expect(view.exitCode).toBe(0);
  });

  it('is nothing against itself, and the opposite backwards', () => {
    expect(diffOf(novita, novita)).toMatchObject({ changes: [], models: [], findings: [], exitCode: 0 });
    const there = diffOf(withCell(OK), withCell(DOWN));
    const back = diffOf(withCell(DOWN), withCell(OK));
    expect([there.changes[0]?.kind, back.changes[0]?.kind]).toEqual(['new', 'fixed']);
  });
});
