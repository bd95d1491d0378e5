import { MARK, type Span } from './span.js';

/*
 * Finds known secrets, whole or in pieces, in one pass over a text. Only letters, digits, `_` and `-`
 * are looked at, in any case; so a secret is found through line breaks, table borders, zero-width
 * characters and markup. A secret and its encodings are indexed by every six characters in a row;
 * a run of them that is long enough is a piece.
 */

export interface KnownValue {
  value: string;
  /** The shortest run of characters of the value that must not be shown; absent: the whole value. */
  piece?: number;
}

type Find = (text: string) => Span[];

const GRAM = 6;
const SHORTEST = 8;
const FILTER = 0x10000;
/** Three characters, six bits each. */
const HALF = 0x40000;

interface Index {
  /** Six characters as one number, to the length of run that gives the secret away. */
  grams: Map<number, number>;
  /** A cheap first look: almost every position of a harmless text ends here. */
  filter: Uint8Array;
  codes: Uint8Array;
}

export function knownFinder(known: readonly KnownValue[]): Find {
  const index: Index = { grams: new Map(), filter: new Uint8Array(FILTER), codes: alphabet() };
  const literals: string[] = [];
  for (const { value, piece } of known) {
    if (value.length < SHORTEST) continue;
    if (!add(index, value, piece)) literals.push(value);
    // 8 characters of base64 and 12 of hex hold 6 of the value.
    for (const form of base64Forms(value)) add(index, form, piece && Math.ceil((piece * 4) / 3));
    add(index, Buffer.from(value).toString('hex'), piece && piece * 2);
  }
  return (text) => [...runs(text, index), ...literals.flatMap((value) => occurrences(text, value))];
}

/** False when too few characters of the text can be indexed. */
function add(index: Index, text: string, piece: number | undefined): boolean {
  const size = [...text].filter((char) => index.codes[char.charCodeAt(0)]).length;
  if (size < SHORTEST) return false;
  const family = /^(?:[a-z][a-z0-9]{0,7}[_-]){0,3}/.exec(text)?.[0].length ?? 0;
  let at = 0;
  scan(text, index.codes, null, (key) => {
    // What all tokens of a family start with is no secret: `hf_oauth_`.
    const needs = piece === undefined ? size : at + GRAM <= family + 2 ? Math.max(piece, family + 3) : piece;
    index.grams.set(key, Math.min(needs, index.grams.get(key) ?? needs));
    index.filter[slot(Math.floor(key / HALF), key % HALF)] = 1;
    at++;
  });
  return true;
}

function runs(text: string, { grams, filter, codes }: Index): Span[] {
  const spans: Span[] = [];
  if (grams.size === 0) return spans;
  let run = { from: 0, to: 0, last: -2, length: 0, needs: Infinity };
  const close = () => {
    if (run.length >= run.needs) spans.push({ from: run.from, to: run.to, mark: MARK });
  };
  scan(text, codes, filter, (key, from, to, count) => {
    const needs = grams.get(key);
    if (needs === undefined) return;
    if (count === run.last + 1) {
      run = { from: run.from, to, last: count, length: run.length + 1, needs: Math.min(run.needs, needs) };
    } else {
      close();
      run = { from, to, last: count, length: GRAM, needs };
    }
  });
  close();
  return spans;
}

/** Calls `visit` for every six indexed characters in a row that pass the filter. */
function scan(
  text: string,
  codes: Uint8Array,
  filter: Uint8Array | null,
  visit: (key: number, from: number, to: number, count: number) => void,
): void {
  const places = new Int32Array(GRAM);
  let high = 0;
  let low = 0;
  let count = 0;
  for (let i = 0; i < text.length; i++) {
    const code = codes[text.charCodeAt(i)];
    if (!code) continue;
    high = ((high << 6) | (low >>> 12)) & (HALF - 1);
    low = ((low << 6) | code) & (HALF - 1);
    places[count % GRAM] = i;
    count++;
    if (count < GRAM) continue;
    if (filter !== null && !filter[slot(high, low)]) continue;
    visit(high * HALF + low, places[count % GRAM] ?? 0, i + 1, count);
  }
}

function slot(high: number, low: number): number {
  return (Math.imul(high, 0x9e3779b1) ^ Math.imul(low, 0x85ebca6b)) >>> 16;
}

/** Code unit to 1…38, letters in any case; 0 for all that is skipped. */
function alphabet(): Uint8Array {
  const codes = new Uint8Array(0x10000);
  for (const [i, char] of [...'abcdefghijklmnopqrstuvwxyz0123456789_-'].entries()) {
    codes[char.charCodeAt(0)] = i + 1;
    codes[char.toUpperCase().charCodeAt(0)] = i + 1;
  }
  return codes;
}

/** Base64 and base64url of the value, wherever it stands in the encoded text. */
function base64Forms(value: string): string[] {
  const bytes = Buffer.from(value);
  return [0, 1, 2].flatMap((offset) => {
    const whole = Buffer.concat([Buffer.alloc(offset), bytes]);
    const [first, end] = [Math.ceil((offset * 4) / 3), Math.floor((whole.length * 4) / 3)];
    return (['base64', 'base64url'] as const).map((name) => whole.toString(name).slice(first, end));
  });
}

function occurrences(text: string, value: string): Span[] {
  const spans: Span[] = [];
  for (let from = text.indexOf(value); from >= 0; from = text.indexOf(value, from + value.length)) {
    spans.push({ from, to: from + value.length, mark: MARK });
  }
  return spans;
}
