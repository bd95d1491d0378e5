import { looksLikeKey } from '../safety/patterns.js';
import { echo } from './echo.js';
import { nearest } from './nearest.js';
import { bad, good, type Parsed, type Parser, text, texts } from './parser.js';

const TRUE = new Set(['1', 'true', 'yes', 'on']);
const FALSE = new Set(['0', 'false', 'no', 'off']);

/** On or off. Variables spell it as the Hugging Face clients do. */
export const onOff: Parser<boolean> = {
  shape: { type: 'boolean' },
  parse(raw, place) {
    if (typeof raw === 'boolean') return good(raw);
    if (typeof raw !== 'string' || place.from === 'file') return bad('takes true or false.');
    const word = raw.trim().toLowerCase();
    if (TRUE.has(word)) return good(true);
    return FALSE.has(word) ? good(false) : bad(`takes 1 or 0, not ${echo(raw)}.`);
  },
};

/** One of a few names, exactly. */
export function choice<T extends string>(values: readonly T[]): Parser<T> {
  return {
    shape: { type: 'choice', values },
    parse(raw) {
      const word = text(raw);
      const known = `takes one of: ${values.join(', ')}.`;
      if (!word.ok) return bad(known);
      const value = values.find((name) => name === word.value);
      if (value !== undefined) return good(value);
      const near = nearest(word.value, values);
      const hint = near === null ? null : `Did you mean ${near}?`;
      return bad(`does not know ${echo(word.value)}. It ${known}`, hint);
    },
  };
}

/** A list of a few names, each once. */
export function choices<T extends string>(values: readonly T[]): Parser<T[]> {
  const one = choice(values);
  return {
    shape: { type: 'list' },
    parse(raw, place) {
      const words = texts(raw, (list) => list.split(','));
      if (!words.ok) return words;
      const found = new Set<T>();
      for (const word of words.value) {
        const value = one.parse(word.trim(), place);
        if (!value.ok) return value;
        found.add(value.value);
      }
      return good([...found]);
    },
  };
}

/** A short name of the Hub. `like` shows one. */
export function name(what: string, pattern: RegExp, like: string): Parser<string | null> {
  return {
    shape: { type: 'text', pattern },
    parse(raw): Parsed<string | null> {
      const word = text(raw);
      if (!word.ok) return word;
      return pattern.test(word.value) && !looksLikeKey(word.value)
        ? good(word.value)
        : bad(`takes ${what}, not ${echo(word.value)}.`, `It looks like this: ${like}.`);
    },
  };
}
