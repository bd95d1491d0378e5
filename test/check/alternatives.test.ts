import { afterAll, describe, expect, it } from 'vitest';
import { type Report, reportSchema } from '../../src/report/model.js';
import { parseScenario } from '../../src/simulator/scenario.js';
import { type Simulator, startSimulator } from '../../src/simulator/server.js';
import { run } from '../support/cli.js';

/* What answers instead: looked for in the run, and never named without an answer of the run. */

const started: Simulator[] = [];
afterAll(async () => void (await Promise.all(started.map((s) => s.close()))));

async function check(
  yaml: string,
  argv: string[],
): Promise<{ report: Report; human: string; asked: string[] }> {
  const parsed = parseScenario(`title: a world\nstory: made for a test\n${yaml}`, 'test.yaml');
  if (!parsed.ok) throw new Error(parsed.problem);
  const simulator = await startSimulator(parsed.scenario);
  started.push(simulator);
  const { hub, router, legacy, gateway } = simulator.endpoints;
  const urls = ['--hub-url', hub, '--router-url', router, '--legacy-url', legacy];
  const args = ['check', ...argv, ...urls, ...(gateway ? ['--gateway', gateway] : [])];
  const env = simulator.token === null ? {} : { HF_TOKEN: simulator.token };
  const { stdout } = await run([...args, '--format', 'json'], { env });
  const asked = simulator
    .log()
    .filter((r) => r.method === 'POST' && r.auth !== 'anonymous')
    .map((r) => `${r.model}`);
  const human = await run(args, { env });
  return { report: reportSchema.parse(JSON.parse(stdout)), human: human.stdout, asked };
}

const model = (id: string, providers: string) =>
  `  ${id}: { tags: [conversational], providers: { ${providers} } }\n`;
const world = (...models: string[]) => `check: { models: [Qwen/Qwen2.5-72B] }\nmodels:\n${models.join('')}`;
const DEAD = model('Qwen/Qwen2.5-72B', 'novita: { fault: down }');

describe('what answers instead', () => {
  it('is the same model on a live route that was not asked', async () => {
    const both = model('Qwen/Qwen2.5-72B', 'novita: { fault: down }, together: {}');
    const { report, human } = await check(world(both), ['Qwen/Qwen2.5-72B', '--routes', 'novita']);
    expect(report.alternatives).toHaveLength(1);
    const [found] = report.alternatives;
    expect(found?.instead.model).toBe('Qwen/Qwen2.5-72B');
    expect(report.cells[found?.provenBy ?? -1]).toMatchObject({ outcome: 'ok', instead: true });
    // The routes that were asked for decide whether the model can be used.
    expect(report).toMatchObject({ exitCode: 1, summary: { usable: 0 } });
    expect(human).toContain('What answers instead, asked in this run');
    expect(human).toContain('the same model on');
  });

  it('is one of the family before a cheaper stranger', async () => {
    const { report } = await check(
      world(
        DEAD,
        model('Qwen/Qwen3-8B', 'together: { price: { input: 1, output: 1 } }'),
        model('acme/tiny', 'together: { price: { input: 0.01, output: 0.01 } }'),
      ),
      ['Qwen/Qwen2.5-72B'],
    );
    expect(report.alternatives[0]?.instead).toEqual({ model: 'Qwen/Qwen3-8B', route: 'router' });
    expect(report.findings[0]?.fixes[0]?.text).toContain('Qwen/Qwen3-8B');
  });

  it('is never one that failed when it was tried; three others are tried at most', async () => {
    const others = [1, 2, 3, 4, 5].map((n) => model(`acme/down-${n}`, 'together: { fault: down }'));
    const { report, asked } = await check(world(DEAD, ...others), ['Qwen/Qwen2.5-72B']);
    expect(report.alternatives).toEqual([]);
    expect(new Set(asked.filter((id) => id.startsWith('acme/'))).size).toBe(3);
    expect(report.summary.cells.fault).toBe(
      report.cells.filter((c) => c.outcome === 'fault' && !c.instead).length,
    );
    expect(report.findings.flatMap((f) => f.models)).not.toContain('acme/down-1');
  });

  it('takes no try for what failed in the run already', async () => {
    const dead = [1, 2, 3, 4, 5].map((n) => `acme/down-${n}`);
    const { report, asked } = await check(
      world(...dead.map((id) => model(id, 'novita: { fault: down }')), model('other/fine', 'together: {}')),
      [...dead, '--routes', 'router', '--retries', '0'],
    );
    expect(report.alternatives.map((a) => a.instead.model)).toEqual(dead.map(() => 'other/fine'));
    expect(asked.filter((id) => id === 'other/fine')).toHaveLength(1);
  });

  it('is looked for among the models of the Hub where the task is no chat', async () => {
    const embed = (id: string, fault = '') =>
      `  ${id}: { pipelineTag: feature-extraction, providers: { hf-inference: { task: feature-extraction${fault} } } }\n`;
    const { report } = await check(
      `check: { models: [a/dead] }\nmodels:\n${embed('a/dead', ', fault: down')}${embed('b/alive')}`,
      ['a/dead'],
    );
    expect(report.alternatives[0]?.instead).toEqual({ model: 'b/alive', route: 'hf-inference' });
    expect(JSON.stringify(report.findings)).toContain('Vectors of two models do not mix');
  });

  it.each([
    ['without a valid token', 'token: { state: unknown }\n'],
    ['without credits', 'account: { fault: credits-exhausted }\n'],
  ])('is not looked for %s: another model would meet the same', async (_, more) => {
    const { report, asked } = await check(more + world(DEAD, model('Qwen/Qwen3-8B', 'together: {}')), [
      'Qwen/Qwen2.5-72B',
    ]);
    expect(report.alternatives).toEqual([]);
    expect(asked).not.toContain('Qwen/Qwen3-8B');
  });

  it.each([
    [
      'whoami may not be asked so often',
      `${world(DEAD, model('a/fine', 'groq: {}'))}answers:
  - when: { path: /api/whoami-v2 }
    answer: { by: front, status: 429, json: { error: rate limited } }
`,
      [],
      { model: 'a/fine', route: 'router' },
      'rate-limited',
    ],
    [
      'the account behind a gateway cannot pay',
      `gateway: {}
${world(model('Qwen/Qwen2.5-72B', 'novita: {}'))}answers:
  - when: { surface: gateway }
    answer: { status: 403, json: { error: "You have exceeded your monthly spending limit for Inference Providers." } }
`,
      ['--routes', 'gateway'],
      { model: 'Qwen/Qwen2.5-72B', route: 'router' },
      'spending-limit-reached',
    ],
  ])('is looked for where only %s', async (_, yaml, argv, instead, rule) => {
    const { report } = await check(yaml, ['Qwen/Qwen2.5-72B', ...argv]);
    expect(report.findings.map((f) => f.rule)).toContain(rule);
    expect(report.alternatives).toMatchObject([{ model: 'Qwen/Qwen2.5-72B', instead }]);
  });

  it('is not paid for after a 402, though another model answered before it', async () => {
    const { report, asked } = await check(
      `check: { models: [a/fine] }
models:
${model('a/fine', 'together: {}')}${model('b/poor', 'novita: { fault: credits-exhausted }')}${model('c/other', 'together: {}')}`,
      ['a/fine', 'b/poor', '--concurrency', '1'],
    );
    expect(report.findings.map((f) => f.rule)).toContain('credits-exhausted');
    expect(asked).not.toContain('c/other');
  });

  it('is asked for the task of --task, and the limit of requests holds against the search', async () => {
    const { report, asked } = await check(world(DEAD, model('Qwen/Qwen3-8B', 'together: {}')), [
      'Qwen/Qwen2.5-72B',
      '--task',
      'feature-extraction',
      '--max-requests',
      '5',
    ]);
    expect(report.cost.measured.requests).toBeLessThanOrEqual(5);
    expect(report.alternatives).toEqual([]);
    expect(asked).not.toContain('Qwen/Qwen3-8B');
  });

  it('keeps the limits of the run', async () => {
    const alive = model('Qwen/Qwen3-8B', 'together: {}');
    const { report, asked } = await check(world(DEAD, alive), [
      'Qwen/Qwen2.5-72B',
      '--max-requests',
      '8',
      '--retries',
      '0',
    ]);
    expect(report.cost.measured.requests).toBeLessThanOrEqual(8);
    expect(asked.length).toBeLessThan(8);
  });
});

