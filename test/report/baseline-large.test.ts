import { expect, it } from 'vitest';
import { againstBaseline, baselineOf } from '../../src/report/baseline.js';
import { cell, DOWN, finding, report } from '../watch/support.js';

/** How often the models of the cells are read while a report is held against itself. */
function looks(models: number): number {
  const cells = Array.from({ length: models }, (_, i) => cell(`org/m${i}`, 'router', DOWN));
  const before = baselineOf({ ...report(cells), findings: [] });
  let read = 0;
  const counted = cells.map((c) =>
    Object.defineProperty({ ...c }, 'model', {
      enumerable: true,
      get: () => {
        read += 1;
        return c.model;
      },
    }),
  );
  const found = finding('provider-outage', { cells: cells.map((_, i) => i) });
  const { models: judged } = againstBaseline(
    { ...report(cells), cells: counted, findings: [found] },
    before,
    'error',
  );
  expect(judged.every((m) => m.known)).toBe(true);
  return read;
}

it('costs as much for each model, however many there are', () => {
  expect(looks(2000)).toBeLessThan(looks(100) * 25);
});
