import { describe, expect, it } from 'vitest';
import { FAULT_NAMES } from '../../src/simulator/faults.js';
import { ask, hello, play, scenario } from './support.js';

const world = (answers: string, provider = '{}') =>
  scenario(`
title: T
story: S
gateway: {}
check: { models: [a/b] }
models:
  a/b: { providers: { novita: ${provider} } }
  a/c: { providers: { novita: {} } }
answers:
${answers}`);
const AUTO = { path: '/v1/chat/completions', body: hello('a/b') };
const entry = (when: string, answer = '{ status: 418 }') => `  - { when: { ${when} }, answer: ${answer} }`;

describe('when', () => {
  it.each([
    ['surface: router', true],
    ['surface: provider', false],
    ['model: a/b', true],
    ['model: "a/*"', true],
    ['model: "*/b"', true],
    ['model: "a*b*b"', false],
    ['model: a', false],
    ['suffix: none', true],
    ['suffix: novita', false],
    ['auth: token', true],
    ['auth: anonymous', false],
    ['method: POST', true],
    ['method: GET', false],
    ['capability: none', true],
    ['capability: stream', false],
    ['path: /v1', true],
    ['path: "/v1/*/completions"', true],
    ['path: "*/models"', false],
    ['surface: router, model: a/c', false],
    ['after: 1', false],
  ])('%s plays: %s', (when, plays) => {
    expect(ask(world(entry(when)), AUTO).status === 418).toBe(plays);
  });

  it('takes the first that fits, and knows the model behind a provider id', () => {
    const both = world(
      `${entry('model: a/b', '{ status: 418 }')}\n${entry('', '{ status: 451 }')}`,
      '{ id: own-id }',
    );
    const provider = { path: '/novita/v1/chat/completions', body: hello('own-id') };
    expect(ask(both, provider).status).toBe(418);
    expect(ask(both, { path: '/v1/models' }).status).toBe(451);
  });

  it('counts only requests that fit', () => {
    const limited = world(entry('model: a/b, after: 1, times: 2'));
    const statuses = [0, 1, 2, 3].map((before) => ask(limited, { ...AUTO, seen: [before] }).status);
    expect(statuses).toEqual([200, 418, 418, 200]);
  });
});

describe('answer', () => {
  it('replaces the usual one when it has a status or a body, else lays itself over it', () => {
    const own = ask(world(entry('', '{ status: 503 }')), AUTO);
    expect([own.status, own.body, own.billable]).toEqual([503, '', false]);
    const late = ask(world(entry('', '{ delayMs: 5, headers: { X-Extra: "1" } }')), AUTO);
    expect(late).toMatchObject({ status: 200, delayMs: 5, billable: true, headers: { 'x-extra': '1' } });
    expect(ask(world(entry('', '{ mode: reset }')), AUTO).billable).toBe(false);
  });

  it.each([
    ['json: { a: "{{model}}" }', 'application/json; charset=utf-8', '{"a":"a/b"}'],
    ['text: "{{provider}}|{{token}}"', 'text/plain; charset=utf-8', 'novita|secret'],
    ['html: <p>', 'text/html; charset=utf-8', '<p>'],
    ['bytes: AAEC', 'application/octet-stream', '\x00\x01\x02'],
    ['text: "{{token:base64}}"', 'text/plain; charset=utf-8', 'c2VjcmV0'],
    ['text: x, headers: { content-type: image/png }', 'image/png', 'x'],
  ])('%s', (spec, type, body) => {
    const { headers, ...answer } = ask(world('  []', `{ answer: { ${spec} } }`), AUTO);
    expect([headers['content-type'], Buffer.from(answer.body).toString('latin1')]).toEqual([type, body]);
  });

  it('keeps an echoed token inside its JSON string', () => {
    const echo = world(entry('', '{ json: { "{{token}}": ["{{token}}"] } }'));
    expect(ask(echo, { ...AUTO, presented: '"},{"' }).json).toEqual({ '"},{"': ['"},{"'] });
  });

  it.each(FAULT_NAMES)(
    'fault %s differs from the usual answer on its route, and shows at a gateway as its own',
    (fault) => {
      const stream = { ...AUTO, body: hello('a/b', { stream: true }) };
      const usual = ask(world('  []'), stream);
      const broken = ask(world('  []', `{ fault: ${fault} }`), stream);
      expect([broken.status, broken.delayMs, broken.mode, broken.body]).not.toEqual([
        usual.status,
        usual.delayMs,
        usual.mode,
        usual.body,
      ]);
      const atGateway = ask(world(`  - { when: { surface: gateway }, fault: ${fault} }`), {
        ...AUTO,
        host: 'gateway',
      });
      expect(atGateway.headers).not.toHaveProperty('x-powered-by');
    },
  );
});

describe('over the wire', () => {
  it('rate-limited: 429 once for one model, always for another', async () => {
    const { endpoints, token } = await play('rate-limited');
    const call = async (model: string) => {
      const response = await fetch(`${endpoints.router}/v1/chat/completions`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}` },
        body: JSON.stringify(hello(model)),
      });
      return [response.status, response.headers.get('retry-after')];
    };
    expect(await call('meta-llama/Llama-3.1-8B-Instruct')).toEqual([429, '1']);
    expect(await call('meta-llama/Llama-3.1-8B-Instruct')).toEqual([200, null]);
    expect(await call('Qwen/Qwen2.5-72B-Instruct')).toEqual([429, '1']);
    expect(await call('Qwen/Qwen2.5-72B-Instruct')).toEqual([429, '1']);
  });
});
