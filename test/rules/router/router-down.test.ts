import { describe, expect, it } from 'vitest';
import { diagnose } from '../../../src/diagnose/diagnose.js';
import { commonFault } from '../../../src/rules/router/router-down.js';
import { evidence, type PartialEvidence } from '../../support/evidence.js';

type Asked = NonNullable<PartialEvidence['observations']>[number];

const MODEL = 'acme/chat';
const ROUTER = 'https://router.huggingface.co';
const MARK = { 'x-inference-provider': 'x' };
const WORDS = 'Internal Server Error';

const down = (provider: string, body = WORDS, more: Partial<Asked> = {}): Asked => ({
  surface: 'provider',
  route: `provider:${provider}`,
  provider,
  model: MODEL,
  url: `${ROUTER}/${provider}/v1/chat/completions`,
  status: 500,
  attempts: 2,
  headers: MARK,
  body,
  ...more,
});
const router = (body = WORDS): Asked => ({
  model: MODEL,
  url: `${ROUTER}/v1/chat/completions`,
  status: 500,
  attempts: 2,
  body,
});
const works: Asked = { model: 'acme/other', url: `${ROUTER}/v1/chat/completions`, status: 200 };

function seen(providers: readonly string[], ...observations: Asked[]) {
  const listed = providers.map((provider) => ({
    provider,
    providerId: 'x',
    task: 'conversational',
    status: 'live',
  }));
  return evidence({ catalog: { models: { [MODEL]: { providers: listed } } }, observations });
}

describe('what fails for several providers at one time', () => {
  const three = ['novita', 'together', 'deepinfra'];
  const all = three.map((slug) => down(slug));
  const bare = three.map((slug) => down(slug, WORDS, { headers: {} }));
  const reached: Asked = { model: MODEL, depth: 'auth', status: 422, body: 'field required' };
  const passed = { retry: { status: 200, error: null } };
  const cases: [string, Asked[], string | null][] = [
    ['one answer before any provider', bare, 'front'],
    ['two are enough where no provider made it', bare.slice(1), 'front'],
    ['one answer from behind', all, 'behind'],
    ['two marked ones may fail by chance', all.slice(1), null],
    ['words of their own', [...all.slice(1), down('novita', 'oops')], 'apart'],
    ['a refusal beside them', [...all, { ...router(), status: 404 }], 'apart'],
    ['a call that was answered', [...all, works], null],
    ['a call that was answered at the second try', [...all, { ...router(), ...passed }], null],
    ['a probe that was refused as it should be', [...all, reached], null],
    ['a control without a token tells nothing', [...all, { ...works, control: true }], 'behind'],
    ['the gateway is another way', [...all, { ...works, surface: 'gateway', route: 'gateway' }], 'behind'],
  ];
  it.each(cases)('%s', (_, observations, how) => {
    expect(commonFault(seen(three, ...observations))?.how ?? null).toBe(how);
  });

  it('is one finding where the words are the same, and accuses no provider for certain', () => {
    const { findings } = diagnose(seen(three, ...all, router()));
    expect(findings.map((f) => [f.rule, f.blame, f.confidence])).toEqual([
      ['provider-outage', 'router', 'possible'],
    ]);
    expect(findings[0]?.cells).toHaveLength(4);
  });

  it('takes what was tried beside the models into account', () => {
    const e = seen(three, ...all);
    const [other] = evidence({ observations: [works] }).observations;
    if (!other) throw new Error('no observation');
    const instead = {
      proofs: new Map([[MODEL, 99]]),
      observations: [{ ...other, id: 99, instead: true as const }],
    };
    const { findings } = diagnose(e, [], null, instead);
    expect(findings.map((f) => f.confidence)).toEqual(['certain', 'certain', 'certain']);
    expect(JSON.stringify(findings)).not.toContain('nothing behind the router worked');
  });
});

