import { describe, expect, it } from 'vitest';
import type { Claim } from '../../src/diagnose/claim.js';
import { diagnose } from '../../src/diagnose/diagnose.js';
import { toFindings } from '../../src/diagnose/findings.js';
import { RULES } from '../../src/rules/index.js';
import type { Skip } from '../../src/types/evidence.js';
import type { Observation } from '../../src/types/observation.js';
import { evidence, type PartialEvidence } from '../support/evidence.js';

type Asked = NonNullable<PartialEvidence['observations']>[number];
const ID = 'acme/chat';
const live = { provider: 'novita', providerId: 'x', task: 'conversational', status: 'live' };
const skip = (more: Partial<Skip> = {}): Skip => ({
  ...{ model: ID, route: 'provider:novita', auth: 'token', depth: 'live', reason: 'why' },
  ...more,
});

describe('a model', () => {
  const model = (observations: Asked[], skips: Skip[] = [], more: Partial<PartialEvidence> = {}) => {
    const all = observations.map((o) => ({ model: ID, ref: ID, ...o }));
    const run = { models: [ID], ...more.run };
    return diagnose(evidence({ ...more, observations: all, run }), skips).models[0];
  };
  const down: Asked = { status: 500, body: 'Internal Server Error' };

  it.each<[string, Asked[], Skip[], object]>([
    ['works', [{ status: 200 }], [], { usable: true, checked: true, best: 'router' }],
    ['fails', [down], [], { usable: false, checked: true, best: null }],
    [
      'gives no answer, as all others do',
      [{ status: null, error: 'net.reset' }],
      [],
      { usable: false, checked: false },
    ],
    ['was not asked', [], [], { usable: false, checked: false, best: null }],
    ['was left out', [], [skip()], { usable: false, checked: false }],
    ['fails, and was left out elsewhere', [down], [skip()], { checked: true }],
    ['fails, and was cut elsewhere', [down], [skip({ unfinished: true })], { checked: false }],
    [
      'works, and was cut elsewhere',
      [{ status: 200 }],
      [skip({ unfinished: true })],
      { usable: true, checked: true },
    ],
    [
      'gives a vague answer',
      [{ status: 200, errorDetail: 'no text' }],
      [],
      { usable: false, checked: false },
    ],
  ])('that %s', (_, observations, skips, wanted) => {
    expect(model(observations, skips)).toMatchObject({ id: ID, ...wanted });
  });

  it('has the facts of the catalogue, or none', () => {
    const catalog = { models: { [ID]: { task: 'text-to-image', providers: [live] } } };
    const facts = { task: 'text-to-image', providers: [{ provider: 'novita', status: 'live' }] };
    expect(model([], [], { catalog })).toMatchObject(facts);
    expect(model([])).toMatchObject({ task: null, providers: [] });
  });

  it.each<[string, object, object, object]>([
    [
      'served, at depth catalog',
      { providers: [live] },
      { depth: 'catalog' },
      { usable: true, checked: true },
    ],
    ['not served', { providers: [] }, { depth: 'catalog' }, { usable: false, checked: true }],
    ['served, live', { providers: [live] }, {}, { usable: false, checked: false }],
    [
      'not known',
      { providers: [live], mappingKnown: false },
      { depth: 'catalog' },
      { usable: false, checked: false },
    ],
  ])('by the mapping: %s', (_, facts, run, wanted) => {
    const more = { catalog: { models: { [ID]: facts } }, run: { routes: ['router' as const], ...run } };
    expect(model([], [], more)).toMatchObject({ ...wanted, best: null });
  });
});

/* Findings out of claims of this test: which come first, and how bad they are. */

const ids = RULES.map((r) => r.id);
const rule = (id: string, more = {}) => ({
  ...{ id, blame: 'provider', severity: 'error' },
  ...{ title: () => 't', explanation: () => 'e', fixes: () => [], verify: () => null },
  ...more,
});
const e = (observations: Asked[], run = {}) => evidence({ observations, run });
function found(
  made: [rule: object, hit: object, observations: number[]][],
  observations: Asked[],
  { usable = {}, open = [] as string[], run = {} as object, proven = [] as object[] } = {},
) {
  const all = e(observations, run);
  const claims = made.map(([r, hit, at]) => ({
    rule: r,
    hit: { confidence: 'certain', subject: 's', args: null, ...hit },
    observations: at.map((i) => all.observations[i]),
  })) as unknown as Claim[];
  return toFindings(claims, all, {
    proven: proven as never,
    usable: new Map(Object.entries(usable)),
    open: new Set(open),
    cellOf: new Map(all.observations.map((o: Observation) => [o.id, o.id * 10])),
    client: null,
  });
}
const [first = '', second = ''] = ids;

