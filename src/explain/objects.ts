import { parseJson } from '../safety/parse.js';

/* JSON and Python literals inside a text. */

const LONGEST = 12_000;
const MOST = 24;

/** Objects in a text, outermost first, in the order in which they stand there. */
export function objectsIn(text: string): unknown[] {
  const found: unknown[] = [];
  let from = 0;
  for (let tries = 0; tries < MOST; tries++) {
    const start = nextOpening(text, from);
    if (start === -1) break;
    const end = closing(text, start);
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
  let out = '';
  let i = 0;
  while (i < text.length) {
    const c = text[i] as string;
    if (c === '"' || c === "'" || c === '`') {
      const end = endOfString(text, i);
      out += JSON.stringify(plain(text.slice(i + 1, end)));
      i = end + 1;
    } else if (/[A-Za-z_$]/.test(c)) {
      const word = /^[\w$.]{1,120}/.exec(text.slice(i, i + 120))?.[0] ?? c;
      out +=
        WORDS[word] ?? (word === 'true' || word === 'false' || word === 'null' ? word : JSON.stringify(word));
      i += word.length;
    } else {
      // Python tuples are lists; Node leaves no comma too many, Python and people do.
      if ((c === '}' || c === ']') && /,\s{0,40}$/.test(out.slice(-42)))
        out = out.slice(0, out.lastIndexOf(','));
      out += c === '(' ? '[' : c === ')' ? ']' : c === '\n' ? ' ' : c;
      i++;
    }
  }
  return out;
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
