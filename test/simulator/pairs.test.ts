import { InferenceClient } from '@huggingface/inference';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { taskCall } from '../../src/routes/tasks.js';
import { type Simulator, startSimulator } from '../../src/simulator/server.js';
import { PAIRS, pairWorld } from './pair-world.js';

/*
 * Every provider and task of the official client, run by that client itself: submit, poll and
 * download. Only the hosts are led to the simulator, and the waiting between polls is left out.
 */

/** Milliseconds that the client waits between two looks at a job. */
const POLLS = [500, 2000, 5000];
/** Tasks that end in a file, whatever the steps before. */
const isFile = (task: string) => /-to-(?:image|video|speech|audio)$/.test(task) && task !== 'audio-to-audio';

let simulator: Simulator;
beforeAll(async () => {
  const real = globalThis.fetch;
  simulator = await startSimulator(pairWorld());
  const { endpoints } = simulator;
  // The client polls with the global fetch, whatever it was given.
  vi.stubGlobal('fetch', (input: string | URL, init?: RequestInit) => {
    const url = String(input);
    if (url.startsWith('https://media.simulator.invalid/')) return new Response('file');
    return real(
      url
        .replace(/^https:\/\/router\.huggingface\.co/, endpoints.router)
        .replace(/^https:\/\/huggingface\.co/, endpoints.hub),
      init,
    );
  });
  const wait = globalThis.setTimeout;
  vi.stubGlobal('setTimeout', (...[then, ms = 0, ...more]: Parameters<typeof wait>) =>
    wait(then, more.length === 0 && POLLS.includes(ms) ? 1 : ms, ...more),
  );
  return async () => {
    vi.unstubAllGlobals();
    await simulator.close();
  };
});

describe.each(PAIRS)('%s %s', (provider, task) => {
  it('is accepted by the official client and charged once', async () => {
    const client = new InferenceClient(simulator.token ?? '', { retry_on_error: false });
    const call = taskCall(task);
    if (!call) throw new Error(`no call for ${task}`);
    const method = client[call.method as 'textToImage'] as (args: object) => Promise<unknown>;
    const before = simulator.log().length;
    const output = await method.call(client, { ...call.args(), model: `${provider}/${task}`, provider });
    expect(output instanceof Blob || typeof output === 'object').toBe(true);
    if (isFile(task)) expect(output).toBeInstanceOf(Blob);
    const charged = simulator
      .log()
      .slice(before)
      .filter(({ billable }) => billable);
    expect(charged.map(({ method, model }) => [method, model])).toEqual([['POST', `${provider}/${task}`]]);
  });
});
