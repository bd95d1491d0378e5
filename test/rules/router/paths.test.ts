import { describe, expect, it } from 'vitest';
import { folded, misroute } from '../../../src/rules/router/paths.js';
import type { Observation } from '../../../src/types/observation.js';
import { evidence } from '../../support/evidence.js';

const R = 'https://router.huggingface.co';

/** A request to that path of the router, without anything else that would tell the task. */
function asked(path: string, more: Partial<Observation> = {}) {
  const e = evidence({ observations: [{ url: R + path, task: null, status: 404, ...more }] });
  return { o: e.observations[0] as Observation, e };
}

describe('paths that no route owns', () => {
  it.each([
    ['/hf-inference', 'incomplete', `${R}/hf-inference/models/{model}`],
    ['/hf-inference/', 'incomplete', `${R}/hf-inference/models/{model}`],
    ['/hf-inference/models', 'incomplete', `${R}/hf-inference/models/{model}`],
    ['/hf-inference/gpt2', 'no-models-segment', `${R}/hf-inference/models/gpt2`],
    ['/hf-inference/a/b', 'no-models-segment', `${R}/hf-inference/models/a/b`],
    ['/hf-inference/a/b/v1/chat/completions', 'no-models-segment', `${R}/v1/chat/completions`],
    ['/hf-inference/v1/chat/completions', 'chat-below-hf-inference', `${R}/v1/chat/completions`],
    [
      '/hf-inference/v1/embeddings',
      'chat-below-hf-inference',
      `${R}/hf-inference/models/{model}/pipeline/feature-extraction`,
    ],
    [
      '/hf-inference/pipeline/feature-extraction/a/b',
      'old-pipeline',
      `${R}/hf-inference/models/a/b/pipeline/feature-extraction`,
    ],
    ['/hf-inference/pipeline/question-answering/a/b', 'old-pipeline', `${R}/hf-inference/models/a/b`],
    ['/hf-inference/models/a/b/v1', 'unknown-ending', `${R}/hf-inference/models/a/b`],
    [
      '/hf-inference/models/a/b/feature-extraction',
      'unknown-ending',
      `${R}/hf-inference/models/a/b/pipeline/feature-extraction`,
    ],
    [
      '/hf-inference/models/a/b/pipeline/text-classification',
      'unknown-ending',
      `${R}/hf-inference/models/a/b`,
    ],
    ['/models/gpt2', 'old-host-path', `${R}/hf-inference/models/gpt2`],
    ['/models/a/b/v1/chat/completions', 'old-host-path', `${R}/v1/chat/completions`],
    [
      '/pipeline/sentence-similarity/a/b',
      'old-host-path',
      `${R}/hf-inference/models/a/b/pipeline/sentence-similarity`,
    ],
    ['/v1/embeddings', 'chat-only', `${R}/hf-inference/models/{model}/pipeline/feature-extraction`],
    ['/v1/images/generations', 'chat-only', `${R}/hf-inference/models/{model}`],
  ])('%s is %s', (path, form, right) => {
    const { o, e } = asked(path);
    expect(misroute(path, o, e)).toMatchObject({ form, right });
  });

  it.each([
    '/v1/chat/completions',
    '/v1/responses',
    '/v1/models',
    '/v1/models/a/b',
    '/v1/messages',
    '/hf-inference/models/gpt2',
    '/hf-inference/models/a/b',
    '/hf-inference/models/a/b/v1/chat/completions',
    '/hf-inference/models/gpt2/v1/completions',
    '/hf-inference/models/a/b/pipeline/feature-extraction',
    '/hf-inference/models/a/b/pipeline/sentence-similarity',
    '/novita/v3/openai/chat/completions',
    '/fal-ai/fal-ai/flux/dev',
  ])('%s may be a route', (path) => {
    const { o, e } = asked(path);
    expect(misroute(path, o, e)).toBeNull();
  });

  it('takes a chat to the chat route: by its body, or by what the catalogue knows', () => {
    const sent = asked('/models/a/b', { requestBody: '{"model":"a/b","messages":[]}' });
    expect(misroute('/models/a/b', sent.o, sent.e)?.right).toBe(`${R}/v1/chat/completions`);
    const known = evidence({
      observations: [{ url: `${R}/models/a/b`, model: 'a/b', task: null, status: 404 }],
      catalog: { models: { 'a/b': { task: 'conversational' } } },
    });
    expect(misroute('/models/a/b', known.observations[0] as Observation, known)?.right).toBe(
      `${R}/v1/chat/completions`,
    );
  });
});

describe('what stands twice', () => {
  it.each([
    ['/v1/v1/chat/completions', '/v1/chat/completions'],
    ['//v1/chat/completions', '/v1/chat/completions'],
    ['/v1/chat/completions/chat/completions', '/v1/chat/completions'],
    ['/v1/chat/completions', '/v1/chat/completions'],
    ['/hf-inference/models/v1/v1-model', '/hf-inference/models/v1/v1-model'],
  ])('%s becomes %s', (path, once) => {
    expect(folded(path)).toBe(once);
  });
});
