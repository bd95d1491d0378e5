/** Ways in which an answer can carry a secret that was sent to it. */

const codes = (text: string): number[] => [...text].map((char) => char.charCodeAt(0));
const hex = (code: number, width = 2): string => code.toString(16).padStart(width, '0');
const percent = (text: string): string =>
  codes(text)
    .map((code) => `%${hex(code)}`)
    .join('');
const base64 = (text: string, offset: number): string =>
  Buffer.from(`${'x'.repeat(offset)}${text}yz`).toString('base64');
const middle = (text: string): number => text.length >> 1;
const split = (text: string, by: string): string =>
  text.slice(0, middle(text)) + by + text.slice(middle(text));
const swap = (text: string): string =>
  [...text].map((char) => (char === char.toLowerCase() ? char.toUpperCase() : char.toLowerCase())).join('');

export const forms: Readonly<Record<string, (secret: string) => string>> = {
  plain: (s) => s,
  'the other case': swap,
  'lower case': (s) => s.toLowerCase(),
  '%5F': (s) => s.replace(/[_-]/, (sign) => percent(sign)),
  'percent encoding': percent,
  'percent encoding twice': (s) => percent(s).replaceAll('%', '%25'),
  'percent encoding, upper case': (s) => percent(s).toUpperCase(),
  '\\u escapes': (s) =>
    codes(s)
      .map((code) => `\\u${hex(code, 4)}`)
      .join(''),
  '\\u escapes in a string in a string': (s) =>
    codes(s)
      .map((code) => `\\\\u${hex(code, 4)}`)
      .join(''),
  '\\u{} escapes': (s) =>
    codes(s)
      .map((code) => `\\u{${hex(code)}}`)
      .join(''),
  '\\x escapes': (s) =>
    codes(s)
      .map((code) => `\\x${hex(code)}`)
      .join(''),
  'HTML entities': (s) =>
    codes(s)
      .map((code) => `&#${code};`)
      .join(''),
  'hex HTML entities': (s) =>
    codes(s)
      .map((code) => `&#x${hex(code)};`)
      .join(''),
  'HTML entities twice': (s) =>
    codes(s)
      .map((code) => `&amp;#${code};`)
      .join(''),
  'a named entity': (s) => split(s, '&shy;'),
  'quoted-printable': (s) => split(s.replace('_', '=5F'), '=\r\n'),
  'base64 at offset 0': (s) => base64(s, 0),
  'base64 at offset 1': (s) => base64(s, 1),
  'base64 at offset 2': (s) => base64(s, 2),
  base64url: (s) => Buffer.from(`?${s}`).toString('base64url'),
  'wrapped base64': (s) => split(base64(s, 1), '\r\n'),
  'a piece of base64': (s) => base64(s, 1).slice(2, 14),
  hex: (s) => Buffer.from(s).toString('hex'),
  'upper case hex': (s) => Buffer.from(s).toString('hex').toUpperCase(),
  'a hex dump': (s) =>
    codes(s)
      .map((code) => hex(code))
      .join(' '),
  'a piece of hex': (s) => Buffer.from(s).toString('hex').slice(1, 24),
  'zero-width characters inside': (s) => [...s].join('\u200b'),
  'joiners inside': (s) => [...s].join('\u2060'),
  'entities with zero-width characters inside': (s) =>
    [
      ...codes(s)
        .map((code) => `&#${code};`)
        .join(''),
    ].join('\u200b'),
  'soft hyphens inside': (s) => [...s].join('\u00ad'),
  'colours inside': (s) => [...s].join('\x1b[1m'),
  'C1 colours inside': (s) => split(s, '\x9b31m'),
  'written colours inside': (s) => split(s, '\\x1b[31m'),
  'a title sequence inside': (s) => split(s, '\x1b]0;x\x07'),
  'a line break inside': (s) => split(s, '\n'),
  'a wrapped, indented line': (s) => split(s, '\r\n        '),
  'a table with wrapped cells': (s) => split(s, ' │\n│ '),
  'a written line break inside': (s) => split(s, '\\n'),
  'an escaped slash inside': (s) => split(s, '\\/'),
  'JSON in JSON': (s) => JSON.stringify(JSON.stringify({ a: `\n${s}` })),
  'a mask with the first and last four': (s) => `${s.slice(0, 7)}****${s.slice(-4)}`,
  'a mask with the last eight': (s) => `****${s.slice(-8)}`,
  'the first six': (s) => s.slice(0, 6),
  'a cut': (s) => `${s.slice(0, 20)}…`,
  'a piece of the middle': (s) => `…${s.slice(9, 19)}…`,
};
