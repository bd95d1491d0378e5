import { describe, expect, it } from 'vitest';
import { buildRequest } from '../../src/routes/build.js';
import type { Target } from '../../src/routes/request.js';
import { placeOf } from '../../src/routes/surface.js';

const bases = {
  hub: 'http://127.0.0.1:1',
  router: 'http://127.0.0.1:2',
  legacy: 'http://127.0.0.1:3',
  gateway: 'http://127.0.0.1:4/v1',
};
const target = (more: Partial<Target>): Target => ({
  model: 'org/name',
  suffix: null,
  ref: 'org/name',
  capability: null,
  route: 'router',
  surface: 'router',
  provider: null,
  providerId: 'org/name',
  task: 'conversational',
  ...more,
});
const provider = (slug: string, providerId: string, task: Target['task'] = 'conversational') =>
  target({ surface: 'provider', route: `provider:${slug}`, provider: slug, providerId, task });
const hfInference = (task: Target['task']) =>
  target({ surface: 'hf-inference', route: 'hf-inference', provider: 'hf-inference', task });

describe('the request with a capability', () => {
  const body = async (capability: Target['capability']) =>
    JSON.parse(String((await buildRequest(target({ capability }), bases)).body));

  it('asks for a call of the tool in words, with the room that a call needs, and forces nothing', async () => {
    const { messages, tools, tool_choice, max_tokens, model } = await body('tools');
    expect(messages[0].content).toContain(tools[0].function.name);
    expect([model, tool_choice, messages.length, tools.length]).toEqual(['org/name', 'auto', 1, 1]);
    const plain = await body(null);
    expect(max_tokens).toBeGreaterThan(plain.max_tokens);
    expect(max_tokens).toBeLessThanOrEqual(64);
  });

  it('is else the plain one and the wish', async () => {
    const plain = await body(null);
    expect(await body('stream')).toEqual({ ...plain, stream: true });
    // A small object needs more room than a word.
    const { max_tokens, ...json } = await body('json');
    expect(json).toEqual({ ...plain, max_tokens: undefined, response_format: expect.anything() });
    expect(max_tokens).toBeGreaterThan(plain.max_tokens);
    expect(max_tokens).toBeLessThanOrEqual(64);
  });
});

describe('requests of each route', () => {
  it.each([
    [target({}), ':2/v1/chat/completions', 'org/name'],
    [target({ suffix: 'groq', route: 'router:groq' }), ':2/v1/chat/completions', 'org/name:groq'],
    [target({ surface: 'gateway', route: 'gateway' }), ':4/v1/chat/completions', 'org/name'],
    [target({ surface: 'legacy', route: 'legacy' }), ':3/models/org/name/v1/chat/completions', 'org/name'],
    [
      target({ surface: 'legacy', route: 'legacy', task: 'text-generation' }),
      ':3/models/org/name',
      undefined,
    ],
    [
      target({ surface: 'legacy', route: 'legacy', task: 'feature-extraction' }),
      ':3/pipeline/feature-extraction/org/name',
      undefined,
    ],
    [provider('novita', 'qwen/q'), ':2/novita/v3/openai/chat/completions', 'qwen/q'],
    [
      provider('fireworks-ai', 'accounts/f/models/m'),
      ':2/fireworks-ai/inference/v1/chat/completions',
      'accounts/f/models/m',
    ],
    [provider('together', 'm', 'feature-extraction'), ':2/together/v1/embeddings', 'm'],
    [hfInference('conversational'), ':2/hf-inference/models/org/name/v1/chat/completions', 'org/name'],
    [hfInference('text-generation'), ':2/hf-inference/models/org/name/v1/completions', 'org/name'],
    [
      hfInference('feature-extraction'),
      ':2/hf-inference/models/org/name/pipeline/feature-extraction',
      undefined,
    ],
  ])('%j', async (t, url, model) => {
    const request = await buildRequest(t, bases);
    expect(request.url).toBe(`http://127.0.0.1${url}`);
    expect(JSON.parse(String(request.body)).model).toBe(model);
    expect(Object.keys(request.headers).map((h) => h.toLowerCase())).not.toContain('authorization');
  });

  it('never mixes up two models, although the official client caches mappings for ever', async () => {
    const first = await buildRequest(provider('novita', 'one'), bases);
    const second = await buildRequest(provider('novita', 'two'), bases);
    expect([first.body, second.body].map((b) => JSON.parse(String(b)).model)).toEqual(['one', 'two']);
  });
});

describe('where a URL belongs', () => {
  it.each([
    ['https://api-inference.huggingface.co/models/gpt2', 'legacy', null, 'gpt2'],
    ['https://api-inference.huggingface.co/models/a/b/v1/chat/completions', 'legacy', null, 'a/b'],
    ['https://api-inference.huggingface.co/models/gpt2/v1/chat/completions', 'legacy', null, 'gpt2'],
    ['https://api-inference.huggingface.co/pipeline/feature-extraction/a/b', 'legacy', null, 'a/b'],
    ['https://router.huggingface.co/v1/chat/completions', 'router', null, null],
    [
      'https://router.huggingface.co/hf-inference/models/a/b/pipeline/feature-extraction',
      'hf-inference',
      'hf-inference',
      'a/b',
    ],
    ['https://router.huggingface.co/novita/v3/openai/chat/completions', 'provider', 'novita', null],
    ['https://router.huggingface.co/models/a/b', 'router', null, 'a/b'],
    [
      'https://huggingface.co/api/inference-proxy/hf-inference/models/a/b',
      'hf-inference',
      'hf-inference',
      'a/b',
    ],
    ['https://huggingface.co/api/models/a/b', 'hub', null, 'a/b'],
    ['https://x.endpoints.huggingface.cloud/v1/chat/completions', 'dedicated', null, null],
    ['https://api.together.xyz/v1/completions', 'provider', 'together', null],
    ['https://evilhuggingface.co/api/models/a/b', 'other', null, null],
    ['https://huggingface.co.evil.example/v1', 'other', null, null],
  ])('%s', (url, surface, slug, model) => {
    expect(placeOf(new URL(url))).toEqual({ surface, provider: slug, model });
  });

  it('knows base URLs that the user chose', () => {
    expect(placeOf(new URL('http://127.0.0.1:4/v1/chat/completions'), bases).surface).toBe('gateway');
    expect(placeOf(new URL('http://127.0.0.1:2/together/v1/chat/completions'), bases)).toMatchObject({
      surface: 'provider',
      provider: 'together',
    });
    expect(placeOf(new URL('http://127.0.0.1:9/v1'), bases).surface).toBe('other');
  });
});
