/* What loggers, terminals and people put around a line. Every pattern is bounded and anchored. */

const CSI = String.raw`(?:\x1b|\x9b|\\x1b|\\u001b|\\033|\\e)\[[0-9;?]{0,20}[A-Za-z]`;
const OSC = String.raw`\x1b\][^\x07\x1b]{0,300}(?:\x07|\x1b\\)`;
const COLOUR = new RegExp(`${CSI}|${OSC}`, 'g');
/** Control characters by what they are not, and what has no width. */
const CONTROL = /[^\t\n -~\u00a0-\u{10ffff}]|[\u200b-\u200f\ufeff]/gu;

const STAMP =
  /^\W{0,2}(\d{4}[-/]\d\d[-/]\d\d)[T ](\d\d:\d\d:\d\d)(?:[.,]\d{1,9})?(Z| ?[+-]\d\d:?\d\d)?\]?[\s:|~-]{0,4}/;
const FRONT: readonly RegExp[] = [
  /^\d\d:\d\d:\d\d(?:[.,]\d{1,9})?\s{1,4}/,
  /^[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \S{1,80} \S{1,80}: /,
  // docker compose, kubectl --prefix, the logs of endpoints
  /^[\w.-]{1,60}\s{0,20}\|\s/,
  /^\[?[\w./-]{1,60}\]?\s(?=\d{4}-\d\d-\d\d[T ]\d\d:)/,
  /^##\[(?:error|warning|debug|group)\]/,
  /^::(?:error|warning)(?: [^:\n]{0,200})?::/,
  /^\[?(?:INFO|WARN|WARNING|ERROR|DEBUG|TRACE|FATAL|CRITICAL)\]?(?: in \w{1,40})?\s{0,8}[:|-]?\s{1,8}(?=\S)/,
  /^E {2,12}(?=\S)/,
  /^[│┃║╭╰╮╯─━┌└] ?/,
];
const QUOTE = /^(?:> ?){1,6}/;
const COMMENT = /^(?:#(?=\d)|#{1,2} |\/\/ |\* )/;
const BORDER = /\s{0,200}[│┃║]$/;

export interface Line {
  text: string;
  /** ISO 8601, when the line begins with a time. */
  at: string | null;
  /** Nothing before it belongs to what comes after: the end of a quoted block in a document. */
  cut?: boolean;
}

export function withoutColours(text: string): string {
  return text.replace(COLOUR, '').replace(CONTROL, '');
}

/** Takes prefixes off one line, at most six of them. `quoted`: a `>` in front is a quotation. */
export function bareLine(line: string, quoted: boolean): Line {
  let text = line.replace(BORDER, '');
  let at: string | null = null;
  for (let i = 0; i < 6; i++) {
    const before = text;
    const indent = /^[ \t]{0,40}/.exec(text)?.[0] ?? '';
    let rest = text.slice(indent.length);
    const stamp = STAMP.exec(rest);
    if (stamp) {
      at ??= isoOf(stamp[1] ?? '', stamp[2] ?? '', stamp[3]);
      rest = rest.slice(stamp[0].length);
    }
    for (const pattern of FRONT) rest = rest.replace(pattern, '');
    if (quoted) rest = rest.replace(QUOTE, '');
    rest = rest.replace(COMMENT, '');
    if (rest === text.slice(indent.length)) break;
    text = indent + rest;
    if (text === before) break;
  }
  return { text, at };
}

function isoOf(day: string, time: string, zone: string | undefined): string | null {
  const written = `${day.replaceAll('/', '-')}T${time}${zone?.trim() || 'Z'}`;
  const when = Date.parse(written);
  return Number.isNaN(when) ? null : new Date(when).toISOString();
}
