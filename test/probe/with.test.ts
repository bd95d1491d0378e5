import { afterAll, describe, expect, it } from 'vitest';
import { type Report, reportSchema } from '../../src/report/model.js';
import { parseScenario } from '../../src/simulator/scenario.js';
import { type Simulator, startSimulator } from '../../src/simulator/server.js';
import { run } from '../support/cli.js';

/* Servers that ignore what was asked for beside a plain answer, and a Hub that does not answer. */

const started: Simulator[] = [];
afterAll(async () => void (await Promise.all(started.map((s) => s.close()))));

async function check(yaml: string, argv: string[]): Promise<{ report: Report; human: string }> {
  const parsed = parseScenario(`title: a world\nstory: made for a test\n${yaml}`, 'test.yaml');
  if (!parsed.ok) throw new Error(parsed.problem);
  const s = await startSimulator(parsed.scenario);
  started.push(s);
  const { hub, router, legacy } = s.endpoints;
  const urls = ['--hub-url', hub, '--router-url', router, '--legacy-url', legacy, '--retries', '0'];
  const env = s.token === null ? {} : { HF_TOKEN: s.token };
  const as = (format: string) => run(['check', 'org/one', ...argv, ...urls, '--format', format], { env });
  const { stdout } = await as('json');
  return { report: reportSchema.parse(JSON.parse(stdout)), human: (await as('human')).stdout };
}

const answer = (message: object, finish_reason: string) =>
  JSON.stringify({
    ...{ id: 'c', object: 'chat.completion', created: 1, model: 'm', usage: {} },
    choices: [{ index: 0, message: { role: 'assistant', ...message }, finish_reason }],
  });
const model = (novita: string) => `
check: { models: [org/one] }
models:
  org/one:
    tags: [conversational]
    providers:
      novita: { id: org/one${novita} }
      together: { id: org/one }
`;
const ignoring = (finish: string) =>
  model(`, with: { tools: { answer: { status: 200, json: ${answer({ content: 'no' }, finish)} } } }`);
const cell = (report: Report, route: string) => report.cells.find((c) => c.route === route && !c.control);

describe('a server that ignores the tools', () => {
  it('fails with tools, possibly by the choice of the model', async () => {
    const { report, human } = await check(ignoring('stop'), ['--routes', 'providers', '--with', 'tools']);
    const reason = 'answered in text, did not call the tool';
    expect(cell(report, 'provider:novita')).toMatchObject({ outcome: 'ok' });
    expect(cell(report, 'provider:novita+tools')).toMatchObject({ outcome: 'fault', status: 200, reason });
    expect(cell(report, 'provider:together+tools')).toMatchObject({ outcome: 'ok', reason: null });
    const found = report.findings.find((f) => f.rule === 'capability-broken');
    expect(found).toMatchObject({ severity: 'warning', confidence: 'possible' });
    expect(found?.title).toContain('calls no tool');
    expect(human).toMatch(/did\s+not\s+call\s+the\s+tool/);
  });

  it('is not judged by an answer that ran out of tokens', async () => {
    const { report } = await check(ignoring('length'), ['--routes', 'providers', '--with', 'tools']);
    const reason = 'ran out of tokens before it called the tool';
    expect(cell(report, 'provider:novita+tools')).toMatchObject({ outcome: 'unknown', reason });
    expect(report.findings.filter((f) => f.severity !== 'info')).toEqual([]);
  });
});

describe('an answer that was cut before any JSON came', () => {
  it.each([
    ['with reasoning', { content: null, reasoning_content: 'The user says' }],
    ['with nothing', { content: null }],
  ])('%s shows nothing', async (_, message) => {
    const cut = answer(message, 'length');
    const { report } = await check(model(`, with: { json: { answer: { status: 200, json: ${cut} } } }`), [
      '--routes',
      'providers',
      '--with',
      'json',
    ]);
    const reason = 'ran out of tokens before it wrote any JSON';
    expect(cell(report, 'provider:novita+json')).toMatchObject({ outcome: 'unknown', reason });
    expect(cell(report, 'provider:together+json')).toMatchObject({ outcome: 'ok', reason: null });
  });
});

