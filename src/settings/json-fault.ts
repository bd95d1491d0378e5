const MAX_DEPTH = 64;

export interface JsonFault {
  /** Index of the first thing that does not fit. */
  at: number;
  why: 'syntax' | 'depth' | 'duplicate';
}

/**
 * The first fault of a JSON text; null when it is sound. `JSON.parse` quotes the text in its messages and
 * often tells no position, keeps the last of two equal keys, and knows no depth.
 */
export function jsonFault(text: string): JsonFault | null {
  const open: { close: '}' | ']'; keys: Set<string> }[] = [];
  let at = 0;
  let state: 'value' | 'first' | 'key' | 'next' = 'value';
  for (;;) {
    at = afterSpace(text, at);
    const inside = open.at(-1);
    const char = text[at];
    if (state === 'next' && inside === undefined) return at === text.length ? null : { at, why: 'syntax' };
    if ((state === 'next' || state === 'first') && char === inside?.close) {
      open.pop();
      at += 1;
      state = 'next';
    } else if (state === 'next') {
      if (char !== ',') return { at, why: 'syntax' };
      at += 1;
      state = inside?.close === '}' ? 'key' : 'value';
    } else if (inside?.close === '}' && state !== 'value') {
      const key = char === '"' ? atom(text, at) : null;
      if (key === null) return { at, why: 'syntax' };
      const name = String(JSON.parse(key));
      if (inside.keys.has(name)) return { at, why: 'duplicate' };
      inside.keys.add(name);
      at = afterSpace(text, at + key.length);
      if (text[at] !== ':') return { at, why: 'syntax' };
      at += 1;
      state = 'value';
    } else if (char === '{' || char === '[') {
      if (open.length === MAX_DEPTH) return { at, why: 'depth' };
      open.push({ close: char === '{' ? '}' : ']', keys: new Set() });
      at += 1;
      state = 'first';
    } else {
      const value = atom(text, at);
      if (value === null) return { at, why: 'syntax' };
      at += value.length;
      state = 'next';
    }
  }
}

function afterSpace(text: string, at: number): number {
  let end = at;
  while (end < text.length && ' \t\r\n'.includes(text[end] ?? 'x')) end += 1;
  return end;
}

/** The string, number or word that begins here, as it is spelt; null when there is none. */
function atom(text: string, at: number): string | null {
  let end = at;
  if (text[at] === '"') {
    for (end = at + 1; end < text.length && text[end] !== '"'; end++) if (text[end] === '\\') end++;
    end += 1;
  } else while (/[-+.\w]/.test(text[end] ?? '')) end += 1;
  const spelt = text.slice(at, end);
  try {
    JSON.parse(spelt);
    return spelt;
  } catch {
    return null;
  }
}
