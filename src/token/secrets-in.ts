import { withoutLineBreaks } from './clean.js';
import { peel } from './peel.js';
import { placeholderText } from './placeholder.js';

/** Shorter pieces are not worth hiding: redacting them would destroy the report instead. */
const MIN_SECRET = 8;
const MIN_WORD = 16;
const MAX_SECRET = 8192;

/**
 * Everything in `raw` that must never be shown, however the value is broken: the token inside its
 * quotes, each half of a double paste, each long word of a value with blanks.
 */
export function secretsIn(raw: string): string[] {
  const { start, end } = peel(raw);
  const core = withoutLineBreaks(raw.slice(start, end));
  if (placeholderText(core) !== null) return [];
  const plain = core.replace(/[^\x21-\x7e]/g, '');
  const words = raw.split(/[^\x21-\x7e]/).filter((word) => word.length >= MIN_WORD);
  const all = [core.trim(), plain, ...words, ...tokensIn(plain), ...tokensIn(raw)];
  return [...new Set(all)].filter((secret) => secret.length >= MIN_SECRET && secret.length <= MAX_SECRET);
}

/** The pieces of a text that look like a Hugging Face token; `hf_cache_dir` does not. */
export function tokensIn(text: string): string[] {
  return text.split(/(?=hf_|api_org_)/).flatMap((piece) => {
    const token = /^(?:hf_|api_org_)[\w.-]{8,2048}/.exec(piece)?.[0];
    return token !== undefined && /[A-Za-z0-9]{16}/.test(token) ? [token] : [];
  });
}

/** Whether a name or a part of a path is rather a secret that was put in the wrong place. */
export function looksSecret(name: string): boolean {
  const plain = name.replace(/[^\x21-\x7e]/g, '');
  if (tokensIn(plain).length > 0) return true;
  const runs = plain.match(/[A-Za-z0-9]{20,}/g) ?? [];
  return runs.some((run) => /\d/.test(run) && /[A-Za-z]/.test(run));
}
