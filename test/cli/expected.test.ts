import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Report } from '../../src/report/model.js';
import { reportSchema } from '../../src/report/model.js';
import { loadScenario } from '../../src/simulator/find.js';
import { startSimulator } from '../../src/simulator/server.js';
import { emptyFolder, run } from '../support/cli.js';

const MODEL = 'Qwen/Qwen2.5-72B-Instruct';

/** A check of a scenario as if it were the real service, so that a config file counts. */
async function world(name: string, config: object | null = null) {
  const loaded = await loadScenario(name);
  if (!loaded.ok) throw new Error(loaded.problem);
  const simulator = await startSimulator(loaded.scenario);
  onTestFinished(() => simulator.close());
  const cwd = emptyFolder();
  const { hub, router, legacy } = simulator.endpoints;
  const models = loaded.scenario.check.models;
  // The retired host of a scenario has a name that nobody resolves: this machine is not asked for it.
  const routes = ['router', 'providers', 'hf-inference'];
  const write = (more: object) =>
    writeFile(join(cwd, 'hf-doctor.config.json'), JSON.stringify({ models, routes, retries: 0, ...more }));
  await write(config ?? {});
  const env = {
    HF_ENDPOINT: hub,
    HF_DOCTOR_ROUTER_URL: router,
    HF_DOCTOR_LEGACY_URL: legacy,
    ...(simulator.token === null ? {} : { HF_TOKEN: simulator.token }),
  };
  return {
    cwd,
    write,
    check: (...args: string[]) => run(['check', ...args], { cwd, env }),
    json: async (...args: string[]) => {
      const told = await run(['check', '--format', 'json', ...args], { cwd, env });
      return { ...told, report: JSON.parse(told.stdout) as Report };
    },
  };
}

describe('expect', () => {
  it('a known red cell is no alert, and its recovery is said', async () => {
    const w = await world('novita-500', { expect: { [MODEL]: { novita: 500, router: 'provider-outage' } } });
    const red = await w.json();
    expect(red.code).toBe(0);
    expect(reportSchema.safeParse(red.report).success).toBe(true);
    expect(red.report.findings[0]).toMatchObject({ rule: 'provider-outage', expected: true });
    expect(red.report.summary.excused).toEqual({ expected: 1, ignored: 0 });
    expect(red.stderr).not.toContain('nothing in this run');
    const human = await w.check();
    expect(human.code).toBe(0);
    expect(human.stdout).toMatch(/provider-outage · likely · expected$/m);
    expect(human.stdout).toContain('Not counted: 1 expected fault.');
    const well = await world('healthy');
    const { models } = JSON.parse(await readFile(join(well.cwd, 'hf-doctor.config.json'), 'utf8'));
    await well.write({ expect: { [models[0]]: { '*': 'provider-outage' } } });
    const green = await well.json();
    expect(green.code).toBe(0);
    expect(green.report.recovered?.length).toBeGreaterThan(0);
    expect(green.report.recovered?.every((r) => r.model === models[0] && r.expected)).toBe(true);
    expect((await well.check()).stdout.replaceAll('\n', ' ')).toContain(
      'What was expected there can leave the config.',
    );
  });

  it('another fault there counts, and what met nothing is said aside', async () => {
    const w = await world('novita-500', {
      expect: { [MODEL]: { novita: 404, router: 404 }, 'x/y': { '*': 500 } },
    });
    const told = await w.json();
    expect(told.code).toBe(1);
    expect(told.stderr).toContain(
      `Note: nothing in this run is as expected for ${MODEL} on provider:novita (404); ${MODEL} on router (404); x/y on any route (500).`,
    );
    expect((await w.json('--quiet')).stderr).toBe('');
  });

  it.each(['json', 'ndjson', 'human'])('has the same exit code as %s, in parts and whole', async (format) => {
    const w = await world('novita-500', { expect: { [MODEL]: { '*': [500] } } });
    const told = await w.check('--format', format);
    expect(told.code).toBe(0);
    const file = await w.check('--format', format, '--output', 'r.ndjson');
    expect(file.code).toBe(0);
    if (format !== 'ndjson') return;
    const end = (text: string) => JSON.parse(text.trimEnd().split('\n').at(-1) ?? '');
    for (const text of [told.stdout, file.stdout]) {
      expect(end(text)).toMatchObject({ type: 'end', exitCode: 0, ok: true, recovered: [] });
      expect(end(text).summary.excused).toEqual({ expected: 1, ignored: 0 });
      expect(text).toMatch(/"type":"finding".{1,9000}"expected":true/);
    }
  });
});

describe('--ignore', () => {
  it.each([
    [['--ignore', 'provider-outage=they know'], 0, 'ignored: they know'],
    [['--ignore', `provider-outage@${MODEL}`], 0, '· ignored'],
    [['--ignore', 'provider-outage@novita', '--ignore', 'provider-outage@router'], 0, '· ignored'],
    [['--ignore', 'provider-outage@novita'], 1, 'provider-outage · certain'],
    [['--ignore', 'model-gated'], 1, 'provider-outage · certain'],
  ])('%j: exit code %i', async (args, code, says) => {
    const told = await run(['check', '--simulate', 'novita-500', ...args]);
    expect(told.code).toBe(code);
    expect(told.stdout).toContain(says);
  });

  it('says what it met nothing for, in every form', async () => {
    for (const format of ['human', 'ndjson', 'json']) {
      const told = await run(['check', '--simulate', 'healthy', '--format', format, '--ignore', 'flaky@a/b']);
      expect(told.code).toBe(0);
      expect(told.stderr).toContain('Note: nothing in this run was there to be ignored for flaky@a/b.');
    }
  });

  it('a rule that does not exist is a slip', async () => {
    const told = await run(['check', '--simulate', 'healthy', '--ignore', 'provider-outrage']);
    expect(told.code).toBe(2);
    expect(told.stderr).toContain('Did you mean provider-outage?');
  });

  it('nothing checked is never green', async () => {
    const env = { HF_ENDPOINT: 'http://127.0.0.1:1', HF_DOCTOR_ROUTER_URL: 'http://127.0.0.1:1' };
    const args = ['check', 'a/b', '--routes', 'router', '--retries', '0', '--fail-on', 'never'];
    const told = await run([...args, '--ignore', 'dns-failure', '--ignore', 'router-down' /* no rule */], {
      env,
    });
    expect(told.code).toBe(2);
    const ignored = ['--ignore', 'unclassified', '--ignore', 'timeout', '--ignore', 'token-missing'];
    expect((await run([...args, '--anonymous', ...ignored], { env })).code).toBe(3);
  });

  it('what a fault is called cannot hide what it says', async () => {
    const reason = '\u001b[2K::error::x';
    const told = await run(['check', '--simulate', 'novita-500', '--ignore', `provider-outage=${reason}`]);
    expect(told.code).toBe(0);
    expect(told.stdout).not.toContain('\u001b');
    expect(told.stdout).not.toMatch(/^\s*::error::/m);
  });
});

it('with a baseline the order has no meaning: each takes out its own', async () => {
  const w = await world('novita-500');
  await w.check('--output', 'before.json');
  await w.write({ expect: { [MODEL]: { '*': 'provider-outage' } } });
  const both = await w.json('--baseline', 'before.json', '--ignore', 'provider-outage=x');
  expect(both.code).toBe(0);
  expect(both.report.findings[0]).toMatchObject({ known: true, expected: true, ignored: 'x' });
  expect(both.report.summary.faults).toEqual({ known: 1, new: 0 });
});
