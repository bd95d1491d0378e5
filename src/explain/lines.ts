import { quotedIn } from './document.js';
import { bareLine, type Line, withoutColours } from './prefixes.js';
import { unescaped } from './unescape.js';
import { unwrapped } from './wrapped.js';

/** Most of a text that is read, and most of one line: its head and its tail. Characters. */
const MOST_TEXT = 10 * 1024 * 1024;
const MOST_LINE = 4096;
const MOST_LINES = 400_000;

/** A text as lines without colours, prefixes, borders and escapes; wrapped lines are whole again. */
export function linesOf(text: string): { lines: Line[]; context: string } {
  const raw = text.slice(0, MOST_TEXT).split(/\r\n|\n|\r/, MOST_LINES);
  // `curl -v` marks with `>` what it sent: then it is no quotation.
  const quoted = !raw.some((l) => /^\s{0,20}< ?HTTP\/[\d.]{1,3} \d{3}/.test(l));
  const flat: Line[] = [];
  const { lines, context } = quotedIn(unwrapped(raw));
  for (const line of lines) {
    if (line === null) {
      flat.push({ text: '', at: null, cut: true });
      continue;
    }
    const clean = withoutColours(capped(line));
    const { text: bare, at } = bareLine(clean, quoted);
    const parts = bare.includes('\\') ? unescaped(bare).split('\n') : [bare];
    for (const part of parts) flat.push({ text: capped(part).trimEnd(), at });
  }
  return { lines: flat, context };
}

function capped(line: string): string {
  return line.length <= MOST_LINE
    ? line
    : `${line.slice(0, MOST_LINE / 2)} … ${line.slice(line.length - MOST_LINE / 2)}`;
}
