import { expect, it } from 'vitest';
import { tally } from '../../src/report/lines.js';
import type { Finding } from '../../src/report/model.js';

const found = (...models: string[]) =>
  ({ rule: 'provider-outage', severity: 'error', blame: 'provider', models }) as Finding;

it('a model in two findings of one kind counts once, and the parts add up', () => {
  const first = tally([], [found('a/a', 'b/b'), found('a/a')]);
  expect(first).toMatchObject([{ rule: 'provider-outage', models: 2 }]);
  expect(tally(first, [found('c/c'), found('c/c', 'd/d')])).toMatchObject([{ models: 4 }]);
});
