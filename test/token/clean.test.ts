import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanToken } from '../../src/token/clean.js';
import { looksSecret, secretsIn, tokensIn } from '../../src/token/secrets-in.js';
import { braced, canary, letters, longestPiece, oauthCanary } from './support.js';

const T = canary();
const OAUTH = oauthCanary({ scope: 'openid inference-api' });

describe('a value that is what it should be', () => {
  it.each([
    ['classic', T, 'user'],
    ['shorter than the classic length', `hf_${letters(2, 20)}`, 'user'],
    ['longer than the classic length', `hf_${letters(3, 60)}`, 'user'],
    ['OAuth with dots and dashes', OAUTH, 'oauth'],
    ['OAuth without a JWT', `hf_oauth_${letters(4)}`, 'oauth'],
    ['OAuth that holds hf_ by chance', `hf_oauth_${letters(4)}hf_${letters(5)}`, 'oauth'],
    ['a form that is new', `hf_${letters(6, 10)}-${letters(7, 10)}`, 'unknown'],
    ['just long enough', `hf_${letters(6, 8)}`, 'user'],
    ['one letter only', `hf_${'a'.repeat(34)}`, 'user'],
  ])('%s', (_, raw, kind) => {
    expect(cleanToken(raw)).toEqual({ value: raw, kind, faults: [] });
  });
});

describe('what huggingface_hub repairs stays usable, with a fault', () => {
  it.each([
    ['newline at the end', `${T}\n`, 'newline', T.length],
    ['CRLF at the end', `${T}\r\n`, 'newline', T.length],
    ['newline at the start', `\n${T}`, 'newline', 0],
    ['newline inside', `${T.slice(0, 10)}\n${T.slice(10)}`, 'newline', 10],
    ['CRLF inside', `${T.slice(0, 10)}\r\n${T.slice(10)}`, 'newline', 10],
    ['blank at the end', `${T} `, 'whitespace', T.length],
    ['blank at the start', `  ${T}`, 'whitespace', 0],
    ['tab at the end', `${T}\t`, 'whitespace', T.length],
    ['no-break space at the end', `${T}\u00a0`, 'non-ascii', T.length],
    ['ideographic space at the start', `\u3000${T}`, 'non-ascii', 0],
  ])('%s', (_, raw, kind, position) => {
    const cleaned = cleanToken(raw);
    expect(cleaned.value).toBe(T);
    expect(cleaned.faults).toMatchObject([{ kind, position }]);
  });

  it('tells blanks and line breaks at both ends once each', () => {
    const { value, faults } = cleanToken(` \n${T} \n`);
    expect(value).toBe(T);
    expect(faults.map((f) => f.kind)).toEqual(['newline']);
  });

  it('keeps a Trusted Publisher token, with a word of warning', () => {
    const jwt = `hf_jwt_${letters(8, 80)}`;
    expect(cleanToken(jwt)).toMatchObject({
      value: jwt,
      kind: 'jwt',
      faults: [{ kind: 'trusted-publisher-token' }],
    });
  });
});

