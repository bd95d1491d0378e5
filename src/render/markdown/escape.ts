/*
 * The one place where text from outside becomes Markdown. GitHub and other readers make more of a text
 * than CommonMark says: mentions, references, links of bare addresses, math, footnotes, pictures. Signs
 * get a backslash. A word that a reader would act on becomes code: there nothing is acted on, and what
 * was written can still be read.
 */

/** Where the text stands. */
interface Place {
  /** At the beginning of a line, where more signs mean something. */
  start?: boolean;
  /** In a cell of a table, which a bar ends, also inside code. */
  cell?: boolean;
}

const SIGNS = /[\\`*_{}[\]<>|~$^&#]/g;
/** Marks of lists, headings, quotes and rules. */
const LINE_START = /^(\d{0,9})([-+=!:.)])/;
/** `@team`, `#1`, `org/repo#1`, `GH-1`, `!1`, addresses, e-mails, `:emoji:`, `$math$`, ids of commits. */
const ACTED_ON = /[@$]|[#!]\d|\bGH-\d|:\/\/|\bwww\.|:[\w+-]{1,60}:|\b(?=[a-f]{0,39}\d)[0-9a-f]{7,40}\b/i;
/** A word, and the signs of the sentence around it. */
const WORD = /^([("'“‘]{0,4})(.{1,4000}?)([)"'”’.,;:?!]{0,4})$/su;

/** One line of running text. */
export function text(value: string, place: Place = {}): string {
  const line = oneLine(value)
    .split(' ')
    .map((word) => wordOf(word, place))
    .join(' ');
  return place.start ? line.replace(LINE_START, '$1\\$2') : line;
}

function wordOf(word: string, place: Place): string {
  if (!ACTED_ON.test(word)) return withSigns(word);
  const [, before = '', inner = word, after = ''] = WORD.exec(word) ?? [];
  return `${withSigns(before)}${code(inner, place)}${withSigns(after)}`;
}

function withSigns(value: string): string {
  return value.replace(SIGNS, '\\$&');
}

/** A code span. It ends with as many backticks as it begins with: more than stand inside in a row. */
export function code(value: string, { cell = false }: Place = {}): string {
  const line = oneLine(value);
  if (line === '') return '';
  // A table takes `\|` for a bar, and no two readers agree on a backslash before that.
  const inner = cell ? line.replace(/\\(?=\|)/g, '\\ ').replaceAll('|', '\\|') : line;
  const ticks = '`'.repeat(longestRun(inner) + 1);
  const room = inner.startsWith('`') || inner.endsWith('`') ? ' ' : '';
  return ticks + room + inner + room + ticks;
}

/** A block of code with its lines as they are. */
export function fence(value: string, language = ''): string {
  const ticks = '`'.repeat(Math.max(3, longestRun(value) + 1));
  const name = SHOWN_LANGUAGES.has(language) ? language : '';
  return `${ticks}${name}\n${value.trimEnd()}\n${ticks}`;
}

/** Coloured by readers. Others, such as mermaid, are drawn in the place of the text. */
const SHOWN_LANGUAGES: ReadonlySet<string> = new Set([
  'sh',
  'python',
  'typescript',
  'javascript',
  'json',
  'yaml',
]);

function longestRun(value: string): number {
  return Math.max(0, ...[...value.matchAll(/`+/g)].map(([run]) => run.length));
}

function oneLine(value: string): string {
  return value.replace(/\s{1,200}/g, ' ').trim();
}

/** At most `most` code points, for what must fit whatever it holds. */
export function short(value: string, most = 1_000): string {
  const points = [...value.slice(0, 2 * most + 2)];
  return points.length > most ? `${points.slice(0, most - 1).join('')}…` : value;
}
