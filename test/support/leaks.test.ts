import { describe, expect, it } from 'vitest';
import { canary, leaks, runnerCommands, terminalSafe } from './leaks.js';

const token = canary('judge');

describe('leaks', () => {
  it.each([
    ['nothing', 'all is well', 5],
    ['our own mask', `hf_…${token.slice(-4)}`, 5],
    ['another secret', canary('other'), 5],
  ])('is calm about %s', (_, text, most) => {
    expect(leaks(text, [token])).toBeLessThanOrEqual(most);
  });

  it.each([
    ['plain', token],
    ['another case', token.toUpperCase()],
    ['a line break', `${token.slice(0, 9)}\n  ${token.slice(9)}`],
    ['a table', `│ ${token.slice(0, 9)} │\n│ ${token.slice(9)} │`],
    ['colours', [...token].join('\x1b[31m')],
    ['zero width', [...token].join('\u200b')],
    ['percent', token.replace('_', '%5F')],
    ['a JSON escape', token.replace('_', '\\u005f')],
    ['an entity', token.replace('_', '&#95;')],
    ['a doubled entity', token.replace('_', '&amp;#95;')],
    ['quoted-printable', token.replace('_', '=5F')],
    ['hex', Buffer.from(`x${token}`).toString('hex')],
    ['base64', Buffer.from(`x${token}`).toString('base64')],
    ['base64url', Buffer.from(`xx${token}`).toString('base64url')],
  ])('sees through %s', (_, text) => {
    expect(leaks(`before ${text} after`, [canary('other'), token])).toBe(token.length);
  });

  it('measures a piece', () => {
    expect(leaks(`… ${token.slice(5, 14)} …`, [token])).toBe(9);
  });
});

describe('terminalSafe', () => {
  it('allows our colours, newlines and emoji', () => {
    expect(terminalSafe('\x1b[1;31mno\x1b[0m\n👩‍💻 ✔️')).toEqual([]);
  });

  it.each([
    ['\x1b[2J', 'U+001B'],
    ['\r', 'U+000D'],
    ['\x9b31m', 'U+009B'],
    ['\u202e', 'U+202E'],
    ['\u200b', 'U+200B'],
    ['\u2028', 'U+2028'],
    ['\u{e0041}', 'U+E0041'],
    ['\ud800', 'U+D800'],
    ['a\u200db', 'U+200D'],
  ])('names %j', (text, name) => {
    expect(terminalSafe(text)).toEqual([name]);
  });
});

describe('runnerCommands', () => {
  it.each([
    '::error::x',
    '  ::add-mask::x',
    '\u00a0\x85::stop-commands::x',
    'text ##[add-mask]x',
    'a\r::debug::x',
  ])('finds %j', (text) => expect(runnerCommands(`fine\n${text}\nfine`)).toHaveLength(1));

  it.each(['a ::error::x', ': :error::x', '# #[add-mask]x', '::1', 'std::string'])('passes %j', (text) => {
    expect(runnerCommands(text)).toEqual([]);
  });
});
