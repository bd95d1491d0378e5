import { describe, expect, it } from 'vitest';
import { waysTo } from '../../src/probe/ways.js';
import { evidence } from '../support/evidence.js';

const ID = 'acme/chat';

/** Routes that are asked for `task`, of a model that the mapping lists so: `novita conversational`. */
function asked(task: string, listed: string[], routes: Parameters<typeof waysTo>[2]['routes']) {
  const providers = listed.map((entry) => {
    const [provider = '', of = ''] = entry.split(' ');
    return { provider, providerId: 'x', task: of, status: 'live' };
  });
  const { catalog } = evidence({ catalog: { models: { [ID]: { task, providers } } } });
  const wanted = { routes, suffixes: false, dedicated: false };
  const ways = waysTo({ id: ID, suffix: null }, task, wanted, catalog, catalog.models[ID] ?? null);
  return ways.map((w) => `${w.route} ${w.skip ?? 'asked'}`);
}

describe('a task that the mapping does not name', () => {
  const other = 'the mapping lists this model for another task';

  it('is asked of nobody: a complaint about the body would look like a way', () => {
    expect(asked('text-to-image', ['novita conversational'], ['hf-inference', 'providers'])).toEqual([
      `hf-inference ${other}`,
    ]);
    expect(asked('text-to-image', ['hf-inference conversational'], ['hf-inference'])).toEqual([
      `hf-inference ${other}`,
    ]);
    expect(asked('text-to-image', ['novita conversational'], ['provider:novita'])).toEqual([
      `provider:novita ${other}`,
    ]);
  });

  it('is asked where hf-inference serves both, where nobody is listed, and where the entry tells no task', () => {
    const routes = ['hf-inference'] as const;
    expect(asked('sentence-similarity', ['hf-inference feature-extraction'], routes)).toEqual([
      'hf-inference asked',
    ]);
    expect(asked('text-to-image', [], routes)).toEqual(['hf-inference asked']);
    expect(asked('text-to-image', ['hf-inference '], routes)).toEqual(['hf-inference asked']);
  });

  it('is no reason where others are listed for it', () => {
    const listed = ['novita conversational', 'fal-ai text-to-image'];
    expect(asked('text-to-image', listed, ['hf-inference', 'providers'])).toEqual([
      'hf-inference not in the mapping of this model',
      'provider:fal-ai asked',
    ]);
  });
});
