import { describe, expect, it } from 'vitest';
import { type KnownValue, knownFinder } from '../../src/safety/known.js';
import { canary } from '../support/leaks.js';

/** What is found, as text. */
const find = (text: string, ...known: KnownValue[]): string[] =>
  knownFinder(known)(text).map(({ from, to }) => text.slice(from, to));
const value = canary('known', '');
const other = canary('known too', '');

describe('a value that goes only as a whole', () => {
  it.each(['abcdefgh', 'ABCDEFGH', '!!!!!!!!', 'ab cd ef!', value])('is found once: %s', (whole) => {
    for (const text of [whole, `${whole} there`, `saw ${whole}`])
      expect(find(text, { value: whole })).toEqual([whole]);
    expect(find(`${whole} | ${whole}`, { value: whole })).toEqual([whole, whole]);
  });

  it.each([
    ['seven characters', 'abcdefg', 'abcdefg'],
    ['seven signs', '!!!!!!!', '!!!!!!!'],
    ['nothing', '', 'abcdefgh'],
    ['all but its last character', value, value.slice(0, -1)],
    ['all but its first', value, value.slice(1)],
    ['all but one in the middle', value, value.slice(0, 17) + value.slice(18)],
  ])('is not found in %s', (_, whole, text) => {
    expect(find(text, { value: whole })).toEqual([]);
  });

  it.each([0, 1, 2])('is found in base64 at offset %i, and no piece of it', (offset) => {
    const encoded = Buffer.from(`${'x'.repeat(offset)}${value}yz`).toString('base64');
    expect(find(encoded, { value }).join('').length).toBeGreaterThanOrEqual(Math.floor((34 * 4) / 3) - 1);
    expect(find(encoded.slice(3, 30), { value })).toEqual([]);
  });

  it('is found in hex, and no piece of it', () => {
    const encoded = Buffer.from(value).toString('hex');
    expect(find(encoded, { value })).toEqual([encoded]);
    expect(find(encoded.slice(0, -1), { value })).toEqual([]);
  });
});

describe('a value that goes in pieces', () => {
  it('is found in six characters and in no five', () => {
    for (let at = 0; at + 6 <= value.length; at++) {
      expect(find(`(${value.slice(at, at + 6)})`, { value, piece: 6 })).toEqual([value.slice(at, at + 6)]);
      expect(find(`(${value.slice(at, at + 5)})`, { value, piece: 6 })).toEqual([]);
    }
  });

  it.each([0, 1, 2])('is found in eight characters of base64 at offset %i, and in no seven', (offset) => {
    const encoded = Buffer.from(`${'x'.repeat(offset)}${value}yz`).toString('base64');
    expect(find(encoded.slice(9, 17), { value, piece: 6 })).toEqual([encoded.slice(9, 17)]);
    expect(find(encoded.slice(9, 16), { value, piece: 6 })).toEqual([]);
  });

  it('is found in twelve characters of hex and in no eleven', () => {
    const encoded = Buffer.from(value).toString('hex');
    expect(find(encoded.slice(8, 20), { value, piece: 6 })).toEqual([encoded.slice(8, 20)]);
    expect(find(encoded.slice(8, 19), { value, piece: 6 })).toEqual([]);
  });

  it('may be named by its family, and no further', () => {
    const family = { value: `hf_oauth_${value}`, piece: 6 };
    expect(find(`hf_oauth_${value.slice(0, 2)}`, family)).toEqual([]);
    expect(find(`hf_oauth_${value.slice(0, 3)}`, family)).toEqual([`hf_oauth_${value.slice(0, 3)}`]);
    expect(find(`oauth_${value.slice(0, 3)}`, family)).toEqual([`oauth_${value.slice(0, 3)}`]);
  });
});

describe('several values', () => {
  it('that share a piece: the stricter one counts, in any order', () => {
    const strict = { value: `${value.slice(0, 9)}${other}`, piece: 6 };
    const whole = { value };
    const text = value.slice(0, 8);
    expect(find(text, strict, whole)).toEqual([text]);
    expect(find(text, whole, strict)).toEqual([text]);
  });

  it('are found one beside the other', () => {
    const text = `${value} ${other}`;
    expect(find(text, { value }, { value: other })).toEqual([value, other]);
  });

  it('are each found among so many that the first look lets all pass', () => {
    const many = Array.from({ length: 600 }, (_, i) => ({ value: canary(`many ${i}`, '') }));
    const find = knownFinder(many);
    const words = 'the quick brown fox jumps over a lazy dog';
    expect(find(words.repeat(9))).toEqual([]);
    for (const { value } of many.slice(0, 100)) {
      const text = `${words}${value}${words}`;
      const from = words.length;
      expect(find(text)).toEqual([{ from, to: from + value.length, mark: '[redacted]' }]);
    }
  });
});
