import { afterAll, describe, expect, it } from 'vitest';
import { type Report, reportSchema } from '../../src/report/model.js';
import { loadScenario } from '../../src/simulator/find.js';
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
      // The retired host has no server that could count.
      expect(simulator.log().length).toBeLessThanOrEqual(report.cost.measured.requests);
    },
  );

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
