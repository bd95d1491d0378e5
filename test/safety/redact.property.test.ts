import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRedactor } from '../../src/safety/redact.js';
import { Secret } from '../../src/safety/secret.js';
import { canary, leaks } from '../support/leaks.js';
import { forms } from './forms.js';

const token = canary('property');
const redact = createRedactor([new Secret(token, 'env HF_TOKEN')]);

/** Text made of what the rules look at, so that they meet each other. */
const scraps = [
  ...[
    'hf_',
    'hf_oauth_',
    'Bearer ',
    'Authorization: ',
    'token=',
    '?sig=',
    '&',
    '%',
    '%5',
    '=',
    '\\',
    '\\u00',
    '\\x1b[',
    '&#',
    ';',
  ],
  ...[
    '://',
    '//',
    '@',
    'user:pw@',
    'sk-',
    'eyJ',
    '.',
    '[redacted]',
    '***',
    '\x1b[31m',
    '\x1b]',
    '\x9b',
    '\u200b',
    '\n',
    ' ',
    '"',
  ],
  ...[
    'Cookie: ',
    'AKIA',
    'ABCDEFGHIJKLMNOP',
    'a1b2c3d4e5f6',
    'x-api-key',
    ':',
    "'",
    '│',
    'é',
    '\ud83d',
    '25',
    '-----BEGIN PRIVATE KEY-----',
  ],
  ...[token, token.slice(0, 7), token.slice(-7), token.slice(10, 15)],
];
const text = fc
  .array(
    fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom(...scraps) },
      fc.string({ unit: 'binary', maxLength: 12 }),
    ),
    {
      maxLength: 24,
    },
  )
  .map((parts) => parts.join(''));
const wrapping = fc.constantFrom(...Object.values(forms));

describe('redact, for any text', () => {
  it('changes nothing the second time', () => {
    fc.assert(
      fc.property(text, (value) => {
        const once = redact(value);
        expect(redact(once)).toBe(once);
      }),
      { numRuns: Number(process.env.FUZZ_RUNS) || 3_000 },
    );
  });

  it('leaves no piece of the token, wherever it stands and however it is wrapped', () => {
    fc.assert(
      fc.property(text, wrapping, text, (before, form, after) => {
        expect(leaks(redact(`${before} ${form(token)} ${after}`), [token])).toBeLessThan(6);
      }),
      { numRuns: Number(process.env.FUZZ_RUNS) || 600 },
    );
  });

  it('leaves no piece of a token that is cut into lines', () => {
    const cuts = fc.array(fc.integer({ min: 1, max: token.length - 1 }), { maxLength: 4 });
    const breaks = fc.constantFrom(
      '\n',
      '\r\n    ',
      ' │\n│ ',
      '\u200b',
      '\x1b[0m',
      '\x9b1m',
      '\\n',
      '=\r\n',
      ' ',
    );
    fc.assert(
      fc.property(cuts, breaks, (places, by) => {
        const ends = [...new Set(places)].toSorted((a, b) => a - b);
        const pieces = [0, ...ends].map((from, i) => token.slice(from, ends[i]));
        expect(leaks(redact(`key ${pieces.join(by)}.`), [token])).toBeLessThan(6);
      }),
      { numRuns: Number(process.env.FUZZ_RUNS) || 600 },
    );
  });

  it('returns the same text when nothing in it is secret', () => {
    const harmless = fc.array(
      fc.constantFrom('model', 'Qwen/Qwen2.5', '500', '-', '\n', 'é', '(', ')', ' '),
      { maxLength: 40 },
    );
    fc.assert(
      fc.property(harmless, (words) => {
        expect(redact(words.join(' '))).toBe(words.join(' '));
      }),
    );
  });
});
