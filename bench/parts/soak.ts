import { spawn } from 'node:child_process';
import { say } from './lines.js';
import { against, env, part, serveBadly } from './process.js';

/** The shortest pause of a watch is 30 seconds: so many rounds are ten minutes. */
const ROUNDS = 20;

interface Sample {
  /** Megabytes. */
  rss: number;
  heap: number;
  fds: number;
}

/** G18: a watch whose rounds follow each other at once; one call in twenty fails. */
export async function soak(bin: string, minutes: number): Promise<void> {
  const server = await serveBadly('flaky');
  const { args, env: token } = against(server);
  const models = Array.from({ length: 40 }, (_, i) => `bench/model-${i}`);
  const watch = ['watch', ...models, '--routes', 'router', '--format', 'ndjson', '--timeout', '1', ...args];
  const child = spawn(process.execPath, ['--expose-gc', '--import', part('soak.mjs'), bin, ...watch], {
    env: { ...env, ...token },
    stdio: ['ignore', 'ignore', 'inherit', 'pipe'],
  });
  let text = '';
  child.stdio[3]?.on('data', (data) => {
    text += data;
  });
  const timer = setTimeout(() => child.kill('SIGTERM'), minutes * 60_000);
  const code = await new Promise<number | null>((done) => child.once('close', done));
  clearTimeout(timer);
  server.stop();
  const samples = text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Sample);
  if (code !== 143) throw new Error(`the watch ended with ${code} after ${samples.length} rounds`);
  // What the first rounds load and compile stays.
  const steady = samples.slice(Math.floor(samples.length / 4));
  const what = `G18 ${samples.length} rounds of 40 calls in ${minutes} min`;
  const slope = (key: 'rss' | 'heap') => ROUNDS * slopeOf(steady.map((s, round) => [round, s[key]]));
  say({ what: `${what}: memory gained in ${ROUNDS}`, value: slope('rss'), unit: 'MB', most: 1 });
  say({ what: `G18 heap gained in ${ROUNDS} rounds`, value: slope('heap'), unit: 'MB', most: null });
  say({ what: 'G18 memory at the end', value: steady.at(-1)?.rss ?? Number.NaN, unit: 'MB', most: null });
  const half = Math.floor(steady.length / 2);
  const most = (list: Sample[]) => Math.max(...list.map((s) => s.fds));
  const more = most(steady.slice(half)) - most(steady.slice(0, half));
  say({ what: 'G18 open in the second half, beyond the first', value: more, unit: 'descriptors', most: 0 });
}

/** Of the line that fits best. */
function slopeOf(points: readonly (readonly [x: number, y: number])[]): number {
  const mean = (at: 0 | 1) => points.reduce((sum, p) => sum + p[at], 0) / points.length;
  const [x, y] = [mean(0), mean(1)];
  const sum = (of: (p: readonly [number, number]) => number) => points.reduce((all, p) => all + of(p), 0);
  return sum((p) => (p[0] - x) * (p[1] - y)) / sum((p) => (p[0] - x) ** 2);
}
