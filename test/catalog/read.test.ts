import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chooseModels } from '../../src/catalog/choose.js';
import { readModel, readRouterModels } from '../../src/catalog/read.js';

describe('a model of the Hub', () => {
  it('reads the mapping as an object and as an array alike', () => {
    const e = { status: 'live', providerId: 'qwen/qwen', task: 'conversational' };
    const object = readModel('a/b', { id: 'a/b', inferenceProviderMapping: { novita: e } });
    const array = readModel('a/b', {
      id: 'a/b',
      inferenceProviderMapping: [{ provider: 'novita', hfModelId: 'a/b', ...e }],
    });
    expect(object?.providers).toEqual([{ provider: 'novita', ...e }]);
    expect(array?.providers).toEqual(object?.providers);
    expect(object).toMatchObject({ mappingKnown: true, exists: 'yes', task: 'conversational' });
  });

  it('knows an empty mapping from a missing one', () => {
    expect(readModel('a/b', { id: 'a/b', inferenceProviderMapping: {} })).toMatchObject({
      mappingKnown: true,
      providers: [],
    });
    expect(readModel('a/b', { id: 'a/b' })).toMatchObject({ mappingKnown: false });
  });

  it.each([
    [{ pipeline_tag: 'text-generation', tags: ['conversational'] }, 'conversational'],
    [{ pipeline_tag: 'text-generation', tags: [] }, 'text-generation'],
    [{ pipeline_tag: 'feature-extraction' }, 'feature-extraction'],
    [{}, null],
    [
      {
        pipeline_tag: 'text-generation',
        inferenceProviderMapping: { x: { providerId: 'y', task: 'text-to-image' } },
      },
      'text-to-image',
    ],
  ])('tells the task of %j', (info, task) => {
    expect(readModel('a/b', { id: 'a/b', ...info })?.task).toBe(task);
  });

  it('keeps what a request must say of an adapter, and nothing that is no file of the repository', () => {
    const read = (more: object) => {
      const e = {
        provider: 'fal-ai',
        status: 'live',
        providerId: 'fal-ai/lora',
        task: 'text-to-image',
        ...more,
      };
      const { provider: _, ...named } = e;
      const array = readModel('a/b', { id: 'a/b', inferenceProviderMapping: [e] })?.providers;
      expect(
        readModel('a/b', { id: 'a/b', inferenceProviderMapping: { 'fal-ai': named } })?.providers,
      ).toEqual(array);
      const { adapter, adapterWeightsPath } = array?.[0] ?? {};
      return [adapter, adapterWeightsPath];
    };
    expect(read({ adapter: 'lora', adapterWeightsPath: 'my weights (1).safetensors' })).toEqual([
      'lora',
      'my weights (1).safetensors',
    ]);
    expect(read({})).toEqual([undefined, undefined]);
    expect(read({ adapterWeightsPath: 'w' })).toEqual([undefined, undefined]);
    for (const path of ['../../other/w', '', 'a\nb', 'a\u202eb', 'x'.repeat(256), 7, null])
      expect(read({ adapter: 'lora', adapterWeightsPath: path })).toEqual(['lora', undefined]);
    for (const adapter of ['LORA', '', 7, null])
      expect(read({ adapter, adapterWeightsPath: 'w' })).toEqual([undefined, undefined]);
  });

  it('drops providers and ids that could choose a path', () => {
    const bad = {
      '../x': { providerId: 'a', task: '' },
      ok: { providerId: '../../api/whoami-v2', task: '' },
      UP: { providerId: 'a', task: '' },
      fine: { providerId: 'accounts/f/models/x', task: '' },
    };
    expect(
      readModel('a/b', { id: 'a/b', inferenceProviderMapping: bad })?.providers.map((p) => p.provider),
    ).toEqual(['fine']);
  });

  it('never throws, whatever the Hub answers', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => void [readModel('a/b', value), readRouterModels(value)]),
    );
    fc.assert(
      fc.property(
        fc.jsonValue(),
        (value) =>
          void readModel('a/b', { id: 'a/b', inferenceProviderMapping: value, gated: value, tags: value }),
      ),
    );
    expect(readModel('a/b', [])).toBeNull();
    expect(readModel('a/b', '<html>')).toBeNull();
  });
});

describe('the list of the router', () => {
  const list = readRouterModels({
    object: 'list',
    data: [
      { id: 'a/one', providers: [{ provider: 'novita', status: 'live' }] },
      {
        id: 'b/two',
        providers: [
          { provider: 'novita', status: 'live', pricing: { input: 1, output: 2 } },
          { provider: 'groq', status: 'live', is_free: true },
        ],
      },
      {
        id: 'b/three',
        providers: [
          { provider: 'novita', status: 'live' },
          { provider: 'groq', status: 'live' },
        ],
      },
      { id: 'c/dead', providers: [{ provider: 'novita', status: 'error' }] },
      { id: 'd/odd', providers: 'none' },
    ],
  });

  it('tolerates what is missing', () => {
    expect(list?.find((m) => m.id === 'b/two')?.providers).toEqual([
      { provider: 'novita', status: 'live', price: { input: 1, output: 2 }, isFree: false, throughput: null },
      { provider: 'groq', status: 'live', price: null, isFree: true, throughput: null },
    ]);
    expect(list?.find((m) => m.id === 'd/odd')?.providers).toEqual([]);
  });

  it('chooses live models of different organizations, the best served first', () => {
    expect(chooseModels(list ?? [])).toEqual(['b/two', 'a/one']);
  });
});
