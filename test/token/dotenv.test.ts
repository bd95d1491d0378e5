import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDotenv } from '../../src/token/dotenv.js';
import { parseStoredTokens } from '../../src/token/stored-tokens.js';
import { braced } from './support.js';

describe('parseDotenv', () => {
  it.each([
    ['A=1', '1', []],
    ['A=', '', []],
    ['A= ', '', []],
    ['  A=1', '1', []],
    ['A=1  ', '1', []],
    ['A=1\r', '1', []],
    ['A = 1', '1', ['spaces']],
    ['A =1', '1', ['spaces']],
    ['export A=1', '1', ['export']],
    ['export\tA=1', '1', ['export']],
    ['A="1"', '1', ['quotes']],
    ["A='1'", '1', ['quotes']],
    ['A=`1`', '1', ['quotes']],
    ['A="1" # c', '1', ['quotes']],
    ['A=""', '', ['quotes']],
    ['A="a\\nb"', 'a\nb', ['quotes']],
    ["A='a\\nb'", 'a\\nb', ['quotes']],
    ['A="a\nb"', 'a\nb', ['quotes', 'several lines']],
    ['A="1', '"1', ['open quote']],
    ['A=1 # c', '1', ['comment']],
    ['A=#c', '', ['comment']],
    ['A=1#2', '1#2', []],
    ['A=1=2', '1=2', []],
    ['A=$B', '$B', []],
    ['A=$(id)', '$(id)', []],
    [`A="${braced('B')}"`, braced('B'), ['quotes']],
    ['export A = "1"', '1', ['quotes', 'export', 'spaces']],
  ])('%j', (text, value, quirks) => {
    expect(parseDotenv(text).entries).toEqual([{ name: 'A', value, line: 1, quirks }]);
  });

  it.each(['# A=1', '=1', '1A=2', '-A=1', '', '\n\n', 'export'])('no entry: %j', (text) => {
    expect(parseDotenv(text).entries).toEqual([]);
  });

  it('counts lines, also behind a value of several lines', () => {
    const { entries } = parseDotenv('# head\r\nA=1\r\n\r\nB="x\r\ny"\r\nC=3\r\n');
    expect(entries.map(({ name, line }) => [name, line])).toEqual([
      ['A', 2],
      ['B', 4],
      ['C', 6],
    ]);
  });

  it('sees what stands before and between', () => {
    expect(parseDotenv('\ufeffA=1\r\n')).toMatchObject({
      byteOrderMark: true,
      crlf: true,
      entries: [{ name: 'A' }],
    });
    expect(parseDotenv('A 1\nB: 2\nexport C\nD=4').withoutEquals).toEqual([
      { name: 'A', line: 1 },
      { name: 'B', line: 2 },
      { name: 'C', line: 3 },
    ]);
  });

  it('finds what was written, and never throws', () => {
    const name = fc.stringMatching(/^[A-Z_][A-Z0-9_]{0,9}$/);
    const value = fc.stringMatching(/^[\w.-]{1,20}$/);
    fc.assert(
      fc.property(fc.array(fc.tuple(name, value), { minLength: 1 }), (pairs) => {
        const { entries } = parseDotenv(pairs.map((pair) => pair.join('=')).join('\n'));
        expect(entries.map((e) => [e.name, e.value, e.line])).toEqual(
          pairs.map((pair, n) => [...pair, n + 1]),
        );
      }),
    );
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void parseDotenv(text)));
  });

  it('reads the largest file it is given in one pass', () => {
    for (const piece of ['A="\n', "A='", 'export ', 'A=1\n', '"', 'A', ' ', '\n', 'A=" #']) {
      const text = piece.repeat(65_536 / piece.length);
      expect(parseDotenv(text).entries.length).toBeLessThanOrEqual(65_536);
    }
  });
});

describe('parseStoredTokens', () => {
  it.each([
    [
      'as the client writes it',
      '[me]\nhf_token = a\n\n[b c]\nhf_token = b\nrefresh_token = r\nexpires_at = 1\n',
      'me:a:null b c:b:r',
    ],
    ['with colons, capitals, CRLF and BOM', '\ufeff[me]\r\nHF_Token: a\r\n', 'me:a:null'],
    ['with comments', '# x\n; y\n[me]\n; hf_token = no\nhf_token=a\n', 'me:a:null'],
    ['a section without token', '[me]\nother = 1\n', 'me:null:null'],
    ['keys before any section', 'hf_token = a\n', ''],
    ['noise', 'x\n[\n]\n=\n[]]\n', ']:null:null'],
    ['nothing', '', ''],
  ])('%s', (_, text, expected) => {
    const profiles = parseStoredTokens(text);
    expect(profiles.map((p) => `${p.name}:${p.token}:${p.refresh}`).join(' ')).toBe(expected);
  });

  it('stops at a number of profiles', () => {
    expect(parseStoredTokens('[a]\n'.repeat(10_000))).toHaveLength(100);
  });
});