describe('what the clients send broken is unusable, although it could be repaired', () => {
  it.each([
    ['double quotes', `"${T}"`, 'quotes', 0],
    ['single quotes', `'${T}'`, 'quotes', 0],
    ['backticks', `\`${T}\``, 'quotes', 0],
    ['quote at the start only', `"${T}`, 'quotes', 0],
    ['quote at the end only', `${T}'`, 'quotes', T.length],
    ['quotes inside blanks', ` "${T}" `, 'quotes', 1],
    ['Bearer', `Bearer ${T}`, 'bearer-prefix', 0],
    ['bearer in small letters', `bearer ${T}`, 'bearer-prefix', 0],
    ['Bearer twice', `Bearer Bearer ${T}`, 'bearer-prefix', 0],
    ['Bearer with a colon', `Bearer: ${T}`, 'bearer-prefix', 0],
    ['Bearer with a colon and no blank', `Bearer:${T}`, 'bearer-prefix', 0],
    ['the whole header', `Authorization: Bearer ${T}`, 'bearer-prefix', 0],
    ['Bearer in quotes', `"Bearer ${T}"`, 'quotes', 0],
    ['Bearer and nothing', 'Bearer ', 'bearer-prefix', 0],
    ['byte order mark', `\ufeff${T}`, 'byte-order-mark', 0],
    ['smart quotes', `\u201c${T}\u201d`, 'non-ascii', 0],
    ['zero-width space inside', `${T.slice(0, 9)}\u200b${T.slice(9)}`, 'non-ascii', 9],
    ['no-break space inside', `${T.slice(0, 9)}\u00a0${T.slice(9)}`, 'non-ascii', 9],
    ['zero-width space at the end', `${T}\u200b`, 'non-ascii', T.length],
    ['accented letter', `${T}é`, 'non-ascii', T.length],
    ['a letter of another alphabet', T.replace('hf_', 'h\u0192_'), 'non-ascii', 1],
    ['an emoji', `${T}😀`, 'non-ascii', T.length],
    ['null character', `${T.slice(0, 9)}\0${T.slice(9)}`, 'control-character', 9],
    ['escape', `${T}\x1b[0m`, 'control-character', T.length],
    ['C1 control', `${T}\x9b1m`, 'control-character', T.length],
    ['delete', `${T}\x7f`, 'control-character', T.length],
    ['comment after it', `${T} # mine`, 'whitespace', T.length],
    ['tab inside', `${T.slice(0, 9)}\t${T.slice(9)}`, 'whitespace', 9],
    ['the same twice', T + T, 'duplicated', T.length],
    ['the same twice in two lines', `${T}\n${T}\n`, 'duplicated', T.length],
    ['OAuth twice', OAUTH + OAUTH, 'duplicated', OAUTH.length],
    ['two tokens', canary(1) + canary(2), 'duplicated', T.length],
    ['too short', 'hf_abc12', 'too-short', null],
    ['refresh token', `hf_oauth__refresh_${letters(9)}`, 'refresh-token', 0],
    ['old organization token', `api_org_${letters(10)}`, 'org-token', 0],
    ['some other secret', letters(11), 'provider-key', 0],
    ['assignment', `HF_TOKEN=${T}`, 'provider-key', 0],
    ['JSON', `{"token": "${T}"}`, 'provider-key', 0],
    ['capital prefix', T.toUpperCase(), 'provider-key', 0],
    ['UTF-16', [...T].map((char) => `${char}\0`).join(''), 'control-character', 1],
  ])('%s', (_, raw, kind, position) => {
    const { value, faults } = cleanToken(raw);
    expect(value).toBeNull();
    expect(faults).toContainEqual({ kind, position, text: expect.stringMatching(/^The value .{10,200}\.$/) });
    for (const fault of faults) expect(longestPiece(fault.text, T).length).toBeLessThan(6);
  });

  it.each([
    'sk-',
    'sk-ant-',
    'sk-or-',
    'gsk_',
    'r8_',
    'fw_',
    'csk-',
    'nvapi-',
    'tgp_v1_',
    'xai-',
    'github_pat_',
  ])('a key that starts with %s', (start) => {
    expect(cleanToken(start + letters(12))).toMatchObject({
      value: null,
      kind: 'provider-key',
      faults: [{ kind: 'provider-key', text: expect.stringContaining('do not send it to Hugging Face') }],
    });
  });

  it.each([
    [`"${T}"`, 'stands between quotes (double quote)'],
    [`'${T}`, 'starts with a single quote'],
    [`${T}\``, 'ends with a backtick'],
    [`${T}\n`, 'ends with a line break'],
    [` ${T}`, 'starts with a blank'],
    ['undefined', 'the text of an empty variable'],
    ['false', 'the text of an empty variable'],
    ['hf_xxxx', 'a row of x'],
    ['your_token', 'a placeholder from an example'],
    ['<token>', 'a placeholder in brackets'],
    [`hf_***${letters(1, 4)}`, 'a masked copy'],
    ['$HF_TOKEN', 'a reference to another variable'],
  ])('says what is seen: %#', (raw, words) => {
    expect(cleanToken(raw).faults[0]?.text).toContain(words);
  });

  it('names code points, breaking faults first', () => {
    const { faults } = cleanToken(`${T.slice(0, 9)}\u200b${T.slice(9)}\n`);
    expect(faults.map((f) => f.kind)).toEqual(['non-ascii', 'newline']);
    expect(faults[0]?.text).toContain('U+200B, zero-width space');
  });
});

