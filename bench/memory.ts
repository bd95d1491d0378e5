/* npm run bench -- memory: the most memory that a check held, against a start that asks nothing. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RENDERERS } from '../src/render/index.js';
import { say, skipped } from './parts/lines.js';
import { against, built, node, serve } from './parts/process.js';

const bin = built();
/** A run that takes longer is told as one that did not end. */
const PATIENCE_MS = 400_000;
const folder = mkdtempSync(join(tmpdir(), 'hf-doctor-bench-'));

/** Two routes a model: so many cells. */
async function run(cells: number, format: string) {
  const models = cells / 2;
  const file = join(folder, `${cells}.txt`);
  writeFileSync(file, Array.from({ length: models }, (_, i) => `bench/model-${i}\n`).join(''));
  const server = await serve(0, models);
  try {
    const { args, env } = against(server);
    const asked = [
      '--models-file',
      file,
      '--routes',
      'router,novita',
      '--format',
      format,
      '--deadline',
      '3600',
    ];
    // As many at once as may be: the pace of a host has a limit for each slot.
    const pace = ['--concurrency', '64'];
    const used = await node([bin, 'check', ...asked, ...args, ...pace], env, [0], PATIENCE_MS);
    const requests = await server.sent();
    if (requests < cells) throw new Error(`only ${requests} requests came for ${cells} cells`);
    return used;
  } finally {
    server.stop();
  }
}

try {
  const bare = await node([bin, 'check', '--simulate', 'healthy']);
  say({ what: 'check --simulate healthy', value: bare.peakMb, unit: 'MB', most: null });
  const json = await run(10_000, 'json');
  say({ what: 'P4 10,000 cells, --format json', value: json.peakMb, unit: 'MB', most: 150 });
  say({
    what: 'P4 10,000 cells, --simulate healthy = 1',
    value: json.peakMb / bare.peakMb,
    unit: 'x',
    most: null,
  });
  if ('ndjson' in RENDERERS || process.argv.includes('--ndjson')) {
    const first = await run(10_000, 'ndjson');
    const all = await run(100_000, 'ndjson').catch((error: Error) => error);
    say({ what: 'P4 10,000 cells, --format ndjson', value: first.peakMb, unit: 'MB', most: null });
    if (all instanceof Error) skipped('P4 100,000 cells, --format ndjson', all.message.slice(-80));
    else {
      say({ what: 'P4 100,000 cells, --format ndjson', value: all.peakMb, unit: 'MB', most: 200 });
      say({
        what: 'P4 100,000 cells, 10,000 cells = 1 (flat)',
        value: all.peakMb / first.peakMb,
        unit: 'x',
        most: 1.1,
      });
    }
  } else skipped('P4 100,000 cells, --format ndjson', 'the format does not exist in src/render/index.ts');
} finally {
  rmSync(folder, { recursive: true, force: true });
}
