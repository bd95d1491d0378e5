import { errorIn, hasError, readText } from '../../probe/body.js';
import type { BodyFacts } from '../../types/observation.js';
import type { Facts, Reader } from '../facts.js';
import { objectsIn } from '../objects.js';

const DEEPEST = 5;
const KEEP = 2000;

/** The body of the answer: JSON in any wrapping, or what is left of one that was cut. */
export const bodyOf: Reader = ({ said, text }): Facts => {
  for (const value of [...objectsIn(said), ...(text === said ? [] : objectsIn(text))]) {
    const found = errorBody(value, 0);
    if (found) return found;
  }
  const page = pageIn(text);
  if (page) return { body: page, contentType: 'text/html' };
  const cut = cutBody(said);
  return cut ? { body: cut } : {};
};

/** The innermost error of a value: clients and gateways put the answer into their own. */
function errorBody(value: unknown, depth: number): Facts | null {
  if (depth > DEEPEST || typeof value !== 'object' || value === null) return null;
  if (Array.isArray(value)) {
    for (const item of value.slice(0, 5)) {
      const found = errorBody(item, depth + 1);
      if (found) return found;
    }
    return null;
  }
  const record = value as Record<string, unknown>;
  for (const key of [
    'httpResponse',
    'response',
    'body',
    'data',
    'responseBody',
    'error',
    'cause',
    'details',
  ]) {
    const inner = record[key];
    const opened = typeof inner === 'string' ? objectsIn(inner.slice(0, 8000))[0] : inner;
    // `error: {message}` is the answer itself.
    if (key === 'error' && typeof inner === 'object') continue;
    const found = errorBody(opened, depth + 1);
    if (found) return withStatus(found, record);
  }
  const said = errorIn(record);
  const typed = said.code !== null || said.type !== null || said.estimatedTime !== null;
  const isBody =
    hasError(record) || 'detail' in record || 'message' in record || (typed && said.message !== null);
  if (!isBody || said.message === null) return null;
  const inside = said.message.includes('{') ? errorBody(objectsIn(said.message)[0], depth + 1) : null;
  if (inside) return withStatus(inside, record);
  const excerpt = JSON.stringify(record).slice(0, KEEP);
  return withStatus({ body: { ...said, kind: 'json', excerpt } }, record);
}

function withStatus(facts: Facts, record: Record<string, unknown>): Facts {
  const written = record.status ?? record.statusCode ?? record.status_code ?? record.http_status_code;
  const status = typeof written === 'number' && written >= 400 && written <= 599 ? written : undefined;
  const { url, requestId } = record;
  return {
    ...(status === undefined ? {} : { status }),
    ...(typeof requestId === 'string' && requestId !== '' ? { requestId: requestId.slice(0, 120) } : {}),
    ...(typeof url === 'string' && URL.canParse(url)
      ? { url, host: new URL(url).host, path: new URL(url).pathname }
      : {}),
    ...facts,
  };
}

const PAGE = /<(?:!doctype html|html|head)\b/i;

function pageIn(text: string): BodyFacts | null {
  const start = text.search(PAGE);
  return start === -1 ? null : readText(text.slice(start, start + 8000), 'text/html').facts;
}

const OPENS = /["'](?:error|message|detail)["']\s{0,2}:\s{0,2}(?=["'])/g;
const SENTENCE = /^(?:"(.{8,2000}?)(?:"\s{0,2}[,}]|$)|'(.{8,2000}?)(?:'\s{0,2}[,}]|$))/s;
/** Most beginnings that are tried in one text. */
const MOST_TRIES = 8;

/** A body that lost its end: the sentence is often there still. */
function cutBody(text: string): BodyFacts | null {
  const start = text.slice(0, 8000);
  for (const opens of [...start.matchAll(OPENS)].slice(0, MOST_TRIES)) {
    const found = SENTENCE.exec(start.slice(opens.index + opens[0].length));
    const message = (found?.[1] ?? found?.[2])?.trim();
    if (!message) continue;
    const excerpt = text.slice(opens.index, opens.index + KEEP);
    const { facts } = readText(excerpt);
    return { ...facts, kind: 'text', message, excerpt };
  }
  return null;
}
