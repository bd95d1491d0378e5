import { describe, expect, it } from 'vitest';
import { diagnose } from '../../src/diagnose/diagnose.js';
import { cleanToken } from '../../src/token/clean.js';
import { evidence, type PartialEvidence } from '../support/evidence.js';

/* Whom a finding names, and that its advice agrees with what it found. */

const HERE = 'http://127.0.0.1:9';
const REAL = {
  ...{ hub: 'https://huggingface.co', router: 'https://router.huggingface.co' },
  ...{ legacy: 'https://api-inference.huggingface.co', gateway: null },
};
const MINE = { hub: HERE, router: HERE, legacy: HERE, gateway: null };
const refused = {
  error: 'net.refused',
  errorDetail: 'the connection was refused',
  contentType: null,
} as const;

function unclassified(run: PartialEvidence['run'], url: string, more: object = {}) {
  const calls = [
    { ...refused, url: `${url}/v1/models`, purpose: 'router-models', route: null, surface: 'router' },
    { ...refused, url: `${url}/api/models/a/b`, purpose: 'mapping', route: null, surface: 'hub' },
    { ...refused, url: `${url}/v1/chat/completions`, model: 'a/b', ref: 'a/b', surface: 'router' },
    { ...refused, url: `${url}/x/v1`, model: 'a/b', ref: 'a/b', surface: 'provider', provider: 'novita' },
  ] as const;
  const e = evidence({
    run: { models: ['a/b'], ...run },
    observations: calls.map((c) => ({ ...c, ...more })),
  });
  return diagnose(e).findings.filter((f) => f.rule === 'unclassified');
}

describe('where the user named another host', () => {
  it('nothing listens there, and Hugging Face has no part in it', () => {
    const found = unclassified({ endpoints: MINE }, HERE);
    expect(found.length).toBeGreaterThan(0);
    for (const f of found) {
      expect(f.title).toMatch(/^Nothing listens at 127\.0\.0\.1:9/);
      expect(JSON.stringify([f.title, f.explanation, f.fixes])).not.toMatch(/hugging ?face|incident|novita/i);
    }
  });

  it('is named for other failures as well', () => {
    const found = unclassified({ endpoints: MINE }, HERE, { error: 'net.reset', errorDetail: null });
    for (const f of found) expect(f.title).toContain('127.0.0.1:9');
    expect(JSON.stringify(found.map((f) => f.fixes))).not.toContain('incident');
  });

  it.each([
    ['Hugging Face itself', { endpoints: REAL }, 'https://router.huggingface.co'],
    ['the simulator, which plays it', { endpoints: MINE, simulated: true }, HERE],
  ])('is not said of %s', (_, run, url) => {
    const text = JSON.stringify(unclassified(run, url).map((f) => [f.title, f.fixes]));
    expect(text).toContain('the router of Hugging Face');
    expect(text).toContain('incident');
    expect(text).not.toContain('127.0.0.1');
  });
});

it.each([
  ['inside', 'a1B2c3 d4E5f6g7H8'],
  ['at the end', 'a1B2c3d4E5f6g7H8 '],
  ['inside and around', ' a1B2c3 d4E5f6g7H8 '],
])('a blank %s of a token: the advice fits the diagnosis', (_, rest) => {
  const { faults, value } = cleanToken(`hf_${rest}`);
  const status = value === null ? 'malformed' : 'valid';
  const { findings } = diagnose(evidence({ token: { status, faults }, run: { models: ['a/b'] } }));
  const found = findings.find((f) => f.rule === 'token-malformed');
  expect(found?.explanation).toContain('blank');
  expect(found?.fixes[0]?.text).toMatch(/no blank before, after or inside it/);
});
