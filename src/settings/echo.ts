import { sanitise } from '../safety/sanitise.js';

const MAX = 80;
const TOKEN_LIKE = /(hf_|api_org_|sk-)[\w-]{8,200}/g;

/** What the user wrote, short and safe, in quotes. Anything that looks like a token is left out. */
export function echo(text: string): string {
  return `"${sanitise(text.slice(0, 2_000).replace(TOKEN_LIKE, '$1...'), { max: MAX })}"`;
}