describe('findings', () => {
  it('of one rule about one subject are one, with the best hit and all that was seen', () => {
    const seen: Asked[] = [
      { model: 'a/a', provider: 'p', requestId: 'r0', route: 'provider:p' },
      { model: 'a/b', provider: 'p', requestId: 'r1', route: 'router' },
      { model: 'a/c', control: true, requestId: 'r2' },
    ];
    const title = (c: { args: string }) => `said ${c.args}`;
    const made: Parameters<typeof found>[0] = [
      [rule(first, { title }), { confidence: 'possible', args: 'x', models: ['a/z'] }, [0]],
      [rule(first, { title }), { confidence: 'likely', args: 'y' }, [1, 2]],
      [rule(first, { title }), { subject: 'other' }, [0]],
    ];
    const [other, both, ...none] = found(made, seen);
    expect(none).toEqual([]);
    expect(other).toMatchObject({ confidence: 'certain', models: ['a/a'], cells: [0] });
    expect(both).toEqual({
      ...{ rule: first, severity: 'error', blame: 'provider', confidence: 'likely', title: 'said y' },
      ...{ explanation: 'e', notThis: null, models: ['a/a', 'a/b', 'a/z'], routes: ['provider:p', 'router'] },
      ...{ cells: [0, 10, 20], requestIds: ['r0', 'r1', 'r2'], fixes: [], verify: null },
    });
  });

  it('name five requests at most, and each once', () => {
    const seen = Array.from(
      { length: 8 },
      (_, i): Asked => ({ model: 'a/a', requestId: i < 2 ? null : `r${i % 7}` }),
    );
    const [finding] = found([[rule(first), {}, seen.map((_, i) => i)]], seen);
    expect(finding?.requestIds).toEqual(['r2', 'r3', 'r4', 'r5', 'r6']);
  });

  it('come by severity, then confidence, then the order of the catalogue', () => {
    const severity = (word: string) => rule(first, { severity: word });
    const made: Parameters<typeof found>[0] = [
      [severity('info'), { subject: 'i' }, [0]],
      [severity('warning'), { subject: 'w' }, [0]],
      [rule(second), { subject: '2', confidence: 'possible' }, [0]],
      [rule(second), { subject: '2b', confidence: 'likely' }, [0]],
      [rule(second), { subject: '2c' }, [0]],
      [rule(first), { subject: '1' }, [0]],
    ];
    const seen = found(made, [{ model: 'a/a' }]).map(
      (f) => `${f.severity} ${f.confidence} ${ids.indexOf(f.rule)}`,
    );
    expect(seen).toEqual([
      ...['error certain 0', 'error certain 1', 'error likely 1', 'error possible 1'],
      ...['warning certain 0', 'info certain 0'],
    ]);
  });

  it.each<[string, object, object, Parameters<typeof found>[2], string]>([
    ['nothing else is known', {}, {}, {}, 'error'],
    ['the model works', {}, {}, { usable: { 'a/a': true } }, 'warning'],
    ['the model does not', {}, {}, { usable: { 'a/a': false } }, 'error'],
    ['another model works', {}, {}, { usable: { 'a/b': true } }, 'error'],
    ['one of its names does not', {}, {}, { usable: { 'a/a:x': false, 'a/a': true } }, 'warning'],
    ['a way is open', {}, {}, { usable: { 'a/a': false }, open: ['a/a'] }, 'warning'],
    [
      'a way is open, the code is wrong',
      { blame: 'code' },
      {},
      { usable: { 'a/a': false }, open: ['a/a'] },
      'error',
    ],
    [
      'a way is open, the hit blames the code',
      {},
      { blame: 'code' },
      { usable: { 'a/a': false }, open: ['a/a'] },
      'error',
    ],
    ['it is the token', { blame: 'token' }, {}, { usable: { 'a/a': true } }, 'error'],
    ['it was pasted', {}, {}, { usable: { 'a/a': true }, run: { live: false } }, 'error'],
    ['it is for information', { severity: 'info' }, {}, { usable: { 'a/a': true } }, 'info'],
    ['the rule says so', { severityOf: () => 'info' }, {}, {}, 'info'],
    ['the rule does not say', { severityOf: () => null }, {}, { usable: { 'a/a': true } }, 'warning'],
  ])('are as bad as what is left to do: %s', (_, more, hit, seen, severity) => {
    expect(found([[rule(first, more), hit, [0]]], [{ model: 'a/a' }], seen)[0]?.severity).toBe(severity);
  });

  it('blame whom the hit blames', () => {
    const seen: Asked[] = [{ model: 'a/a' }];
    expect(found([[rule(first), { blame: 'code' }, [0]]], seen)[0]?.blame).toBe('code');
    expect(found([[rule(first, { notThis: () => 'n' }), {}, [0]]], seen)[0]).toMatchObject({ notThis: 'n' });
  });

  it.each([
    ['of all that was asked', { 'a/a': true, 'a/b': true }, 'warning'],
    ['not where one is left', { 'a/a': true, 'a/b': false }, 'error'],
  ])('about no model end with a way around %s', (_, usable, severity) => {
    expect(found([[rule(first), {}, [0]]], [{ model: null }], { usable })[0]?.severity).toBe(severity);
  });

  it('about a suffix are judged by that name', () => {
    const usable = { 'a/a': true, 'a/a:x': false };
    expect(found([[rule(first), {}, [0]]], [{ model: 'a/a', suffix: 'x' }], { usable })[0]?.severity).toBe(
      'error',
    );
    expect(
      found([[rule(first), {}, [0]]], [{ model: 'a/a', suffix: 'x', ref: 'a/a' }], { usable })[0]?.severity,
    ).toBe('warning');
  });
});

