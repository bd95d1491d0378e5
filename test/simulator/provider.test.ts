import { describe, expect, it } from 'vitest';
import { ask, CHAT, EMBED, EMBEDDING, hello, NOVITA, world } from './support.js';

describe('provider paths', () => {
  it.each([
    ['chat', NOVITA, hello('llama-novita'), { object: 'chat.completion', model: 'llama-novita' }],
    [
      'text',
      '/novita/v3/openai/completions',
      { model: 'llama-novita', prompt: 'x' },
      { object: 'text_completion' },
    ],
    ['embeddings', '/together/v1/embeddings', { model: 'bge-together', input: 'x' }, { object: 'list' }],
    ['id in the path', '/fal-ai/fal-ai/fast', { prompt: 'x' }, { images: [expect.anything()] }],
  ])('%s', (_, path, body, expected) => {
    const answer = ask(world(), { path, body });
    expect([answer.status, answer.json, answer.billable]).toEqual([
      200,
      expect.objectContaining(expected),
      true,
    ]);
  });

  it.each([
    ['the Hub id instead of the provider id', NOVITA, hello(CHAT)],
    ['a suffix', NOVITA, hello('llama-novita:cheapest')],
    ['a model of another provider', NOVITA, hello('llama-cerebras')],
    ['another task', '/together/v1/chat/completions', hello('bge-together')],
    ['an edited path', '/fal-ai/fal-ai/other', { prompt: 'x' }],
  ])('refuse %s', (_, path, body) => {
    const slug = path.split('/')[1];
    const answer = ask(world(), { path, body });
    expect([answer.status, answer.json]).toEqual([400, { error: `Model not supported by provider ${slug}` }]);
  });

  it('refuse an empty payload after routing, auth and mapping, at no cost', () => {
    const media = ask(world(), { path: '/fal-ai/fal-ai/fast', method: 'POST' });
    expect([media.status, media.billable]).toEqual([422, false]);
    const chat = ask(world(), { path: NOVITA, body: { model: 'llama-novita', messages: [] } });
    expect([chat.status, chat.billable]).toEqual([400, false]);
  });
});

describe('hf-inference', () => {
  it.each([
    ['feature-extraction', EMBEDDING, { inputs: 'hi' }],
    ['a compatible task', `/hf-inference/models/${EMBED}/pipeline/sentence-similarity`, { inputs: {} }],
    ['the plain path', `/hf-inference/models/${EMBED}`, { inputs: 'hi' }],
    ['chat', '/hf-inference/models/acme/tiny/v1/chat/completions', hello('acme/tiny')],
    ['text', '/hf-inference/models/acme/tiny/v1/completions', { prompt: 'hi' }],
  ])('serves %s', (_, path, body) => {
    const answer = ask(world(), { path, body });
    expect([answer.status, answer.billable]).toEqual([200, true]);
    expect(answer.headers).toMatchObject({ server: 'uvicorn', 'x-compute-type': 'cpu' });
  });

  it.each([
    `/hf-inference/models/${CHAT}`,
    `/hf-inference/models/${CHAT}/v1/chat/completions`,
    '/hf-inference/models/gpt2',
    '/hf-inference/models/acme/tiny/pipeline/feature-extraction',
    `/hf-inference/models/${EMBED}:hf-inference`,
  ])('refuses %s', (path) => {
    const answer = ask(world(), { path, body: { inputs: 'hi', prompt: 'hi' } });
    expect([answer.status, answer.json]).toEqual([
      400,
      { error: 'Model not supported by provider hf-inference' },
    ]);
  });

  it('says 422 for a payload of the wrong family, Ok to a GET', () => {
    expect(ask(world(), { path: EMBEDDING, body: { text: 'hi' } })).toMatchObject({
      status: 422,
      body: expect.stringContaining('missing field `inputs`'),
    });
    expect(ask(world(), { path: `/hf-inference/models/${EMBED}` })).toMatchObject({
      status: 200,
      body: 'Ok',
    });
  });

  it.each([
    '/hf-inference',
    `/hf-inference/${EMBED}`,
    '/hf-inference/v1/chat/completions',
    `/hf-inference/pipeline/feature-extraction/${EMBED}`,
    `/models/${EMBED}`,
    '/v1/embeddings',
    '/openai/v1/chat/completions',
    '/',
  ])('%s is no route: a page, 404', (path) => {
    const answer = ask(world(), { path, body: { model: EMBED, inputs: 'hi' } });
    expect([answer.status, answer.headers['content-type']]).toEqual([404, 'text/html; charset=utf-8']);
  });
});