describe('what stands in for a token', () => {
  it.each([
    ...[
      'undefined',
      'None',
      'null',
      'NaN',
      'true',
      '"None"',
      "'undefined'",
      'Bearer undefined',
      'Bearer None\n',
    ],
    ...[
      '$HF_TOKEN',
      braced('HF_TOKEN'),
      '$(cat token)',
      '%HF_TOKEN%',
      braced('{ secrets.HF_TOKEN }'),
      '{{token}}',
      'op://a/b/c',
    ],
    ...[
      'hf_xxx',
      'hf_XXXXXXXXXXXXXXXX',
      'xxx',
      'hf_your_token_here',
      'your_token_here',
      'YOUR-HF-TOKEN',
      'hf_token',
    ],
    ...[
      '<token>',
      '<your token here>',
      '[your-token]',
      '{token}',
      '****',
      'hf_****',
      'hf_...',
      'changeme',
      'hf_',
    ],
    ...['HF_TOKEN', 'YourAccessToken', 'placeholder', `hf_***${letters(1, 4)}`, `hf_…${letters(1, 4)}`],
  ])('%s', (raw) => {
    const { value, kind, faults } = cleanToken(raw);
    expect({ value, kind }).toEqual({ value: null, kind: null });
    expect(faults[0]?.kind).toBe('placeholder');
  });

  it.each(['', ' ', '\n', '\r\n \t', '\u00a0'])('nothing at all: %j', (raw) => {
    expect(cleanToken(raw)).toEqual({
      value: null,
      kind: null,
      faults: [{ kind: 'empty', position: null, text: 'The value is empty.' }],
    });
  });

  it('is not seen in a random token', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Za-z0-9]{30,40}$/), (body) => {
        fc.pre(!/^x+$/i.test(body) && body.slice(0, body.length / 2) !== body.slice(body.length / 2));
        expect(cleanToken(`hf_${body}`).faults).toEqual([]);
      }),
    );
  });
});

describe('any text', () => {
  it('gives a value that a header can carry, or none; and no fault quotes it', () => {
    const noise = fc.oneof(
      fc.string(),
      fc.string({ unit: 'binary' }),
      fc.constantFrom('"', "'", '\n', ' ', 'Bearer ', '\ufeff', '\0'),
    );
    fc.assert(
      fc.property(noise, noise, noise, (before, inside, after) => {
        const { value, faults } = cleanToken(before + T.slice(0, 20) + inside + T.slice(20) + after);
        if (value === null) expect(faults.length).toBeGreaterThan(0);
        else expect(value).toMatch(/^hf_[\x21-\x7e]+$/);
        for (const { text } of faults) expect(longestPiece(text, T).length).toBeLessThan(6);
      }),
      { numRuns: 1000 },
    );
  });

  it('is read in linear time', () => {
    // Quadratic work on 400 KB would run for minutes and meet the time-out of the test.
    for (const piece of ['"', ' ', 'Bearer ', 'hf_', '\n', '(', '\ufeff"', 'your', 'ab ']) {
      expect(cleanToken(piece.repeat(400_000 / piece.length)).value).toBeNull();
    }
  });
});

describe('what the redactor must know', () => {
  const KEY = `sk-${letters(50, 40)}`;
  it.each([
    ['as it is', KEY],
    ['quotes', `"${KEY}"`],
    ['layers', `' "Bearer \`${KEY}\`" '`],
    ['Bearer', `Bearer: ${KEY}\r\n`],
    ['byte order mark', `\ufeff${KEY}`],
    ['broken over two lines', `${KEY.slice(0, 20)}\n${KEY.slice(20)}`],
    ['null inside', `${KEY.slice(0, 20)}\0${KEY.slice(20)}`],
    ['comment', `${KEY} # mine`],
  ])('%s', (_, raw) => {
    expect(secretsIn(raw)).toContain(KEY);
  });

  it('holds each token of a text, and both halves of a double paste', () => {
    expect(secretsIn(T + T)).toContain(T);
    expect(secretsIn(`a ${T}\nb="${canary(2)}"`)).toEqual(expect.arrayContaining([T, canary(2)]));
  });

  it.each(['', 'short12', 'undefined', braced('HF_TOKEN'), 'hf_xxxxxxxx', '"none"'])(
    'holds no stand-in: %j',
    (raw) => {
      expect(secretsIn(raw)).toEqual([]);
    },
  );

  it.each([
    ['hf_cache_dir', false],
    ['hf_datasets_of_my_team_2026', false],
    ['huggingface', false],
    ['a-long-name-of-a-folder-2026', false],
    [T, true],
    [`x${T}`, true],
    [OAUTH, true],
    [letters(51, 30), true],
    [[...T].join('\0'), true],
  ])('knows a secret in the wrong place: %j', (name, expected) => {
    expect(looksSecret(name)).toBe(expected);
  });

  it('finds no token in a word that only starts like one', () => {
    expect(tokensIn('hf_cache_dir hf_home HF_TOKEN api_org_settings_page')).toEqual([]);
  });
});
