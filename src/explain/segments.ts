import type { Segment } from './facts.js';
import { statusIn } from './heads.js';
import { linesOf } from './lines.js';
import type { Line } from './prefixes.js';

/** Most errors that one text may hold; the rest of a log says the same again. */
const MOST = 50;
const MOST_TEXT = 16_000;

const CHAIN =
  /^\W{0,4}(?:the above exception was the direct cause|during handling of the above exception|\[?cause\]?:|caused by\b)/i;
const BEGINS = /^\W{0,4}(?:traceback \(most recent call last\)|-{5,}$|\$ |unhandled )/i;
/** What Python prints between the errors of a chain: nothing that anybody said. */
const JOINT =
  /^\W{0,4}(?:the above exception was the direct cause|during handling of the above exception|traceback \(most recent call last\))/i;
const FRAME =
  /^\s{0,40}(?:File "[^"\n]{1,400}", line \d|at (?:async )?[\w$.<>[\] /@:\\-]{1,300}[(:]|\.{3} \d{1,9} more|\^[\s^~]{0,300}$|[~^]{3,300}$|\.\.\.<\d{1,4} lines?>\.\.\.)/;

interface Open {
  lines: string[];
  size: number;
  status: number | null;
  at: string | null;
  /** Index of the last line that showed the status. */
  head: number;
}

/** The errors of texts, each once: one that comes again is counted, a caused-by chain is one. */
export function segmentsOf(texts: readonly string[]): Segment[] {
  const seen = new Map<string, Segment>();
  for (const { open, context } of texts.flatMap(opened)) {
    const segment = closed(open, context);
    const key = fingerprint(segment.said);
    const twin = seen.get(key);
    if (twin) twin.count += 1;
    else if (seen.size < MOST) seen.set(key, segment);
  }
  return [...seen.values()];
}

function opened(text: string): { open: Open; context: string }[] {
  const { lines, context } = linesOf(text);
  return [...split(lines)].map((open) => ({ open, context }));
}

function* split(lines: readonly Line[]): Generator<Open> {
  let open = fresh();
  let chained = false;
  for (const line of lines) {
    if (line.cut) {
      if (open.lines.length > 0) yield open;
      open = fresh();
      chained = false;
      continue;
    }
    if (CHAIN.test(line.text)) chained = true;
    const status = statusIn(line.text);
    const another = status !== null && open.status !== null && !chained && isAnother(open, line, status);
    const anew =
      open.status !== null && !chained && BEGINS.test(line.text) && open.lines.length > open.head + 1;
    if (another || anew) {
      yield open;
      open = fresh();
    }
    if (status !== null) {
      open.status ??= status;
      open.head = open.lines.length;
      chained = false;
    }
    open.at ??= line.at;
    if (open.size < MOST_TEXT) {
      open.lines.push(line.text);
      open.size += line.text.length + 1;
    }
  }
  if (open.lines.some((l) => l.trim() !== '')) yield open;
}

/** A second status is a second error, unless it tells the first one again: a cause, a summary, a body. */
function isAnother(open: Open, line: Line, status: number): boolean {
  if (status !== open.status) return true;
  const stamped = line.at !== null && open.at !== null && line.at !== open.at;
  const url = /https?:\/\/[^\s'"<>)]{1,300}/.exec(line.text)?.[0];
  const before = open.lines.slice(0, open.head + 1).join('\n');
  if (url && /\bfor url\b/i.test(line.text)) return /\bfor url\b/i.test(before);
  return stamped;
}

function fresh(): Open {
  return { lines: [], size: 0, status: null, at: null, head: 0 };
}

function closed(open: Open, context: string): Segment {
  return { text: open.lines.join('\n'), said: withoutFrames(open.lines), at: open.at, count: 1, context };
}

function withoutFrames(lines: readonly string[]): string {
  const kept: string[] = [];
  let place = -1;
  for (const line of lines) {
    const frame = FRAME.test(line);
    const indent = line.length - line.trimStart().length;
    // Python shows the source below its place, further in, newer versions all lines of a call.
    const source = place !== -1 && (indent > place || line.trim() === '');
    if (!frame && !source && !JOINT.test(line)) kept.push(line);
    if (frame && /^\s{0,40}File "/.test(line)) place = indent;
    else if (!frame && !source) place = -1;
  }
  return kept.join('\n').trim();
}

/** The same error another time: other numbers, ids and times. */
function fingerprint(said: string): string {
  return said
    .slice(0, 4000)
    .replace(/\b(?:Root=)?[\da-f][\da-f-]{7,80}(?:;[\da-f-]{8,80})?/gi, '#')
    .replace(/\d{1,20}/g, '0')
    .replace(/\s{1,200}/g, ' ')
    .trim();
}
