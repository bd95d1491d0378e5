import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anonymous, ask, hello, scenario, wrongToken } from './support.js';

const CHAT = 'meta-llama/Llama-3.1-8B-Instruct';
const EMBED = 'BAAI/bge-small-en-v1.5';
const world = (more = '', token = '') =>
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

const AUTO = '/v1/chat/completions';
const NOVITA = '/novita/v3/openai/chat/completions';
const EMBEDDING = `/hf-inference/models/${EMBED}/pipeline/feature-extraction`;
const UNKNOWN_TOKEN = { error: 'Invalid username or password.' };
const refusal = (code: string, message: string) => ({
  error: { message, type: 'invalid_request_error', param: 'model', code },
});

describe('without a known token', () => {
  it.each([
    ['router', AUTO, hello(CHAT)],
    ['provider', NOVITA, hello('llama-novita')],
    ['hf-inference', EMBEDDING, { inputs: 'hi' }],
  ])('%s answers 401 in the same words for no token and a wrong one', (_, path, body) => {
    for (const caller of [anonymous, wrongToken]) {
      const answer = ask(world(), { path, body, ...caller });
      expect([answer.status, answer.json, answer.billable]).toEqual([401, UNKNOWN_TOKEN, false]);
      expect(answer.headers).toMatchObject({
        'x-error-message': UNKNOWN_TOKEN.error,
        'x-powered-by': 'huggingface-moon',
        'x-cache': 'Error from cloudfront',
        'www-authenticate': expect.stringContaining('Bearer'),
      });
      expect(answer.headers).not.toHaveProperty('cf-ray');
    }
  });

  it('lists models, so that this proves nothing about a token', () => {
    expect(ask(world(), { path: '/v1/models', ...anonymous }).status).toBe(200);
  });
});