describe('a capability that is not tried', () => {
  it.each(['auth', 'catalog'])('is said at depth %s, also when all is well', async (depth) => {
    const { report, human } = await check(model(''), [
      '--routes',
      'providers',
      '--with',
      'tools',
      '--depth',
      depth,
    ]);
    const reason = `tools is not tried at depth ${depth}`;
    expect(cell(report, 'provider:novita+tools')).toMatchObject({ outcome: 'skipped', reason });
    expect(report).toMatchObject({ complete: true, exitCode: 0 });
    expect(human).toContain(reason);
  });
});

describe('a stream', () => {
  it('under another content type is one that the official client refuses', async () => {
    const text = 'data: {"choices":[{"delta":{"content":"a"},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n';
    const broken = model(
      `, with: { stream: { answer: { status: 200, headers: { content-type: text/plain }, text: ${JSON.stringify(text)} } } }`,
    );
    const { report } = await check(broken, ['--routes', 'providers', '--with', 'stream']);
    expect(cell(report, 'provider:novita+stream')).toMatchObject({
      outcome: 'fault',
      reason: expect.stringContaining('sent text/plain and not text/event-stream'),
    });
    expect(cell(report, 'provider:together+stream')).toMatchObject({ outcome: 'ok' });
    expect(report.findings.map((f) => f.rule)).toContain('capability-broken');
  });
});

describe('a Hub that does not tell the mapping', () => {
  const deaf = `
answers: [{ when: { surface: hub, path: /api/models/org/one }, answer: { status: 503, text: down } }]
`;
  it("does not hide the providers of the router's list", async () => {
    const { report } = await check(model('') + deaf, ['--routes', 'providers']);
    expect(cell(report, 'provider:novita')).toMatchObject({ outcome: 'ok' });
    expect(cell(report, 'provider:together')).toMatchObject({ outcome: 'ok' });
    expect(report).toMatchObject({ complete: true, exitCode: 0 });
  });

  it('leaves the run incomplete where the router tells nothing either', async () => {
    const task = ['--task', 'feature-extraction'];
    const { report, human } = await check(model('') + deaf, ['--routes', 'providers', ...task]);
    expect(human).toContain('the mapping of this model could not be read');
    expect(human).not.toContain('A limit of the run');
    expect(report.complete).toBe(false);
    expect(report.cells).toMatchObject([{ outcome: 'skipped', unfinished: true, route: 'provider:?' }]);
    expect(report.exitCode).not.toBe(0);
  });
});

describe('what a run planned', () => {
  it('names no gap where only the mapping would tell', async () => {
    const { stdout } = await run(['check', 'org/one', '--plan', '--format', 'json'], {});
    const plan = JSON.parse(stdout);
    expect(JSON.stringify(plan.skips)).not.toContain('could not be read');
    expect(plan.notYetKnown.join(' ')).toContain('asked again');
    const { stdout: once } = await run(
      ['check', 'org/one', '--plan', '--format', 'json', '--retries', '0'],
      {},
    );
    expect(JSON.parse(once).notYetKnown.join(' ')).not.toContain('asked again');
  });

  it('holds the list that is asked for what works instead', async () => {
    const task = 'feature-extraction';
    const dead = `
check: { models: [org/one] }
models:
  org/one: { providers: { hf-inference: { id: org/one, task: ${task}, fault: down } } }
  org/two: { providers: { hf-inference: { id: org/two, task: ${task} } } }
`;
    const { report } = await check(dead, ['--routes', 'hf-inference']);
    expect(report.alternatives).toHaveLength(1);
    expect(report.cost.measured.requests).toBe(report.cost.planned.requests);
  });
});
