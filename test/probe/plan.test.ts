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
    bySuffix: o.wanted?.bySuffix ?? false,
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

  it('by suffix: asks the router for each provider of a chat model, and none in staging', () => {
    const chat = [
      entry('novita'),
      entry('flagged', 'conversational', 'error'),
      entry('brand-new'),
      entry('hf-inference'),
    ];
    const vectors = 'feature-extraction';
    const c = catalog({
      models: {
        'a/b': { providers: [...chat, entry('together', 'conversational', 'staging')] },
        'a/vectors': { task: vectors, providers: [entry('novita', vectors), entry('hf-inference', vectors)] },
      },
    });
    const wanted = {
      bySuffix: true,
      routes: ['router', 'providers', 'hf-inference', 'provider:nobody'] as const,
    };
    const asked = (models: string[]) =>
      plan(c, { wanted, models }).specs.flatMap((s) => (s.control ? [] : [`${s.surface} ${s.route}`]));
    expect(asked(['a/b'])).toEqual([
      'router router',
      'router router:novita',
      'router router:flagged',
      'router router:brand-new',
      'router router:hf-inference',
    ]);
    expect(asked(['a/b:novita'])).toEqual(['router router:novita']);
    expect(asked(['a/vectors']).sort()).toEqual(['hf-inference hf-inference', 'provider provider:novita']);
    const { all } = plan(c, { wanted, models: ['a/b'] });
    expect(all).toMatchObject([
      { route: 'provider:together', reason: 'in staging, where the router does not take it' },
      { route: 'provider:nobody', because: 'absent' },
    ]);
  });

  it('carries what the mapping says of an adapter', () => {
    const adapter = { adapter: 'lora', adapterWeightsPath: 'w.safetensors' };
    const task = 'text-to-image';
    const lora = { ...entry('fal-ai', task), ...adapter };
    const c = catalog({ models: { 'a/b': { task, providers: [lora, entry('novita', task)] } } });
    const { specs } = plan(c, { wanted: { routes: ['providers', 'provider:fal-ai'] } });
    const of = (slug: string) => specs.filter((s) => s.provider === slug && !s.control);
    expect(of('fal-ai')).toHaveLength(2);
    for (const s of of('fal-ai')) expect(s).toMatchObject(adapter);
    for (const s of of('novita')) expect(s).not.toHaveProperty('adapter');
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

  it('tries capabilities on the bare id, and not on the suffixes that are only compared with it', () => {
    const c = catalog({ models: { 'a/b': { providers: [entry('novita')] } } });
    const { specs } = plan(c, { wanted: { routes: ['router'], suffixes: true, with: ['stream', 'tools'] } });
    const more = specs.filter((s) => s.capability !== null).map((s) => s.route);
    expect(more).toEqual(['router+stream', 'router+tools']);
    // A suffix of the user's own is no comparison.
    const own = plan(c, { models: ['a/b:novita'], wanted: { routes: ['router'], with: ['stream'] } });
    expect(own.specs.map((s) => s.route)).toContain('router:novita+stream');
  });

  it.each([
    ['auth', ['legacy', 'router', 'providers'], 'router+tools', 'tools is not tried at depth auth'],
    ['catalog', ['legacy', 'router', 'providers'], 'router+tools', 'tools is not tried at depth catalog'],
    ['live', ['legacy'], 'legacy+tools', 'tools is not tried on the retired host'],
  ] as const)(
    'says once that a capability is not tried: depth %s, routes %j',
    (depth, routes, route, reason) => {
      const c = catalog({ models: { 'a/b': { providers: [entry('novita')] } } });
      const { specs, all } = plan(c, { wanted: { depth, routes: [...routes], with: ['stream', 'tools'] } });
      expect(specs.filter((s) => s.capability !== null)).toEqual([]);
      const said = all.filter((s) => s.route.includes('+'));
      expect(said.map((s) => s.route)).toEqual([route.replace('tools', 'stream'), route]);
      expect(said[1]).toMatchObject({ model: 'a/b', depth, reason });
      expect(said.every((s) => !s.unfinished)).toBe(true);
    },
  );

  it('says so of a model that is no chat model, and of none that is not asked at all', () => {
    const task = 'feature-extraction';
    const c = catalog({
      models: {
        'a/embed': { task, providers: [entry('hf-inference', task)] },
        'a/gone': { exists: 'no', mappingKnown: false },
      },
    });
    const { all } = plan(c, { wanted: { routes: ['hf-inference'], with: ['tools'] } });
    expect(all.filter((s) => s.route.includes('+'))).toMatchObject([
      { model: 'a/embed', route: 'hf-inference+tools', reason: 'tools is tried with chat only' },
    ]);
  });

  it('has nothing more to say where the capability was tried', () => {
    const c = catalog({ models: { 'a/b': { providers: [entry('novita')] } } });
    const { all } = plan(c, { wanted: { routes: ['legacy', 'router'], with: ['tools'] } });
    expect(all.filter((s) => s.route.includes('+'))).toEqual([]);
  });

  describe('where the mapping could not be read', () => {
    const listed = (provider: string) => ({
      provider,
      status: 'live',
      price: null,
      isFree: false,
      throughput: null,
    });
    const unread = { 'a/b': { mappingKnown: false, exists: 'unknown' as const } };
    const routerModels = [{ id: 'a/b', providers: [listed('novita'), listed('hf-inference')] }];
    const asked = (c: Catalog, wanted: Partial<Wanted>) => {
      const { specs, all } = plan(c, { wanted });
      return {
        asked: specs.filter((s) => !s.control).map((s) => `${s.route} ${s.surface} ${s.suffix}`),
        skips: all.map((s) => `${s.route}: ${s.reason}${s.unfinished ? ' (unfinished)' : ''}`),
      };
    };

    it("asks the providers of the router's list, by the id that the router knows", () => {
      const c = catalog({ models: unread, routerModels });
      const novita = 'provider:novita router novita';
      expect(asked(c, { routes: ['providers'] })).toEqual({
        asked: [novita, 'hf-inference hf-inference null'],
        skips: [],
      });
      expect(asked(c, { routes: ['hf-inference', 'providers'] }).asked).toHaveLength(2);
      expect(asked(c, { routes: ['provider:novita'] })).toEqual({ asked: [novita], skips: [] });
      expect(asked(c, { routes: ['provider:groq'] })).toEqual({
        asked: [],
        skips: ['provider:groq: neither the Hub nor the router names it for this model'],
      });
    });

    it('asks nobody where the list names nobody, and that is all there is to know', () => {
      const c = catalog({ models: unread, routerModels: [] });
      expect(asked(c, { routes: ['providers'] })).toEqual({
        asked: [],
        skips: ['provider:?: neither the Hub nor the router names a provider of this model'],
      });
    });

    it.each([
      ['conversational', null],
      ['text-to-image', routerModels],
    ] as const)('leaves the run unfinished where nobody tells: %s', (task, list) => {
      const c = catalog({ models: { 'a/b': { ...unread['a/b'], task } }, routerModels: list });
      const reason = 'the mapping of this model could not be read (unfinished)';
      expect(asked(c, { routes: ['providers'] })).toEqual({ asked: [], skips: [`provider:?: ${reason}`] });
      expect(asked(c, { routes: ['provider:novita'] })).toEqual({
        asked: [],
        skips: [`provider:novita: ${reason}`],
      });
    });

    it('says nothing of it for a model that is not on the Hub', () => {
      const c = catalog({ models: { 'a/b': { mappingKnown: false, exists: 'no' } } });
      expect(asked(c, { routes: ['providers'] })).toEqual({ asked: [], skips: [] });
    });
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

  it('counts what nobody is listed for as well: somebody may answer', () => {
    const { specs, cost } = plan(two);
    const asked = specs.filter((s) => !s.control && s.auth === 'token' && s.surface !== 'legacy');
    expect(specs.filter((s) => s.billable)).toEqual(asked);
    expect(asked.map((s) => `${s.model} ${s.route}`)).toContain('c/d router');
    expect(cost.billable).toBe(asked.length);
    expect(cost.requests).toBe(3 + specs.length);
    expect(cost.usd).toBeCloseTo(
      asked.reduce((sum, s) => sum + s.usd, 0),
      12,
    );
  });

  it.each(['invalid', 'denied'] as const)(
    'plans nothing for a token that is %s, and knows what it may cost',
    (how) => {
      const token: Partial<TokenFacts> =
        how === 'invalid' ? { status: 'invalid' } : { permission: { inference: 'denied', reason: '' } };
      const { specs, cost } = plan(two, { token });
      expect(cost).toMatchObject({ billable: 0, usd: 0 });
      expect(specs.some((s) => s.ifServed > 0)).toBe(true);
    },
  );

  it('prices a call with a tool by its longer words', () => {
    const c = catalog({
      models: { 'a/b': { providers: [entry('novita')] } },
      routerModels: two.routerModels,
    });
    const { specs } = plan(c, { wanted: { routes: ['router'], with: ['stream', 'tools'] } });
    const usd = (route: string) => specs.find((s) => s.route === route && !s.control)?.usd;
    expect(usd('router+stream')).toBe(usd('router'));
    expect(usd('router+tools')).toBeCloseTo((300 * 1 + 64 * 10) / 1e6, 10);
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
