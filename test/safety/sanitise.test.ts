import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sanitise } from '../../src/safety/sanitise.js';
import { runnerCommands, terminalSafe } from '../support/leaks.js';

describe('controls and unseen characters become visible', () => {
  it.each([
    ['CSI colour', 'a\x1b[31mb', 'a\\x1b[31mb'],
    ['CSI clear screen', '\x1b[2J\x1b[H', '\\x1b[2J\\x1b[H'],
    ['OSC 0 title', '\x1b]0;owned\x07', '\\x1b]0;owned\\x07'],
    ['OSC 8 link', '\x1b]8;;https://evil\x1b\\x', '\\x1b]8;;https://evil\\x1b\\x'],
    ['OSC 52 clipboard', '\x1b]52;c;eA==\x07', '\\x1b]52;c;eA==\\x07'],
    ['OSC 1337', '\x1b]1337;File=:x\x07', '\\x1b]1337;File=:x\\x07'],
    ['DCS', '\x1bPq#0\x1b\\', '\\x1bPq#0\\x1b\\'],
    ['APC', '\x1b_x\x1b\\', '\\x1b_x\\x1b\\'],
    ['PM', '\x1b^x\x1b\\', '\\x1b^x\\x1b\\'],
    ['reset', '\x1bc', '\\x1bc'],
    ['lone ESC', 'a\x1b', 'a\\x1b'],
    ['unterminated OSC', '\x1b]0;x', '\\x1b]0;x'],
    ['C1 CSI', 'a\x9b31m', 'a\\x9b31m'],
    ['C1 OSC', '\x9d0;x\x9c', '\\x9d0;x\\x9c'],
    ['CR', 'FAIL\rPASS', 'FAIL PASS'],
    ['backspace', 'ab\b\b', 'ab\\x08\\x08'],
    ['NUL', 'a\0b', 'a\\x00b'],
    ['DEL', 'a\x7fb', 'a\\x7fb'],
    ['bell', '\x07', '\\x07'],
    ['VT and FF', 'a\vb\fc', 'a\\x0bb\\x0cc'],
    ['NEL', 'a\x85b', 'a\\x85b'],
    ['LS and PS', 'a\u2028b\u2029c', 'a\\u{2028}b\\u{2029}c'],
    ['bidi override', 'a\u202eb', 'a\\u{202e}b'],
    ['isolates', '\u2066a\u2069', '\\u{2066}a\\u{2069}'],
    ['zero width', 'a\u200bb\u200cc\u200dd\u2060e', 'a\\u{200b}b\\u{200c}c\\u{200d}d\\u{2060}e'],
    ['BOM', '\ufeffa', '\\u{feff}a'],
    ['tags', 'a\u{e0041}', 'a\\u{e0041}'],
    ['lone surrogates', 'a\ud800b\udc00', 'a\\u{d800}b\\u{dc00}'],
    ['private use', '\ue000\u{10ffff}', '\\u{e000}\\u{10ffff}'],
    ['unassigned', '\u0378\ufffe', '\\u{378}\\u{fffe}'],
    ['soft hyphen', 'a\u00adb', 'a\\xadb'],
    ['Hangul fillers', 'a\u3164\u115f', 'a\\u{3164}\\u{115f}'],
    ['hidden variation selectors', 'a\u{e0100}\ufe0f', 'a\\u{e0100}\\u{fe0f}'],
    ['a joiner before a reserved emoji', '👩\u200d\u{1fffd}', '👩\\u{200d}\\u{1fffd}'],
    ['a hidden character between emoji', '👩\u200b👩', '👩\\u{200b}👩'],
    ['a joiner not right after an emoji', '👩b\u200d👩', '👩b\\u{200d}👩'],
    ['a joiner not right before one', '👩\u200db❤', '👩\\u{200d}b❤'],
    ['a variation selector not right after one', '👩b\ufe0f', '👩b\\u{fe0f}'],
    ['a joiner after one', '\u{1fffd}\u200d👩', '\\u{1fffd}\\u{200d}👩'],
    ['zalgo', `z${'\u0301'.repeat(200)}!`, `z${'\u0301'.repeat(4)}!`],
  ])('%s', (_, text, shown) => {
    expect(sanitise(text)).toBe(shown);
    expect(terminalSafe(shown)).toEqual([]);
    expect(sanitise(shown)).toBe(shown);
    expect(terminalSafe(sanitise(text, { newlines: true }))).toEqual([]);
  });
});

describe('honest text stays', () => {
  it.each([
    'plain text, 100 % of it: [x] {y} \\n <z> `code` ~',
    'Größe, 大きい, кот, عربي, עברית, हिन्दी, ไทย, e\u0301',
    '✔ ✖ ℹ … – “quoted” €',
    '👩‍💻 👩🏽‍💻 👍🏽 ❤️‍🔥 🏳️‍🌈 1️⃣ ✔️ 👨‍👩‍👧‍👦',
    '𝔘𝔫𝔦𝔠𝔬𝔡𝔢',
  ])('%s', (text) => expect(sanitise(text)).toBe(text));
});

