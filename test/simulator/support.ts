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
    contentType: body === null ? '' : 'application/json',
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

/** A world with one of everything, for the tables of usual answers. */
export const CHAT = 'meta-llama/Llama-3.1-8B-Instruct';
export const EMBED = 'BAAI/bge-small-en-v1.5';
export const world = (more = '', token = '') =>
  scenario(`
title: Test
story: Test
token: { ${token} }
check: { models: [${CHAT}] }
models:
  ${CHAT}:
    tags: [conversational]
    gated: manual
    providers:
      novita: { id: llama-novita, price: { input: 1, output: 1 }, throughput: 10 }
      cerebras: { id: llama-cerebras, price: { input: 2, output: 2 }, throughput: 99 }
      nscale: { id: llama-nscale, status: error, price: { input: 0, output: 0 } }
      groq: { id: llama-groq, status: staging }
  ${EMBED}:
    pipelineTag: feature-extraction
    providers: { hf-inference: {}, together: { id: bge-together } }
  acme/secret: { private: true, providers: { novita: {} } }
  acme/old-name: { renamedTo: acme/new-name }
  acme/unserved: { tags: [conversational] }
  acme/image: { pipelineTag: text-to-image, providers: { fal-ai: { id: fal-ai/fast } } }
  acme/tiny: { providers: { hf-inference: {} } }
${more}`);

export const AUTO = '/v1/chat/completions';
export const NOVITA = '/novita/v3/openai/chat/completions';
export const EMBEDDING = `/hf-inference/models/${EMBED}/pipeline/feature-extraction`;
export const UNKNOWN_TOKEN = { error: 'Invalid username or password.' };
