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
  let physical = '';
  for (const line of lines) {
    const last = out.at(-1);
    const joins = open && !isRecord(line, physical) && (width?.sure || CONTINUES.test(line));
    physical = line;
    if (last !== undefined && last.length < MOST_LINE && (joins || opensUrl(last, line)))
      out[out.length - 1] = last + (joins ? line : ` ${line.trimStart()}`);
    else out.push(line);
    open = width !== null && line.length === width.columns;
  }
  return out;
}

/** The middle of a sentence, a number or an address: no line begins so by itself. */
const CONTINUES = /^[a-z0-9/_.,:;)'"-]/;

function opensUrl(last: string, line: string): boolean {
  return (
    /\burl:? ?['"]?\s{0,4}$/i.test(last.slice(-16)) && /^\s{0,20}['"]?https?:\/\//.test(line.slice(0, 40))
  );
}

const COLUMNS = new Set([72, 76, 78, 79, 80, 88, 90, 96, 100, 110, 120, 132, 140, 160, 180, 200]);

/** Lines of a log may be of one length: they begin alike, or with a time. */
function isRecord(line: string, before: string): boolean {
  const start = line.slice(0, 8);
  return (start.trim() !== '' && before.startsWith(start)) || /^\W{0,2}\d{4}[-/]\d\d[-/]\d\d[T ]/.test(line);
}

interface Width {
  columns: number;
  /** Several lines end there, so it is no chance. */
  sure: boolean;
}

/** The column at which a terminal broke the lines; null when they end where they want. */
function wrapWidth(lines: readonly string[]): Width | null {
  let columns = 0;
  let times = 0;
  for (const { length } of lines) {
    if (length > columns) {
      columns = length;
      times = 1;
    } else if (length === columns) times++;
  }
  if (columns < 60 || columns > 240) return null;
  const longest = lines.filter((l) => l.length === columns).slice(0, 50);
  // A frame drawn around a text has lines of one length as well.
  if (longest.some((l) => /^[╭╰┌└━─═+-]{2}|[│┃|]$/.test(l))) return null;
  const url = longest.some((l) => /https?:\/\/\S{1,300}$/.test(l));
  const usual = COLUMNS.has(columns);
  return times > 1 || usual ? { columns, sure: times > 1 || url } : null;
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