describe('permission', () => {
  const message =
    'This authentication method does not have sufficient permissions to call Inference Providers on behalf of';
  const bill =
    'orgs: [{ name: acme, permissions: [inference.serverless.write] }, { name: poor }, { name: strict, restrictions: [token-policy] }, { name: angry, restrictions: [token-revoked] }]';
  it.each([
    ['write role', 'role: write, permissions: []', null, 200, null],
    ['read role', 'role: read, permissions: []', null, 200, null],
    [
      'global permission of older tokens',
      'permissions: [], global: [inference.serverless.write]',
      null,
      200,
      null,
    ],
    ['nothing', 'permissions: [], user: bob', null, 403, `${message} user bob`],
    ['wrong box', 'permissions: [inference.endpoints.infer.write]', null, 403, `${message} user ada`],
    ['organisation', bill, 'acme', 200, null],
    ['organisation without', bill, 'poor', 403, `${message} org poor`],
    [
      'organisation policy',
      bill,
      'strict',
      403,
      expect.stringContaining('Due to the organization token policy'),
    ],
    ['revoked by the organisation', bill, 'angry', 403, expect.stringContaining('has been revoked')],
    ['foreign organisation', bill, 'else', 401, UNKNOWN_TOKEN.error],
  ])('%s', (_, token, billTo, status, error) => {
    const answer = ask(world('', token), { path: AUTO, body: hello(CHAT), billTo });
    expect(answer.status).toBe(status);
    if (error !== null) expect(answer.json).toEqual({ error });
  });
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

describe('hub', () => {
  const hub = (path: string, query = '', caller = {}) =>
    ask(world(), { host: 'hub', path, query, ...caller });

  it('tells who the token is', () => {
    const answer = hub('/api/whoami-v2');
    expect(answer.json).toMatchObject({
      type: 'user',
      name: 'ada',
      auth: {
        accessToken: {
          role: 'fineGrained',
          fineGrained: {
            scoped: [{ entity: { type: 'user' }, permissions: ['inference.serverless.write'] }],
          },
        },
      },
    });
    expect(answer.headers).toMatchObject({ ratelimit: expect.stringMatching(/^"api";r=\d+;t=\d+$/) });
    expect(hub('/api/whoami-v2', '', anonymous)).toMatchObject({ status: 401, json: UNKNOWN_TOKEN });
  });

  it('gives what is asked for, however it is spelled', () => {
    const path = `/api/models/${EMBED}`;
    const expected = { pipeline_tag: 'feature-extraction', gated: false };
    for (const query of [
      '?expand[]=pipeline_tag&expand[]=gated',
      '?expand=pipeline_tag,gated',
      '?expand%5B%5D=pipeline_tag&expand=gated',
    ]) {
      const { json } = hub(path, query, anonymous);
      expect(json).toEqual({ _id: expect.any(String), id: EMBED, ...expected });
    }
    expect(hub(path, '?expand[]=inferenceProviderMapping').json).toMatchObject({
      inferenceProviderMapping: {
        'hf-inference': { providerId: EMBED, status: 'live', task: 'feature-extraction' },
        together: { providerId: 'bge-together' },
      },
    });
  });

  it('can send the mapping as a list', () => {
    const listed = ask(world('mappingShape: array'), {
      host: 'hub',
      path: `/api/models/${EMBED}`,
      query: '?expand=inferenceProviderMapping',
    });
    expect(Object(listed.json).inferenceProviderMapping[1]).toMatchObject({
      provider: 'together',
      providerId: 'bge-together',
      hfModelId: EMBED,
    });
  });

  it.each([
    ['unknown', '/api/models/acme/typo', {}, 404],
    ['unknown, anonymous', '/api/models/acme/typo', anonymous, 401],
    ['private', '/api/models/acme/secret', {}, 200],
    ['private, anonymous', '/api/models/acme/secret', anonymous, 401],
    ['public, wrong token', `/api/models/${EMBED}`, wrongToken, 401],
    ['public, anonymous', `/api/models/${EMBED}`, anonymous, 200],
    ['a suffix in a lookup', `/api/models/${CHAT}:novita`, {}, 404],
    ['renamed', '/api/models/acme/old-name', {}, 307],
    ['another page', '/api/nothing', {}, 404],
  ])('%s', (name, path, caller, status) => {
    const answer = hub(path, '?expand=gated', caller);
    // A suffix is no part of an id, and the Hub does not cut it off.
    expect([name, answer.status]).toEqual([name, status]);
    if (status === 404 && path !== '/api/nothing')
      expect(answer.headers['x-error-code']).toBe('RepoNotFound');
    if (status === 307) expect(answer.headers['location']).toBe('/api/models/acme/new-name?expand=gated');
  });
});

describe('legacy host', () => {
  it('is 410 for all, or 401 and 404', () => {
    const gone = { host: 'legacy', path: '/models/gpt2', body: { inputs: 'hi' } } as const;
    expect(ask(world('legacy: { mode: gone-410 }'), { ...gone, ...anonymous })).toMatchObject({
      status: 410,
      json: {
        error:
          'https://api-inference.huggingface.co is no longer supported. Please use https://router.huggingface.co/hf-inference instead.',
      },
    });
    const older = world('legacy: { mode: gone-404 }');
    expect(ask(older, gone)).toMatchObject({ status: 404, body: 'Not Found' });
    expect(ask(older, { ...gone, ...anonymous })).toMatchObject({ status: 401, json: UNKNOWN_TOKEN });
  });
});

describe('gateway', () => {
  const gateway = (path: string, model: string, caller = {}, more = 'gateway: { key: required }') =>
    ask(world(more), { host: 'gateway', path, body: hello(model), ...caller });

  it('has its own key, and passes on what the router says under its own headers', () => {
    expect(gateway('/v1/chat/completions', CHAT, anonymous).status).toBe(401);
    for (const path of ['/v1/chat/completions', '/chat/completions']) {
      const answer = gateway(path, CHAT, wrongToken);
      expect([answer.status, answer.json]).toEqual([
        200,
        expect.objectContaining({ model: 'llama-cerebras' }),
      ]);
      expect(answer.headers).not.toHaveProperty('x-powered-by');
    }
    expect(gateway('/v1/chat/completions', `${CHAT}:hf-inference`, wrongToken).status).toBe(400);
    expect(gateway('/v1/elsewhere', CHAT, wrongToken).status).toBe(404);
  });
});

describe('account', () => {
  it.each([
    ['{ fault: credits-exhausted }', 402, /included credits/],
    ['{ fault: spending-limit }', 403, /monthly spending limit/],
  ])('%s', (account, status, text) => {
    for (const [path, body] of [
      [AUTO, hello(CHAT)],
      [NOVITA, hello('llama-novita')],
      [EMBEDDING, { inputs: 'x' }],
    ] as const) {
      const answer = ask(world(`account: ${account}`), { path, body });
      expect([answer.status, answer.billable]).toEqual([status, false]);
      expect(String(answer.body)).toMatch(text);
    }
    // The mapping comes first, so a wrong model never shows the account's trouble.
    expect(ask(world(`account: ${account}`), { path: AUTO, body: hello('acme/unserved') }).status).toBe(400);
  });

  it('a disabled provider is skipped, and refused by name', () => {
    const off = world('account: { disabled: [cerebras] }');
    expect(ask(off, { path: AUTO, body: hello(CHAT) }).json).toMatchObject({ model: 'llama-novita' });
    expect(ask(off, { path: AUTO, body: hello(`${CHAT}:cerebras`) }).status).toBe(400);
    expect(ask(off, { path: '/cerebras/v1/chat/completions', body: hello('llama-cerebras') }).status).toBe(
      400,
    );
  });
});

describe('any request', () => {
  it('gets an answer', () => {
    const segment = fc.oneof(
      fc.constantFrom(
        'v1',
        'models',
        'hf-inference',
        'novita',
        'api',
        '__proto__',
        'toString',
        CHAT,
        'pipeline',
        'completions',
        '',
      ),
      fc.string(),
    );
    const request = fc.record({
      host: fc.constantFrom('hub', 'router', 'legacy', 'gateway'),
      method: fc.constantFrom('GET', 'POST', 'OPTIONS'),
      path: fc.array(segment, { maxLength: 6 }).map((parts) => `/${parts.join('/')}`),
      query: fc.string().map((text) => `?${text}`),
      body: fc.oneof(
        fc.json().map((text) => JSON.parse(text)),
        fc.record({ model: segment, messages: fc.anything() }),
      ),
      known: fc.boolean(),
      billTo: fc.option(fc.string()),
    });
    const open = world('gateway: {}\nlegacy: { mode: gone-404 }');
    fc.assert(
      fc.property(request as fc.Arbitrary<object>, (sent) => {
        const answer = ask(open, { size: 9, ...sent });
        expect(answer.status).toBeGreaterThanOrEqual(200);
        expect(answer.status).toBeLessThan(500);
        expect(answer.headers).toHaveProperty('x-request-id');
        // Pages of any origin must not be let in.
        expect(Object.keys(answer.headers).join()).not.toMatch(/access-control/);
      }),
      { numRuns: 400 },
    );
  });
});
