import { expect, it } from 'vitest';
import { check } from '../../src/check/check.js';
import { checkInLines } from '../../src/check/stream.js';
import { expecting, ignoring } from '../../src/report/expected.js';
import { judge } from '../../src/report/judge.js';
import type { Line } from '../../src/report/lines.js';
import type { Cell, Report } from '../../src/report/model.js';
import { chat, inputFor, json, manyModels } from './world.js';

const MODELS = 1_200;

/** Every 20th model fails everywhere. */
const world = () =>
  manyModels((_, model) =>
    Number(/\d{1,9}$/.exec(model)?.[0]) % 20 === 0
      ? json(500, { error: { message: 'upstream failed' } })
      : chat(model),
  ).w;

it('what does not count is the same part by part as of the whole', async () => {
  const { report: whole } = await check(inputFor(MODELS), world());
  expect(whole.exitCode).toBe(1);
  const dead = whole.models.filter((m) => !m.usable).map((m) => m.id);
  const fine = whole.models.find((m) => m.usable)?.id ?? '';
  const excuses = [
    expecting([
      ...dead.slice(1).map((model) => ({ model, route: null, faults: [500] })),
      { model: fine, route: 'router', faults: [500] },
    ]),
    ignoring(
      whole.findings.map(({ rule }) => ({ rule, model: dead[0] ?? '', route: null, reason: 'known' })),
    ),
  ];
  const of = (r: Report) => judge(r, excuses, 'error');
  const judged = of(whole);
  const lines: (Line & Record<string, unknown>)[] = [];
  const exitCode = await checkInLines({ ...inputFor(MODELS), judge: of }, world(), async (more) => {
    lines.push(...(more as typeof lines));
    return true;
  });
  expect(exitCode).toBe(judged.exitCode);
  expect(exitCode).toBe(0);
  const marks = (cells: readonly Cell[]) =>
    cells
      .filter((c) => !c.control)
      .map((c) => `${c.model} ${c.route} ${c.expected} ${c.ignored}`)
      .sort();
  expect(marks(lines.filter((l) => l.type === 'cell') as unknown as Cell[])).toEqual(marks(judged.cells));
  const end = lines.at(-1) as unknown as Report;
  expect(end.recovered).toEqual([{ model: fine, route: 'router', expected: true }]);
  expect(end.recovered).toEqual(judged.recovered);
  // A finding is told once in each part: three of them, where the whole has one.
  expect(end.summary.excused?.expected).toBeGreaterThanOrEqual(judged.summary.excused?.expected ?? 0);
  expect(end.summary.cells).toEqual(judged.summary.cells);
});
