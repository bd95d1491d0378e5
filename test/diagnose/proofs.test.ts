import { describe, expect, it } from 'vitest';
import { withoutFalseProof } from '../../src/diagnose/reached.js';
import { alternativesOf, proofsByModel, proofsOf } from '../../src/diagnose/usable.js';
import type { Cell, Report } from '../../src/report/model.js';
import type { Catalog } from '../../src/types/evidence.js';
import { evidence, type PartialEvidence } from '../support/evidence.js';

type Asked = NonNullable<PartialEvidence['observations']>[number];
const ID = 'acme/chat';
const cell = (route: string, more: Partial<Cell> = {}) =>
  ({ model: ID, route, outcome: 'ok', depth: 'live', control: false, ...more }) as Cell;
const prices = (all: Record<string, number | null>): Catalog =>
  ({
    ...{ models: {}, providers: [], clientProviders: [] },
    routerModels: [
      {
        id: ID,
        providers: Object.entries(all).map(([provider, output]) => ({
          provider,
          price: output === null ? null : { input: 1, output },
        })),
      },
    ],
  }) as unknown as Catalog;
const NO_PRICES: Catalog = { ...prices({}), routerModels: null };
const routes = (cells: Cell[], catalog = NO_PRICES) => proofsOf(ID, cells, catalog).map((p) => p.route);

describe('the route to recommend', () => {
  it.each<[string, Cell[], string[]]>([
    [
      'the router, a provider, hf-inference, a suffix, then what is left',
      ['gateway', 'router:x', 'hf-inference', 'provider:x', 'router'].map((r) => cell(r)),
      ['router', 'provider:x', 'hf-inference', 'router:x', 'gateway'],
    ],
    [
      'what is steady before what is flaky',
      [cell('router', { outcome: 'flaky' }), cell('gateway')],
      ['gateway', 'router'],
    ],
    ['no fault', [cell('router', { outcome: 'fault' }), cell('gateway', { outcome: 'unknown' })], []],
    ['no control', [cell('router', { control: true })], []],
    ['nothing found besides', [cell('router', { instead: true })], []],
    ['no capability', [cell('router+tools')], []],
    ['no other model', [cell('router', { model: 'acme/other' })], []],
  ])('is %s', (_, cells, wanted) => {
    expect(routes(cells)).toEqual(wanted);
  });

  it.each<[string, Record<string, number | null>, string[]]>([
    ['the cheapest', { a: 3, b: 1, c: 2 }, ['b', 'c', 'a']],
    ['a known price before an unknown one', { c: 9 }, ['c', 'a', 'b']],
    ['in the order of the run where nothing is known', { a: null, b: null }, ['a', 'b', 'c']],
    ['and where prices are the same', { a: 1, b: 1, c: 1 }, ['a', 'b', 'c']],
  ])('is %s', (_, all, wanted) => {
    const order = (kind: string) =>
      routes(
        ['a', 'b', 'c'].map((p) => cell(`${kind}:${p}`)),
        prices(all),
      );
    expect(order('provider')).toEqual(wanted.map((p) => `provider:${p}`));
    expect(order('router')).toEqual(wanted.map((p) => `router:${p}`));
  });

  it('is priced by the model, also where it was asked for with a suffix', () => {
    const ref = `${ID}:fastest`;
    const cells = [cell('provider:a', { model: ref }), cell('provider:b', { model: ref, depth: 'auth' })];
    expect(proofsByModel([ref, 'acme/none'], cells, prices({ a: 2, b: 1 }))).toEqual(
      new Map([
        [
          ref,
          [
            { cell: 1, route: 'provider:b', model: ref, deep: false },
            { cell: 0, route: 'provider:a', model: ref, deep: true },
          ],
        ],
        ['acme/none', []],
      ]),
    );
    expect(proofsOf('acme/none', [], NO_PRICES)).toEqual([]);
  });
});

describe('what works instead', () => {
  type Model = Report['models'][number];
  const model = (id: string, more: Partial<Model> = {}) =>
    ({ id, task: 'conversational', usable: false, checked: true, ...more }) as Model;
  const good = model('acme/good', { usable: true });
  const cells = [cell('router', { model: 'acme/good' }), cell('provider:x')];
  const proofs = proofsByModel(['acme/good'], cells, NO_PRICES);
  const find = (models: Model[], ids: [string, number][] = []) =>
    alternativesOf(models, proofs, cells, [5, 6], { proofs: new Map(ids), observations: [] });
  const other = { model: ID, instead: { model: 'acme/good', route: 'router' }, provenBy: 0 };

  it.each<[string, Model[], [string, number][], unknown[]]>([
    ['another model of the run', [model(ID), good], [], [other]],
    [
      'what was looked for',
      [model(ID), good],
      [[ID, 6]],
      [{ model: ID, instead: { model: ID, route: 'provider:x' }, provenBy: 1 }],
    ],
    ['another one where the proof is lost', [model(ID), good], [[ID, 9]], [other]],
    ['nothing for another task', [model(ID, { task: 'text-to-image' }), good], [], []],
    ['nothing where no task is known', [model(ID, { task: null }), { ...good, task: null }], [], []],
    ['nothing without a proof', [model(ID), model('acme/promised', { usable: true })], [], []],
    ['nothing where nothing works', [model(ID), model('acme/bad')], [], []],
    ['nothing for what was not checked', [model(ID, { checked: false }), good], [], []],
    ['nothing for what works', [good, good], [], []],
  ])('%s', (_, models, ids, wanted) => {
    expect(find(models, ids)).toEqual(wanted);
  });
});

describe('a complaint that comes without a token too', () => {
  const refused: Asked = { status: 422, depth: 'auth', body: 'Field required' };
  const control: Asked = { ...refused, control: true, auth: 'anonymous' };
  it.each<[string, Asked, Asked, boolean]>([
    ['is no proof', refused, control, true],
    ['of another surface', refused, { ...control, surface: 'provider' }, false],
    ['with another status', refused, { ...control, status: 400 }, false],
    ['that is no control', refused, { ...control, control: false }, false],
    ['of a call that was meant', { ...refused, depth: 'live' }, control, false],
    ['of what is no complaint', { ...refused, status: 401 }, { ...control, status: 401 }, false],
  ])('%s', (_, one, two, is) => {
    const all = evidence({ observations: [one, { status: 200, surface: 'gateway' }, two] }).observations;
    const seen = withoutFalseProof(all);
    expect(seen.map((o) => o.unproven === true)).toEqual([is, false, false]);
    // All else stays.
    expect(seen.map(({ unproven: _unproven, ...o }) => o)).toEqual(all);
  });
});
