import { looksLikeKey } from '../safety/patterns.js';
import { echo } from './echo.js';
import type { ModelRef } from './model.js';

export type ParsedModelRef = { ok: true; ref: ModelRef } | { ok: false; problem: string };

/** `name` or `org/name`, as the Hub allows them; no dot segments can be made of it. */
export const MODEL_ID = /^[A-Za-z0-9][\w.-]{0,95}(?:\/[A-Za-z0-9][\w.-]{0,95})?$/;
export const SUFFIX = /^[A-Za-z0-9][\w.-]{0,63}$/;
const MAX = 300;
/** First segments of Hub addresses that are no organization. */
const HUB_PAGES = new Set(['api', 'blog', 'collections', 'docs', 'organizations', 'papers', 'settings']);

/** Reads `org/name[:suffix]`. Never throws; `problem` is one or two sentences for a person. */
export function parseModelRef(text: string): ParsedModelRef {
  const written = text.trim();
  if (written === '') return no('A model id is empty.');
  // A token in the place of a model id would be shown and sent around as one.
  if (looksLikeKey(written)) {
    return no(
      'This looks like an access token, not a model id. Tokens are read from HF_TOKEN or --token-stdin.',
    );
  }
  if (written.length > MAX) return no(`A model id of ${written.length} characters is too long.`);
  const misread = notAnId(written);
  if (misread !== null) return no(misread);
  const [id = '', suffix, ...more] = written.split(':');
  if (more.length > 0) return no(`${echo(written)} has two suffixes. Only one is possible: org/name:suffix.`);
  if (!isId(id)) return no(`${echo(written)} is not a model id. It is written org/name, like Qwen/Qwen3-8B.`);
  if (suffix === '') return no(`${echo(written)} ends with a colon. Remove it, or name a suffix after it.`);
  if (suffix !== undefined && !SUFFIX.test(suffix)) {
    return no(`The suffix in ${echo(written)} is not one. It is a short name, like org/name:novita.`);
  }
  return { ok: true, ref: { id, suffix: suffix ?? null } };
}

/** The id as the user writes it. */
export function modelRefText(ref: ModelRef): string {
  return ref.suffix === null ? ref.id : `${ref.id}:${ref.suffix}`;
}

function no(problem: string): ParsedModelRef {
  return { ok: false, problem };
}

function isId(id: string): boolean {
  return MODEL_ID.test(id) && !id.includes('..');
}

/** What it is instead, for the things that people paste in the place of an id. */
function notAnId(written: string): string | null {
  const address = /^(?:https?:\/\/|(?:www\.)?(?:huggingface\.co|hf\.co)\/)/i.test(written);
  if (address) return fromAddress(written);
  const shown = echo(written);
  if (/\s/.test(written)) return `${shown} has a space in it. Give each model id on its own.`;
  if (written.includes('\\')) return `${shown} has a backslash. A model id is written org/name.`;
  if (/^(?:\.{0,2}\/|~)/.test(written) || /^[^:]{0,200}\.(?:txt|csv|ya?ml|json)$/i.test(written)) {
    return `${shown} looks like a file. A list of ids is read with --models-file.`;
  }
  if (written.includes('@')) {
    return `${shown} has an @ in it. ${meant(written.replace(/^@/, '').split('@')[0])}`;
  }
  if (written.endsWith('/')) return `${shown} ends with a slash. ${meant(written.slice(0, -1))}`;
  if (written.includes('..')) return `${shown} has two dots in a row. No model id has that.`;
  if (written.split('/').length > 2) {
    return `${shown} has more than one slash. A model id is written org/name; a provider goes to --routes.`;
  }
  return null;
}

function fromAddress(written: string): string {
  const [host = '', ...parts] = (written.replace(/^https?:\/\//i, '').split(/[?#]/)[0] ?? '').split('/');
  const isHub = /^(?:www\.)?(?:huggingface\.co|hf\.co)$/i.test(host);
  if (isHub && (parts[0] === 'datasets' || parts[0] === 'spaces')) {
    return `This is the address of one of the ${parts[0]}, not of a model.`;
  }
  // `models/…`, `api/models/…`, `hf-inference/models/…`; further on it is a directory of the repository.
  const after = parts.slice(0, 2).indexOf('models') + 1;
  const known = after > 0 || (isHub && !HUB_PAGES.has(parts[0] ?? ''));
  const pair = parts.slice(after, after + 2);
  return `This is a web address. ${meant(known && pair.length === 2 ? pair.join('/') : undefined)}`;
}

function meant(id = ''): string {
  return isId(id) ? `The model id is: ${id}` : 'A model id is written org/name.';
}
