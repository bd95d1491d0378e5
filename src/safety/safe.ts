import type { Redact } from './redact.js';
import { type SanitiseOptions, sanitise } from './sanitise.js';

declare const brand: unique symbol;

/** Went through `makeSafe`: no secret and no control character in any string. */
export type Safe<T> = T & { readonly [brand]: true };
export type SafeText = Safe<string>;

const MAX_DEPTH = 64;
/** Reports repeat most of their strings: providers, models, routes, keys. */
const CACHE_ENTRIES = 20_000;
const CACHE_LENGTH = 300;

/**
 * A deep copy of plain JSON in which every string and key was redacted, then sanitised. Strings under
 * a key in `multiline`, also in a list there, keep their line breaks. What JSON cannot hold becomes
 * null or is left out, as do cycles, `__proto__` keys and all below depth 64.
 */
export function makeSafe<T>(value: T, redact: Redact, multiline: ReadonlySet<string>): Safe<T> {
  const line = remembered((text) => safeText(text, redact));
  const lines = remembered((text) => safeText(text, redact, { newlines: true }));
  const parents: object[] = [];

  const copy = (item: unknown, clean: (text: string) => string): unknown => {
    if (typeof item === 'string') return clean(item);
    if (typeof item === 'number') return Number.isFinite(item) ? item : null;
    if (typeof item === 'boolean') return item;
    if (typeof item === 'bigint') return clean(item.toString());
    if (typeof item !== 'object' || item === null) return null;
    if (hasToJson(item)) return copy(item.toJSON(), clean);
    if (parents.length >= MAX_DEPTH || parents.includes(item)) return null;
    parents.push(item);
    const out = Array.isArray(item) ? item.map((part) => copy(part, clean)) : copyObject(item);
    parents.pop();
    return out;
  };

  const copyObject = (item: object): object => {
    const out: Record<string, unknown> = {};
    for (const [key, part] of Object.entries(item)) {
      const name = line(key);
      if (name === '__proto__' || isAbsent(part)) continue;
      out[name] = copy(part, multiline.has(key) ? lines : line);
    }
    return out;
  };

  return copy(value, line) as Safe<T>;
}

/** The same for a single message. */
export function safeText(text: string, redact: Redact, options: SanitiseOptions = {}): SafeText {
  return sanitise(redact(text), options) as SafeText;
}

function remembered(clean: (text: string) => string): (text: string) => string {
  const cache = new Map<string, string>();
  return (text) => {
    const known = cache.get(text);
    if (known !== undefined) return known;
    const result = clean(text);
    if (text.length <= CACHE_LENGTH && cache.size < CACHE_ENTRIES) cache.set(text, result);
    return result;
  };
}

function isAbsent(value: unknown): boolean {
  return value === undefined || typeof value === 'function' || typeof value === 'symbol';
}

function hasToJson(value: object): value is { toJSON(): unknown } {
  return 'toJSON' in value && typeof value.toJSON === 'function';
}
