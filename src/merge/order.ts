/** JSON with sorted keys: the same value gives the same text, whoever wrote it. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) => {
    if (typeof part !== 'object' || part === null || Array.isArray(part)) return part;
    return Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}

/** The one of the higher rank; of two alike, that of the larger text, so that the order never matters. */
export function larger<T>(a: T, b: T, rank: (value: T) => number, text: (value: T) => string = canonical): T {
  const by = rank(a) - rank(b);
  if (by !== 0) return by > 0 ? a : b;
  return text(a) >= text(b) ? a : b;
}
