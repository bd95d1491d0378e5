import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toldWait } from '../../src/probe/told-wait.js';

const NOW = Date.UTC(2026, 10, 21, 12);

describe('how long a server asks to wait', () => {
  it.each<[string, Record<string, string>, number | null]>([
    ['nothing', {}, null],
    ['0', { 'retry-after': '0' }, 0],
    ['1', { 'retry-after': '1' }, 1_000],
    ['blanks around', { 'retry-after': ' 7 ' }, 7_000],
    ['negative', { 'retry-after': '-5' }, null],
    ['eleven digits', { 'retry-after': '99999999999' }, null],
    ['exponent', { 'retry-after': '1e9' }, null],
    ['Infinity', { 'retry-after': 'Infinity' }, null],
    ['NaN', { 'retry-after': 'NaN' }, null],
    ['hex', { 'retry-after': '0x10' }, null],
    ['a fraction', { 'retry-after': '1.5' }, null],
    ['a list', { 'retry-after': '1, 2' }, null],
    ['a year alone is seconds', { 'retry-after': '2099' }, 2_099_000],
    ['a date to come', { 'retry-after': 'Sat, 21 Nov 2026 12:00:30 GMT' }, 30_000],
    ['a date gone by', { 'retry-after': 'Sat, 21 Nov 2026 11:00:00 GMT' }, 0],
    ['a date that is none', { 'retry-after': 'Sat, 99 Nov 2026 12:00:30 GMT' }, null],
    ['another way to write a date', { 'retry-after': '2026-11-21T12:00:30Z' }, null],
    ['an empty bucket', { ratelimit: '"api";r=0;t=55' }, 55_000],
    ['a bucket with something left', { ratelimit: '"api";r=12;t=55' }, null],
    ['the emptiest of two', { ratelimit: '"api";r=3;t=9, "pages";r=0;t=20' }, 20_000],
    ['a bucket that does not say when', { ratelimit: '"api";r=0' }, null],
    ['a bucket with blanks', { ratelimit: '"api"; r=0; t=55' }, 55_000],
    ['a policy alone', { 'ratelimit-policy': '"fixed window";"api";q=2500;w=300' }, null],
    ['the older names', { 'ratelimit-remaining': '0', 'ratelimit-reset': '40' }, 40_000],
    ['a reset with something left', { 'ratelimit-remaining': '3', 'ratelimit-reset': '40' }, null],
    ['a reset alone', { 'x-ratelimit-reset': '40' }, null],
    [
      'a moment in seconds',
      { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(NOW / 1000 + 12) },
      12_000,
    ],
    [
      'a moment in milliseconds',
      { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(NOW + 1_234) },
      1_234,
    ],
    ['a duration in words', { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '6m0s' }, null],
    ['Retry-After before the rest', { 'retry-after': '2', ratelimit: '"api";r=0;t=55' }, 2_000],
  ])('%s', (_, headers, ms) => {
    expect(toldWait(headers, NOW)).toBe(ms);
  });

  it('is null or a whole number of milliseconds from 0, whatever the text', () => {
    const value = fc.oneof(
      fc.string(),
      fc.integer().map(String),
      fc.double().map(String),
      fc.date().map(String),
    );
    fc.assert(
      fc.property(value, value, value, (a, b, c) => {
        const told = toldWait(
          { 'retry-after': a, ratelimit: b, 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': c },
          NOW,
        );
        expect(told === null || (Number.isSafeInteger(told) && told >= 0)).toBe(true);
      }),
    );
  });
});
