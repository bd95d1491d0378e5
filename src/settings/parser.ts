import type { Origin } from './model.js';

/** Where a raw value stands: some things are allowed on the command line only. */
export interface Place {
  from: Origin['from'];
  /** Absolute working directory. */
  cwd: string;
  /** Names that exist, where a slip is told from what is new; nothing is compared without them. */
  known?: Known;
}

export interface Known {
  /** Those that can be called: no other one can be checked. */
  tasks: readonly string[];
  /** Those of today; there may be others tomorrow. */
  providers: readonly string[];
}

export type Parsed<T> =
  | { ok: true; value: T; note?: string }
  | { ok: false; problem: string; hint: string | null };

/** What a config file may hold for a setting; its JSON Schema is made from this. */
export type Shape =
  | { type: 'number' | 'integer'; min: number; max: number }
  | { type: 'boolean' }
  | { type: 'choice'; values: readonly string[] }
  | { type: 'text'; pattern?: RegExp }
  | { type: 'list' }
  | { type: 'several' | 'map'; of: Shape }
  | { type: 'either'; of: readonly Shape[] }
  | { type: 'object'; required: Fields; optional: Fields };

type Fields = Readonly<Record<string, Shape>>;

/** Flags and variables give strings, a config file its own types. Never throws. */
export interface Parser<T> {
  shape: Shape;
  parse(raw: unknown, place: Place): Parsed<T>;
}

export function good<T>(value: T, note?: string): Parsed<T> {
  return note === undefined ? { ok: true, value } : { ok: true, value, note };
}

/** `problem` is a sentence that follows the name of the setting. */
export function bad(problem: string, hint: string | null = null): Parsed<never> {
  return { ok: false, problem, hint };
}

/** The string in `raw` without the spaces around it. */
export function text(raw: unknown): Parsed<string> {
  if (typeof raw !== 'string') return bad('takes a text.');
  const trimmed = raw.trim();
  return trimmed === '' ? bad('has no value.') : good(trimmed);
}

/** A list in a config file, repeated arguments, or one string that `split` cuts. */
export function texts(raw: unknown, split: (one: string) => string[]): Parsed<string[]> {
  if (!Array.isArray(raw)) {
    const one = text(raw);
    return one.ok ? good(split(one.value).map((item) => item.trim())) : one;
  }
  const items: string[] = [];
  for (const entry of raw) {
    const item = text(entry);
    if (!item.ok) return bad('takes a list of texts, none of them empty.');
    items.push(item.value);
  }
  return good(items);
}
