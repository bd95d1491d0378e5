import { describe, expect, it } from 'vitest';
import { AUTO, ask, CHAT, EMBED, hello, scenario, world } from './support.js';

const refusal = (code: string, message: string) => ({
  error: { message, type: 'invalid_request_error', param: 'model', code },
});

describe('automatic routing', () => {
  it.each([
    ['', 'cerebras'],
    [':fastest', 'cerebras'],
    [':cheapest', 'novita'],
    [':preferred', 'novita'],
    [':novita', 'novita'],
    [':nscale', 'nscale'],
  ])('"%s" goes to %s', (suffix, provider) => {
    const answer = ask(world(), { path: AUTO, body: hello(CHAT + suffix) });
    expect(answer.status).toBe(200);
    expect(answer.headers).toMatchObject({ 'x-inference-provider': provider, server: 'cloudflare' });
    expect(answer.json).toMatchObject({ model: `llama-${provider}`, object: 'chat.completion' });
    expect(answer.billable).toBe(true);
  });

  it.each([
    ['acme/typo', 'model_not_found', "The requested model 'acme/typo' does not exist."],
    ['acme/old-name', 'model_not_found', "The requested model 'acme/old-name' does not exist."],
    ['toString', 'model_not_found', "The requested model 'toString' does not exist."],
    ['acme/unserved', 'model_not_supported', "The requested model 'acme/unserved' is not a chat model."],
    [EMBED, 'model_not_supported', `The requested model '${EMBED}' is not a chat model.`],
    ['', 'model_not_supported', "The requested model '' is not supported by any provider you have enabled."],
    ...['hf-inference', 'groq', 'auto', 'pro', 'hyperbolic', 'novita:cheapest'].map((suffix) => [
      `${CHAT}:${suffix}`,
      suffix.includes(':') ? 'model_not_found' : 'model_not_supported',
      suffix.includes(':')
        ? `The requested model '${CHAT}:${suffix}' does not exist.`
        : `The requested model '${CHAT}:${suffix}' is not supported by any provider you have enabled.`,
    ]),
  ])('%s is refused with 400', (model = '', code = '', message = '') => {
    const answer = ask(world(), { path: AUTO, body: hello(model) });
    expect([answer.status, answer.json]).toEqual([400, refusal(code, message)]);
  });

  it('fails over from a broken provider, but not when it is pinned', () => {
    const broken = scenario(`
title: T
story: S
check: { models: [a/b] }
models:
  a/b: { providers: { novita: { fault: down, throughput: 9 }, together: { id: t } } }
`);
    expect(ask(broken, { path: AUTO, body: hello('a/b') }).json).toMatchObject({ model: 't' });
    const pinned = ask(broken, { path: AUTO, body: hello('a/b:novita') });
    expect([pinned.status, pinned.json]).toEqual([500, { message: 'Internal Server Error' }]);
    expect(pinned.headers).toMatchObject({ server: 'cloudflare', 'cf-ray': expect.any(String) });
  });

  it('streams on demand', () => {
    const answer = ask(world(), { path: AUTO, body: hello(CHAT, { stream: true }) });
    expect(answer.headers['content-type']).toBe('text/event-stream; charset=utf-8');
    expect(String(answer.body)).toMatch(/^data: \{.*"usage".*\ndata: \[DONE\]\n\n$/s);
  });

  it('lists chat models with live and flagged providers, without those in staging', () => {
    const { json } = ask(world(), { path: '/v1/models' });
    const models = Object(json).data as { id: string; providers: { provider: string; status: string }[] }[];
    expect(models.map(({ id }) => id)).toEqual([CHAT, 'acme/secret', 'acme/tiny']);
    expect(models[0]?.providers.map(({ provider, status }) => `${provider} ${status}`)).toEqual([
      'novita live',
      'cerebras live',
      'nscale error',
    ]);
    expect(ask(world(), { path: `/v1/models/${CHAT}` }).json).toEqual(models[0]);
  });
});
