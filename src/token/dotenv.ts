/** One assignment of a `.env` file, as the usual loaders (dotenv, python-dotenv) read it. */
export interface DotenvEntry {
  name: string;
  value: string;
  /** From 1. */
  line: number;
  /** What other readers (`docker --env-file`, `source`) take differently. */
  quirks: readonly DotenvQuirk[];
}

export type DotenvQuirk = 'quotes' | 'open quote' | 'export' | 'comment' | 'spaces' | 'several lines';

export interface Dotenv {
  entries: readonly DotenvEntry[];
  /** Lines that start with a name and have no `=` after it. */
  withoutEquals: readonly { name: string; line: number }[];
  byteOrderMark: boolean;
  crlf: boolean;
}

const ASSIGNMENT = /^[ \t]{0,64}(export[ \t]{1,16})?([A-Za-z_][\w.-]{0,127})([ \t]{0,16})=([ \t]{0,64})/;
const BARE_NAME = /^[ \t]{0,64}(?:export[ \t]{1,16})?([A-Za-z_]\w{0,127})(?:[ \t:]|$)/;

/** Reads without expanding, executing or touching the environment. One pass, whatever the text. */
export function parseDotenv(text: string): Dotenv {
  const byteOrderMark = text.startsWith('\ufeff');
  const entries: DotenvEntry[] = [];
  const withoutEquals: { name: string; line: number }[] = [];
  let at = byteOrderMark ? 1 : 0;
  let line = 1;
  while (at < text.length) {
    const end = lineEnd(text, at);
    const head = text.slice(at, Math.min(end, at + 512));
    const match = ASSIGNMENT.exec(head);
    let next = end;
    if (match) {
      const value = readValue(text, at + match[0].length, end);
      const quirks: DotenvQuirk[] = [...value.quirks];
      if (match[1]) quirks.push('export');
      if (match[3] || (match[4] && value.text !== '')) quirks.push('spaces');
      entries.push({ name: match[2] ?? '', value: value.text, line, quirks });
      next = value.end;
    } else {
      const name = BARE_NAME.exec(head)?.[1];
      if (name !== undefined) withoutEquals.push({ name, line });
    }
    line += countLines(text, at, next) + 1;
    at = next + 1;
  }
  return { entries, withoutEquals, byteOrderMark, crlf: text.includes('\r\n') };
}

interface Value {
  text: string;
  /** Index of the line break that ends the entry. */
  end: number;
  quirks: DotenvQuirk[];
}

function readValue(text: string, at: number, end: number): Value {
  const quote = text[at] ?? '';
  if (at < end && `"'\``.includes(quote)) {
    const close = text.indexOf(quote, at + 1);
    if (close < 0) return { text: text.slice(at, end).trim(), end, quirks: ['open quote'] };
    const inside = text.slice(at + 1, close);
    const quirks: DotenvQuirk[] = inside.includes('\n') ? ['quotes', 'several lines'] : ['quotes'];
    const value = quote === '"' ? inside.replaceAll('\\n', '\n').replaceAll('\\r', '\r') : inside;
    return { text: value, end: lineEnd(text, close), quirks };
  }
  const whole = text.slice(at, end);
  const comment = whole.search(/(?:^|[ \t])#/);
  return {
    text: (comment < 0 ? whole : whole.slice(0, comment)).trim(),
    end,
    quirks: comment < 0 ? [] : ['comment'],
  };
}

function lineEnd(text: string, from: number): number {
  const at = text.indexOf('\n', from);
  return at < 0 ? text.length : at;
}

function countLines(text: string, from: number, to: number): number {
  let count = 0;
  for (let at = text.indexOf('\n', from); at >= 0 && at < to; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
}
