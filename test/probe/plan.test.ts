import { describe, expect, it } from 'vitest';
import { type Limits, planProbes } from '../../src/probe/plan.js';
import { targetsOf, type Wanted } from '../../src/probe/targets.js';
import type { Catalog, TokenFacts } from '../../src/types/evidence.js';
import { evidence } from '../support/evidence.js';

const client = {
  knows: (provider: string, task: string) => provider !== 'brand-new' && task !== 'text-to-speech',
};
const entry = (provider: string, task = 'conversational', status = 'live') => ({
  provider,
  providerId: `${provider}/id`,
  task,
  status,
});
const limits: Limits = {
  maxRequests: 500,
  maxUsd: 0.01,
  anonymous: false,
  withheld: () => null,
  catalogRequests: 3,
};

function catalog(models: Parameters<typeof evidence>[0]['catalog']): Catalog {
  return evidence(models ? { catalog: models } : {}).catalog;
}

function plan(
  c: Catalog,
  o: {
    token?: Partial<TokenFacts>;
    limits?: Partial<Limits>;
    models?: string[];
    wanted?: Partial<Wanted>;
  } = {},
) {
  const ids = o.models ?? Object.keys(c.models);
  const wanted = {
    models: ids.map((text) => ({ id: text.split(':')[0] ?? text, suffix: text.split(':')[1] ?? null })),
    routes: o.wanted?.routes ?? (['legacy', 'router', 'hf-inference', 'providers'] as const),
    task: null,
    anonymous: o.limits?.anonymous ?? false,
    depth: o.wanted?.depth ?? 'live',
    allowCostly: o.wanted?.allowCostly ?? false,
    suffixes: o.wanted?.suffixes ?? false,
    with: o.wanted?.with ?? [],
    dedicated: false,
  };
  const { targets, skips } = targetsOf(wanted, c, client);
  const built = targets.map((t) => ({
    ...t,
    request: {
      method: 'POST' as const,
      url: `https://${t.surface}.example/${t.route}`,
      headers: {},
      body: '{}',
    },
  }));
  const token = { ...evidence({}).token, ...o.token };
  const made = planProbes(built, { token, catalog: c }, { ...limits, ...o.limits });
  return { ...made, all: [...skips, ...made.skips] };
}

describe('the ways to a model', () => {
  it('asks each provider of the mapping, the router and the legacy host', () => {
    const { specs, all } = plan(
      catalog({ models: { 'a/b': { providers: [entry('novita'), entry('together')] } } }),
    );
    expect(specs.filter((s) => !s.control).map((s) => s.route)).toEqual([
      'legacy',
      'router',
      'provider:novita',
      'provider:together',
    ]);
    expect(all).toContainEqual(
      expect.objectContaining({ route: 'hf-inference', reason: 'not in the mapping of this model' }),
    );
  });

  it('uses the id of the provider, not of the Hub', () => {
    const { specs } = plan(catalog({ models: { 'a/b': { providers: [entry('novita')] } } }));
    expect(specs.find((s) => s.route === 'provider:novita' && !s.control)?.providerId).toBe('novita/id');
  });

  it('skips what it cannot ask, with the reason', () => {
    const c = catalog({
      models: {
        'a/image': { task: 'text-to-image', providers: [entry('fal-ai', 'text-to-image')] },
        'a/odd': { task: 'any-to-any', providers: [entry('novita', 'any-to-any')] },
        'a/embed': { task: 'feature-extraction', providers: [entry('hf-inference', 'feature-extraction')] },
        'a/new': { providers: [entry('brand-new')] },
        'a/gone': { exists: 'no', mappingKnown: false },
      },
    });
    const reason = (model: string, route: string) =>
      plan(c).all.find((s) => s.model === model && s.route === route)?.reason;
    expect(reason('a/image', 'router')).toBe('automatic routing serves chat only');
    expect(reason('a/odd', 'provider:novita')).toBe(
      'the official client has no call for the task any-to-any',
    );
    expect(reason('a/embed', 'router')).toBe('automatic routing serves chat only');
    expect(reason('a/new', 'provider:brand-new')).toContain('cannot call brand-new');
    expect(reason('a/gone', 'hf-inference')).toBe('not on the Hub');
  });

  it('reaches a provider that the client does not know through the suffix of the router', () => {
    const c = catalog({
      models: { 'a/new': { providers: [entry('brand-new')] } },
      clientProviders: ['novita'],
    });
    const spec = plan(c).specs.find((s) => s.route === 'provider:brand-new' && !s.control);
    expect(spec).toMatchObject({
      surface: 'router',
      suffix: 'brand-new',
      provider: 'brand-new',
      ref: 'a/new',
    });
  });

  it('asks for pictures only until the refusal, unless costly calls are allowed', () => {
    const c = catalog({
      models: { 'a/image': { task: 'text-to-image', providers: [entry('fal-ai', 'text-to-image')] } },
    });
    const of = (wanted: Partial<Wanted>) =>
      plan(c, { wanted, limits: { maxUsd: 1 } }).specs.find(
        (s) => s.route === 'provider:fal-ai' && !s.control,
      );
    expect(of({})).toMatchObject({ depth: 'auth', billable: false, usd: 0 });
    expect(of({ allowCostly: true })).toMatchObject({ depth: 'live', billable: true, usd: 0.05 });
  });

  it('asks nobody at depth catalog, and says what the catalogue says', () => {
    const c = catalog({ models: { 'a/b': { providers: [entry('novita', 'conversational', 'staging')] } } });
    const { specs, all } = plan(c, { wanted: { depth: 'catalog' } });
    expect(specs).toEqual([]);
    expect(all.find((s) => s.route === 'provider:novita')?.reason).toBe('nothing is asked at depth catalog');
  });

  it('adds the suffixes and the capabilities that were asked for, each a cell of the same model', () => {
    const c = catalog({ models: { 'a/b': { providers: [entry('novita')] } } });
    const routes = (wanted: Partial<Wanted>) =>
      plan(c, { wanted: { routes: ['router'], ...wanted } })
        .specs.filter((s) => !s.control)
        .map((s) => `${s.ref} ${s.route}`);
    expect(routes({ suffixes: true })).toEqual([
      'a/b router',
      'a/b router:fastest',
      'a/b router:cheapest',
      'a/b router:preferred',
      'a/b router:novita',
    ]);
    expect(routes({ with: ['stream', 'json'] })).toEqual([
      'a/b router',
      'a/b router+stream',
      'a/b router+json',
    ]);
  });

  it('keeps a suffix for the router and sends it nowhere else', () => {
    const c = catalog({ models: { 'a/b': { providers: [entry('novita')] } } });
    const { specs, all } = plan(c, { models: ['a/b:novita'] });
    expect(specs.filter((s) => !s.control).map((s) => [s.route, s.suffix])).toEqual([
      ['router:novita', 'novita'],
    ]);
    expect(all.filter((s) => s.reason === 'this route takes no suffix').map((s) => s.model)).toContain(
      'a/b:novita',
    );
  });
});

