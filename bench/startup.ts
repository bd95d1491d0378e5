/* npm run bench -- startup: the built program against bare node, in the same run. */
import { spawnSync } from 'node:child_process';
import { quarter, say } from './parts/lines.js';
import { built, env, root } from './parts/process.js';

const ROUNDS = Number(process.argv[2] ?? 15);
const bin = built();
const BARE = { name: 'bare node', args: ['-e', '0'], most: null };
const SUBJECTS: readonly { name: string; args: string[]; most: number | null }[] = [
  BARE,
  { name: '--version', args: [bin, '--version'], most: 1.5 },
  { name: '--help', args: [bin, '--help'], most: 1.5 },
  { name: 'rules', args: [bin, 'rules'], most: null },
  { name: 'check --simulate healthy', args: [bin, 'check', '--simulate', 'healthy'], most: 6 },
];

/** Alternating rounds, so that a busy moment hits all of them. */
const times = new Map(SUBJECTS.map((s) => [s.name, [] as number[]]));
for (let round = 0; round < ROUNDS; round += 1)
  for (const s of SUBJECTS) {
    const from = performance.now();
    const done = spawnSync(process.execPath, s.args, { env, cwd: root });
    if (done.status !== 0) throw new Error(`${s.name} ended with ${done.status}: ${done.stderr}`);
    times.get(s.name)?.push(performance.now() - from);
  }
const base = quarter(times.get(BARE.name) ?? []);
say({ what: 'bare node', value: base, unit: 'ms', most: null });
for (const { name, most } of SUBJECTS.slice(1))
  say({ what: `${name}, bare node = 1`, value: quarter(times.get(name) ?? []) / base, unit: 'x', most });
