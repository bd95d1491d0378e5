import { describe, expect, it } from 'vitest';
import { diagnose } from '../../src/diagnose/diagnose.js';
import { explainText } from '../../src/explain/explain.js';
import type { Finding } from '../../src/report/model.js';
import type { Observation } from '../../src/types/observation.js';
import { evidence } from '../support/evidence.js';

/* What a finding must not state as a fact, and what it must say first. */

const V1 = 'https://router.huggingface.co/v1/chat/completions';
const TOGETHER = 'https://router.huggingface.co/together/v1/chat/completions';

function first(o: Partial<Omit<Observation, 'body'>> & { body?: string }): Finding {
  const told = { origin: 'text', route: null, auth: 'unknown', surface: 'router', url: V1, ...o } as const;
  const [finding] = diagnose(
    evidence({ run: { live: false }, token: { status: 'unverified' }, observations: [told] }),
  ).findings;
  if (!finding) throw new Error('nothing was found');
  return finding;
}

const whole = (f: Finding) => JSON.stringify(f);

describe('a 401 of which nothing tells whether a token was sent', () => {
  const said = 'Invalid username or password.';
  it.each([
    ['the sentence on /v1', { status: 401, body: said }],
    ['the sentence on a provider path', { status: 401, body: said, surface: 'provider', url: TOGETHER }],
    ['the status alone', { status: 401, contentType: null }],
  ] as const)('%s', (_, o) => {
    const f = first(o);
    expect(f).toMatchObject({
      rule: 'token-missing',
      title: 'Hugging Face refused the token, or none was sent',
    });
    expect(f.fixes[0]?.commands).toEqual(['hf-doctor token']);
    expect(f.fixes[1]?.text).toMatch(/^Create a token/);
  });

  it('takes a side where the text shows what was sent', () => {
    expect(first({ status: 401, body: said, auth: 'token' }).rule).toBe('token-invalid');
    expect(first({ status: 401, body: said, auth: 'anonymous' }).title).toMatch(/^No Hugging Face token/);
  });
});

describe('a 401 of a provider path', () => {
  const explain = (text: string) =>
    explainText(text, { now: Date.UTC(2026, 10, 21), redact: (t: string) => t }).findings[0];

  it('was sent with a token where the Python client wrote it, and the reason is said', () => {
    const f = explain(
      `huggingface_hub.errors.HfHubHTTPError: 401 Client Error: Unauthorized for url: ${TOGETHER}\n\nInvalid username or password.`,
    );
    expect(f).toMatchObject({ rule: 'token-invalid', confidence: 'likely' });
    expect(f?.explanation).toContain('does not call this path without a token');
  });

  it('is open where another program wrote it', () => {
    const f = explain(
      `requests.exceptions.HTTPError: 401 Client Error: Unauthorized for url: ${TOGETHER}\n{"error":"Invalid username or password."}`,
    );
    expect(f).toMatchObject({ rule: 'token-missing', confidence: 'likely' });
    expect(f?.title).toMatch(/or none was sent$/);
  });
});

it('does not call a 400 a 401, nor a token that came perhaps missing', () => {
  const f = first({ status: 400, body: 'Authorization header is correct, but the token seems invalid' });
  expect(f.rule).toBe('token-invalid');
  expect(whole(f)).not.toMatch(/401|missing/);
});

it('lets a month of waiting help where credits are spent', () => {
  const f = first({ status: 402, body: 'You have exceeded your monthly included credits.' });
  expect(f.rule).toBe('credits-exhausted');
  expect(f.notThis).not.toMatch(/later/);
  expect(f.notThis).toContain('next month');
});

it('does not say who made a 429 that shows nothing', () => {
  const f = first({ status: 429, contentType: null });
  expect(f).toMatchObject({ rule: 'provider-rate-limited', confidence: 'possible', notThis: null });
  expect(whole(f)).not.toMatch(/not Hugging Face|is not your doing/);
});

it.each([
  'https://api-inference.huggingface.co/v1/chat/completions',
  'https://router.huggingface.co/hf-inference/models/a/b',
])('promises no end of a fault of an API that is gone: %s', (url) => {
  const surface = url.includes('api-inference') ? 'legacy' : 'hf-inference';
  const f = first({ status: 400, surface, url, body: 'Invalid URL: missing field `name`' });
  expect(f.rule).toBe('provider-outage');
  expect(f.explanation).toContain('old serverless API');
  expect(whole(f)).not.toMatch(/within hours|servers failed/);
});

it('does not say that nobody serves a model of which one provider was looked for', () => {
  const f = first({
    surface: 'router',
    url: null,
    model: 'acme/tiny-chat',
    body: 'We have not been able to find inference provider information for model acme/tiny-chat.',
  });
  expect(f.rule).toBe('model-not-served');
  expect(whole(f)).not.toMatch(/by any provider|found none/);
  expect(f.fixes[0]?.text).toMatch(/auto/);
  expect(f.fixes[1]?.commands).toEqual(['hf-doctor check acme/tiny-chat']);
});
