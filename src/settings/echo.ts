import { looksLikeKey } from '../safety/patterns.js';
import { sanitise } from '../safety/sanitise.js';

const MAX = 80;

/** What the user wrote, short and safe, in quotes. What looks like a token is not repeated. */
export function echo(text: string): string {
  const start = text.slice(0, 2_000);
  return looksLikeKey(start) ? 'a value that looks like a token' : `"${sanitise(start, { max: MAX })}"`;
}
