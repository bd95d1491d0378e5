import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRedactor } from '../../src/safety/redact.js';
import { makeSafe, safeText } from '../../src/safety/safe.js';
import { Secret } from '../../src/safety/secret.js';
import { canary, leaks, runnerCommands, terminalSafe } from '../support/leaks.js';

const token = canary('safe');
const secret = new Secret(token, 'env HF_TOKEN');
const redact = createRedactor([secret]);
const safe = (value: unknown, ...multiline: string[]): unknown => makeSafe(value, redact, new Set(multiline));

describe('makeSafe', () => {
  it('redacts, then sanitises, every string and key at every depth', () => {
    const value = {
      [`k\x1b${token}`]: [{ deep: [`a ${token.slice(0, 9)}\u200b${token.slice(9)} \x1b[2J`] }],
    };
    expect(safe(value)).toEqual({ 'k\\x1b[redacted]': [{ deep: ['a [redacted] \\x1b[2J'] }] });
  });

  it('keeps line breaks only under the named keys, also in lists', () => {
    const value = { code: 'a\nb', commands: ['c\nd'], other: { code: 'e\nf', title: 'g\nh' }, title: 'i\nj' };
    expect(safe(value, 'code', 'commands')).toEqual({
      code: 'a\nb',
      commands: ['c\nd'],
      other: { code: 'e\nf', title: 'g h' },
      title: 'i j',
    });
  });

  it('makes the same string safe in both ways in one report', () => {
    expect(safe({ a: 'x\ny', code: 'x\ny', b: 'x\ny' }, 'code')).toEqual({
      a: 'x y',
      code: 'x\ny',
      b: 'x y',
    });
  });

  it.each<[string, unknown, unknown]>([
    ['numbers', [1, -0.5, 1e308], [1, -0.5, 1e308]],
    ['what is no number', [Number.NaN, Infinity, -Infinity], [null, null, null]],
    ['truth and nothing', [true, false, null, undefined], [true, false, null, null]],
    ['what JSON leaves out', { a: undefined, b: () => 1, c: Symbol('x'), d: 1 }, { d: 1 }],
    ['big integers', { a: 12n }, { a: '12' }],
    ['dates', { a: new Date(0) }, { a: '1970-01-01T00:00:00.000Z' }],
    ['a secret', { a: secret }, { a: '[secret env HF_TOKEN]' }],
    ['a bare string', 'a\nb', 'a b'],
    ['a member that is only called so', { toJSON: 5 }, { toJSON: 5 }],
    ['an empty object', {}, {}],
  ])('copies %s', (_, value, copy) => {
    expect(safe(value)).toEqual(copy);
  });

  it('drops __proto__ and keeps other odd names as data', () => {
    const copy = safe(
      JSON.parse('{"__proto__":{"polluted":1},"constructor":{"prototype":{"x":1}},"toString":"t"}'),
    );
    expect(Object.keys(copy as object)).toEqual(['constructor', 'toString']);
    expect((copy as { polluted?: unknown }).polluted).toBeUndefined();
    expect(({} as { x?: unknown }).x).toBeUndefined();
  });

  it('ends at depth 64, and at a cycle', () => {
    const deep = JSON.parse(`${'['.repeat(5_000)}${']'.repeat(5_000)}`);
    expect(JSON.stringify(safe(deep))).toBe(`${'['.repeat(64)}null${']'.repeat(64)}`);
    const round: Record<string, unknown> = { name: 'x' };
    round.self = round;
    round.list = [round, { round }];
    expect(safe(round)).toEqual({ name: 'x', self: null, list: [null, { round: null }] });
  });

  it('copies what stands in two places twice: that is no cycle', () => {
    const shared = { name: 'x' };
    expect(safe({ a: shared, b: [shared, shared] })).toEqual({
      a: { name: 'x' },
      b: [{ name: 'x' }, { name: 'x' }],
    });
  });

  it('cleans a short text that repeats once, and remembers no long one, and not too many', () => {
    const asked = (texts: readonly string[]): string[] => {
      const all: string[] = [];
      const counting = (text: string): string => {
        all.push(text);
        return text;
      };
      makeSafe(texts, counting, new Set());
      return all;
    };
    const [short, long] = ['x'.repeat(300), 'x'.repeat(301)];
    expect(asked([short, short, 'a', 'a'])).toEqual([short, 'a']);
    expect(asked([long, long])).toEqual([long, long]);
    const many = Array.from({ length: 20_000 }, (_, i) => `${i}`);
    expect(asked([...many.slice(1), 'last', 'last', '1'])).toHaveLength(20_000);
    expect(asked([...many, 'last', 'last', '1'])).toHaveLength(20_002);
  });

  it('does not touch what it was given', () => {
    const value = { a: ['\x1b'] };
    const copy = safe(value) as { a: string[] };
    copy.a.push('more');
    expect(value).toEqual({ a: ['\x1b'] });
  });

  it('holds for any JSON', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(
        token,
        `x${token}\u202e`,
        '::error::x',
        '##[x]',
        'a\n::b::c',
        '__proto__',
        '\x1b]0;x\x07',
      ),
    );
    const json = fc.letrec((tie) => ({
      node: fc.oneof(
        { depthSize: 'small' },
        text,
        fc.double(),
        fc.array(tie('node')),
        fc.dictionary(text, tie('node')),
      ),
    })).node;
    fc.assert(
      fc.property(json, (value) => {
        const copy = safe(value, 'code');
        const strings = stringsOf(copy);
        expect(strings.flatMap(terminalSafe)).toEqual([]);
        expect(strings.flatMap(runnerCommands)).toEqual([]);
        expect(leaks(strings.join('\n\n'), [token])).toBeLessThan(6);
        expect(safe(copy, 'code')).toEqual(copy);
      }),
      { numRuns: Number(process.env.FUZZ_RUNS) || 300 },
    );
  });
});

function stringsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) => [key, ...stringsOf(part)]);
}

describe('safeText', () => {
  it('redacts before it cuts: a cut token is no longer recognised', () => {
    expect(safeText(`error for ${token} today`, redact, { max: 14 })).toBe('error f… (+19)');
    expect(safeText(`a\n${token}`, redact, { newlines: true })).toBe('a\n[redacted]');
  });
});
