/*
 * npm run bench -- safety [g3|g4|g6|g14|g18 ...] [--minutes 60] [--node path ...]: the promises that no
 * test can time. G18 takes five minutes unless it is told otherwise; G14 installs Node 22 and 24 unless it
 * is given others.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { caps } from './parts/caps.js';
import { deadlines } from './parts/deadlines.js';
import { kills } from './parts/kills.js';
import { matrix } from './parts/matrix.js';
import { built } from './parts/process.js';
import { soak } from './parts/soak.js';

const { values, positionals } = parseArgs({
  options: {
    minutes: { type: 'string', default: '5' },
    node: { type: 'string', multiple: true, default: [] },
  },
  allowPositionals: true,
});
const bin = built();
const folder = mkdtempSync(join(tmpdir(), 'hf-doctor-safety-'));
const models = join(folder, 'models.txt');
writeFileSync(models, Array.from({ length: 1_000 }, (_, i) => `bench/model-${i}\n`).join(''));

const PARTS: Record<string, () => Promise<void>> = {
  g3: () => deadlines(bin),
  g4: () => caps(bin, models),
  g6: () => kills(folder),
  g14: () => matrix(bin, folder, values.node),
  g18: () => soak(bin, Number(values.minutes)),
};
try {
  for (const name of positionals.length > 0 ? positionals : Object.keys(PARTS)) {
    const run = PARTS[name];
    if (!run) throw new Error(`${name} is none of ${Object.keys(PARTS).join(', ')}`);
    await run();
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
