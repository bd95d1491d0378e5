import { afterAll, describe, expect, it } from 'vitest';
import { type Report, reportSchema } from '../../src/report/model.js';
import { loadScenario } from '../../src/simulator/find.js';
import { parseScenario } from '../../src/simulator/scenario.js';
import { type Simulator, startSimulator } from '../../src/simulator/server.js';
import { run } from '../support/cli.js';

/* What a run may cost, counted by the servers and not by ourselves. */

const started: Simulator[] = [];
afterAll(async () => void (await Promise.all(started.map((s) => s.close()))));

async function check(name: string, argv: string[]): Promise<{ report: Report; simulator: Simulator }> {
  const found = await loadScenario(name);
  if (!found.ok) throw new Error(found.problem);
  const simulator = await startSimulator(found.scenario);
  started.push(simulator);
  const { hub, router, legacy, gateway } = simulator.endpoints;
  const urls = ['--hub-url', hub, '--router-url', router, '--legacy-url', legacy];
  const models = found.scenario.check.models.map(String);
  const { stdout } = await run(
    ['check', ...models, ...urls, ...(gateway ? ['--gateway', gateway] : []), '--format', 'json', ...argv],
    { env: simulator.token === null ? {} : { HF_TOKEN: simulator.token } },
  );
  return { report: reportSchema.parse(JSON.parse(stdout)), simulator };
}

const posts = (s: Simulator) => s.log().filter((r) => r.method === 'POST');
const paid = (s: Simulator) => s.log().filter((r) => r.billable);

describe('what the servers count', () => {
  it('depth catalog asks nobody for an answer', async () => {
    const { simulator, report } = await check('healthy', ['--depth', 'catalog']);
    expect(posts(simulator)).toEqual([]);
    expect(report).toMatchObject({
      exitCode: 0,
      cost: { planned: { billable: 0 }, measured: { billable: 0 } },
    });
  });

  it.each(['healthy', 'media', 'all'])('depth auth generates nothing in %s', async (name) => {
    const { simulator, report } = await check(name, ['--depth', 'auth']);
    expect(posts(simulator).length).toBeGreaterThan(0);
    expect(paid(simulator)).toEqual([]);
    expect(report.cost.planned.billable).toBe(0);
  });

  it('pictures and videos are not made without leave, and are with it', async () => {
    expect(paid((await check('media', [])).simulator)).toEqual([]);
    const costly = await check('media', ['--allow-costly', '--max-cost', '20']);
    expect(paid(costly.simulator).length).toBeGreaterThan(0);
    expect(paid(costly.simulator).length).toBeLessThanOrEqual(costly.report.cost.planned.billable);
  });

  it.each(['healthy', 'novita-500', 'all', 'model-not-served'])(
    'a live run of %s pays for no more than it planned',
    async (name) => {
      const { simulator, report } = await check(name, []);
      expect(paid(simulator).length).toBeLessThanOrEqual(report.cost.planned.billable);
      expect(report.cost.measured.billable).toBeGreaterThanOrEqual(paid(simulator).length);
      // What is asked again is in no plan, and told apart.
      const { planned, measured } = report.cost;
      expect(measured.requests).toBeLessThanOrEqual(planned.requests + (measured.retries ?? 0));
      // The retired host has no server that could count.
      expect(simulator.log().length).toBeLessThanOrEqual(report.cost.measured.requests);
    },
  );

  it('what was asked again is what came besides the plan', async () => {
    const { report } = await check('novita-500', ['--routes', 'router,providers']);
    const { planned, measured } = report.cost;
    expect(measured.retries).toBeGreaterThan(0);
    expect(measured.requests).toBe(planned.requests + (measured.retries ?? 0));
    const once = (await check('novita-500', ['--routes', 'router,providers', '--retries', '0'])).report.cost;
    expect(once.measured).toMatchObject({ requests: once.planned.requests, retries: 0 });
  });

  it('--max-requests holds against what no plan foresees: a renamed model is looked up twice', async () => {
    const parsed = parseScenario(
      `title: a world
story: made for a test
check: { models: [old/name] }
models:
  old/name: { renamedTo: new/name }
  new/name: { tags: [conversational], providers: { novita: {} } }
`,
      'test.yaml',
    );
    if (!parsed.ok) throw new Error(parsed.problem);
    const lookups = async (most: number) => {
      const simulator = await startSimulator(parsed.scenario);
      started.push(simulator);
      const { hub, router, legacy } = simulator.endpoints;
      const urls = ['--hub-url', hub, '--router-url', router, '--legacy-url', legacy, '--format', 'json'];
      const { stdout } = await run(['check', 'old/name', ...urls, '--max-requests', String(most)], {
        env: { HF_TOKEN: simulator.token ?? '' },
      });
      const { measured } = reportSchema.parse(JSON.parse(stdout)).cost;
      expect(simulator.log().length).toBe(measured.requests);
      return measured.requests;
    };
    // whoami, the list, the model.
    expect(await lookups(3)).toBe(3);
    expect(await lookups(4)).toBe(4);
  });

  it.each([1, 2, 4])('after the first 402 at most %i more are sent', async (concurrency) => {
    const { simulator } = await check('credits-exhausted', [
      '--concurrency',
      String(concurrency),
      '--routes',
      'router,providers',
    ]);
    const sent = posts(simulator).filter((r) => r.auth !== 'anonymous');
    const first = sent.findIndex((r) => r.status === 402);
    expect(first).toBeGreaterThanOrEqual(0);
    expect(sent.length - first - 1).toBeLessThanOrEqual(concurrency);
  });
});
