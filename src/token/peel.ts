import type { TokenFault } from '../types/evidence.js';
import { codePointName, isBlank } from './code-points.js';

/** A fault, and whether the clients send a broken token because of it. */
export interface Found extends TokenFault {
  breaks: boolean;
}

/** The part of `raw` from `start` to `end` is the token; what stood around it is in `found`. */
interface Peeled {
  start: number;
  end: number;
  found: Found[];
}

const QUOTES: Readonly<Record<string, string>> = {
  '"': 'double quote',
  "'": 'single quote',
  '`': 'backtick',
};
const BEARER = /^(?:authorization:[ \t]{0,4})?bearer(?::[ \t]{0,4}|[ \t]{1,4}|$)/i;
const MAX_LAYERS = 8;

/** Takes blanks, a byte order mark, quotes and `Bearer` off both ends, layer by layer. */
export function peel(raw: string): Peeled {
  const found: Found[] = [];
  let start = 0;
  let end = raw.length;
  for (let layer = 0; layer < MAX_LAYERS && start < end; layer += 1) {
    const before = end - start;
    const from = start;
    while (start < end && isBlank(raw[start])) start += 1;
    if (start > from) found.push(blanks(raw, from, start, 'start'));
    const to = end;
    while (end > start && isBlank(raw[end - 1])) end -= 1;
    if (end < to) found.push(blanks(raw, end, to, 'end'));

    if (raw[start] === '\ufeff') {
      found.push(
        fault(
          'byte-order-mark',
          start,
          'The value starts with a byte order mark, which an editor added. Save the file as UTF-8 without it.',
        ),
      );
      start += 1;
    }
    const opening = QUOTES[raw[start] ?? ''];
    const closing = end > start + 1 ? QUOTES[raw[end - 1] ?? ''] : undefined;
    if (opening !== undefined || closing !== undefined) {
      found.push(fault('quotes', opening === undefined ? end - 1 : start, quoteText(opening, closing)));
      if (opening !== undefined) start += 1;
      if (closing !== undefined) end -= 1;
    }
    const bearer = BEARER.exec(raw.slice(start, Math.min(end, start + 40)));
    if (bearer) {
      found.push(
        fault(
          'bearer-prefix',
          start,
          'The value starts with the word Bearer. The clients add that word themselves, so it is sent twice.',
        ),
      );
      start += bearer[0].length;
    }
    if (end - start === before) break;
  }
  return { start, end, found };
}

export function fault(kind: TokenFault['kind'], position: number | null, text: string, breaks = true): Found {
  return { kind, position, text, breaks };
}

function quoteText(opening: string | undefined, closing: string | undefined): string {
  const where =
    opening === undefined
      ? `ends with a ${closing}`
      : closing === undefined
        ? `starts with a ${opening}`
        : `stands between quotes (${opening})`;
  return `The value ${where}. The clients send quotes as part of the token: the same value without them may well work.`;
}

/** Blanks at an end do not break the token for huggingface_hub, which strips them. */
function blanks(raw: string, from: number, to: number, side: 'start' | 'end'): Found {
  const verb = side === 'start' ? 'starts' : 'ends';
  const others =
    side === 'start'
      ? 'A JavaScript client does not, and then takes it for no Hugging Face token.'
      : 'Other code may send or refuse it.';
  const segment = raw.slice(from, to);
  const line = segment.search(/[\r\n]/);
  if (line >= 0) {
    return fault(
      'newline',
      from + line,
      `The value ${verb} with a line break. huggingface_hub removes it. ${others}`,
      false,
    );
  }
  const odd = segment.search(/[^\x20\t]/);
  if (odd >= 0) {
    const name = codePointName(segment.codePointAt(odd) ?? 0);
    return fault(
      'non-ascii',
      from + odd,
      `The value ${verb} with an invisible character (${name}). huggingface_hub removes it. ${others}`,
      false,
    );
  }
  return fault(
    'whitespace',
    from,
    `The value ${verb} with a blank. huggingface_hub removes it. ${others}`,
    false,
  );
}
