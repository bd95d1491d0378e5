import { compareVersions } from './compare.js';
import { HUGGINGFACE_HUB } from './huggingface-hub.js';
import { HUGGINGFACE_INFERENCE } from './huggingface-inference.js';
import type { History, Knowledge } from './knowledge.js';
import { LANGCHAIN_HUGGINGFACE, LITELLM, OPENAI } from './wrappers.js';

/** Keyed by the name as Python's index compares names: lower case, `-` for `_` and `.`. */
const HISTORIES: ReadonlyMap<string, History> = new Map([
  ['huggingface-hub', HUGGINGFACE_HUB],
  ['@huggingface/inference', HUGGINGFACE_INFERENCE],
  ['langchain-huggingface', LANGCHAIN_HUGGINGFACE],
  ['litellm', LITELLM],
  ['openai', OPENAI],
]);

/** `huggingface_hub`, `Huggingface.Hub` and `huggingface-hub` are one package. */
export function canonicalName(name: string): string {
  return name.toLowerCase().replace(/[_.]/g, '-');
}

/**
 * What this version of a client does that matters for inference, and the first one that does
 * better. Null when nothing is known of it: an unknown client, no version, or a newer one than was read.
 */
export function knowledgeOf(client: string, version: string): Knowledge | null {
  const spans = HISTORIES.get(canonicalName(client));
  if (!spans || compareVersions(version, '0') === null) return null;
  const span = spans.find(({ below }) => below === null || (compareVersions(version, below) ?? 0) < 0);
  return span ? { says: span.says, fixedIn: span.fixedIn } : null;
}
