import { createNetwork } from '../../src/probe/network.js';
import { say } from './lines.js';
import { against, node, serveBadly } from './process.js';

const REQUESTS = 300;
const AT_ONCE = 16;
const TIMEOUT_MS = 400;
const DEADLINE_MS = 3_000;

/** G3: how long after its time a request ends, and a whole run, where nothing ever ends by itself. */
export async function deadlines(bin: string): Promise<void> {
  const server = await serveBadly('hang');
  try {
    const { send, close } = await createNetwork({
      env: {},
      mayCarryToken: () => true,
      connections: AT_ONCE,
    });
    const over: number[] = [];
    const worker = async () => {
      while (over.length < REQUESTS) {
        const from = performance.now();
        const url = `${server.base}/v1/chat/completions`;
        const outcome = await send({ method: 'POST', url, headers: {}, body: '{}', timeoutMs: TIMEOUT_MS });
        if (outcome.kind === 'answer') throw new Error(`an answer came: ${outcome.status}`);
        over.push(performance.now() - from - TIMEOUT_MS);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
    await close();
    over.sort((a, b) => a - b);
    const p99 = over[Math.floor(over.length * 0.99)] ?? Number.NaN;
    say({ what: `G3 ${over.length} requests that hang: late by, p99`, value: p99, unit: 'ms', most: 100 });
    say({
      what: 'G3 requests that hang: late by, at most',
      value: over.at(-1) ?? Number.NaN,
      unit: 'ms',
      most: 500,
    });

    const models = Array.from({ length: 100 }, (_, i) => `bench/model-${i}`);
    const { args, env } = against(server);
    const limits = ['--timeout', '60', '--deadline', String(DEADLINE_MS / 1000), '--format', 'json'];
    const { stdout } = await node(
      [bin, 'check', ...models, '--routes', 'router', ...args, ...limits],
      env,
      // What the deadline cut off is not complete.
      [3],
    );
    const took = Number(/"durationMs": (\d+)/.exec(stdout)?.[1]);
    const late = took - DEADLINE_MS;
    if (!(late > -500)) throw new Error(`the run did not last until its deadline: ${took} ms`);
    say({ what: 'G3 a run whose calls all hang: late by', value: late, unit: 'ms', most: 1_000 });
  } finally {
    server.stop();
  }
}
