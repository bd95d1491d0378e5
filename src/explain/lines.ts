import { quotedIn } from './document.js';
import { bareLine, type Line, withoutColours } from './prefixes.js';
import { unescaped } from './unescape.js';
import { unwrapped } from './wrapped.js';

/** Most of a text that is read: its last part; most of one line: its head and its tail. Characters. */
const MOST_TEXT = 10 * 1024 * 1024;
const MOST_LINE = 4096;
const MOST_LINES = 250_000;

/** The part of a text that is read: the newest lines of a log stand last. */
export function lastPart(text: string): { text: string; truncated: boolean } {
  let from = Math.max(0, text.length - MOST_TEXT);
  for (let i = text.length - 1, lines = 0; i >= from; i--) {
    const c = text.charCodeAt(i);
    const ends = c === 10 || (c === 13 && text.charCodeAt(i + 1) !== 10);
    if (ends && ++lines === MOST_LINES) from = i + 1;
  }
  return { text: text.slice(from), truncated: from > 0 };
}

/** A text as lines without colours, prefixes, borders and escapes; wrapped lines are whole again. */
export function linesOf(text: string): { lines: Iterable<Line>; context: string } {
  const part = lastPart(text);
  const raw = part.text.split(/\r\n|\n|\r/);
  // `curl -v` marks with `>` what it sent: then it is no quotation.
  const quoted = !raw.some((l) => /^\s{0,20}< ?HTTP\/[\d.]{1,3} \d{3}/.test(l));
  // Where the beginning is missing, nobody knows whether the first line stands in a fence.
  const whole = unwrapped(raw);
  const { lines, context } = part.truncated ? { lines: whole, context: '' } : quotedIn(whole);
  return { lines: cleaned(lines, quoted), context };
}

function* cleaned(lines: readonly (string | null)[], quoted: boolean): Generator<Line> {
  for (const line of lines) {
    if (line === null) {
      yield { text: '', at: null, cut: true };
      continue;
    }
    const clean = withoutColours(capped(line));
    const { text: bare, at } = bareLine(clean, quoted);
    const parts = bare.includes('\\') ? unescaped(bare).split('\n') : [bare];
    for (const part of parts) yield { text: capped(part).trimEnd(), at };
  }
}

const MOST_WORD = 512;
const WORD = /[\w.-]/;

/** The head and the tail of a long line. What a cut leaves of a word goes too: it may be half a token. */
function capped(line: string): string {
  if (line.length <= MOST_LINE) return line;
  let head = MOST_LINE / 2;
  let tail = line.length - MOST_LINE / 2;
  for (let i = 0; i < MOST_WORD && WORD.test(line[head - 1] ?? ''); i++) head--;
  for (let i = 0; i < MOST_WORD && WORD.test(line[tail] ?? ''); i++) tail++;
  return `${line.slice(0, head)} … ${line.slice(tail)}`;
}
