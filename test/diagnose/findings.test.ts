import { describe, expect, it } from 'vitest';
import { diagnose } from '../../src/diagnose/diagnose.js';
import { evidence, type PartialEvidence } from '../support/evidence.js';

type Asked = NonNullable<PartialEvidence['observations']>[number];

const ROUTER = 'https://router.huggingface.co';
const down = (model: string, provider: string, task: string): Asked => ({
  surface: 'provider',
  route: `provider:${provider}`,
  provider,
  model,
  task,
  url: `${ROUTER}/${provider}/v1`,
  status: 500,
  attempts: 2,
  body: 'Internal Server Error',
});

describe('two findings alike', () => {
  const models = {
    'acme/voice': { task: 'text-to-speech', mappingKnown: false },
    'acme/big': { mappingKnown: false },
    'acme/small': { mappingKnown: false },
  };
  const voice = down('acme/voice', 'fal-ai', 'text-to-speech');
  const big = down('acme/big', 'novita', 'conversational');
  const small: Asked = { model: 'acme/small', status: 200, url: `${ROUTER}/v1/chat/completions` };

  it.each([
    ['first', [voice, big, small]],
    ['last', [big, voice, small]],
  ])('begin with the one that leaves a way out, also when it was not seen first (%s)', (_, observations) => {
    const { findings } = diagnose(evidence({ catalog: { models }, observations }));
    expect(findings.map((f) => f.models[0])).toEqual(['acme/big', 'acme/voice']);
    expect(findings[0]?.fixes[0]?.text).toMatch(/^Use acme\/small instead/);
  });

  it('name the model for which there is a way out, where others share the finding', () => {
    const both = [{ ...voice, provider: 'novita', route: 'provider:novita' as const }, big, small];
    const { findings } = diagnose(evidence({ catalog: { models }, observations: both }));
    expect(findings).toHaveLength(1);
    expect(findings[0]?.fixes[0]?.text).toMatch(/^For acme\/big: Use acme\/small instead/);
  });
});

describe('a model that is being loaded', () => {
  const loading: Asked = {
    surface: 'hf-inference',
    route: 'hf-inference',
    provider: 'hf-inference',
    model: 'acme/big',
    status: 503,
    url: `${ROUTER}/hf-inference/models/acme/big`,
    body: { message: 'Model acme/big is currently loading', estimatedTime: 20 },
  };
  const first = (other: Asked) => {
    const models = { 'acme/big': {}, 'acme/small': {} };
    const { findings } = diagnose(evidence({ catalog: { models }, observations: [loading, other] }));
    return findings.find((f) => f.rule === 'model-loading')?.fixes[0]?.text;
  };

  it('is used where it runs; another one is more of a change than a wait', () => {
    const url = `${ROUTER}/v1/chat/completions`;
    expect(first({ model: 'acme/big', status: 200, url })).toMatch(/^Use acme\/big through the router/);
    expect(first({ model: 'acme/small', status: 200, url })).toMatch(/^Ask again in 20 seconds/);
  });
});

describe('a provider that answers on its path', () => {
  const refused: Asked = {
    model: 'acme/big',
    status: 400,
    url: `${ROUTER}/v1/chat/completions`,
    body: "The requested model 'acme/big' is not supported by any provider you have enabled.",
  };
  const path: Asked = { ...down('acme/big', 'novita', 'conversational'), status: 200, body: {} };
  const pinned: Asked = { ...refused, suffix: 'novita', route: 'router:novita', ref: 'acme/big' };
  const providers = [{ provider: 'novita', providerId: 'x', task: 'conversational', status: 'live' }];
  const advice = (...observations: Asked[]) =>
    diagnose(evidence({ catalog: { models: { 'acme/big': { providers } } }, observations })).findings[0]
      ?.fixes[0]?.text;

  it.each([
    ['was not asked for by the id', []],
    ['was refused by the id', [pinned]],
  ] as const)('is advised by its name alone where it %s', (_, more) => {
    expect(advice(refused, path, ...more)).toBe(
      'Use acme/big with provider="novita": it answered in this run.',
    );
  });

  it('is not called switched off where it was asked beside the matrix only', () => {
    const e = evidence({
      catalog: { models: { 'acme/big': { providers } } },
      observations: [refused, path],
    });
    const [first, found] = e.observations;
    if (!first || !found) throw new Error('two were made');
    const instead = {
      proofs: new Map([['acme/big', found.id]]),
      observations: [{ ...found, instead: true as const }],
    };
    const { findings } = diagnose({ ...e, observations: [first] }, [], null, instead);
    expect(findings.map((f) => f.rule)).toEqual(['mapping-disagrees']);
    expect(findings[0]?.severity).toBe('error');
    expect(findings[0]?.explanation).toContain('not switched off');
  });

  it('is advised by the id too where that answered', () => {
    expect(advice(refused, path, { ...pinned, status: 200, body: {} })).toContain(
      '(or by the id "acme/big:novita")',
    );
  });
});

describe('a model that was asked for by its bare id and with a suffix', () => {
  const good: Asked = { model: 'acme/big', status: 200, url: `${ROUTER}/v1/chat/completions` };
  const pinned: Asked = { ...good, route: 'router:novita', suffix: 'novita', status: 500, attempts: 2 };
  const severities = (asked: string[], ...observations: Asked[]) =>
    diagnose(
      evidence({
        catalog: { models: { 'acme/big': { mappingKnown: false } } },
        observations,
        run: { models: asked },
      }),
    ).findings.map((f) => f.severity);

  it('has an error where one of the two cannot be used, and the other does not help it', () => {
    expect(severities(['acme/big', 'acme/big:novita'], good, pinned)).toEqual(['error']);
  });

  it('has a warning where the suffix was only compared, or another route of the same id works', () => {
    expect(severities(['acme/big'], good, { ...pinned, ref: 'acme/big' })).toEqual(['warning']);
    const path: Asked = { ...down('acme/big', 'together', 'conversational') };
    expect(severities(['acme/big', 'acme/big:novita'], good, { ...pinned, status: 200 }, path)).toEqual([
      'warning',
    ]);
  });

  it('has an error for a fault of its own, where nothing was sent', () => {
    const skip = { model: 'acme/big:novita', auth: 'token', depth: 'live', reason: '' } as const;
    const unasked = [{ ...skip, route: 'provider:together', because: 'suffix' } as const];
    const models = { 'acme/big': { task: 'feature-extraction', mappingKnown: false } };
    const run = { models: ['acme/big', 'acme/big:novita'], unasked };
    const found = diagnose(evidence({ catalog: { models }, observations: [good], run })).findings;
    expect(found.map((f) => [f.rule, f.severity])).toEqual([['wrong-provider-suffix', 'error']]);
  });
});
