import { describe, expect, it } from 'vitest';
import { candidatesFor, familyOf } from '../../src/catalog/alternatives.js';
import { evidence } from '../support/evidence.js';

const listed = (id: string, output: number, throughput = 10, status = 'live') => ({
  id,
  providers: [{ provider: 'together', status, price: { input: 1, output }, isFree: false, throughput }],
});
const entry = (provider: string, status = 'live', task = 'conversational') => ({
  provider,
  providerId: 'x',
  task,
  status,
});

const { catalog } = evidence({
  catalog: {
    models: {
      'Qwen/Qwen2.5-72B-Instruct': { providers: [entry('novita'), entry('together'), entry('old', 'error')] },
    },
    routerModels: [
      listed('meta-llama/Llama-3.1-8B-Instruct', 0.01),
      listed('Qwen/Qwen3-32B', 0.5, 10),
      listed('Qwen/Qwen3-8B', 0.2, 10),
      listed('Qwen/QwQ-32B', 0.1, 10),
      listed('Qwen/Qwen3-4B', 0.2, 90),
      listed('Qwen/Qwen-dead', 0.001, 10, 'error'),
      listed('Qwen/Qwen2.5-72B-Instruct', 0.4),
    ],
  },
});
const of = (asked: string[], task = 'conversational') =>
  candidatesFor({ id: 'Qwen/Qwen2.5-72B-Instruct', task }, new Set(asked as 'router'[]), catalog).map(
    (c) => `${c.model} ${c.route}`,
  );

describe('what may work instead', () => {
  it('is the same model on a live route that was not asked, before any other model', () => {
    expect(of(['provider:novita']).slice(0, 2)).toEqual([
      'Qwen/Qwen2.5-72B-Instruct router',
      'Qwen/Qwen2.5-72B-Instruct provider:together',
    ]);
  });

  it('on its providers the cheapest first, the fastest among equals, and those without a price last', () => {
    const offer = (provider: string, output: number | null, throughput: number, isFree = false) => {
      const price = output === null ? null : { input: 0, output };
      return { provider, status: 'live', price, isFree, throughput };
    };
    const { catalog: priced } = evidence({
      catalog: {
        models: { 'a/b': { providers: ['p', 'dear', 'cheap', 'fast', 'free', 'q'].map((p) => entry(p)) } },
        routerModels: [
          {
            id: 'a/b',
            providers: [
              ...[offer('dear', 9, 999), offer('cheap', 1, 10), offer('fast', 1, 90)],
              ...[offer('free', 5, 1, true), offer('q', null, 50)],
            ],
          },
          listed('c/d', 0.01),
        ],
      },
    });
    const found = candidatesFor({ id: 'a/b', task: 'conversational' }, new Set(), priced);
    expect(found.map((c) => `${c.model} ${c.route}`)).toEqual([
      ...['router', 'provider:free', 'provider:fast', 'provider:cheap', 'provider:dear'].map(
        (route) => `a/b ${route}`,
      ),
      ...['a/b provider:q', 'a/b provider:p', 'c/d router'],
    ]);
  });

  it('then the family, the cheapest first and the fastest among equals, then the rest', () => {
    expect(of(['router', 'provider:novita', 'provider:together'])).toEqual([
      'Qwen/Qwen3-4B router',
      'Qwen/Qwen3-8B router',
      'Qwen/Qwen3-32B router',
      'meta-llama/Llama-3.1-8B-Instruct router',
      'Qwen/QwQ-32B router',
    ]);
  });

  it('for another task is what the Hub lists for it', () => {
    const embeddings = [
      {
        ...evidence({
          catalog: {
            models: { 'a/x': { providers: [entry('hf-inference', 'live', 'feature-extraction')] } },
          },
        }).catalog.models['a/x'],
      },
    ];
    const found = candidatesFor(
      { id: 'b/y', task: 'feature-extraction' },
      new Set(),
      catalog,
      embeddings as never,
    );
    expect(found).toEqual([{ model: 'a/x', route: 'hf-inference' }]);
  });

  it('is nobody who serves it for another task', () => {
    const providers = [entry('novita', 'live', 'conversational')];
    const { models } = evidence({
      catalog: { models: { 'a/x': { providers }, 'b/y': { providers } } },
    }).catalog;
    const own = { id: 'b/y', task: 'feature-extraction' };
    const found = candidatesFor(own, new Set(), { ...catalog, models }, [models['a/x']] as never);
    expect(found).toEqual([]);
  });
});

it.each([
  ['Qwen/Qwen2.5-72B-Instruct', 'qwen'],
  ['Qwen/Qwen3-8B', 'qwen'],
  ['meta-llama/Meta-Llama-3-8B', 'llama'],
  ['meta-llama/Llama-3.1-8B', 'llama'],
  ['gpt2', 'gpt'],
  ['openai/gpt-oss-120b', 'gpt'],
])('%s belongs to %s', (id, family) => {
  expect(familyOf(id)).toBe(family);
});
