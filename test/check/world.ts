import type { CheckInput } from '../../src/check/input.js';
import type { World } from '../../src/probe/ask.js';
import type { Outcome, SendRequest } from '../../src/probe/transport.js';
import { DEFAULTS } from '../../src/settings/model.js';

/* A check in this process: many models, answers of the test's own, and a clock that only sleep moves. */

export function json(status: number, body: unknown, headers: Record<string, string> = {}): Outcome {
  return {
    kind: 'answer',
    status,
    headers: { 'content-type': 'application/json', ...headers },
    duplicates: [],
    body: new TextEncoder().encode(JSON.stringify(body)),
    bodyError: null,
    detail: null,
    ms: 5,
  };
}

export function chat(model: string): Outcome {
  const choices = [{ index: 0, message: { role: 'assistant', content: 'hi' }, finish_reason: 'stop' }];
  return json(200, { id: 'x', object: 'chat.completion', created: 1, model, choices, usage: {} });
}

const CANCELLED: Outcome = { kind: 'failure', error: 'run.cancelled', detail: null, status: null, ms: 0 };

/** `answer`: what an inference call gets. The Hub lists each model as live at groq. */
export function manyModels(
  answer: (path: string, model: string) => Outcome,
  abort: AbortController = new AbortController(),
) {
  let id = 0;
  let time = 0;
  const sent: SendRequest[] = [];
  const reply = (r: SendRequest): Outcome => {
    const { pathname } = new URL(r.url);
    if (pathname === '/v1/models') return json(200, { data: [] });
    const model = /^\/api\/models\/(.{1,50})$/.exec(pathname)?.[1];
    if (model)
      return json(200, {
        id: model,
        pipeline_tag: 'text-generation',
        tags: ['conversational'],
        inferenceProviderMapping: { groq: { status: 'live', providerId: model, task: 'conversational' } },
      });
    return answer(pathname, String(JSON.parse(String(r.body)).model));
  };
  const w: World = {
    send: async (r) => {
      sent.push(r);
      return r.signal?.aborted ? CANCELLED : reply(r);
    },
    redact: (t) => t,
    now: () => time,
    clock: () => time,
    lateSince: () => 0,
    tidy: () => {},
    random: () => 0,
    sleep: async (ms) => {
      time += ms;
    },
    signal: abort.signal,
    agent: 'test',
    nextId: () => id++,
  };
  return { w, sent, time: () => time };
}

export function inputFor(models: number, more: Record<string, unknown> = {}): CheckInput {
  const values = {
    ...DEFAULTS,
    models: Array.from({ length: models }, (_, n) => ({ id: `org/m${n}`, suffix: null })),
    routes: ['router', 'providers'],
    anonymous: true,
    retries: 0,
    maxRequests: 100_000,
    concurrency: 64,
    ...more,
  };
  const settings = Object.fromEntries(
    Object.entries(values).map(([key, value]) => [key, { value, origin: { from: 'default' } }]),
  );
  return {
    settings,
    bases: {
      hub: 'https://hub.test',
      router: 'https://router.test',
      legacy: 'https://old.test',
      gateway: null,
    },
    search: { winner: null, candidates: [], secrets: [], shadowed: [], lookalikes: [], notes: [] },
    gatewayKey: null,
    withheld: () => null,
    simulated: null,
    version: '0.0.0',
  } as unknown as CheckInput;
}
