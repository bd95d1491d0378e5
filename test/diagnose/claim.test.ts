import { describe, expect, it } from 'vitest';
import { claims, failed, isExpectedRefusal } from '../../src/diagnose/claim.js';
import type { AcrossRule, CellRule, Hit } from '../../src/rules/define.js';
import type { Observation } from '../../src/types/observation.js';
import { evidence, type PartialEvidence } from '../support/evidence.js';

/* Which rule explains what: the catalogue is replaced by rules of this test. */

type Asked = NonNullable<PartialEvidence['observations']>[number];
const o = (more: Asked): Observation => evidence({ observations: [more] }).observations[0] as Observation;

const hit: Hit<null> = { confidence: 'certain', subject: 'x', args: null };
const page = { lastVerified: '2026-11-21', severity: 'error', blame: 'provider' };
/** Claims what has this status; every one without. */
const cell = (id: string, status?: number, more = {}) =>
  ({
    ...{ ...page, id, kind: 'cell', ...more },
    match: (x: Observation) => (status === undefined || x.status === status ? hit : null),
  }) as unknown as CellRule;
const across = (id: string, ...cells: number[][]) =>
  ({
    ...page,
    id,
    kind: 'across',
    match: () => cells.map((c) => ({ ...hit, cells: c })),
  }) as unknown as AcrossRule;
/** `rule: ids of observations`, in order. */
const made = (observations: Asked[], rules: (CellRule | AcrossRule)[]) =>
  claims(evidence({ observations }), rules).map(
    (c) => `${c.rule.id}: ${c.observations.map((x) => x.id).join()}`,
  );

describe('what failed', () => {
  it.each<[string, Asked, boolean]>([
    ['200', { status: 200 }, false],
    ['299', { status: 299 }, false],
    ['300', { status: 300 }, true],
    ['199', { status: 199 }, true],
    ['500', { status: 500 }, true],
    ['no answer', { error: 'net.reset' }, true],
    ['nothing known', {}, true],
    ['an unread answer', { status: 200, shape: null }, false],
    ['an answer of another shape', { status: 200, shape: 'unexpected' }, true],
    ['an answer that was cut', { status: 200, error: 'http.truncated' }, true],
    ['a refusal that was meant', { status: 422, depth: 'auth', body: 'Field required' }, false],
    ['the same, live', { status: 422, body: 'Field required' }, true],
  ])('%s', (_, more, is) => {
    expect(failed(o(more))).toBe(is);
  });

  it.each([
    [401, true, true],
    [403, true, true],
    [402, true, false],
    [404, true, false],
    [401, false, false],
    [403, false, false],
  ])('%i of a control (%s) is as it should be: %s', (status, control, is) => {
    expect(isExpectedRefusal(o({ status, control }))).toBe(is);
  });
});

