/** Longest line that is put together again. Characters. */
const MOST_LINE = 4096;

/**
 * A terminal breaks long lines at its last column: then many lines are exactly that long. A URL that
 * did not fit begins the next line.
 */
export function unwrapped(lines: readonly string[]): string[] {
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
  let entries = 0;
  for (const [i, line] of lines.entries()) {
    if (line.length < columns) continue;
    if (line.length > columns) {
      columns = line.length;
      times = 0;
      entries = 0;
    }
    // What follows a broken line is its rest, not the next entry of a log.
    if (isRecord(lines[i + 1] ?? '', line)) entries++;
    else times++;
  }
  if (entries > times) return null;
  if (columns < 60 || columns > 240) return null;
  const longest = lines.filter((l) => l.length === columns).slice(0, 50);
  // A frame drawn around a text has lines of one length as well.
  if (longest.some((l) => /^[╭╰┌└━─═+-]{2}|[│┃|]$/.test(l))) return null;
  const url = longest.some((l) => /https?:\/\/\S{1,300}$/.test(l));
  const usual = COLUMNS.has(columns);
  return times > 1 || usual ? { columns, sure: times > 1 || url } : null;
}