describe('line breaks and blanks', () => {
  it.each([
    ['\\n', 'a\nb', 'a b', 'a\nb'],
    ['\\r\\n', 'a\r\nb', 'a b', 'a\nb'],
    ['\\r', 'a\rb', 'a b', 'a\nb'],
    ['an indented line', 'a  \n    b', 'a b', 'a  \n    b'],
    ['empty lines', 'a\n\n\nb\n', 'a b ', 'a\n\n\nb\n'],
    ['a tab', 'a\tb', 'a b', 'a  b'],
    ['other blanks', 'a\u00a0b\u3000c\u2003d', 'a b c d', 'a b c d'],
  ])('%s', (_, text, line, lines) => {
    expect(sanitise(text)).toBe(line);
    expect(sanitise(text, { newlines: true })).toBe(lines);
  });
});

describe("commands of GitHub's runner", () => {
  it.each([
    ['::error::x', ': :error::x'],
    ['  ::add-mask::x', '  : :add-mask::x'],
    ['\u00a0::set-env name=a::b', ' : :set-env name=a::b'],
    ['\x85::stop-commands::x', '\\x85::stop-commands::x'],
    ['\u2028::x::y', '\\u{2028}::x::y'],
    [':::::x::', ': ::::x::'],
    ['ok ##[add-mask]x', 'ok # #[add-mask]x'],
    ['###[error]x##[a]', '## #[error]x# #[a]'],
    ['## [x] and std::string ::', '## [x] and std::string ::'],
  ])('%j', (text, shown) => {
    expect(sanitise(text)).toBe(shown);
    expect(runnerCommands(shown)).toEqual([]);
    expect(sanitise(shown)).toBe(shown);
  });

  it('at the start of a later line', () => {
    const shown = sanitise('a\n::error::x\r  ::debug::y\r\n\t::z::', { newlines: true });
    expect(shown).toBe('a\n: :error::x\n  : :debug::y\n  : :z::');
    expect(runnerCommands(shown)).toEqual([]);
  });
});

describe('the cut', () => {
  it.each([
    ['abcdef', 6, 'abcdef'],
    ['abcdefghijklm', 12, 'abcdef… (+7)'],
    ['x'.repeat(300), 200, `${'x'.repeat(192)}… (+108)`],
    ['abcdefghijklm', 3, 'ab…'],
    ['abc', 1, '…'],
    ['abcdefg', 6, 'abcde…'],
    ['😀'.repeat(8), 12, '😀'.repeat(8)],
    ['😀'.repeat(12), 12, '😀'.repeat(12)],
    ['👨‍👩‍👧‍👦'.repeat(3), 9, '👨… (+19)'],
    ['abc', 0, ''],
    ['😀'.repeat(20), 12, '😀😀😀😀😀… (+15)'],
    ['\x1b'.repeat(5), 12, '\\x1b\\… (+15)'],
  ])('%s to %i', (text, max, shown) => {
    expect(sanitise(text, { max })).toBe(shown);
    expect([...shown].length).toBeLessThanOrEqual(max);
  });

  it('does not end in a joiner', () => {
    const family = '👨‍👩‍👧‍👦'.repeat(9);
    for (let max = 0; max < 70; max++) expect(terminalSafe(sanitise(family, { max }))).toEqual([]);
  });
});

describe('values of any type', () => {
  const refusing = {
    toString() {
      throw new Error('no');
    },
  };
  it.each<[string, unknown, string]>([
    ['number', 1.5, '1.5'],
    ['null', null, 'null'],
    ['undefined', undefined, 'undefined'],
    ['list', ['a', '\x1b'], 'a,\\x1b'],
    ['object', { href: 'x' }, '[object Object]'],
    ['symbol', Symbol('\x1b'), 'Symbol(\\x1b)'],
    ['null prototype', Object.create(null), '[object]'],
    ['refusing', refusing, '[object]'],
  ])('%s', (_, value, shown) => expect(sanitise(value)).toBe(shown));
});

describe('any text', () => {
  const ALLOWED =
    /^(?:[ \n]|(?!\p{Default_Ignorable_Code_Point})[\p{L}\p{N}\p{P}\p{S}\p{M}]|[\u200d\ufe0e\ufe0f])*$/u;
  const joints = fc.constantFrom(
    ...[
      '\u200d',
      '\ufe0f',
      '👩',
      '💻',
      '🏽',
      '1',
      '\u20e3',
      '\u0301',
      '\u{1faff}',
      '\u{1fffe}',
      '::',
      '##',
      '#',
      '[',
      '\n',
      '\r',
      '\t',
      '\ud83d',
    ],
    ...['\u00a0', ' ', 'a', '\x1b', '\u{e0100}', '…', ' (+1)'],
  );
  const text = fc
    .array(fc.oneof(joints, fc.string({ unit: 'binary', maxLength: 5 })), { maxLength: 40 })
    .map((parts) => parts.join(''));
  const options = fc.record(
    { newlines: fc.boolean(), max: fc.integer({ min: 0, max: 60 }) },
    { requiredKeys: [] },
  );

  it('comes out allowed, obeyed by nobody, within the limit, and the same the second time', () => {
    fc.assert(
      fc.property(text, options, (value, given) => {
        const shown = sanitise(value, given);
        expect(shown).toMatch(ALLOWED);
        expect(terminalSafe(shown)).toEqual([]);
        expect(runnerCommands(shown)).toEqual([]);
        if (!given.newlines) expect(shown).not.toContain('\n');
        expect([...shown].length).toBeLessThanOrEqual(given.max ?? Infinity);
        expect(sanitise(shown, given)).toBe(shown);
      }),
      { numRuns: Number(process.env.FUZZ_RUNS) || 2_000 },
    );
  });
});
