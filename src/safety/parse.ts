export type Parsed = { ok: true; value: unknown } | { ok: false; reason: 'syntax' | 'too-deep' };

/**
 * Reads JSON from outside. Never throws, never quotes the text: an error of `JSON.parse` shows its
 * first characters, and those may be a token. A byte order mark is skipped, `__proto__` keys vanish.
 */
export function parseJson(text: string, { maxDepth = 64 }: { maxDepth?: number } = {}): Parsed {
  const body = text.startsWith('\ufeff') ? text.slice(1) : text;
  if (deeperThan(body, maxDepth)) return { ok: false, reason: 'too-deep' };
  try {
    const value: unknown = JSON.parse(body);
    // A key may also be written `\u005f\u005fproto__`.
    if (body.includes('__proto__') || body.includes('\\u')) dropProto(value);
    return { ok: true, value };
  } catch {
    return { ok: false, reason: 'syntax' };
  }
}

const [OPEN_LIST, OPEN_OBJECT, CLOSE_LIST, CLOSE_OBJECT, QUOTE, BACKSLASH] = [91, 123, 93, 125, 34, 92];

/** Counts brackets outside of strings: a deep value parses, but then overflows whoever walks it. */
function deeperThan(text: string, maxDepth: number): boolean {
  let depth = 0;
  let inString = false;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (inString) {
      if (code === BACKSLASH) i++;
      else if (code === QUOTE) inString = false;
    } else if (code === QUOTE) inString = true;
    else if (code === OPEN_LIST || code === OPEN_OBJECT) {
      if (++depth > maxDepth) return true;
    } else if (code === CLOSE_LIST || code === CLOSE_OBJECT) depth--;
  }
  return false;
}

/** Recursion is safe here: the depth was bounded before. */
function dropProto(value: unknown): void {
  if (typeof value !== 'object' || value === null) return;
  Reflect.deleteProperty(value, '__proto__');
  for (const item of Object.values(value)) dropProto(item);
}