describe('a finding of the whole diagnosis', () => {
  const down: Asked = {
    ...{ model: ID, ref: ID, surface: 'provider', route: 'provider:novita', provider: 'novita' },
    ...{
      url: 'https://router.huggingface.co/novita/v1',
      status: 500,
      body: 'Internal Server Error',
      attempts: 2,
    },
  };
  it.each<[string, Skip[], string]>([
    ['is an error', [], 'error'],
    ['is an error where a way cannot exist', [skip({ route: 'router' })], 'error'],
    ['is a warning where a way was not asked', [skip({ route: 'router', unfinished: true })], 'warning'],
  ])('%s', (_, skips, severity) => {
    const info: Asked = { status: 200, purpose: 'mapping', route: null };
    const { findings } = diagnose(evidence({ observations: [info, down] }), skips);
    // Cells are counted without what is none.
    expect(findings[0]).toMatchObject({ severity, cells: [0] });
  });

  it('looks at controls only where nothing else was seen', () => {
    const explanation = (c: { observations: Observation[] }) => c.observations.map((o) => o.id).join();
    const seen: Asked[] = [{ model: 'a/a' }, { model: 'a/a', control: true }];
    expect(found([[rule(first, { explanation }), {}, [0, 1]]], seen)[0]?.explanation).toBe('0');
    expect(found([[rule(first, { explanation }), {}, [1]]], seen)[0]?.explanation).toBe('1');
  });

  it.each<[string, object[], string[]]>([
    ['itself', [{ model: 'a/b:x', task: null }], ['a/b', 'a/a']],
    ['another one', [{ model: 'a/c', task: null }], ['a/a', 'a/b']],
    [
      'one of two',
      [
        { model: 'a/c', task: null },
        { model: 'a/b', task: null },
      ],
      ['a/b', 'a/a'],
    ],
  ])('comes first where the model works by %s', (_, proven, wanted) => {
    const seen: Asked[] = [{ model: 'a/a' }, { model: 'a/b' }];
    const made: Parameters<typeof found>[0] = [
      [rule(first), { subject: 'a' }, [0]],
      [rule(first), { subject: 'b' }, [1]],
    ];
    expect(found(made, seen, { proven }).map((f) => f.models[0])).toEqual(wanted);
  });
});

it('a model that gave no answer anywhere cannot be used, where another one answered', () => {
  const reset = { model: ID, ref: ID, status: null, error: 'net.reset' } as const;
  const observations: Asked[] = [
    reset,
    { ...reset, route: 'provider:novita', surface: 'provider', provider: 'novita' },
    { model: 'acme/other', ref: 'acme/other', status: 200 },
  ];
  const run = { models: [ID, 'acme/other'] };
  const [dead, fine] = diagnose(evidence({ observations, run })).models;
  expect(dead).toMatchObject({ id: ID, usable: false, checked: true });
  expect(fine).toMatchObject({ usable: true, checked: true });
  const [cut] = diagnose(evidence({ observations, run }), [skip({ unfinished: true })]).models;
  expect(cut).toMatchObject({ usable: false, checked: false });
});
