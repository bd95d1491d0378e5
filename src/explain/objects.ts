import { parseJson } from '../safety/parse.js';

/* JSON and Python literals inside a text. */

const LONGEST = 12_000;
const MOST = 24;
/** Characters that are read as literals in one text, whether they turn out to be any. */
const BUDGET = 40_000;

/** Objects in a text, outermost first, in the order in which they stand there. */
export function objectsIn(text: string): unknown[] {
  const found: unknown[] = [];
  let from = 0;
  let left = BUDGET;
  for (let tries = 0; tries < MOST && left > 0; tries++) {
    const start = nextOpening(text, from);
    if (start === -1) break;
    const end = closing(text, start);
    left -= end === -1 ? LONGEST / 4 : end - start;
    const value = end === -1 ? undefined : literal(text.slice(start, end + 1));
    if (value !== undefined) found.push(value);
    from = value === undefined ? start + 1 : end + 1;
  }
  return found;
}

function nextOpening(text: string, from: number): number {
  const brace = text.indexOf('{', from);
  const list = text.indexOf('[{', from);
  return list !== -1 && list < brace ? list : brace;
}

/** Index of the bracket that closes the one at `start`; -1 when it is cut off or too far away. */
function closing(text: string, start: number): number {
  const most = Math.min(text.length, start + LONGEST);
  let depth = 0;
  let quote = '';
  for (let i = start; i < most; i++) {
    const c = text[i] as string;
    if (quote !== '') {
      if (c === '\\') i++;
      else if (c === quote && !isApostrophe(text, i)) quote = '';
    } else if (c === '"' || (c === "'" && !isApostrophe(text, i))) quote = c;
    else if (c === '{' || c === '[') depth++;
    else if ((c === '}' || c === ']') && --depth === 0) return i;
  }
  return -1;
}

/** `doesn't`: a letter on both sides. */
function isApostrophe(text: string, at: number): boolean {
  return text[at] === "'" && /[A-Za-z]/.test(text[at - 1] ?? '') && /[A-Za-z]/.test(text[at + 1] ?? '');
}

/** JSON, or what Python and Node print for the same; undefined when it is neither. */
export function literal(text: string): unknown {
  const strict = parseJson(text);
  if (strict.ok) return strict.value;
  // A terminal or a person broke a string in two.
  const joined = text.includes('\n') ? parseJson(text.replaceAll(/ ?\n ?/g, ' ')) : strict;
  if (joined.ok) return joined.value;
  const relaxed = parseJson(toJson(text));
  return relaxed.ok ? relaxed.value : undefined;
}

const WORDS: Readonly<Record<string, string>> = {
  True: 'true',
  False: 'false',
  None: 'null',
  undefined: 'null',
  NaN: 'null',
};

/** Single quotes, bare keys, `None`: rewritten token by token, in one pass. */
function toJson(text: string): string {
  const parts: string[] = [];
  /** Where a comma stands with nothing but space behind it; Python and people leave one too many. */
  let comma = -1;
  let i = 0;
  while (i < text.length) {
    const c = text[i] as string;
    if (c === '"' || c === "'" || c === '`') {
      const end = endOfString(text, i);
      parts.push(JSON.stringify(plain(text.slice(i + 1, end))));
      comma = -1;
      i = end + 1;
      continue;
    }
    if (/[A-Za-z_$]/.test(c)) {
      const word = /^[\w$.]{1,120}/.exec(text.slice(i, i + 120))?.[0] ?? c;
      const known = word === 'true' || word === 'false' || word === 'null';
      const own = Object.hasOwn(WORDS, word) ? WORDS[word] : undefined;
      parts.push(own ?? (known ? word : JSON.stringify(word)));
      comma = -1;
      i += word.length;
      continue;
    }
    if ((c === '}' || c === ']' || c === ')') && comma !== -1) parts[comma] = '';
    // Python tuples are lists.
    parts.push(c === '(' ? '[' : c === ')' ? ']' : c === '\n' ? ' ' : c);
    if (c === ',') comma = parts.length - 1;
    else if (c.trim() !== '') comma = -1;
    i++;
  }
  return parts.join('');
}

function endOfString(text: string, start: number): number {
  const quote = text[start] as string;
  for (let i = start + 1; i < text.length; i++) {
    if (text[i] === '\\') i++;
    else if (text[i] === quote && !isApostrophe(text, i)) return i;
  }
  return text.length;
}

function plain(text: string): string {
  return text.replace(/\\(["'`\\/nrt])/g, (_, c: string) => ({ n: '\n', r: '', t: ' ' })[c] ?? c);
}
