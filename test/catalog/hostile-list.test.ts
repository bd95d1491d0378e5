import { expect, it } from 'vitest';
import { readRouterModels } from '../../src/catalog/read.js';

const entry = (id: string, input: number) => ({
  id,
  providers: [{ provider: 'together', status: 'live', pricing: { input, output: 1 } }],
});

it.each(['x/../../whoami-v2', 'evil/$(touch x)', 'constructor', '__proto__', 'a/b/c', 'a b/c', ''])(
  'drops an id that the Hub does not allow: %s',
  (id) => {
    expect(readRouterModels({ data: [entry(id, 1), entry('a/b', 1)] })?.map((m) => m.id)).toEqual(['a/b']);
  },
);

it('knows no price below zero: it would lift the limit of cost', () => {
  expect(readRouterModels({ data: [entry('a/b', -1e9)] })?.[0]?.providers[0]?.price).toBeNull();
});
