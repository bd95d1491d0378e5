import { parseJson } from '../safety/parse.js';
import type { BodyFacts } from '../types/observation.js';
import { eventsIn } from './events.js';

/** Characters of a body that are kept. */
const KEEP = 2000;

export interface ReadBody {
  facts: BodyFacts;
  /** The parsed value when the body is JSON; undefined otherwise. */
  json: unknown;
  /** Data of the events of a stream: parsed where it is JSON, the text where not (`[DONE]`). */
  events: readonly unknown[];
  /** As the answer says it. */
  mediaType: string | null;
}

const NOTHING: BodyFacts = {
  kind: 'empty',
  message: null,
  code: null,
  type: null,
  estimatedTime: null,
  excerpt: '',
};

export const EMPTY_BODY: ReadBody = { facts: NOTHING, json: undefined, events: [], mediaType: null };

/** Reads what a body says, whatever its shape. `contentType` is a hint, the bytes decide. */
export function readBody(bytes: Uint8Array, contentType: string | null): ReadBody {
  if (bytes.length === 0) return EMPTY_BODY;
  if (/^(image|audio|video)\//.test(contentType ?? '')) return binary(bytes, contentType);
  const text = decode(bytes);
  return text === null ? binary(bytes, contentType) : readText(text, contentType);
}

/** The same for a body that is text already. */
export function readText(text: string, contentType: string | null = null): ReadBody {
  const start = text.trimStart();
  if (start === '') return EMPTY_BODY;
  const kept = { ...NOTHING, excerpt: cut(start) };
  const of = (facts: BodyFacts, more: Partial<ReadBody> = {}): ReadBody => ({
    ...EMPTY_BODY,
    mediaType: contentType,
    facts,
    ...more,
  });
  // An error under this type may be plain JSON.
  const stream = contentType === 'text/event-stream' && !start.startsWith('{');
  if (stream || /^(data|event|id|:)[: ]/.test(start)) {
    const events = eventsIn(start);
    const failed = events.find(hasError);
    return of({ ...kept, kind: 'sse', ...(failed ? errorIn(failed) : {}) }, { events });
  }
  if (contentType === 'text/html' || /^<(!doctype html|html|head|body)/i.test(start))
    return of({ ...kept, kind: 'html', message: htmlTitle(start) });
  if (/^[[{"\d\-tfn]/.test(start)) {
    const parsed = parseJson(start);
    if (parsed.ok) return of({ ...kept, kind: 'json', ...errorIn(parsed.value) }, { json: parsed.value });
  }
  return of({ ...kept, kind: 'text', message: cut(start) });
}

function binary(bytes: Uint8Array, contentType: string | null): ReadBody {
  const excerpt = `[${bytes.length} bytes of ${contentType ?? 'unknown type'}]`;
  return { ...EMPTY_BODY, facts: { ...NOTHING, kind: 'binary', excerpt }, mediaType: contentType };
}

function decode(bytes: Uint8Array): string | null {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return text.includes('\0') ? null : text;
  } catch {
    // A cap may have cut the last character; a file of bytes has faults all over.
    const text = new TextDecoder('utf-8').decode(bytes);
    return text.slice(0, 512).includes('\uFFFD') ? null : text;
  }
}

function cut(text: string): string {
  return text.length <= KEEP ? text : [...text.slice(0, KEEP + 1)].slice(0, KEEP).join('');
}

function htmlTitle(html: string): string | null {
  const from = html.search(/<title/i);
  if (from === -1) return null;
  const rest = html.slice(from, from + 500);
  const title = /^<title[^>]{0,100}>([^<]{0,300})/i.exec(rest)?.[1]?.trim();
  return title || null;
}

type ErrorFacts = Pick<BodyFacts, 'message' | 'code' | 'type' | 'estimatedTime'>;

export function hasError(value: unknown): boolean {
  return isRecord(value) && value.error !== undefined && value.error !== null && value.error !== false;
}

/** All error shapes of these hosts: OpenAI, TGI, FastAPI, problem+json, novita, old hf-inference. */
export function errorIn(value: unknown): ErrorFacts {
  const none: ErrorFacts = { message: null, code: null, type: null, estimatedTime: null };
  if (typeof value === 'string') return { ...none, message: cut(value) };
  if (!isRecord(value)) return none;
  const inner = isRecord(value.error) ? value.error : value;
  const message =
    sentence(inner === value ? value.error : inner.message) ??
    sentence(inner.message) ??
    sentence(value.message) ??
    sentence(value.detail) ??
    sentence(value.errors) ??
    sentence(value.title) ??
    (inner === value ? null : sentence(inner.type));
  return {
    message: message === null ? null : cut(message),
    code: word(inner.code) ?? word(value.code) ?? word(value.reason) ?? word(inner.reason),
    type: word(inner.type) ?? word(value.error_type) ?? word(inner.error_type),
    estimatedTime: typeof value.estimated_time === 'number' ? value.estimated_time : null,
  };
}

/** A string, a list of strings, or FastAPI's list of `{loc, msg}`. */
function sentence(value: unknown): string | null {
  if (typeof value === 'string') return value.trim() === '' ? null : value;
  if (!Array.isArray(value)) return null;
  const parts = value.slice(0, 5).flatMap((item): string[] => {
    if (typeof item === 'string') return [item];
    if (!isRecord(item)) return [];
    const text = sentence(item.msg) ?? sentence(item.message);
    const where = Array.isArray(item.loc) ? item.loc.filter((l) => typeof l !== 'object').join('.') : '';
    return text ? [where ? `${where}: ${text}` : text] : [];
  });
  return parts.length === 0 ? null : parts.join('; ');
}

function word(value: unknown): string | null {
  return typeof value === 'string' ? value.slice(0, 200) : typeof value === 'number' ? String(value) : null;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
