import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { Secret } from '../../src/safety/secret.js';
import { canary, leaks } from '../support/leaks.js';

const token = canary('secret');
const aSecret = (): Secret => new Secret(token, 'env HF_TOKEN');

function jwt(payload: unknown): string {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `hf_oauth_${part({ alg: 'none' })}.${part(payload)}.c2lnbmF0dXJl`;
}

describe('what a secret shows', () => {
  it.each([
    ['a template', (secret: Secret) => `${secret}`],
    ['an addition', (secret: Secret) => `${secret as unknown as string}!`.slice(0, -1)],
    ['JSON', (secret: Secret) => JSON.parse(JSON.stringify(secret))],
    ['inspect', (secret: Secret) => inspect(secret)],
    ['inspect with all that is hidden', (secret: Secret) => inspect(secret, { showHidden: true, depth: 9 })],
    ['format', (secret: Secret) => format('%s', secret)],
  ])('is its label in %s', (_, shown) => {
    expect(shown(aSecret())).toBe('[secret env HF_TOKEN]');
  });

  it('holds in every structure around it', () => {
    const secret = aSecret();
    const error = new Error('x', { cause: { headers: [secret], secret } });
    const seen = [
      inspect(error, { showHidden: true }),
      JSON.stringify({ secret }),
      inspect(new Map([[secret, secret]])),
    ];
    const own = [Object.keys(secret), Object.values(secret), Object.getOwnPropertyNames(secret)]
      .flat()
      .join(' ');
    const cloned = inspect(structuredClone({ ...secret }));
    expect(leaks([...seen, own, cloned].join('\n'), [token])).toBeLessThan(6);
  });

  it('names length, source and fingerprint', () => {
    const secret = aSecret();
    expect(secret).toMatchObject({ length: 37, source: 'env HF_TOKEN' });
    expect(secret.fingerprint).toMatch(/^[0-9a-f]{8}$/);
    expect(secret.fingerprint).not.toBe(new Secret(canary('else'), 'x').fingerprint);
  });

  it.each([
    ['hf_ and 34 letters', token, `hf_…${token.slice(-4)}`],
    ['20 characters', `hf_${token.slice(3, 20)}`, `hf_…${token.slice(16, 20)}`],
    ['19 characters', token.slice(0, 19), 'hf_…'],
    ['an OAuth token', `hf_oauth_${token}`, `hf_oauth_…${token.slice(-4)}`],
    ['another key', token.slice(3), `…${token.slice(-4)}`],
    ['another key with a token inside', `x${token}`, `…${token.slice(-4)}`],
    ['nothing', '', '…'],
  ])('masks %s', (_, value, masked) => {
    expect(new Secret(value, 'x').masked).toBe(masked);
  });
});

describe('what a secret does', () => {
  it('authorizes a copy, in place of any other authorization', () => {
    const headers = { Authorization: 'old', accept: '*/*' };
    expect(aSecret().authorize(headers)).toEqual({ accept: '*/*', authorization: `Bearer ${token}` });
    expect(headers).toEqual({ Authorization: 'old', accept: '*/*' });
  });

  it('compares values, not sources', () => {
    expect(aSecret().sameAs(new Secret(token, 'file'))).toBe(true);
    expect(aSecret().sameAs(new Secret(`${token} `, 'env HF_TOKEN'))).toBe(false);
  });

  it.each([
    [
      'a scope string',
      { scope: ' openid  inference-api ', exp: 1_800_000_000 },
      ['openid', 'inference-api'],
      '2027-01-15T08:00:00.000Z',
    ],
    ['a scope list', { scope: ['openid', 5, 'inference-api'] }, ['openid', 'inference-api'], null],
    ['no scope', { exp: 1e99 }, null, null],
    ['odd types', { scope: { a: 1 }, exp: 'soon' }, null, null],
    ['a time that is a text', { exp: '1800000000' }, null, null],
    ['a time before all others', { exp: 0 }, null, null],
    ['a time that is none', { exp: -1 }, null, null],
    ['a time too late', { exp: 1e11 }, null, null],
    ['the last time', { exp: 1e11 - 1 }, null, '5138-11-16T09:46:39.000Z'],
  ])('reads claims with %s', (_, payload, scopes, expiresAt) => {
    expect(new Secret(jwt(payload), 'x').claims()).toEqual({ scopes, expiresAt });
  });

  it.each([
    ['a user token', token],
    ['two segments', 'hf_oauth_YQ.YQ'],
    ['no JSON', 'hf_oauth_YQ.YQ.YQ'],
    ['a list', jwt([1])],
    ['a number', jwt(5)],
    ['a text', jwt('x')],
    ['something before it', `x${jwt({ scope: 'a' })}`],
    ['something after it', `${jwt({ scope: 'a' })} x`],
    ['null', jwt(null)],
    ['a huge one', jwt({ scope: 'x'.repeat(20_000) })],
  ])('has no claims for %s', (_, value) => {
    expect(new Secret(value, 'x').claims()).toBeNull();
  });
});

it('has claims up to 16 KiB', () => {
  const ofLength = (length: number) => {
    const start = jwt({ scope: 'a' });
    return new Secret(start.padEnd(length, 'x'), 'x').claims();
  };
  expect(ofLength(16_384)).toEqual({ scopes: ['a'], expiresAt: null });
  expect(ofLength(16_385)).toBeNull();
});

describe('the value', () => {
  const src = join(import.meta.dirname, '../../src');
  const files = readdirSync(src, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => join(entry.parentPath, entry.name));

  it('is revealed in the redactor and nowhere else', () => {
    const users = files.filter((file) => /\brevealFor\b/.test(readFileSync(file, 'utf8')));
    expect(users.map((file) => file.slice(src.length + 1)).toSorted()).toEqual([
      'safety/redact.ts',
      'safety/secret.ts',
    ]);
  });

  it('has no way round: nobody imports the whole module, or reads a Bearer header back', () => {
    const bad = files.filter((file) =>
      /(?:import \* as \w+ from|import\()\s*['"][^'"]*secret\.js|\.authorize\([^)]*\)\.authorization/.test(
        readFileSync(file, 'utf8'),
      ),
    );
    expect(bad).toEqual([]);
  });
});
