import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadRenderers } from '../../src/render/index.js';
import { makeLook } from '../../src/render/look.js';
import type { Report } from '../../src/report/model.js';
import { MULTILINE } from '../../src/report/multiline.js';
import { makeSafe } from '../../src/safety/safe.js';
import { run } from '../support/cli.js';

/*
 * What people read of each scenario, as files to read: a terminal, a page of Markdown, the log of a step.
 * `npx vitest run test/cli/snapshots.test.ts -u` writes them anew.
 */

const FOLDER = new URL('../../fixtures/scenarios/', import.meta.url);
/** `matrix` is a fleet to measure with: nobody reads its forty models. */
const SCENARIOS = readdirSync(FOLDER)
  .filter((f) => f.endsWith('.yaml') && f !== 'matrix.yaml')
  .map((f) => f.replace('.yaml', ''));

/** Servers are played there that never answer. */
const HANGING = ['slow', 'truncated', 'hostile'];

const ENDINGS = { human: 'txt', markdown: 'md', github: 'github.txt' } as const;
const look = makeLook({ flag: false, env: { LANG: 'C.UTF-8' }, isTTY: false, columns: 100 });
const renderers = await loadRenderers(['human', 'markdown', 'github']);

/** What differs from run to run, made the same before anything is laid out. */
function steady(json: string): Report {
  const report: Report = JSON.parse(
    json
      .replace(/127\.0\.0\.1:\d{1,5}/g, '127.0.0.1:8080')
      .replace(/Root=1-[\w;-]{1,120}/g, 'Root=1-00000000-000000000000000000000000')
      .replace(/req_[0-9a-f]{20}/g, 'req_00000000000000000000')
      .replace(/[0-9a-f]{16}-IAD/g, '0000000000000000-IAD')
      .replace(/hf_…\w{4}/g, 'hf_…AbCd'),
  );
  const cells = report.cells.map(({ suspect: _, ...c }) => ({
    ...c,
    latencyMs: c.latencyMs === null ? null : 120,
  }));
  return { ...report, cells, startedAt: '2026-11-21T10:00:00.000Z', durationMs: 800 };
}

describe.each(SCENARIOS)('%s', (scenario) => {
  it('is told as it was', { timeout: 60_000 }, async () => {
    const { stdout } = await run([
      ...['check', '--simulate', scenario, '--format', 'json'],
      // One after the other: whom the first refusal spares is not left to chance.
      ...['--concurrency', '1'],
      ...(HANGING.includes(scenario) ? ['--timeout', '2'] : []),
    ]);
    const safe = makeSafe(steady(stdout), (t) => t, MULTILINE);
    for (const [format, ending] of Object.entries(ENDINGS) as [keyof typeof ENDINGS, string][])
      await expect([...renderers[format](safe, look)].join('')).toMatchFileSnapshot(
        `snapshots/${scenario}.${ending}`,
      );
  });
});

it('there is none of a scenario that is gone', () => {
  const files = readdirSync(new URL('snapshots/', import.meta.url));
  const known = SCENARIOS.flatMap((s) => Object.values(ENDINGS).map((ending) => `${s}.${ending}`));
  expect(files.sort()).toEqual(known.sort());
});