describe('the answer of the bare router', () => {
  const two = ['novita', 'together'];
  const outages = (...observations: Asked[]) =>
    diagnose(seen(two, ...observations, works)).findings.map((f) => [f.confidence, ...f.routes]);

  it('is no second fault when all providers of the model fail, and one in these words', () => {
    expect(outages(down('novita'), down('together', 'oops'), router())).toEqual([
      ['certain', 'provider:novita', 'router'],
      ['certain', 'provider:together'],
    ]);
    expect(outages(down('novita', 'oops'), down('together'), router())).toEqual([
      ['certain', 'provider:novita'],
      ['certain', 'provider:together', 'router'],
    ]);
  });

  it('stays a question of its own in other words, or when a provider was not seen to fail', () => {
    const own = ['possible', 'router'];
    expect(outages(down('novita'), down('together'), router('no route'))).toContainEqual(own);
    expect(outages(down('novita'), router())).toContainEqual(own);
    expect(
      outages(down('novita'), down('together', '', { status: 200, shape: 'ok' }), router()),
    ).toContainEqual(['likely', 'router']);
  });
});

describe('an outage', () => {
  const text = (provider: string) => {
    const o = provider === 'hf-inference' ? { surface: provider, route: provider } : {};
    return JSON.stringify(
      diagnose(seen([provider], down(provider, WORDS, o as Partial<Asked>), works)).findings,
    );
  };

  it('does not praise code that was not seen', () => {
    expect(text('novita')).toContain('Your token is fine: the same token works elsewhere in this run.');
    expect(text('novita')).not.toContain('your code');
  });

  it('of hf-inference says nothing about its suffix', () => {
    expect(text('novita')).toContain(':hf-inference');
    expect(text('hf-inference')).toContain('hf-inference answers 500');
    expect(text('hf-inference')).not.toContain(':hf-inference');
  });
});

describe('what was tried in the place of the model', () => {
  const listed = (id: string, ...slugs: string[]) => ({
    id,
    providers: slugs.map((provider) => ({
      provider,
      status: 'live',
      price: null,
      isFree: false,
      throughput: null,
    })),
  });
  const routerModels = [
    listed('acme/a', 'novita', 'together'),
    listed('acme/b', 'deepinfra'),
    listed('acme/c', 'together', 'groq'),
  ];
  const other = (model: string, body = WORDS): Asked => ({ ...router(body), model, headers: MARKED });
  /** Marked by what stands behind, which does not tell who. */
  const MARKED = { 'x-compute-type': 'x' };
  const diagnosed = (...tried: Asked[]) => {
    const e = seen(['hf-inference'], down('hf-inference'));
    const catalog = { ...e.catalog, routerModels };
    const besides = evidence({ observations: tried }).observations;
    const observations = besides.map((o, i) => ({ ...o, id: 90 + i, instead: true as const }));
    const instead = { proofs: new Map(), observations };
    return diagnose({ ...e, catalog }, [], null, instead).findings;
  };
  const judged = (...tried: Asked[]) => diagnosed(...tried).map((f) => [f.blame, f.confidence]);

  it('counts where it failed too: three fail, and none of them is accused', () => {
    const findings = diagnosed(other('acme/a'), other('acme/b'));
    expect(findings.map((f) => [f.rule, f.blame, f.confidence])).toEqual([
      ['provider-outage', 'router', 'possible'],
    ]);
    expect(findings[0]?.title).toBe('All 3 providers that were asked answer 500');
    expect(findings[0]?.explanation).toContain('hf-inference, novita or together and deepinfra');
    expect(findings[0]?.models).toEqual([MODEL]);
  });

  it('adds no provider for a bare id that one of those counted may have answered', () => {
    expect(judged(other('acme/a'), other('acme/c'))).toEqual([['provider', 'certain']]);
    expect(judged(other('acme/unlisted'), other('acme/b'))).toEqual([['provider', 'certain']]);
  });

  it('clears the router where one of them worked', () => {
    const good: Asked = { ...works, model: 'acme/b' };
    expect(judged(other('acme/a'), other('acme/c'), good)).toEqual([['provider', 'certain']]);
  });
});
