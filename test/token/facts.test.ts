import { describe, expect, it } from 'vitest';
import { tokenFacts, type WhoamiAnswer } from '../../src/token/facts.js';
import { canary, oauthCanary, sandbox, search } from './support.js';

const T = canary(1);
const READ = { type: 'user', isPro: false, auth: { type: 'access_token', accessToken: { role: 'read' } } };
const answer = (status: number | null, body: unknown = READ, error: string | null = null): WhoamiAnswer => ({
  status,
  error,
  body,
});

describe('status', () => {
  it.each([
    ['whoami answers', answer(200), 'valid'],
    ['401', answer(401, { error: 'Invalid username or password.' }), 'invalid'],
    ['not asked', null, 'unverified'],
    ['no network', answer(null, null, 'dns.not-found'), 'unverified'],
    ['403', answer(403, {}), 'unverified'],
    ['429', answer(429, {}), 'unverified'],
    ['500', answer(500, {}), 'unverified'],
    ['a portal answers 200', answer(200, '<html></html>'), 'unverified'],
    ['an empty object', answer(200, {}), 'unverified'],
    ['a list', answer(200, []), 'unverified'],
    ['cut short', answer(200, READ, 'http.truncated'), 'unverified'],
    ['a redirect', answer(302, READ, 'http.redirect'), 'unverified'],
  ])('%s', async (_, whoami, status) => {
    const facts = tokenFacts(await search({ ...sandbox(), env: { HF_TOKEN: T } }), whoami, null);
    expect(facts.status).toBe(status);
    expect(facts).toMatchObject({
      source: 'env HF_TOKEN',
      masked: `hf_…${T.slice(-4)}`,
      kind: 'user',
      faults: [],
    });
    expect(facts.role).toBe(status === 'valid' ? 'read' : null);
    expect(facts.whoami === null).toBe(status !== 'valid');
    expect(facts.permission.inference).toBe(status === 'valid' ? 'granted' : 'unknown');
  });

  it('is missing without a token, whatever whoami says, and tells of the empty variable', async () => {
    const facts = tokenFacts(await search({ ...sandbox(), env: { HF_TOKEN: '' } }), answer(200), null);
    expect(facts).toMatchObject({ status: 'missing', source: null, masked: null, role: null, whoami: null });
    expect(facts.faults.map((f) => f.kind)).toEqual(['empty']);
  });

  it.each([answer(200), answer(401), null])(
    'is malformed for a value that cannot be sent',
    async (whoami) => {
      const facts = tokenFacts(await search({ ...sandbox(), env: { HF_TOKEN: `"${T}"` } }), whoami, null);
      expect(facts).toMatchObject({
        status: 'malformed',
        source: 'env HF_TOKEN',
        masked: null,
        whoami: null,
        role: null,
      });
      expect(facts.faults.map((f) => f.kind)).toEqual(['quotes']);
      expect(facts.permission.inference).toBe('unknown');
    },
  );

  it('is valid for a value that was repaired, and keeps the fault', async () => {
    const facts = tokenFacts(await search({ ...sandbox(), env: { HF_TOKEN: `${T}\n` } }), answer(200), null);
    expect(facts.status).toBe('valid');
    expect(facts.faults.map((f) => f.kind)).toEqual(['newline']);
  });
});

describe('OAuth', () => {
  const whoami = answer(200, { type: 'user', auth: { type: 'oauth' } });
  const now = '2026-11-21T00:00:00Z';
  const exp = Date.parse(now) / 1000;
  it.each([
    ['scope in the token', { scope: 'openid inference-api', exp: exp + 60 }, whoami, 'granted'],
    ['scope not in the token', { scope: 'openid', exp: exp + 60 }, whoami, 'denied'],
    ['no scope claim', { exp: exp + 60 }, whoami, 'unknown'],
    ['expired by its own word', { scope: 'inference-api', exp: exp - 60 }, whoami, 'denied'],
    [
      'whoami knows better',
      { scope: 'openid' },
      answer(200, { type: 'user', auth: { type: 'oauth', scopes: ['inference-api'] } }),
      'granted',
    ],
    ['whoami refuses', { scope: 'inference-api' }, answer(401), 'unknown'],
  ])('%s', async (_, claims, reply, inference) => {
    const found = await search({ ...sandbox(), env: { HF_TOKEN: oauthCanary(claims) } });
    const facts = tokenFacts(found, reply, null, now);
    expect(facts.kind).toBe('oauth');
    expect(facts.permission.inference).toBe(inference);
  });

  it('lets no odd scope through', async () => {
    const found = await search({
      ...sandbox(),
      env: { HF_TOKEN: oauthCanary({ scope: 'a\u001b[31m inference-api' }) },
    });
    expect(tokenFacts(found, whoami, null).whoami?.scopes).toEqual(['inference-api']);
  });
});

it('passes the paying organization on', async () => {
  const found = await search({ ...sandbox(), env: { HF_TOKEN: T } });
  const whoami = answer(200, { ...READ, orgs: [{ name: 'lab', securityRestrictions: ['sso'] }] });
  expect(tokenFacts(found, whoami, 'lab').permission.inference).toBe('denied');
  expect(tokenFacts(found, whoami, null).permission.inference).toBe('granted');
});
