import { describe, expect, it } from 'vitest';
import { toCells } from '../../src/diagnose/cells.js';
import type { Claim } from '../../src/diagnose/claim.js';
import type { Skip } from '../../src/types/evidence.js';
import { evidence, type PartialEvidence } from '../support/evidence.js';

type Asked = NonNullable<PartialEvidence['observations']>[number];
const ID = 'acme/chat';
const providers = [
  { provider: 'novita', providerId: 'x', task: 'conversational', status: 'live' },
  { provider: 'groq', providerId: 'y', task: 'text-to-image', status: 'live' },
  { provider: 'hf-inference', providerId: 'z', task: '', status: 'error' },
];
const catalog = { models: { [ID]: { providers } } };

/** `rule` explains all of it. */
function cells(observations: Asked[], rule: object | null = null, skips: Skip[] = []) {
  const e = evidence({ catalog, observations: observations.map((o) => ({ model: ID, ...o })) });
  const made = rule ? [{ rule, hit: {}, observations: e.observations } as unknown as Claim] : [];
  return toCells(e.observations, skips, made, e.catalog);
}
const cell = (o: Asked, rule: object | null = null) => cells([o], rule).cells[0];

describe('a cell', () => {
  it('says all of a good answer', () => {
    const url = 'https://router.huggingface.co/v1/chat/completions';
    const body = { excerpt: 'x'.repeat(300) };
    const o: Asked = {
      status: 200,
      url,
      body,
      latencyMs: 12.6,
      attempts: 2,
      requestId: 'r-1',
      route: 'provider:novita',
    };
    expect(cells([o])).toEqual({
      cells: [
        {
          ...{
            model: ID,
            route: 'provider:novita',
            auth: 'token',
            depth: 'live',
            url,
            status: 200,
            error: null,
          },
          ...{ outcome: 'ok', reason: null, unfinished: false, rule: null, latencyMs: 13, attempts: 2 },
          ...{ requestId: 'r-1', evidence: 'x'.repeat(200), control: false, listed: 'live' },
        },
      ],
      observationIds: [0],
    });
  });

  it.each<[string, Asked, object]>([
    ['its model', {}, { model: ID }],
    ['its suffix', { suffix: 'novita' }, { model: `${ID}:novita` }],
    ['what was asked for', { suffix: 'novita', ref: ID }, { model: ID }],
    ['no time', { latencyMs: null }, { latencyMs: null }],
    ['no words', { body: { excerpt: '' } }, { evidence: null }],
    ['whole letters', { body: { excerpt: '😀'.repeat(201) } }, { evidence: '😀'.repeat(200) }],
    ['no token', { auth: 'anonymous' }, { auth: 'anonymous' }],
    ['an unknown token', { auth: 'unknown' }, { auth: 'token' }],
    ['another way', { instead: true }, { instead: true }],
    ['doubt', { suspect: true }, { suspect: true }],
    ['a provider of another task', { route: 'provider:groq' }, { listed: null }],
    ['a provider that is not listed', { route: 'provider:none' }, { listed: null }],
    ['an entry of any task', { route: 'hf-inference' }, { listed: 'error' }],
    ['a capability', { route: 'provider:novita+stream' as 'router' }, { listed: 'live' }],
    ['a model that is not listed', { model: 'acme/other', route: 'provider:novita' }, { listed: null }],
    [
      'a model with a name of the language',
      { model: 'constructor', route: 'provider:novita' },
      { listed: null },
    ],
  ])('names %s', (_, o, wanted) => {
    expect(cell({ status: 200, ...o })).toMatchObject(wanted);
  });

  it('stays silent about what is not so', () => {
    expect(Object.keys(cell({ status: 200 }) ?? {})).not.toEqual(expect.arrayContaining(['instead']));
    expect(Object.keys(cell({ status: 200 }) ?? {})).not.toEqual(expect.arrayContaining(['suspect']));
  });

  it.each<[string, Asked]>([
    ['the catalogue', { purpose: 'mapping' }],
    ['no route', { route: null }],
    ['no model', { model: null }],
  ])('is not made of %s', (_, o) => {
    expect(cells([{ status: 200, ...o }])).toEqual({ cells: [], observationIds: [] });
  });

  it('is made of each skip, behind what was asked', () => {
    const skip: Skip = {
      model: `${ID}:novita`,
      route: 'provider:novita',
      auth: 'token',
      depth: 'live',
      reason: 'why',
    };
    const { cells: all, observationIds } = cells([{ status: 200 }], null, [
      skip,
      { ...skip, unfinished: true },
    ]);
    expect(observationIds).toEqual([0, null, null]);
    expect(all[1]).toEqual({
      ...{
        model: `${ID}:novita`,
        route: 'provider:novita',
        auth: 'token',
        depth: 'live',
        url: null,
        status: null,
      },
      ...{ error: null, outcome: 'skipped', reason: 'why', unfinished: false, rule: null, latencyMs: null },
      ...{ attempts: 0, requestId: null, evidence: null, control: false, listed: 'live' },
    });
    expect(all[2]?.unfinished).toBe(true);
  });
});

