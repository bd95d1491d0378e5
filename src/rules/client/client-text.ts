import type { Observation } from '../../types/observation.js';
import type { Case } from '../define.js';
import { says } from '../match.js';

/* Texts that a client library printed. Only a pasted text holds such: a probe has no client. */

export type Language = 'python' | 'node';

/** A pasted text about inference; what other products print is never looked at. */
export function isClientText(o: Observation): boolean {
  return o.origin === 'text' && o.surface !== 'other' && o.purpose === 'inference';
}

/** Quotation marks as terminals, web pages and word processors write them. */
export const Q = '[\'"`\u2018\u2019]';

const PACKAGES =
  /\b(?:huggingface_hub|langchain_huggingface|langchain-huggingface|smolagents)\b|@huggingface\/inference|(?<!-)\b(?:Async)?InferenceClient\b/;

/** Clients around the official ones. */
const AROUND = /^(?:langchain-community|langchain\.js|llama-index|litellm|haystack|text-generation)$/;

/** A client of Hugging Face printed it, an official one or one around it. */
export function ofClient(o: Observation): boolean {
  return AROUND.test(o.client?.name ?? '') || namesClient(o);
}

/** The text names a client of Hugging Face, or a reader recognised one. */
export function namesClient(o: Observation): boolean {
  return (
    PACKAGES.test(o.client?.name ?? '') ||
    says(o, PACKAGES) ||
    o.host === 'router.huggingface.co' ||
    o.surface === 'legacy'
  );
}

/** First group of the pattern in the message, else in the start of the text. */
export function found(o: Observation, pattern: RegExp): string | null {
  return pattern.exec(o.body.message ?? '')?.[1] ?? pattern.exec(o.body.excerpt)?.[1] ?? null;
}

/** `huggingface_hub 0.24.0`, or null where the text names no version. */
export function versionSeen(o: Observation, name: string): string | null {
  return o.client?.name === name ? o.client.version : null;
}

/** The language to speak: of the user's code if known, else of the text. */
export function languageOf({ client, observations }: Case<unknown>): Language | null {
  const seen = client ?? observations.find((o) => o.client?.language)?.client?.language ?? null;
  return seen === 'curl' ? null : seen;
}

/** The line that brings the newest version of a package. */
export function upgradeCommand(name: string, language: Language | null): string {
  return language === 'node' || name.startsWith('@')
    ? `npm install ${name}@latest`
    : `pip install -U ${name}`;
}

/** The line that shows which version is installed. */
export function versionCommand(name: string, language: Language | null): string {
  return language === 'node' || name.startsWith('@') ? `npm ls ${name}` : `pip show ${name}`;
}
