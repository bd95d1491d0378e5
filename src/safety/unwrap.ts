/*
 * Views of a text with one wrapping taken off: escapes decoded, colour codes removed. Every view
 * remembers where its characters came from, so that what is found in it is covered in the original.
 */

export interface View {
  text: string;
  /** Range of the original text that holds the characters `from` to `to` (exclusive) of this view. */
  origin(from: number, to: number): [number, number];
}

type Unwrap = (groups: readonly (string | undefined)[]) => string;

const CSI = String.raw`(?:\x1b\[|\x9b)[ -?]{0,64}[@-~]`;
const OSC = String.raw`(?:\x1b[\]PX^_]|[\x90\x98\x9d-\x9f])[^\x07\x1b\x90\x98\x9c-\x9f]{0,512}(?:\x07|\x1b\\|\x9c)`;
const UNSEEN = new RegExp(
  `${CSI}|${OSC}|\\x1b[ -/]{0,4}[0-~]?|[\\p{Cf}\\p{Default_Ignorable_Code_Point}\\0-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x9f]`,
  'gu',
);

const NUMBERED =
  /\\u\{([0-9a-f]{1,6})\}|(?:\\u|%u)([0-9a-f]{4})|(?:\\x|%)([0-9a-f]{2})|&#x([0-9a-f]{1,6});?/gi.source;
const ESCAPED = new RegExp(
  `${NUMBERED}|=(?=[0-9A-F]{2})([2-7][0-9A-F])|&#(\\d{1,7});?|&([a-z]{2,31});|\\\\(0?33|e)(?=\\[)|\\\\([^u\\r\\n])|=\\r?\\n`,
  'gi',
);
const NAMED: Readonly<Record<string, string>> = {
  ...{ amp: '&', lowbar: '_', quot: '"', apos: "'", lt: '<', gt: '>', percnt: '%' },
  ...{ colon: ':', equals: '=', period: '.', sol: '/', bsol: '\\', num: '#', semi: ';', nbsp: ' ' },
};
const CONTROLS: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };

/** Views from the outside in. At most eight; none for a text without wrapping. */
export function* views(text: string): Generator<View> {
  let view: View = { text, origin: (from, to) => [from, to] };
  for (const layer of [decode, decode, decode, strip, decode, decode]) {
    const next = layer(view);
    if (next === view) continue;
    view = next;
    yield view;
  }
}

function decode(view: View): View {
  return /[%\\&=]/.test(view.text) ? rewrite(view, ESCAPED, decoded) : view;
}

function strip(view: View): View {
  return /[^\n -~]/.test(view.text) ? rewrite(view, UNSEEN, () => '') : view;
}

function decoded([u1, u2, x, x2, quoted, decimal, name, esc, char]: readonly (string | undefined)[]): string {
  const hex = u1 ?? u2 ?? x ?? x2 ?? quoted;
  if (hex !== undefined) return character(Number.parseInt(hex, 16));
  if (decimal !== undefined) return character(Number(decimal));
  if (name !== undefined) return NAMED[name.toLowerCase()] ?? '';
  if (esc !== undefined) return '\x1b';
  if (char !== undefined) return CONTROLS[char] ?? char;
  // A line break that only wraps the line.
  return '';
}

function character(code: number): string {
  return code <= 0x10ffff ? String.fromCodePoint(code) : '';
}

function rewrite(view: View, pattern: RegExp, replace: Unwrap): View {
  /** Where the view and its source part: [start in the view, end in the view, start, end in the source]. */
  const parts: [number, number, number, number][] = [];
  let text = '';
  let at = 0;
  for (const match of view.text.matchAll(pattern)) {
    text += view.text.slice(at, match.index);
    const start = text.length;
    text += replace(match.slice(1));
    at = match.index + match[0].length;
    parts.push([start, text.length, match.index, at]);
  }
  if (parts.length === 0) return view;
  text += view.text.slice(at);
  return {
    text,
    origin: (from, to) => view.origin(source(parts, from)[0], source(parts, to - 1)[1]),
  };
}

/** Range of the source that became character `index` of the view. */
function source(
  parts: readonly (readonly [number, number, number, number])[],
  index: number,
): [number, number] {
  let low = 0;
  let high = parts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((parts[middle]?.[0] ?? 0) <= index) low = middle + 1;
    else high = middle;
  }
  // Of several parts that start here, all but the last are empty.
  const [, end, from, to] = parts[low - 1] ?? [0, 0, 0, 0];
  if (index < end) return [from, to];
  return [index - end + to, index - end + to + 1];
}
