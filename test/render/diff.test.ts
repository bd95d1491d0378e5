import { describe, expect, it } from 'vitest';
import { renderDiff, renderDiffMarkdown } from '../../src/render/diff.js';
import { flatLook } from '../../src/render/look.js';
import type { DiffView } from '../../src/report/diff.js';
import { makeSafe } from '../../src/safety/safe.js';
import { activeIn, tables } from '../support/markdown.js';

const ok = { outcome: 'ok', rule: null, status: 200, error: null } as const;
const down = { outcome: 'fault', rule: 'provider-outage', status: 500, error: null } as const;

const view: DiffView = {
  schemaVersion: 1,
  exitCode: 1,
  old: { startedAt: '2026-11-20T09:00:00.000Z', exitCode: 0, usable: 2, models: 2 },
  new: { startedAt: '2026-11-21T09:00:00.000Z', exitCode: 1, usable: 1, models: 2 },
  changes: [
    { kind: 'new', model: 'a/long-name', route: 'provider:novita', from: ok, to: down },
    { kind: 'fixed', model: 'b/c', route: 'router', from: down, to: ok },
  ],
  models: [{ id: 'a/long-name', usable: false }],
  findings: [{ rule: 'token-shadowed', title: 'HF_TOKEN hides another token', kind: 'new' }],
  same: 7,
  only: { old: ['x/y'], new: [] },
};

const safe = (v: DiffView) => makeSafe(v, (t) => t, new Set());

describe('what changed', () => {
  it('is told as a table for a terminal', () => {
    expect(renderDiff(safe(view), flatLook())).toBe(
      [
        '2 new or worse, 1 fixed or better.',
        '2026-11-20T09:00:00Z: 2 of 2 models usable. 2026-11-21T09:00:00Z: 1 of 2 models usable.',
        '',
        '✖ a/long-name cannot be used any more',
        '✖ new      token-shadowed: HF_TOKEN hides another token',
        '✖ new      a/long-name  novita  ok -> 500 provider-outage',
        '✔ fixed    b/c          router  500 provider-outage -> ok',
        '7 cells as before; 1 model only in the old report.',
        '',
      ].join('\n'),
    );
  });

  it('says that nothing did', () => {
    const none = { ...view, changes: [], models: [], findings: [], exitCode: 0 };
    expect(renderDiff(safe(none), flatLook())).toMatch(/^Nothing changed\.\n/);
    expect(renderDiffMarkdown(safe(none))).toMatch(/^### Nothing changed\.\n/);
  });

  it('is a table for an issue, whatever the names are', () => {
    const evil = '`|<img src=x onerror=alert(1)> @team #1 ](http://evil.example)';
    const hostile = {
      ...view,
      changes: view.changes.map((c) => ({ ...c, model: evil, route: evil })),
      models: [{ id: evil, usable: true }],
      findings: [{ rule: evil, title: evil, kind: 'new' as const }],
    };
    const text = renderDiffMarkdown(safe(hostile));
    expect(activeIn(text)).toEqual([]);
    expect(tables(text).map((table) => table.map((row) => row.length))).toEqual([[5, 5, 5]]);
  });

  it('of a thousand cells fits into an issue', () => {
    const changes = Array.from({ length: 1_000 }, (_, i) => ({
      ...(view.changes[0] as DiffView['changes'][number]),
      model: `org/${'n'.repeat(90)}-${i}`,
    }));
    const text = renderDiffMarkdown(safe({ ...view, changes }));
    expect(text.length).toBeLessThan(65_536);
    expect(text).toContain('And 900 changes more');
  });
});