describe('the verdict', () => {
  const CONTROL = 'control without a token';
  const BUSY = 'this machine was busy while it waited: ask again with a lower --concurrency';
  const vague: Asked = { status: 400, depth: 'auth', body: 'Invalid request' };
  it.each<[string, Asked, object | null, string, string | null]>([
    [
      'a refused control',
      { status: 401, control: true },
      null,
      'unknown',
      `${CONTROL}: refused, as it should be`,
    ],
    ['a control that is served', { status: 200, control: true }, null, 'unknown', CONTROL],
    ['flaky', { status: 500, retry: { status: 200, error: null } }, null, 'flaky', 'first 500, then 200'],
    [
      'flaky, no answer at first',
      { error: 'net.reset', retry: { status: 299, error: null } },
      { id: 'x' },
      'flaky',
      'first net.reset, then 299',
    ],
    [
      'asleep',
      { status: 503, retry: { status: 200, error: null } },
      { id: 'endpoint-scaled-to-zero' },
      'flaky',
      'was asleep: first 503, then 200',
    ],
    ['refused twice', { status: 500, retry: { status: 300, error: null } }, null, 'fault', null],
    ['strange at the second try', { status: 500, retry: { status: 199, error: null } }, null, 'fault', null],
    ['no second answer', { status: 500, retry: { status: null, error: 'net.reset' } }, null, 'fault', null],
    ['a busy machine', { error: 'net.deadline', suspect: true }, null, 'unknown', BUSY],
    [
      'reached',
      { status: 422, depth: 'auth', body: 'Field required' },
      null,
      'ok',
      'reached: token, route and model passed; nothing was generated',
    ],
    ['good, and does not show it', { status: 200, errorDetail: 'no tool' }, null, 'unknown', 'no tool'],
    ['vague', vague, null, 'unknown', 'refused in words that do not tell how far it came'],
    ['vague, and explained', vague, { id: 'x' }, 'fault', null],
    ['vague, live', { ...vague, depth: 'live' }, null, 'fault', null],
    ['no complaint', { ...vague, status: 404 }, null, 'fault', null],
    ['a fault', { status: 500, errorDetail: 'why' }, null, 'fault', 'why'],
    ['a rule that says otherwise', { status: 500 }, { id: 'x', outcome: 'unknown' }, 'unknown', null],
    [
      'a rule that looks',
      { status: 500 },
      { id: 'x', outcome: (o: { status: number }) => (o.status === 500 ? 'ok' : 'fault') },
      'ok',
      null,
    ],
  ])('%s', (_, o, rule, outcome, reason) => {
    expect(cell(o, rule)).toMatchObject({
      outcome,
      reason,
      rule: (rule as { id?: string } | null)?.id ?? null,
    });
  });
});