describe('the plan', () => {
  const two = catalog({
    models: { 'a/b': { providers: [entry('novita')] }, 'c/d': { providers: [] } },
    routerModels: [
      {
        id: 'a/b',
        providers: [
          {
            provider: 'novita',
            status: 'live',
            price: { input: 1, output: 10 },
            isFree: false,
            throughput: null,
          },
        ],
      },
    ],
  });

  it('puts one control without token before everything, per surface, and what is free before what is paid', () => {
    const { specs } = plan(two);
    const controls = specs.filter((s) => s.control);
    expect(new Set(controls.map((s) => s.surface)).size).toBe(controls.length);
    expect(controls.every((s) => s.auth === 'anonymous' && !s.billable)).toBe(true);
    const firstPaid = specs.findIndex((s) => s.billable);
    expect(specs.slice(firstPaid).every((s) => s.billable)).toBe(true);
    expect(specs.slice(0, controls.length)).toEqual(controls);
  });

  it('does not count a call that cannot be served', () => {
    const { specs, cost } = plan(two);
    expect(specs.filter((s) => s.billable).map((s) => `${s.model} ${s.route}`)).toEqual([
      'a/b router',
      'a/b provider:novita',
    ]);
    expect(cost.billable).toBe(2);
    expect(cost.requests).toBe(3 + specs.length);
    expect(cost.usd).toBeCloseTo((2 * (50 * 1 + 16 * 10)) / 1e6, 10);
  });

  it('stops before a limit would be passed', () => {
    expect(plan(two, { limits: { maxRequests: 4 } }).specs).toHaveLength(1);
    const poor = plan(two, { limits: { maxUsd: 0.0003 } });
    expect(poor.specs.filter((s) => s.billable)).toHaveLength(1);
    expect(poor.all.map((s) => s.reason)).toContain('--max-cost 0.0003 would be passed');
  });

  it.each([
    ['missing', 0, 'no token'],
    ['malformed', 0, 'the token is malformed, so it is not sent'],
    ['invalid', 2, 'the token is not accepted'],
  ] as const)('with a token that is %s sends at most %i calls with it', (status, most, reason) => {
    const { specs, all } = plan(two, { token: { status } });
    expect(specs.filter((s) => s.auth === 'token')).toHaveLength(most);
    expect(all.map((s) => s.reason)).toContain(reason);
  });

  it('withholds the token from an address that must not see it', () => {
    const { specs, all } = plan(two, {
      limits: { withheld: (url) => (url.includes('legacy') ? null : 'not trusted') },
    });
    expect(specs.filter((s) => s.auth === 'token').every((s) => s.surface === 'legacy')).toBe(true);
    expect(all.map((s) => s.reason)).toContain('not trusted');
  });

  it('sends nothing with the token when asked to be anonymous', () => {
    const { specs, cost } = plan(two, { limits: { anonymous: true } });
    expect(specs.every((s) => s.auth === 'anonymous' && !s.control)).toBe(true);
    expect(cost.billable).toBe(0);
  });
});
