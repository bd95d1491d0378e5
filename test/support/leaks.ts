import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';

/*
 * Judges of output, written apart from the code they judge: what could a reader get back of a secret,
 * what would a terminal obey, what would GitHub's runner obey.
 */

/** A secret of its own for each label, made at run time: 34 letters, no words in it. */
export function canary(label: string, prefix = 'hf_'): string {
  const letters = createHash('sha512')
    .update(label)
    .digest('base64')
    .replace(/[^A-Za-z]/g, '');
  return prefix + letters.slice(0, 34);
}

/** Length of the longest piece of a canary that can be recovered from the output. 6 is a leak. */
export function leaks(bytes: string, canaries: readonly string[]): number {
  const readings = readingsOf(bytes);
  let longest = 0;
  for (const secret of canaries) {
    for (const reading of readings) longest = Math.max(longest, longestPiece(reading, secret, longest));
  }
  return longest;
}

function longestPiece(text: string, secret: string, atLeast: number): number {
  const [haystack, needle] = [text.toLowerCase(), secret.toLowerCase()];
  let best = atLeast;
  for (let from = 0; from + best < needle.length; from++) {
    while (from + best < needle.length && haystack.includes(needle.slice(from, from + best + 1))) best++;
  }
  return best;
}

/** The text as it stands and with each wrapping taken off, also one inside the other. */
function readingsOf(bytes: string): Set<string> {
  const readings = new Set([bytes]);
  let fresh = [bytes];
  for (let depth = 0; depth < 4 && fresh.length > 0; depth++) {
    fresh = fresh
      .flatMap((text) => WRAPPINGS.map((unwrap) => unwrap(text)))
      .filter((text) => !readings.has(text));
    for (const text of fresh) readings.add(text);
  }
  for (const text of [...readings]) for (const inner of decodedRuns(text)) readings.add(inner);
  return readings;
}

const point = (code: number): string => (code <= 0x10ffff ? String.fromCodePoint(code) : '');
const hex = (_: string, digits: string): string => point(Number.parseInt(digits, 16));

const [ESC, CSI] = ['\x1b', '\x9b'];
const SEQUENCES = new RegExp(`(?:${ESC}\\[|${CSI})[0-?]*[ -/]*[@-~]|${ESC}[@-_]`, 'g');

/** A line of a table without its border. Many long lines are read, so no pattern goes back over blanks. */
function withoutEdges(line: string): string {
  const inner = line.trim();
  const start = BORDERS.has(inner[0] ?? '') ? inner.slice(1).trimStart() : inner;
  return BORDERS.has(start.at(-1) ?? '') ? start.slice(0, -1).trimEnd() : start;
}

const BORDERS: ReadonlySet<string> = new Set('│┃║|');

const WRAPPINGS: readonly ((text: string) => string)[] = [
  (text) => text.replace(SEQUENCES, ''),
  (text) => text.replace(/\p{Default_Ignorable_Code_Point}|\p{Cf}/gu, ''),
  (text) =>
    text
      .split(/[\n\r]/)
      .map(withoutEdges)
      .join(''),
  (text) => text.replace(/[\s\u2500-\u257f|]/g, ''),
  (text) => text.replace(/%([0-9a-f]{2})/gi, hex),
  (text) =>
    text
      .replace(/(?<!\\)\\+u([0-9a-f]{4})/gi, hex)
      .replace(/(?<!\\)\\+u\{([0-9a-f]{1,6})\}/gi, hex)
      .replace(/(?<!\\)\\+x([0-9a-f]{2})/gi, hex),
  (text) =>
    text
      .replace(/&#x([0-9a-f]{1,6});?/gi, hex)
      .replace(/&#(\d{1,7});?/g, (_, digits: string) => point(Number(digits)))
      .replace(/&lowbar;/g, '_')
      .replace(/&amp;/g, '&'),
  (text) => text.replace(/=\r?\n/g, '').replace(/=([0-9A-F]{2})/g, hex),
];

/** What the longer runs of base64 and hex in the text hold, at every offset. */
function decodedRuns(text: string): string[] {
  const found: string[] = [];
  for (const [run] of text.matchAll(/[A-Za-z0-9+/_-]{12,}/g)) {
    for (let offset = 0; offset < 4; offset++) found.push(inflated(Buffer.from(run.slice(offset), 'base64')));
  }
  for (const [run] of text.matchAll(/[0-9a-f]{14,}/gi)) {
    for (let offset = 0; offset < 2; offset++) found.push(inflated(Buffer.from(run.slice(offset), 'hex')));
  }
  // One reading of all of them: a separator keeps pieces of two runs apart.
  return [found.join('\n\n')];
}

function inflated(bytes: Buffer): string {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes.toString('latin1');
  try {
    return gunzipSync(bytes, { maxOutputLength: 1_000_000 }).toString('latin1');
  } catch {
    return '';
  }
}

const OWN_COLOURS = new RegExp(`${ESC}\\[[0-9;]{0,16}m`, 'g');
const UNSAFE = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}]|\p{Default_Ignorable_Code_Point}/gu;
/** A joiner inside an emoji and the mark that picks its picture: seen, and harmless. */
const EMOJI_PARTS = /(?<=\p{Emoji}|\ufe0f)(?:[\ufe0e\ufe0f]|\u200d(?=\p{Extended_Pictographic}))/gu;

/** Code points (`U+001B`) that a terminal must not get. Newlines and colours are ours. */
export function terminalSafe(text: string): string[] {
  const foreign = text.replace(OWN_COLOURS, '').replaceAll('\n', '').replace(EMOJI_PARTS, '');
  return [...foreign.matchAll(UNSAFE)].map(([char]) => {
    const code = char.codePointAt(0) ?? 0;
    return `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
  });
}

/** Lines that GitHub's runner would take as a command, after its `ActionCommand.cs`. */
export function runnerCommands(text: string): string[] {
  return text.split(/\r\n|\n|\r/).filter((line) => isNewCommand(line) || isOldCommand(line));
}

/** White space of .NET: also NEL, NBSP and the Unicode separators. */
const BLANK = /^[\s\x85\u200b]+/;

function isNewCommand(line: string): boolean {
  const start = line.replace(BLANK, '');
  return start.startsWith('::') && start.indexOf('::', 2) > 2;
}

function isOldCommand(line: string): boolean {
  const from = line.indexOf('##[');
  return from >= 0 && line.indexOf(']', from) > from + 3;
}
