import { sep } from 'node:path';

const MAX_LABEL = 120;

/** A path as people know it: `~/.cache/huggingface/token`. */
export function homePath(path: string, home: string): string {
  const inside = home.length > 1 && (path === home || path.startsWith(home + sep));
  return label(inside ? `~${path.slice(home.length)}` : path);
}

/** A name or path that is safe to show, also when somebody put a token where the name belongs. */
export function label(name: string): string {
  return name
    .replace(/(hf_|api_org_|sk-|gsk_|nvapi-)[\w.-]{4,}/g, '$1…')
    .replace(/\p{C}/gu, '')
    .slice(0, MAX_LABEL);
}
