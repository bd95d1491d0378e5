import { bareLine, type Line, withoutColours } from './prefixes.js';
import { unescaped } from './unescape.js';

/** Most of a text that is read, and most of one line: its head and its tail. Characters. */
export const MOST_TEXT = 10 * 1024 * 1024;
const MOST_LINE = 4096;
const MOST_LINES = 400_000;

/** A text as lines without colours, prefixes, borders and escapes; wrapped lines are whole again. */
export function linesOf(text: string): Line[] {
  const raw = text.slice(0, MOST_TEXT).split(/\r\n|\n|\r/, MOST_LINES);
  // `curl -v` marks with `>` what it sent: then it is no quotation.
  const quoted = !raw.some((l) => /^\s{0,20}< ?HTTP\/[\d.]{1,3} \d{3}/.test(l));
  const flat: Line[] = [];
  for (const line of quotedIn(unwrapped(raw))) {
    if (line === null) {
      flat.push({ text: '', at: null, cut: true });
      continue;
    }
    const clean = withoutColours(capped(line));
    const { text: bare, at } = bareLine(clean, quoted);
    const parts = bare.includes('\\') ? unescaped(bare).split('\n') : [bare];
    for (const part of parts) flat.push({ text: capped(part).trimEnd(), at });
  }
  return flat;
}

function capped(line: string): string {
  return line.length <= MOST_LINE
    ? line
    : `${line.slice(0, MOST_LINE / 2)} … ${line.slice(line.length - MOST_LINE / 2)}`;
}

/**
 * A terminal breaks long lines at its last column: then many lines are exactly that long. A URL that
 * did not fit begins the next line.
 */
function unwrapped(lines: readonly string[]): string[] {
  const width = wrapWidth(lines);
  const out: string[] = [];
  let open = false;
  for (const line of lines) {
    const last = out.at(-1);
    if (last !== undefined && last.length < MOST_LINE && (open || opensUrl(last, line)))
      out[out.length - 1] = last + (open ? line : ` ${line.trimStart()}`);
    else out.push(line);
    open = width !== null && line.length === width && /\S$/.test(line);
  }
  return out;
}

function opensUrl(last: string, line: string): boolean {
  return (
    /\burl:? ?['"]?\s{0,4}$/i.test(last.slice(-16)) && /^\s{0,20}['"]?https?:\/\//.test(line.slice(0, 40))
  );
}

const COLUMNS = new Set([72, 76, 78, 79, 80, 88, 90, 96, 100, 110, 120, 132, 140, 160, 180, 200]);

/** The one length that the longest lines share; null when lines end where they want. */
function wrapWidth(lines: readonly string[]): number | null {
  let width = 0;
  let times = 0;
  for (const { length } of lines) {
    if (length > width) {
      width = length;
      times = 1;
    } else if (length === width) times++;
  }
  const long = width >= 60 && width <= 240;
  // A frame drawn around a text has lines of one length as well.
  const framed = lines.some((l) => l.length === width && /^[╭╰┌└━─═+-]{2}|[│┃|]$/.test(l));
  const url = lines.some((l) => l.length === width && /https?:\/\/\S{1,300}$/.test(l));
  return long && ((url && COLUMNS.has(width)) || (times > 1 && !framed)) ? width : null;
}

const FENCE = /^\s{0,8}(?:> ?)?(?:```|~~~)/;

/**
 * A write-up with headings quotes errors in fences; its own words are somebody's opinion. Null stands
 * for the end of a fence.
 */
function quotedIn(lines: readonly string[]): readonly (string | null)[] {
  const headings = lines.filter((l) => /^#{1,6} \S/.test(l)).length;
  if (headings < 3)
    return lines.filter((l) => !FENCE.test(l) || !/^[\s>]{0,12}(?:```|~~~)\w{0,20}\s{0,4}$/.test(l));
  let inside = false;
  return lines.flatMap((l) => {
    if (!FENCE.test(l)) return inside ? [l] : [];
    inside = !inside;
    return inside ? [] : [null];
  });
}
