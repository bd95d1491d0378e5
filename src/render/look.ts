import { Chalk, type ChalkInstance } from 'chalk';

/** How a human view looks. Made once per stream; renderers only read it. */
export interface Look {
  paint: ChalkInstance;
  /** Columns that the matrix may use. */
  width: number;
  /** Columns of running text: longer lines are hard to read. */
  text: number;
  symbols: Symbols;
}

export interface Symbols {
  good: string;
  bad: string;
  warn: string;
  info: string;
  unknown: string;
  none: string;
  times: string;
  dot: string;
}

const UNICODE: Symbols = {
  good: '✔',
  bad: '✖',
  warn: '▲',
  info: 'ℹ',
  unknown: '?',
  none: '–',
  times: '×',
  dot: '·',
};
const ASCII: Symbols = {
  good: 'ok',
  bad: 'x',
  warn: '!',
  info: 'i',
  unknown: '?',
  none: '-',
  times: 'x',
  dot: '|',
};

export interface LookInput {
  flag: boolean | undefined;
  env: Readonly<Record<string, string | undefined>>;
  isTTY: boolean;
  columns: number | undefined;
}

const NARROWEST = 40;
const WIDEST = 250;
const WIDEST_TEXT = 100;
const NO_TERMINAL = 100;

export function makeLook(i: LookInput): Look {
  const level = colourLevel(i);
  const columns = i.columns && i.columns > 0 ? i.columns : NO_TERMINAL;
  const width = Math.min(WIDEST, Math.max(NARROWEST, columns));
  return {
    paint: new Chalk({ level }),
    width,
    text: Math.min(WIDEST_TEXT, width),
    symbols: speaksUnicode(i.env) ? UNICODE : ASCII,
  };
}

/** For what is no terminal: the same text everywhere, without colours, and nothing is wrapped. */
export function flatLook(): Look {
  const endless = 1_000_000;
  return { paint: new Chalk({ level: 0 }), width: endless, text: endless, symbols: UNICODE };
}

/** --color, FORCE_COLOR, NO_COLOR, TERM=dumb, terminal: the first that says something decides. */
export function colourLevel({ flag, env, isTTY }: Omit<LookInput, 'columns'>): 0 | 1 | 2 | 3 {
  const able = env.COLORTERM === 'truecolor' ? 3 : /256/.test(env.TERM ?? '') ? 2 : 1;
  if (flag !== undefined) return flag ? able : 0;
  const force = env.FORCE_COLOR;
  if (force !== undefined) {
    if (force === '0' || force === 'false') return 0;
    return force === '1' || force === '2' || force === '3' ? (Number(force) as 1 | 2 | 3) : able;
  }
  if (env.NO_COLOR) return 0;
  if (env.TERM === 'dumb') return 0;
  return isTTY ? able : 0;
}

function speaksUnicode(env: LookInput['env']): boolean {
  if (env.TERM === 'dumb') return false;
  const locale = env.LC_ALL || env.LC_CTYPE || env.LANG;
  // An unset locale is the usual case of containers, and their logs are UTF-8; C and POSIX say no.
  return locale === undefined || locale === '' || /utf-?8/i.test(locale);
}
