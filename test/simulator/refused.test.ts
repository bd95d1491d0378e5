import { describe, expect, it } from 'vitest';
import { officialRequest } from '../../src/routes/official.js';
import { refusable } from '../../src/routes/refusable.js';
import { idOf, PAIRS, pairWorld } from './pair-world.js';
import { AUTO, ask, hello, play, scenario, world } from './support.js';

/* A request that lacks what its backend needs is refused in the backend's words, and costs nothing. */

describe('a request without what its backend needs', () => {
  it('is refused by every provider for every task', async () => {
    const simulator = await play(pairWorld());
    const { endpoints, token, log } = simulator;
    const outcomes = [];
    for (const [provider, task] of PAIRS) {
      const target = { provider, task, model: `${provider}/${task}`, providerId: idOf(provider, task) };
      const whole = await officialRequest(target, endpoints.router);
      const sent = refusable(whole, { provider, surface: 'provider' });
      const response = await fetch(sent.url, {
        method: sent.method,
        headers: { ...sent.headers, authorization: `Bearer ${token}` },
        body: sent.body as string,
      });
      const text = await response.text();
      const names =
        /required|missing|json|invalid request body|not received/i.test(text) && !/not supported/.test(text);
      outcomes.push([provider, task, [400, 415, 422].includes(response.status), names]);
    }
    expect(outcomes.filter(([, , refused, names]) => !refused || !names)).toEqual([]);
    expect(log()).toHaveLength(PAIRS.length);
    expect(log().filter(({ billable }) => billable)).toEqual([]);
  });

  const FAL = '/fal-ai/fal-ai/fast';
  it.each([
    ['a queue starts with any JSON', FAL, '?_subdomain=queue', {}, 200, true],
    ['a queue refuses what is no JSON', FAL, '?_subdomain=queue', null, 422, false],
    ['without the queue a prompt is needed', FAL, '', {}, 422, false],
    ['the router hands on a model without messages', AUTO, '', { model: 'acme/tiny' }, 422, false],
    ['a pipeline in Rust', '/hf-inference/models/acme/tiny', '', {}, 422, false],
  ])('%s', (_, path, query, body, status, billable) => {
    const answer = ask(world(), { path, query, body, method: 'POST', size: 1 });
    expect([answer.status, answer.billable]).toEqual([status, billable]);
  });

  it('never meets what happens while a model works', () => {
    const broken = (fault: string) =>
      scenario(
        `title: T\nstory: S\ncheck: { models: [a/b] }\nmodels:\n  a/b: { providers: { novita: { fault: ${fault} } } }\n`,
      );
    const status = (fault: string, body: object) => ask(broken(fault), { path: AUTO, body }).status;
    expect([status('model-crashed', hello('a/b')), status('model-crashed', { model: 'a/b' })]).toEqual([
      500, 400,
    ]);
    expect([status('down', hello('a/b')), status('down', { model: 'a/b' })]).toEqual([500, 500]);
  });

  it('learns of token, mapping and account before that of the request', () => {
    const broken = { path: FAL, query: '?_subdomain=queue', method: 'POST', size: 1 } as const;
    const status = (more: string, token: string, request: object = broken) =>
      ask(world(more, token), { ...broken, ...request }).status;
    expect(status('', 'permissions: []')).toBe(403);
    expect(status('account: { fault: credits-exhausted }', '')).toBe(402);
    expect(status('account: { disabled: [fal-ai] }', '')).toBe(400);
    expect(status('', '', { known: false })).toBe(401);
  });
});
