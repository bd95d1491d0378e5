import { type Block, blocksOf } from './blocks.js';
import type { Segment } from './facts.js';
import { contextAfter, type Kept, keep, linesKept, nothingKept } from './kept.js';
import { linesOf } from './lines.js';

/** Most errors that one text may hold; the rest of a log says the same again. */
const MOST = 50;
/** Longest text that is read as somebody's own words. Characters. */
const SHORT = 2000;

/** What Python prints between the errors of a chain: nothing that anybody said. */
const JOINT =
  /^\W{0,4}(?:the above exception was the direct cause|during handling of the above exception|traceback \(most recent call last\))/i;
const FRAME =
  /^\s{0,40}(?:File "[^"\n]{1,400}", line \d|at (?:async )?[\w$.<>[\] /@:\\-]{1,300}[(:]|\.{3} \d{1,9} more|\^[\s^~]{0,300}$|[~^]{3,300}$|\.\.\.<\d{1,4} lines?>\.\.\.)/;
const OURS = /hugging[ _-]?face|\bhf[_.]/i;

interface Open {
  kept: Kept;
  status: number | null;
  /** Time of the first line, then of the first sign. */
  at: string | null;
  /** Lines since the last one that showed the status. */
  since: number;
  /** Whether a status line named the address. */
  forUrl: boolean;
  /** Keys of the wordings in it. */
  told: Set<string>;
  /** How its first sign reads: the same error again reads so, too. */
  reads: string;
}

/** The errors of texts, each once: one that comes again is counted, a caused-by chain is one. */
export function segmentsOf(texts: readonly string[]): Segment[] {
  const seen = new Map<string, Segment>();
  for (const text of texts) {
    const { lines, context } = linesOf(text);
    const short = text.length <= SHORT && context === '';
    for (const open of split(blocksOf(lines, short))) {
      const segment = closed(open, context, short);
      const key = fingerprint(open.kept.dropped ? open.reads : segment.said);
      const twin = seen.get(key);
      if (twin) twin.count += 1;
      else if (seen.size < MOST || dropStranger(seen)) seen.set(key, segment);
    }
  }
  return [...seen.values()];
}

/** Room for another one: the first error that does not even name Hugging Face goes. */
function dropStranger(seen: Map<string, Segment>): boolean {
  for (const [key, { text }] of seen) if (!OURS.test(text)) return seen.delete(key);
  return false;
}

function* split(blocks: Iterable<Block>): Generator<Open> {
  let open = fresh();
  let chained = false;
  for (const block of blocks) {
    if (block.cut || (block.sign && isFar(open.kept))) {
      const before = block.cut ? [] : contextAfter(open.kept);
      yield open;
      open = fresh();
      chained = false;
      keep(open.kept, before, 0, false);
    }
    chained ||= block.chains;
    if (!chained && isNext(open, block)) {
      yield open;
      open = fresh();
    }
    add(open, block);
    chained = block.chainsOn || (chained && block.status === null);
  }
  if (linesKept(open.kept).some((l) => l.trim() !== '')) yield open;
}

/** So much came after the last sign that the next one is another matter; a long traceback is none. */
function isFar({ dropped, tail }: Kept): boolean {
  return dropped && !tail.some((line) => FRAME.test(line));
}

function isNext(open: Open, block: Block): boolean {
  const { status, wording } = block;
  if (open.status !== null && block.begins && open.since > 0) return true;
  if (status !== null && open.status !== null && isAnother(open, block, status)) return true;
  if (wording === null || open.told.size === 0 || open.told.has(wording.key)) return false;
  // Two things were said. A client says the words of the server again, with its own in front.
  return !wording.pattern.test(linesKept(open.kept).join('\n'));
}

/** A second status is a second error, unless it tells the first one again: a cause, a summary, a body. */
function isAnother(open: Open, { lines, atFirst }: Block, status: number): boolean {
  if (status !== open.status) return true;
  const line = lines[0] ?? '';
  if (/https?:\/\/[^\s'"<>)]/.test(line) && FOR_URL.test(line)) return open.forUrl;
  return atFirst !== null && open.at !== null && atFirst !== open.at;
}

const FOR_URL = /\bfor url\b/i;

function fresh(): Open {
  return {
    kept: nothingKept(),
    status: null,
    at: null,
    since: 0,
    forUrl: false,
    told: new Set(),
    reads: '',
  };
}

function add(open: Open, { lines, size, status, at, sign, wording }: Block): void {
  if (sign && !open.kept.signed) {
    open.at = at ?? open.at;
    open.reads = lines.join('\n').slice(0, 400);
  }
  open.at ??= at;
  keep(open.kept, lines, size, sign);
  if (wording) open.told.add(wording.key);
  if (status === null) open.since += lines.length;
  else {
    open.status ??= status;
    open.since = lines.length - 1;
    open.forUrl ||= FOR_URL.test(lines[0] ?? '');
  }
}

function closed({ kept, at }: Open, context: string, short: boolean): Segment {
  const lines = linesKept(kept);
  return { text: lines.join('\n'), said: withoutFrames(lines), at, count: 1, context, short };
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
