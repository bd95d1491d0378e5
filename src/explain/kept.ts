/*
 * How much of one error is kept. Its beginning tells what was asked, its first sign what happened, its
 * end what came of it. What lies in between is dropped, so that a log of any length fits. Characters.
 */
const BEFORE = 8000;
const AFTER = 8000;
const TAIL = 4000;
/** Lines before an error that are far behind the one before: as many as may tell what was asked. */
const CONTEXT = 2000;

/** Lines of an error, or of what may become one. */
export interface Kept {
  head: string[];
  headSize: number;
  tail: string[];
  tailSize: number;
  /** Whether a first sign was seen: then the head stays. */
  signed: boolean;
  /** Whether lines after the sign were dropped. */
  dropped: boolean;
}

export function nothingKept(): Kept {
  return { head: [], headSize: 0, tail: [], tailSize: 0, signed: false, dropped: false };
}

export function keep(kept: Kept, lines: readonly string[], size: number, sign: boolean): void {
  if (sign && !kept.signed) {
    kept.signed = true;
    kept.head = lastLines(kept.tail, BEFORE);
    kept.headSize = 0;
    kept.tail = [];
    kept.tailSize = 0;
  }
  if (kept.signed && kept.headSize < AFTER) {
    for (const line of lines) kept.head.push(line);
    kept.headSize += size;
    return;
  }
  for (const line of lines) kept.tail.push(line);
  kept.tailSize += size;
  const most = kept.signed ? TAIL : BEFORE;
  // Twice as much, so that each line is moved a few times only.
  if (kept.tailSize < 2 * most) return;
  kept.tail = lastLines(kept.tail, most);
  kept.tailSize = sizeOf(kept.tail);
  kept.dropped ||= kept.signed;
}

/** What stands before the next error, when it is far away from this one. */
export function contextAfter(kept: Kept): string[] {
  return lastLines(kept.tail, CONTEXT);
}

export function linesKept({ head, tail, dropped }: Kept): string[] {
  return dropped ? [...head, '', ...tail] : [...head, ...tail];
}

/** At most one line more than `most` characters. */
function lastLines(lines: readonly string[], most: number): string[] {
  let from = lines.length;
  for (let size = 0; from > 0 && size < most; from--) size += (lines[from - 1]?.length ?? 0) + 1;
  return lines.slice(from);
}

function sizeOf(lines: readonly string[]): number {
  return lines.reduce((sum, line) => sum + line.length + 1, 0);
}
