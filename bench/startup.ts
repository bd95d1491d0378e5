/* npm run bench -- startup: the built program against bare node, in the same run. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const root = process.cwd();
const bin = join(root, 'bin', 'hf-doctor.js');
const ROUNDS = Number(process.argv[2] ?? 25);
const env = { ...process.env };
delete env.NODE_EXTRA_CA_CERTS;

const subjects: { name: string; args: string[]; target: number | null }[] = [
  { name: 'bare node', args: ['-e', '0'], target: null },
  { name: '--version', args: [bin, '--version'], target: 1.6 },
  { name: '--help', args: [bin, '--help'], target: null },
  { name: 'check --simulate healthy', args: [bin, 'check', '--simulate', 'healthy'], target: null },
];

/** Alternating rounds, so that a busy moment hits all of them; the median decides. */
const times = new Map(subjects.map((s) => [s.name, [] as number[]]));
for (let round = 0; round < ROUNDS; round += 1)
  for (const s of subjects) {
    const from = performance.now();
    const done = spawnSync(process.execPath, s.args, { env, cwd: root });
    if (done.status !== 0) throw new Error(`${s.name} ended with ${done.status}: ${done.stderr}`);
    times.get(s.name)?.push(performance.now() - from);
  }
const median = (list: number[]) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)] ?? Number.NaN;
const base = median(times.get('bare node') ?? []);
console.log(`startup, ${ROUNDS} rounds, median, bare node = 1.00`);
for (const s of subjects) {
  const ratio = median(times.get(s.name) ?? []) / base;
  const target =
    s.target === null ? '' : `  target at most ${s.target}: ${ratio <= s.target ? 'met' : 'missed'}`;
  console.log(`${s.name.padEnd(26)} ${ratio.toFixed(2)}${target}`);
}
