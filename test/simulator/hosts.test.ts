import { describe, expect, it } from 'vitest';
import { anonymous, ask, CHAT, EMBED, hello, UNKNOWN_TOKEN, world, wrongToken } from './support.js';

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
    if (status === 307) expect(answer.headers.location).toBe('/api/models/acme/new-name?expand=gated');
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
