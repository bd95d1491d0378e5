/** What a pattern is made of, as far as the number of steps of a backtracking matcher depends on it. */
export type Node =
  /** One character of a set. */
  | { kind: 'one'; of: Chars }
  /** `$`: what may stand behind it. */
  | { kind: 'end'; of: Chars }
  /** `^`, `\b`, `\B`: no character. */
  | { kind: 'mark'; sign: string }
  /** Looks ahead or back: no character either, and never entered again. */
  | { kind: 'look'; body: Node; back: boolean; not: boolean }
  | { kind: 'row'; items: Node[] }
  | { kind: 'either'; options: Node[] }
  | { kind: 'loop'; body: Node; least: number; most: number };

/** A set of characters: one flag for each of ALPHABET. */
export type Chars = Uint8Array;

/** Latin, the punctuation and box blocks that logs hold, and one of each other kind. */
const ALPHABET = [
  ...range(0, 0xff),
  ...range(0x2000, 0x206f),
  ...range(0x2500, 0x257f),
  0x3042,
  0x4e00,
  0xfeff,
  0x1f600,
].map((c) => String.fromCodePoint(c));
export const NONE: Chars = new Uint8Array(ALPHABET.length);

const TOKEN =
  /\\(?:u\{[^}]{1,8}\}|u[\da-fA-F]{4}|x[\da-fA-F]{2}|[pP]\{[^}]{1,40}\}|[\s\S])|\[(?:\\[\s\S]|[^\]\\])*\]|\(\?(?:<?[=!]|:|<\w{1,40}>)|\{\d+(?:,\d*)?\}|[\s\S]/g;

/** Throws a SyntaxError at what it does not know: set notation (flag v) and named references. */
export function parse(source: string, flags: string): Node {
  if (flags.includes('v') || source.includes('\\k<'))
    throw new SyntaxError('not known here: flag v, \\k<name>');
  const tokens = source.match(TOKEN) ?? [];
  const groups: Node[] = [];
  let at = 0;

  const either = (): Node => {
    const options = [row()];
    for (; tokens[at] === '|'; at += 1) {
      at += 1;
      options.push(row());
      at -= 1;
    }
    return options.length === 1 && options[0] ? options[0] : { kind: 'either', options };
  };
  const row = (): Node => {
    const items: Node[] = [];
    while (at < tokens.length && tokens[at] !== '|' && tokens[at] !== ')') items.push(repeated(item()));
    return { kind: 'row', items };
  };
  const item = (): Node => {
    const token = tokens[at] ?? '';
    at += 1;
    if (token.startsWith('(')) {
      const number = token === '(' || /^\(\?<\w/.test(token) ? groups.push({ kind: 'row', items: [] }) : 0;
      const body = either();
      at += 1;
      if (number > 0) groups[number - 1] = body;
      if (!/^\(\?<?[=!]$/.test(token)) return body;
      return { kind: 'look', body, back: token.includes('<'), not: token.includes('!') };
    }
    if (token === '^' || token === '\\b' || token === '\\B') return { kind: 'mark', sign: token };
    if (token === '$')
      return { kind: 'end', of: flags.includes('m') ? chars('[\\n\\r\\u2028\\u2029]', '') : NONE };
    const reference = /^\\([1-9])$/.exec(token)?.[1];
    // What a group held stands there again: at most what the group can hold.
    if (reference) return groups[Number(reference) - 1] ?? { kind: 'row', items: [] };
    return { kind: 'one', of: chars(token, flags.replace(/[gyd]/g, '')) };
  };
  const repeated = (body: Node): Node => {
    const count = /^(?:([*+?])|\{(\d+)(,?)(\d*)\})$/.exec(tokens[at] ?? '');
    if (!count) return body;
    at += 1;
    if (tokens[at] === '?') at += 1;
    const [, sign, from, comma, to] = count;
    if (sign) return { kind: 'loop', body, least: sign === '+' ? 1 : 0, most: sign === '?' ? 1 : Infinity };
    const least = Number(from);
    return { kind: 'loop', body, least, most: comma ? (to ? Number(to) : Infinity) : least };
  };
  return either();
}

/** What no word holds. */
export const APART: Chars = Uint8Array.from(ALPHABET, (c) => (/\W/.test(c) ? 1 : 0));

const known = new Map<string, Chars>();

/** The set of an atom such as `a`, `\w` or `[^\n]`, asked of the engine itself. */
function chars(atom: string, flags: string): Chars {
  const key = `${flags}/${atom}`;
  const found = known.get(key);
  if (found) return found;
  const form = new RegExp(`^${atom}`, flags);
  const set = Uint8Array.from(ALPHABET, (c) => (form.test(c) ? 1 : 0));
  known.set(key, set);
  return set;
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, i) => from + i);
}
