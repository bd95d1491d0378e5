import { afterEach } from 'vitest';
import type { Answer } from '../../src/simulator/answer.js';
import { answerFor } from '../../src/simulator/answer-for.js';
import { loadScenario } from '../../src/simulator/find.js';
import type { SimRequest } from '../../src/simulator/request.js';
import { parseScenario, type Scenario } from '../../src/simulator/scenario.js';
import { type Simulator, startSimulator } from '../../src/simulator/server.js';

const open: Simulator[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((simulator) => simulator.close()));
});

/** Starts a scenario of the package by name, or one of the test; closed after the test. */
export async function play(scenario: string | Scenario): Promise<Simulator> {
  const simulator = await startSimulator(typeof scenario === 'string' ? await named(scenario) : scenario);
  open.push(simulator);
  return simulator;
}

export async function named(name: string): Promise<Scenario> {
  const loaded = await loadScenario(name);
  if (!loaded.ok) throw new Error(loaded.problem);
  return loaded.scenario;
}

export function scenario(text: string): Scenario {
  const parsed = parseScenario(text, 'test.yaml');
  if (!parsed.ok) throw new Error(parsed.problem);
  return parsed.scenario;
}

/** Asks without a network. The caller has the good token unless the test says otherwise. */
export function ask(world: Scenario, request: Partial<SimRequest>): Answer & { json: unknown } {
  const body = request.body ?? null;
  const answer = answerFor(world, {
    host: 'router',
    method: body === null ? 'GET' : 'POST',
    path: '/',
    query: '',
    auth: 'token',
    known: true,
    presented: 'secret',
    billTo: null,
    body,
    size: body === null ? 0 : JSON.stringify(body).length,
    id: 'Root=1-00000000-000000000000000000000000;00000000-0000-0000-0000-000000000000',
    seen: [],
    ...request,
  });
  const isJson = answer.headers['content-type']?.startsWith('application/json');
  return { ...answer, json: isJson ? JSON.parse(String(answer.body)) : null };
}

export const anonymous = { auth: 'anonymous', known: false, presented: null } as const;
export const wrongToken = { auth: 'other-token', known: false, presented: 'wrong' } as const;

export function hello(model: string, more: object = {}) {
  return { model, messages: [{ role: 'user', content: 'hi' }], max_tokens: 1, ...more };
}
