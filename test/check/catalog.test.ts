import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { type Report, reportSchema } from '../../src/report/model.js';
import { parseScenario } from '../../src/simulator/scenario.js';
import { type Simulator, startSimulator } from '../../src/simulator/server.js';
import { emptyFolder, run } from '../support/cli.js';

/* Depth catalog: the verdict is of the routes and the task that were asked for, and of nothing else. */

const started: Simulator[] = [];
afterAll(async () => void (await Promise.all(started.map((s) => s.close()))));

const WORLD = `
title: a world
story: made for a test
check: { models: [org/chat] }
models:
  org/chat:
    tags: [conversational]
    providers: { novita: { id: c }, together: { id: c, status: error } }
  org/vectors:
    pipelineTag: feature-extraction
    providers: { hf-inference: {} }
  org/alone: { tags: [conversational] }
`;

async function play(yaml = WORLD): Promise<Simulator> {
  const parsed = parseScenario(yaml, 'test.yaml');
  if (!parsed.ok) throw new Error(parsed.problem);
  const simulator = await startSimulator(parsed.scenario);
  started.push(simulator);
  return simulator;
}
const world = play();

async function check(argv: string[], s?: Simulator, env = {}): Promise<Report> {
  const simulator = s ?? (await world);
  const { hub, router } = simulator.endpoints;
  const { stdout } = await run(
    ['check', '--depth', 'catalog', '--hub-url', hub, '--router-url', router, '--format', 'json', ...argv],
    { env: { HF_TOKEN: simulator.token ?? '', ...env } },
  );
  return reportSchema.parse(JSON.parse(stdout));
}

/** `usable`, `dead`, or `open` where the catalogue tells nothing. */
const verdict = (r: Report) =>
  r.models.map((m) => (m.usable ? 'usable' : m.checked ? 'dead' : 'open')).join(' ');

describe('depth catalog', () => {
  it.each([
    ['org/chat', '', 'usable', 0],
    ['org/chat', 'router', 'usable', 0],
    ['org/chat', 'novita', 'usable', 0],
    ['org/chat', 'together', 'dead', 1],
    ['org/chat', 'together,novita', 'usable', 0],
    ['org/chat', 'groq', 'dead', 1],
    ['org/chat', 'hf-inference', 'dead', 1],
    ['org/chat', 'providers', 'usable', 0],
    ['org/alone', 'providers', 'dead', 1],
    // The mapping is silent about the retired host.
    ['org/chat', 'legacy', 'open', 3],
    ['org/alone', 'legacy', 'open', 3],
    ['org/alone', 'legacy,router', 'dead', 1],
    ['org/vectors', 'hf-inference', 'usable', 0],
    ['org/vectors', 'providers', 'usable', 0],
    // Automatic routing serves chat only.
    ['org/vectors', 'router', 'dead', 1],
    ['org/chat:novita', 'router', 'usable', 0],
    ['org/chat:together', 'router', 'dead', 1],
    ['org/chat:fastest', 'router', 'usable', 0],
    ['org/chat:novita', 'novita', 'dead', 1],
  ])('%s on "%s" is %s', async (model, routes, want, code) => {
    const report = await check([model, ...(routes ? ['--routes', routes] : [])]);
    expect([verdict(report), report.exitCode]).toEqual([want, code]);
  });

  it('judges the task that was asked for, and shows the mapping of that one', async () => {
    const report = await check(['org/chat', 'org/vectors', '--task', 'feature-extraction']);
    expect(verdict(report)).toBe('dead usable');
    const shown = report.cells.filter((c) => c.listed !== null).map((c) => [c.model, c.route, c.listed]);
    expect(shown).toEqual([['org/vectors', 'hf-inference', 'live']]);
    expect(report.models.map((m) => m.task)).toEqual(['feature-extraction', 'feature-extraction']);
    const other = await check(['org/vectors', '--task', 'text-to-image']);
    expect(verdict(other)).toBe('dead');
    expect(other.cells.filter((c) => c.listed !== null)).toEqual([]);
  });

  it('says nothing about a gateway alone', async () => {
    const gateway = ['--gateway', 'http://127.0.0.1:9/v1'];
    expect(verdict(await check(['org/chat', ...gateway, '--routes', 'gateway']))).toBe('open');
  });
});

describe('depth catalog without a readable Hub', () => {
  const DOWN = `${WORLD}answers:\n  - when: { surface: hub, path: /api/models/* }\n    answer: { status: 503, text: busy }\n  - when: { surface: router, path: /v1/models }\n    answer: { status: 503, text: busy }\n`;

  it.each([
    ['a model', ['org/chat']],
    ['a model, anonymous', ['org/chat', '--anonymous']],
    ['no model', []],
    ['no model, anonymous', ['--anonymous']],
    ['no model, anonymous, never failing', ['--anonymous', '--fail-on', 'never']],
    ['a model, anonymous, never failing', ['org/chat', '--anonymous', '--fail-on', 'never']],
  ])('%s is exit code 3', async (_, argv) => {
    const s = await play(DOWN);
    // Without a token --anonymous is the same run.
    for (const env of argv.includes('--anonymous') ? [{}, { HF_TOKEN: '' }] : [{}]) {
      const report = await check([...argv, '--retries', '0'], s, env);
      expect([report.exitCode, report.ok]).toEqual([3, false]);
    }
  });

  it('accuses no model that could not be looked up', async () => {
    const s = await play(DOWN);
    const { hub, router } = s.endpoints;
    const urls = ['--hub-url', hub, '--router-url', router, '--retries', '0'];
    const { stdout } = await run(['check', 'org/chat', '--depth', 'catalog', ...urls], {
      env: { HF_TOKEN: '' },
    });
    expect(stdout).not.toContain('no live provider');
    expect(stdout).toContain('1 model could not be looked up.');
  });
});

describe('a baseline at depth catalog', () => {
  it('knows a model that nobody served then either', async () => {
    const s = await world;
    const cwd = emptyFolder();
    const { hub, router } = s.endpoints;
    const ask = (...argv: string[]) =>
      run(['check', '--depth', 'catalog', '--hub-url', hub, '--router-url', router, ...argv], {
        cwd,
        env: { HF_TOKEN: s.token ?? '' },
      });
    const before = await ask('org/alone', 'org/chat', '--output', 'before.json');
    expect(before.code).toBe(1);
    const again = await ask('org/alone', 'org/chat', '--baseline', join(cwd, 'before.json'));
    expect(again.stdout).toContain('Nothing is new.');
    expect(again.code).toBe(0);
    // On other routes another one is dead: that is new.
    const fresh = await ask('org/alone', 'org/chat', '--routes', 'together', '--baseline', 'before.json');
    expect(fresh.code).toBe(1);
  });
});