describe('the catalogue', () => {
  const bad: Asked = { model: 'a/b', status: 500 };
  it.each<[string, Asked[], (CellRule | AcrossRule)[], string[]]>([
    ['the first rule that matches', [bad], [cell('none', 404), cell('one', 500), cell('two')], ['one: 0']],
    [
      'each observation on its own',
      [bad, { ...bad, status: 404 }, bad],
      [cell('one', 500), cell('two')],
      ['one: 0', 'one: 2', 'two: 1'],
    ],
    ['nothing that is good', [{ status: 200 }], [cell('one')], []],
    ['no expected refusal', [{ status: 401, control: true }], [cell('one')], []],
    ['a control that failed, alone', [{ status: 500, control: true }], [cell('one')], ['one: 0']],
    ['no control beside a call', [{ status: 500, control: true }, { status: 200 }], [cell('one')], []],
    [
      'a control beside a call elsewhere',
      [
        { status: 500, control: true },
        { status: 200, surface: 'provider', route: 'provider:x' },
      ],
      [cell('one')],
      ['one: 0'],
    ],
    [
      'a control beside what is no call',
      [
        { status: 500, control: true },
        { status: 200, route: null },
      ],
      [cell('one')],
      ['one: 0'],
    ],
    ['nothing mismeasured', [{ error: 'net.deadline', suspect: true }], [cell('one')], []],
    ['several at once', [bad, bad], [across('one', [0, 1]), cell('two')], ['one: 0,1']],
    [
      'what is left of several',
      [bad, bad],
      [cell('none', 404), across('one', [0]), cell('two')],
      ['one: 0', 'two: 1'],
    ],
    [
      'no more what is explained',
      [bad, bad],
      [across('one', [0]), across('two', [0], [0, 1])],
      ['one: 0', 'two: 1'],
    ],
    [
      'healthy ones besides',
      [{ status: 200 }, bad],
      [cell('one'), across('two', [0], [1])],
      ['one: 1', 'two: 0'],
    ],
    ['a fact of the run', [bad], [across('one', []), cell('two')], ['one: ', 'two: 0']],
    ['what nobody saw', [bad], [across('one', [7])], []],
  ])('explains %s', (_, observations, rules, wanted) => {
    expect(made(observations, rules)).toEqual(wanted);
  });

  it('is asked with the whole evidence', () => {
    const seen: unknown[] = [];
    const e = evidence({ observations: [bad] });
    const match = (x: Observation, all: unknown) => {
      seen.push(x, all);
      return null;
    };
    const rule = { ...cell('one'), match };
    expect(claims(e, [rule])).toEqual([]);
    expect(seen).toEqual([e.observations[0], e]);
  });

  const complaint: Asked = { model: 'a/b', status: 400, depth: 'auth', body: 'Invalid request' };
  it.each<[string, Asked, CellRule, boolean]>([
    ['a rule about code', complaint, cell('one', 400, { blame: 'code' }), false],
    ['the last rule', complaint, cell('unclassified', 400), false],
    ['a rule about a provider', complaint, cell('one', 400), true],
    ['a rule about code, live', { ...complaint, depth: 'live' }, cell('one', 400, { blame: 'code' }), true],
    [
      'a rule about code, no complaint',
      { ...complaint, status: 404 },
      cell('one', 404, { blame: 'code' }),
      true,
    ],
  ])('what we left out ourselves: %s', (_, observation, rule, is) => {
    expect(made([observation], [rule])).toEqual(is ? [`${rule.id}: 0`] : []);
  });
});

describe('a gateway', () => {
  const router: Asked = { model: 'a/b', status: 500, body: 'down' };
  const gateway: Asked = { ...router, surface: 'gateway', route: 'gateway' };
  it.each<[string, Asked, Asked, string[]]>([
    ['that gives the very answer', router, gateway, ['one: 0,1']],
    ['that speaks of another model', router, { ...gateway, model: 'a/c' }, ['one: 0', 'one: 1']],
    ['that speaks of another suffix', router, { ...gateway, suffix: 'novita' }, ['one: 0', 'one: 1']],
    ['with another status', router, { ...gateway, status: 502 }, ['one: 0', 'one: 1']],
    ['with other words', router, { ...gateway, body: 'up' }, ['one: 0', 'one: 1']],
    ['behind a provider', { ...router, surface: 'provider' }, gateway, ['one: 0', 'one: 1']],
    ['beside a control', { ...router, control: true }, gateway, ['one: 0', 'one: 1']],
    ['that is fine', { ...router, status: 200 }, { ...gateway, status: 200 }, []],
    ...[401, 402, 403].map((status): [string, Asked, Asked, string[]] => [
      `that refuses with ${status}`,
      { ...router, status },
      { ...gateway, status },
      ['one: 0', 'one: 1'],
    ]),
    ['that never answered', { ...router, status: null }, { ...gateway, status: null }, ['one: 0,1']],
  ])('%s', (_, first, second, wanted) => {
    expect(made([first, second], [cell('one')])).toEqual(wanted);
  });
});
