/* npm run bench -- render: what the views of large reports cost, against JSON.stringify of the same report. */

import { RENDERERS } from '../src/render/index.js';
import { makeLook } from '../src/render/look.js';
import { MULTILINE } from '../src/report/multiline.js';
import { createRedactor } from '../src/safety/redact.js';
import { makeSafe } from '../src/safety/safe.js';
import { quarter, say } from './parts/lines.js';
import { reportOf } from './parts/report.js';

const look = makeLook({ flag: false, env: {}, isTTY: false, columns: 120 });
const safeOf = (models: number) => makeSafe(reportOf(models), createRedactor([]), MULTILINE);
const ms = (run: () => unknown): number => {
  const from = performance.now();
  run();
  return performance.now() - from;
};

/** The first view of a process, as a user gets it. */
const thousand = safeOf(1000);
const human = await RENDERERS.human();
const first = ms(() => [...human(thousand, look)].join(''));
const bare = quarter(Array.from({ length: 5 }, () => ms(() => JSON.stringify(thousand))));
say({ what: 'P6 human view of 1,000 models on 5 routes', value: first, unit: 'ms', most: 150 });
say({
  what: 'P6 human view of 1,000 models, JSON.stringify = 1',
  value: first / bare,
  unit: 'x',
  most: null,
});

const cells = [1_000, 10_000, 100_000] as const;
const reports = cells.map((n) => safeOf(n / 5));
for (const [name, load] of Object.entries(RENDERERS)) {
  const render = await load();
  const [a, b, c] = reports.map((report) =>
    quarter([1, 2, 3].map(() => ms(() => [...render(report, look)].join('')))),
  );
  if (a === undefined || b === undefined || c === undefined) throw new Error('three sizes are measured');
  say({ what: `P6 ${name}: 100,000 cells`, value: c, unit: 'ms', most: null });
  say({ what: `P6 ${name}: a cell of 10,000, of 1,000 = 1`, value: b / a / 10, unit: 'x', most: null });
  // Where time is spent by the megabyte a cache that overflows may cost half as much again.
  say({
    what: `P6 ${name}: a cell of 100,000, of 10,000 = 1 (linear)`,
    value: c / b / 10,
    unit: 'x',
    most: 1.5,
  });
}
