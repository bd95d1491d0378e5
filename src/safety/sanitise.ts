export interface SanitiseOptions {
  /** Keep line breaks (as `\n`) and tabs (as two spaces). Without it each becomes one space. */
  newlines?: boolean;
  /** Most code points of the result, the mark `… (+N)` included. */
  max?: number;
}

const PLAIN = /^[ -~]*$/;
/** A line break with the blanks around it: one space when the text must stay on one line. */
const BREAK = /[ \t]{0,64}(?:\r\n|[\n\r])[ \t\n\r]{0,64}/g;
/** All that is no letter, number, punctuation, symbol, mark or plain space, or that is not seen. */
const UNSAFE = /[^\p{L}\p{N}\p{P}\p{S}\p{M} \n]|\p{Default_Ignorable_Code_Point}/gu;
const TOO_MANY_MARKS = /(\p{M}{4})\p{M}{1,}/gu;
/** GitHub's runner obeys a line that starts with `::`, and `##[…]` anywhere in a line. */
const RUNNER_LINE = /^( {0,})::/gm;
const RUNNER_BRACKET = /##(?=\[)/g;

/**
 * Makes text from outside harmless to show: an allow-list by code point, everything else becomes a
 * visible escape (`\x1b`, `\u{202e}`). A second pass changes nothing.
 *
 * - a line break with the blanks around it becomes one space; with `newlines` each kind becomes `\n`
 * - all kinds of blank become a plain space
 * - a joiner stays between emoji, a variation selector after one, and four combining marks in a row
 * - `::` at the start of a line becomes `: :`, and `##[` becomes `# #[`
 */
export function sanitise(text: unknown, options: SanitiseOptions = {}): string {
  const raw = stringOf(text);
  const shown = PLAIN.test(raw) ? raw : visible(options.newlines ? lines(raw) : raw.replace(BREAK, ' '));
  const inert = withoutCommands(shown);
  return options.max === undefined || inert.length <= options.max ? inert : cut(inert, options.max);
}

/** A value of an unknown type; one that refuses to become a string has no text. */
function stringOf(value: unknown): string {
  try {
    return String(value);
  } catch {
    return '[object]';
  }
}

function lines(text: string): string {
  return text.replaceAll('\r\n', '\n').replaceAll('\r', '\n').replaceAll('\t', '  ');
}

function visible(text: string): string {
  return text.replace(UNSAFE, escapeUnseen).replace(TOO_MANY_MARKS, '$1');
}

function escapeUnseen(char: string, index: number, text: string): string {
  if (/[\t\p{Zs}]/u.test(char)) return ' ';
  const before = text.slice(Math.max(0, index - 6), index);
  if (/[\ufe0e\ufe0f]/.test(char) && /\p{Emoji}$/u.test(before)) return char;
  if (char === '\u200d' && isEmojiEnd(before) && isEmojiStart(text.slice(index + 1, index + 3))) return char;
  const code = char.codePointAt(0) ?? 0;
  const hex = code.toString(16);
  return code < 0x100 ? `\\x${hex.padStart(2, '0')}` : `\\u{${hex}}`;
}

/** Code points that are only reserved for emoji do not count: they are escaped themselves. */
function isEmojiEnd(before: string): boolean {
  return /(?!\p{Cn})\p{Extended_Pictographic}\p{Emoji_Modifier}?\ufe0f?$/u.test(before);
}

function isEmojiStart(after: string): boolean {
  return /^(?!\p{Cn})\p{Extended_Pictographic}/u.test(after);
}

/** For text that is broken into lines again after it was made safe. */
export function withoutCommands(text: string): string {
  return text.replace(RUNNER_LINE, '$1: :').replace(RUNNER_BRACKET, '# #');
}

function cut(text: string, max: number): string {
  const points = [...text];
  if (points.length <= max) return text;
  for (let keep = max; keep > 0; keep--) {
    const mark = `… (+${points.length - keep})`;
    if (keep + mark.length <= max) return tidy(points.slice(0, keep)) + mark;
  }
  return max > 0 ? `${tidy(points.slice(0, max - 1))}…` : '';
}

/** A joiner must not be the last thing before the mark. */
function tidy(points: string[]): string {
  return points.join('').replace(/\u200d$/, '');
}
