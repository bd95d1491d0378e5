import { describe, expect, it } from 'vitest';
import { createRedactor } from '../../src/safety/redact.js';
import { Secret } from '../../src/safety/secret.js';
import { canary, leaks } from '../support/leaks.js';
import { forms } from './forms.js';

const token = canary('redact');
const key = `${canary('provider', 'prov')}77`;
const password = 'tulip-Garden-9';
/** Built anew for each text. */
const redact = (text: string): string =>
  createRedactor(
    [new Secret(token, 'env HF_TOKEN'), new Secret(canary('unused'), 'stored profile')],
    [
      { value: key, label: 'TOGETHER_API_KEY' },
      { value: password, label: 'HTTPS_PROXY' },
    ],
  )(text);
const only = (value: string, text: string): string => createRedactor([], [{ value, label: 'A_KEY' }])(text);

const everyForm = Object.entries(forms);

describe('a known token', () => {
  it.each(everyForm)('cannot be recovered from %s', (_, form) => {
    const text = `{"error":"bad credential ${form(token)} (request 12)"}`;
    expect(leaks(text, [token])).toBeGreaterThanOrEqual(6);
    const out = redact(text);
    expect(leaks(out, [token])).toBeLessThan(6);
    expect(out).toContain('[redacted]');
    expect(out.startsWith('{"error":"bad ')).toBe(true);
    expect(out.endsWith(' 12)"}')).toBe(true);
    expect(redact(out)).toBe(out);
  });

  it.each(everyForm)('of a provider cannot be recovered from %s', (_, form) => {
    expect(leaks(redact(`key ${form(key)} is wrong`), [key])).toBeLessThan(6);
  });

  it.each(everyForm.filter(([name]) => !/piece|mask|cut|last|first/.test(name)))(
    'that is a password cannot be recovered from %s',
    (_, form) => {
      expect(leaks(redact(`proxy said ${form(password)} is wrong`), [password])).toBeLessThan(6);
    },
  );

  it('is found in every place of a text', () => {
    const out = redact(`${token}, again ${token}: ${token.slice(0, 8)} and ${token.slice(-8)}`);
    expect(out).toBe('[redacted], again [redacted]: [redacted] and [redacted]');
  });

  it('next to another leaves one mark', () => {
    expect(redact(`(${key}${key})`)).toBe('([redacted])');
  });

  it('with signs is found in both kinds of base64', () => {
    const signs = 'ab?>x~?>c~?d~>?ez';
    for (const kind of ['base64', 'base64url'] as const) {
      const form = Buffer.from(`${signs}!!`).toString(kind);
      expect(leaks(only(signs, `got ${form}`), [signs])).toBeLessThan(6);
    }
  });

  it('that nobody uses is hidden as well', () => {
    expect(redact(`profile ${canary('unused')}`)).toBe('profile [redacted]');
  });

  it('is cut out of the original, the rest stays as it was written', () => {
    const text = `a%20b &amp; \\u0041 \x1b[31m${token.replace('_', '%5F')}\x1b[0m c%20d`;
    expect(redact(text)).toBe('a%20b &amp; \\u0041 \x1b[31m[redacted]\x1b[0m c%20d');
  });

  it.each([
    ['the first character', `%68${token.slice(1)}`],
    ['the last character', `${token.slice(0, -1)}%${token.slice(-1).charCodeAt(0).toString(16)}`],
    ['an entity that is no character', `${token.slice(0, 4)}&#9999999;${token.slice(4)}`],
  ])('is covered to its ends when %s is encoded', (_, form) => {
    expect(redact(`saw (${form}) there`)).toBe('saw ([redacted]) there');
  });

  it('is found around a number that is no character', () => {
    for (const code of ['&#9999999;', '\\u{ffffff}'])
      expect(redact(`saw ${key.slice(0, 4)}${code}${key.slice(4)} there`)).toBe('saw [redacted] there');
  });

  it('is all of the text', () => {
    expect(redact(token)).toBe('[redacted]');
    expect(redact(token.slice(9, 15))).toBe('[redacted]');
  });

  it('of a family gives only its own part away: the name of the family may be said', () => {
    const oauth = `hf_oauth_${canary('oauth', '')}`;
    const other = createRedactor([new Secret(oauth, 'env HF_TOKEN')]);
    expect(other('hf_oauth_scopes: and hf_oauth_ tokens')).toBe('hf_oauth_scopes: and hf_oauth_ tokens');
    expect(leaks(other(`${oauth.slice(0, 12)}\n${oauth.slice(12)}`), [oauth.slice(9)])).toBeLessThan(6);
    expect(other(`it ends in ${oauth.slice(-8)}`)).toBe('it ends in [redacted]');
    expect(other(`it has ${oauth.slice(15, 21)} inside`)).toBe('it has [redacted] inside');
  });
});

