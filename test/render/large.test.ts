import { describe, expect, it, vi } from 'vitest';
import { renderHuman } from '../../src/render/human/human.js';
import type { Cell, Report } from '../../src/report/model.js';
import type { Safe } from '../../src/safety/safe.js';
import { cell, DOWN, finding, flat, look, report, shown } from './support.js';

const pushed = vi.hoisted(() => ({ most: 0 }));
vi.mock('cli-table3', async (original) => {
  const { default: Table } = (await original()) as { default: new (...args: unknown[]) => unknown[] };
  return {
    default: class extends Table {
      override push(...rows: unknown[]) {
        const length = super.push(...rows);
        pushed.most = Math.max(pushed.most, length);
        return length;
      }
    },
  };
});

/* A run of many models is read by its counts, its worst models and its first findings. */

const FLAKY = { status: 500, outcome: 'flaky', attempts: 2, rule: 'flaky' } as const;
const UNKNOWN = { status: null, error: 'net.deadline', outcome: 'unknown', rule: null } as const;

function many(models: number, more: Record<number, Partial<Cell>>, rest: Partial<Report> = {}): Report {
  const cells = Array.from({ length: models }, (_, i) => cell(`org/m${i}`, 'router', more[i] ?? {}));
  return report(cells, rest);
}

describe('more models than a person reads one by one', () => {
  const bad = { 90: FLAKY, 91: UNKNOWN, 92: { ...DOWN }, 93: { ...DOWN } };

  it('are counted by verdict, the worst first', () => {
    const text = shown(many(200, bad));
    const at = [
      /✖ provider-outage +2 cells, 2 models/,
      /\? not clear +1 cell, 1 model/,
      /▲ flaky +1 cell, 1 model/,
      /✔ works +196 cells, 196 models/,
    ].map((line) => text.search(line));
    expect(at).not.toContain(-1);
    expect(at).toEqual([...at].sort((a, b) => a - b));
  });

  it('are named in that order too, 50 of them, with the place of the rest', () => {
    const names = [...shown(many(200, bad)).matchAll(/^org\/m(\d+)/gm)].map((m) => Number(m[1]));
    expect(names.slice(0, 5)).toEqual([92, 93, 91, 90, 0]);
    expect(names).toHaveLength(50);
    const text = flat(many(200, bad));
    for (const place of ['--format json', 'ndjson', '--output']) expect(text).toContain(place);
  });

  it('have their first findings in full and the rest by rule', () => {
    const findings = Array.from({ length: 45 }, (_, i) => finding({ title: `fault number ${i}` }));
    const text = flat(many(60, bad, { findings, exitCode: 1 }));
    expect(text).toContain('fault number 19 ');
    expect(text).not.toContain('fault number 20');
    expect(text).toContain('And 25 findings more: provider-outage (25).');
    // Fewer models: all of them.
    expect(flat(many(50, {}, { findings, exitCode: 1 }))).toContain('fault number 44');
  });

  it('never make a long table, nor a long text', () => {
    const text = shown(many(5000, bad), 200);
    expect(text.split('\n').length).toBeLessThan(80);
    expect(pushed.most).toBeGreaterThan(0);
    expect(pushed.most).toBeLessThanOrEqual(100);
  });

  it('the 50th is a row, the 51st makes it many', () => {
    expect(shown(many(50, {}))).not.toContain('models are shown');
    expect(shown(many(51, {}))).toContain('50 of 51 models are shown');
  });
});

it('looks at a cell a few times only, however many models there are', () => {
  const looks = (models: number) => {
    const made = many(models, { 3: { ...DOWN } }, { findings: [finding()], exitCode: 1 });
    let read = 0;
    const cells = made.cells.map((c) =>
      Object.defineProperty({ ...c }, 'model', {
        enumerable: true,
        get: () => {
          read += 1;
          return c.model;
        },
      }),
    );
    renderHuman({ ...made, cells } as Safe<Report>, look());
    return read;
  };
  const [few, lots] = [looks(100), looks(2000)];
  expect(lots).toBeLessThan(few * 25);
});

it('a model that the run did not come to has no row', () => {
  const left = { outcome: 'skipped', unfinished: true, reason: '--max-requests 5 would be passed' } as const;
  const more = Object.fromEntries(Array.from({ length: 98 }, (_, i) => [i + 2, left]));
  const text = shown(many(100, more, { complete: false }));
  expect([...text.matchAll(/^org\/m\d+/gm)]).toHaveLength(2);
  expect(text).toContain('2 of 100 models are shown');
});
