import { sep } from 'node:path';
import { looksSecret } from './secrets-in.js';

const MAX_LABEL = 120;

/** A path as people know it: `~/.cache/huggingface/token`. */
export function homePath(path: string, home: string): string {
  const inside = home.length > 1 && (path === home || path.startsWith(home + sep));
  return label(inside ? `~${path.slice(home.length)}` : path);
}

/** A name or path without hidden characters, and without what looks like a secret put in its place. */
export function label(name: string): string {
  return name
    .replace(/\p{C}/gu, '')
    .split('/')
    .map((part) => (looksSecret(part) ? '…' : part))
    .join('/')
    .slice(0, MAX_LABEL);
}
