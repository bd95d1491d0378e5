import { describe, expect, it } from 'vitest';
import { onRouterList, twoLists } from '../../src/rules/provider/two-lists.js';
import { evidence } from '../support/evidence.js';

const ID = 'acme/tiny-chat';

function lists(mapped: string, routed: string | null, task = 'conversational') {
  const providers = [{ provider: 'novita', providerId: 'x', task, status: mapped }];
  const entry = { provider: 'novita', status: routed ?? '', price: null, isFree: false, throughput: null };
  const routerModels = [{ id: ID, providers: routed === null ? [] : [entry] }];
  return evidence({ catalog: { models: { [ID]: { providers } }, routerModels } });
}

describe('the two lists of Hugging Face', () => {
  it.each([
    ['live', 'error', / novita: the mapping on the Hub says "live", \/v1\/models says "error"/],
    ['error', 'live', /says "error", \/v1\/models says "live"/],
    ['live', 'live', /^$/],
    // Not listed by the router: it may not list all.
    ['live', null, /^$/],
  ])('%s against %s', (mapped, routed, text) => {
    expect(twoLists([ID], 'novita', lists(mapped, routed))).toMatch(text);
  });

  it('compares chat only, and nobody where nobody is known', () => {
    expect(twoLists([ID], 'novita', lists('live', 'error', 'text-to-image'))).toBe('');
    expect(twoLists([ID], null, lists('live', 'error'))).toBe('');
  });

  it('follows a renamed model to its id of today', () => {
    const e = evidence({
      catalog: {
        models: { 'old/name': { canonical: ID } },
        routerModels: lists('', 'live').catalog.routerModels,
      },
    });
    expect(onRouterList('old/name', 'novita', e)).toBe('live');
  });
});
