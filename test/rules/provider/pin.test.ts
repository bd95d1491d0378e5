import { describe, expect, it } from 'vitest';
import { diagnose } from '../../../src/diagnose/diagnose.js';
import { evidence } from '../../support/evidence.js';

const MODEL = 'acme/chat';

/** What is said of `acme/chat:<suffix>`, which novita alone serves, and which the router refuses. */
function said(suffix: string, serves = ['novita']) {
  const providers = serves.map((provider) => ({
    provider,
    providerId: 'x',
    task: 'conversational',
    status: 'live',
  }));
  const e = evidence({
    catalog: { models: { [MODEL]: { providers } }, providers: ['novita', 'together'] },
    observations: [
      {
        model: MODEL,
        suffix,
        route: `router:${suffix}`,
        url: 'https://router.huggingface.co/v1/chat/completions',
        status: 400,
        body: { message: 'The requested provider is not available.', code: 'model_not_supported' },
      },
    ],
  });
  return diagnose(e).findings.find((f) => f.rule === 'wrong-provider-suffix');
}

describe('a word that is no suffix', () => {
  it.each([
    ['pro', 'PRO is a plan of an account, not a route'],
    ['enterprise', 'Enterprise is a plan of an organization, not a route'],
    ['auto', 'auto is the default of the clients'],
    ['nitro', 'on the router the quickest provider is ":fastest"'],
  ])(':%s is explained', (suffix, words) => {
    expect(said(suffix)?.explanation).toContain(words);
    expect(said(suffix)?.confidence).toBe('certain');
  });

  it('leads to the provider that was meant, only where it serves the model', () => {
    const first = said('novta')?.fixes[0];
    expect(first?.text).toBe('Write ":novita" if that provider is meant.');
    expect(first?.commands).toEqual([`hf-doctor check ${MODEL}:novita`]);
    expect(JSON.stringify(said('novta', ['together'])?.fixes)).not.toContain(':novita');
    expect(JSON.stringify(said('pro')?.fixes)).not.toContain(':novita');
  });
});
