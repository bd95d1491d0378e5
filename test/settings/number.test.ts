import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { number } from '../../src/settings/number.js';
import type { Place } from '../../src/settings/parser.js';

const flag: Place = { from: 'flag', cwd: '/' };
const file: Place = { from: 'file', cwd: '/' };
const seconds = number({ min: 0.1, max: 600, unit: 'seconds', scale: 1_000 });
const count = number({ min: 1, max: 64, integer: true });
const dollars = number({ min: 0, max: 1_000, unit: 'US dollars' });

it.each([
  [seconds, '20', 20_000],
  [seconds, '0.1', 100],
  [seconds, '600', 600_000],
  [seconds, '1.001', 1_001],
  [seconds, '0.123456', 123],
  [seconds, ' 1.5\n', 1_500],
  [count, '1', 1],
  [count, '64', 64],
  [count, '007', 7],
  [dollars, '0', 0],
  [dollars, '0.01', 0.01],
  [dollars, '1000', 1_000],
])('reads', (parser, text, value) => {
  expect(parser.parse(text, flag)).toEqual({ ok: true, value });
});

describe('refuses', () => {
  it.each([
    '',
    ' ',
    '0',
    '-1',
    '+4',
    '65',
    '4.0',
    '1e1',
    '1e9',
    '1e999',
    '0x10',
    '0b1',
    'NaN',
    'Infinity',
    '-Infinity',
    'four',
    '4 4',
    '4,5',
    '1_0',
    '٤',
    '４',
    '4\u200b',
    '4\0',
    '9'.repeat(400),
    '.',
    '4.',
    '--',
  ])('%j for a count, naming the range', (text) => {
    expect(count.parse(text, flag)).toMatchObject({
      ok: false,
      problem: expect.stringContaining('from 1 to 64'),
    });
  });

  it.each(['0', '0.09', '600.1', '1e12', '.5', '5.', '1.2.3', '1.1234567'])('%j for seconds', (text) => {
    const problem = expect.stringContaining('seconds from 0.1 to 600');
    expect(seconds.parse(text, flag)).toMatchObject({ ok: false, problem });
  });

  it.each([undefined, null, true, [], {}, ['4'], 4, Number.NaN])('%j on the command line', (raw) => {
    expect(count.parse(raw, flag).ok).toBe(false);
  });

  it.each([undefined, null, true, [], '4', Number.NaN, Number.POSITIVE_INFINITY, 1e21, 1e-7, -0.5, 4.5])(
    '%j in a file',
    (raw) => {
      expect(count.parse(raw, file).ok).toBe(false);
    },
  );
});

it.each([
  [seconds, '60s', 'Write 60.'],
  [seconds, '2m', 'Write 120.'],
  [seconds, '500ms', 'Write 0.5.'],
  [seconds, '1 MIN', 'Write 60.'],
  [seconds, '1,5', 'Write 1.5.'],
  [seconds, '1e2', 'Write 100.'],
  [seconds, '.5', null],
  [seconds, '1h', null],
  [dollars, '$0.01', 'Write 0.01.'],
  [dollars, '0.5 USD', 'Write 0.5.'],
  [dollars, '1,000', null],
  [dollars, '5s', null],
  [count, '4s', null],
  [count, '1e9', null],
  [count, '4x', null],
])('hints at what %# may have meant', (parser, text, hint) => {
  expect(parser.parse(text, flag)).toMatchObject({ ok: false, hint });
});

it('tells a quoted number in a file what is wrong with it', () => {
  expect(count.parse('4', file)).toMatchObject({ ok: false, hint: 'Write it without quotes.' });
  expect(count.parse(4, file)).toEqual({ ok: true, value: 4 });
});

it('is exactly the plain decimals of its range, whatever comes', () => {
  const any = fc.oneof(
    fc.string(),
    fc.double().map(String),
    fc.integer({ min: -5, max: 1_000 }).map(String),
    fc.stringMatching(/^[\d.,e+x_-]{0,8}$/),
  );
  fc.assert(
    fc.property(any, (text) => {
      const plain = /^\d{1,9}(\.\d{1,6})?$/.test(text.trim());
      const value = Number(text);
      const parsed = dollars.parse(text, flag);
      expect(parsed.ok).toBe(plain && value >= 0 && value <= 1_000);
      if (parsed.ok) expect(parsed.value).toBe(value);
      else expect(parsed.problem).toMatch(/from 0 to 1000/);
    }),
    { numRuns: 500 },
  );
});
