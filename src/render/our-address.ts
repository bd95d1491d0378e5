import { isHuggingFace } from '../safety/trust.js';

/** Places of others that fixes name. */
const OTHERS: ReadonlySet<string> = new Set([
  'github.com',
  'docs.litellm.ai',
  'developer.mozilla.org',
  'nodejs.org',
]);

/**
 * The address, written anew, where it is one that our fixes name: https, to a known place, without a user
 * name. Null for any other, which is to be shown and to lead nowhere: a report may come from anybody.
 */
export function ourAddress(address: string): string | null {
  const url = URL.canParse(address) ? new URL(address) : null;
  if (url === null || url.username !== '' || url.password !== '') return null;
  const isKnown = isHuggingFace(url) || (url.protocol === 'https:' && OTHERS.has(url.host));
  return isKnown ? url.href : null;
}
