import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { writeAtomic } from '../../src/safety/write.js';
import { say } from './lines.js';
import { env, root } from './process.js';

const KILLS = 200;
const BYTES = 20e6;
const whole = ['a', 'b'].map((letter) => `${letter.repeat(BYTES)}.`);
const isLeftOver = (name: string) => name.startsWith('.hf-doctor-');

/** Writes one of two texts over the other for ever; a dot for each that stands. */
const WRITER = `import { writeAtomic } from './src/safety/write.ts';
const texts = ['a', 'b'].map((letter) => letter.repeat(${BYTES}) + '.');
process.stdout.write('ready');
for (let i = 0; ; i++) { await writeAtomic(process.env.TARGET, texts[i % 2]); process.stdout.write('.'); }`;

/** G6: kill -9 at moments of chance while 20 MB are written. */
export async function kills(folder: string): Promise<void> {
  const script = join(folder, 'write.mjs');
  buildSync({
    stdin: { contents: WRITER, resolveDir: root, loader: 'ts' },
    bundle: true,
    platform: 'node',
    format: 'esm',
    outfile: script,
    logLevel: 'error',
  });
  const own = join(folder, 'kills');
  mkdirSync(own);
  const target = join(own, 'report.json');
  const found = { old: 0, new: 0, cut: 0 };
  for (let i = 0; i < KILLS; i += 1) {
    writeFileSync(target, 'old.');
    await killed(script, target, i % 2 === 0 ? 'ready' : '.');
    const text = readFileSync(target, 'utf8');
    found[text === 'old.' ? 'old' : whole.includes(text) ? 'new' : 'cut'] += 1;
  }
  const kinds = `${found.old} the old one, ${found.new} a new one`;
  say({
    what: `G6 ${KILLS} x kill -9 while writing: cut (${kinds})`,
    value: found.cut,
    unit: 'files',
    most: 0,
  });

  // Two hours later the next report is written.
  const left = readdirSync(own).filter(isLeftOver);
  const then = new Date(Date.now() - 7_200_000);
  for (const name of left) utimesSync(join(own, name), then, then);
  await writeAtomic(target, 'next.');
  const still = readdirSync(own).filter(isLeftOver).length;
  say({
    what: `G6 of ${left.length} left-overs, after the next report`,
    value: still,
    unit: 'files',
    most: 0,
  });
}

/** Starts the writer and ends it some time after it said `mark`. */
function killed(script: string, target: string, mark: string): Promise<void> {
  const child = spawn(process.execPath, [script], {
    env: { ...env, TARGET: target },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let seen = '';
  let armed = false;
  child.stdout.on('data', (data) => {
    seen += data;
    if (armed || !seen.includes(mark)) return;
    armed = true;
    setTimeout(() => child.kill('SIGKILL'), Math.random() * 120);
  });
  return new Promise((done) => child.once('close', () => done()));
}