describe('ways that cannot exist', () => {
  const one = world(model('Qwen/Qwen2.5-72B', 'together: {}'));

  it('a misspelled provider is named, with the one that was meant, and the model is not called dead', async () => {
    const { report, human } = await check(one, ['Qwen/Qwen2.5-72B', '--routes', 'provider:togethr']);
    expect(report.findings[0]).toMatchObject({ rule: 'wrong-provider-suffix', blame: 'code' });
    expect(report.findings[0]?.explanation).toContain('together is one');
    expect(human).not.toContain('cannot be used');
    expect(report.exitCode).toBe(1);
  });

  it('a provider that left is named with its month', async () => {
    const { report } = await check(one, ['Qwen/Qwen2.5-72B', '--routes', 'hyperbolic,router']);
    expect(report.findings.map((f) => `${f.rule} ${f.title}`).join()).toContain(
      'provider-removed hyperbolic is no longer a provider of Hugging Face (since June 2026)',
    );
  });

  it('a suffix on routes that read none is a finding and no request', async () => {
    const { report, asked } = await check(one, [
      'Qwen/Qwen2.5-72B:together',
      '--routes',
      'hf-inference,providers',
    ]);
    expect(report.findings[0]).toMatchObject({ rule: 'wrong-provider-suffix', severity: 'error' });
    expect(asked).toEqual([]);
  });

  it('with the router among the routes, or nothing asked at all, it is none', async () => {
    for (const more of [[], ['--depth', 'catalog']]) {
      const { report } = await check(one, ['Qwen/Qwen2.5-72B:fastest', ...more]);
      expect(report.findings.map((f) => f.rule)).not.toContain('wrong-provider-suffix');
      expect(report.exitCode).toBe(0);
    }
  });

  it('a model without a live provider is no pass at depth catalog', async () => {
    const none = world(model('Qwen/Qwen2.5-72B', 'together: { status: error }'));
    const { report, human } = await check(none, ['Qwen/Qwen2.5-72B', '--depth', 'catalog']);
    expect(report.exitCode).toBe(1);
    expect(human).toContain('no live provider in the catalogue');
  });
});
