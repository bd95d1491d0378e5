/* npm run bench -- all: every bench, and bench/README.md with what they said. */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Line, shown, verdict } from './parts/lines.js';
import { env, root } from './parts/process.js';
import { table } from './parts/table.js';

const BENCHES = ['startup', 'engine', 'render', 'memory', 'npx', 'explain', 'safety'];
type Said = Line | { what: string; skipped: string };

const rows: Parameters<typeof table>[0][number][] = [];
for (const bench of BENCHES) {
  process.stdout.write(`\n${bench}\n`);
  const done = spawnSync(process.execPath, ['bench/run.mjs', bench], {
    cwd: root,
    env: { ...env, HF_DOCTOR_BENCH: 'json' },
    encoding: 'utf8',
    maxBuffer: 1e8,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines = done.stdout.split('\n').filter((text) => text.startsWith('{"what"'));
  if (done.status !== 0) {
    // The others are still worth their time; this one stands in the table as what it is.
    lines.push(JSON.stringify({ what: 'the rest of this bench', skipped: `it ended with ${done.status}` }));
    process.exitCode = 1;
  }
  if (lines.length === 0) throw new Error(`the bench ${bench} said nothing`);
  for (const text of lines) {
    const said = JSON.parse(text) as Said;
    const row =
      'skipped' in said
        ? { bench, what: said.what, value: 'skipped', target: said.skipped, verdict: '' }
        : {
            bench,
            what: said.what,
            value: shown(said.value, said.unit),
            target: said.most === null ? '' : `at most ${shown(said.most, said.unit)}`,
            verdict: verdict(said),
          };
    console.log(
      `${row.what.padEnd(68)} ${row.value.padStart(15)}  ${row.target.padEnd(22)} ${row.verdict}`.trimEnd(),
    );
    rows.push(row);
  }
  // After each: a bench that is stopped takes nothing of the others with it.
  writeFileSync(join(root, 'bench', 'README.md'), table(rows));
}

const missed = rows.filter((row) => row.verdict === 'missed').length;
console.log(`\nbench/README.md holds ${rows.length} lines; ${missed} targets are missed.`);