describe('values that must not spoil the report', () => {
  const odd = (text: string): string =>
    createRedactor(
      [new Secret('abc1234', 'env'), new Secret('org/some-model-7B', 'env'), new Secret('', 'env')],
      [
        { value: 'model', label: 'KEY' },
        { value: 'true', label: 'KEY' },
        { value: 'correct horse battery', label: 'PASSPHRASE' },
      ],
    )(text);

  it('are left when shorter than 8 characters', () => {
    expect(odd('the model abc1234 is true')).toBe('the model abc1234 is true');
  });

  it('go only as a whole when they are words or names', () => {
    expect(odd('org/some-model-8B, some-model and a horse battery')).toBe(
      'org/some-model-8B, some-model and a horse battery',
    );
    expect(odd('use org/some-model-7B')).toBe('use [redacted]');
    expect(odd('my correct horse battery.')).toBe('my [redacted].');
  });

  it.each([
    'correct-horse-battery-staple',
    'a_hf_correct-horse-battery',
    '12345678901234567890',
    '/opt/models/llama3-instruct',
    '~/models/llama3-instruct',
    './models/llama3-instruct',
    'https://mirror.example.org/v1',
    'correct horse 7 battery staple',
    'org/some-model-7B-instruct',
    'o/some-model-7B-instruct:fast',
    'some-model-7B-instruct/o',
    'abc123def456ghi',
    'a1b2a1b2a1b2a1b2',
  ])('go only as a whole when they are no random key: %s', (value) => {
    const piece = `saw ${value.slice(-9)} and ${value.slice(0, 9)}, `;
    // A sign at the start gives nothing away.
    expect(only(value, `${piece}${value}.`)).toMatch(new RegExp(`^${piece}[./~]{0,2}\\[redacted\\]\\.$`));
  });

  it.each([
    'abc123def456ghij',
    'hf_abcdefghijklmnop',
    'api_org_abcdefghijkl',
    'Zq7Kf9Wx3Pm~Lr2Tv8.Nb',
    'Zq7Kf9Wx3/Pm5Lr2Tv8+Qd',
    '+Zq7Kf9Wx3/Pm5Lr2Tv8Qd',
    'Zq7Kf9/Wx3Pm5/Lr2Tv8Qd',
    'a1b2c1a1b2c1a1b2c1',
  ])('go in pieces when they are random: %s', (value) => {
    expect(only(value, `saw ${value.slice(-10)} there`)).not.toContain(value.slice(-6));
  });

  it('go only as a whole when they are a row of one letter', () => {
    const row = createRedactor([new Secret(`hf_${'x'.repeat(30)}`, 'env HF_TOKEN')]);
    expect(row('put hf_xxxxxxxx there, or xxxxxxxxxx')).toBe('put hf_xxxxxxxx there, or xxxxxxxxxx');
    expect(row(`put hf_${'x'.repeat(30)} there`)).toBe('put [redacted] there');
  });

  it('go literally when they hold no letters at all', () => {
    const signs = createRedactor([], [{ value: '!!@@##$$%%', label: 'PASS' }]);
    expect(signs('pass !!@@##$$%% and !!@@')).toBe('pass [redacted] and !!@@');
  });

  it('do nothing when there are none', () => {
    expect(createRedactor([])('a plain sentence, 401, https://router.huggingface.co/v1')).toBe(
      'a plain sentence, 401, https://router.huggingface.co/v1',
    );
  });
});

describe('cost', () => {
  // Linear work ends at once; what is quadratic meets the time limit of the test. Mutation testing, which
  // sets this variable, does without: its runs are many.
  const length = process.env.FUZZ_RUNS ? 4_000 : 400_000;
  it.each([
    '%',
    '%25',
    '&',
    '&#',
    '&amp;',
    '=',
    '\\',
    '\\u',
    '//',
    '://',
    'https://a',
    '@',
    '\x1b[',
    '\x1b]',
    '\x9d',
    'hf_',
    'hf_oauth_',
    '-eyJ',
    'eyJabcd.',
    '-sk-',
    'bearer ',
    'authorization: ',
    'cookie:a',
    'token=',
    '?token=',
    'A_',
    'TOKEN',
    '-----BEGIN A',
    '00000000-0000-',
    token.slice(0, 6),
    token.slice(0, 5),
    '\u200b',
    ' ',
    'a',
    `token=${'_'.repeat(300)}! `,
    `Bearer ${'a.'.repeat(300)}= `,
    `api-key: ${'A_'.repeat(300)}! `,
    `A_TOKEN=${'a('.repeat(300)}% `,
  ])('ends on a long row of %j', (piece) => {
    const text = piece.repeat(Math.ceil(length / piece.length));
    expect(redact(text).length).toBeGreaterThan(0);
  });
});
