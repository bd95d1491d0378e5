import { parseJson } from '../safety/parse.js';

const MOST_ENTRIES = 200;
const MOST_BODY = 4000;
const MOST_PLACES = 400_000;

/**
 * Failed exchanges of a HAR file, each as raw HTTP, which the other readers know. Null when the text
 * is no HAR file. Header values of requests are left out: they hold credentials.
 */
export function exchangesOf(text: string): string[] | null {
  const start = text.slice(0, 2000);
  if (!/^\s{0,100}\{/.test(start) || !/"log"\s{0,8}:/.test(start)) return null;
  if (!isModest(text)) return null;
  const parsed = parseJson(text);
  const entries = parsed.ok ? at(at(parsed.value, 'log'), 'entries') : null;
  if (!Array.isArray(entries)) return null;
  return entries.filter(failed).slice(0, MOST_ENTRIES).map(rawHttp);
}

/** A recording of a browser has long texts in few places; millions of places are something else. */
function isModest(text: string): boolean {
  let places = 0;
  for (let i = 0; i < text.length && places <= MOST_PLACES; i++) {
    const c = text.charCodeAt(i);
    // `:`, `[` and `{`.
    if (c === 58 || c === 91 || c === 123) places++;
  }
  return places <= MOST_PLACES;
}

function failed(entry: unknown): boolean {
  const status = at(at(entry, 'response'), 'status');
  return typeof status === 'number' && (status === 0 || status >= 400);
}

function rawHttp(entry: unknown): string {
  const request = at(entry, 'request');
  const response = at(entry, 'response');
  const url = text(at(request, 'url'));
  const sent = headers(request).map(([name]) => `${name}: [left out]`);
  const got = headers(response).map(([name, value]) => `${name}: ${value}`);
  const status = at(response, 'status');
  const asked = [`${text(at(request, 'method')) || 'GET'} ${url} HTTP/1.1`, ...sent, ''];
  // Browsers write 0 when no answer came, and why beside it.
  if (status === 0)
    return [...asked, `${text(at(response, '_error')) || 'no answer'} for url: ${url}`].join('\n');
  const body = text(at(at(response, 'content'), 'text')).slice(0, MOST_BODY);
  return [...asked, `HTTP/1.1 ${status} ${text(at(response, 'statusText'))}`.trim(), ...got, '', body].join(
    '\n',
  );
}

function headers(message: unknown): [string, string][] {
  const list = at(message, 'headers');
  if (!Array.isArray(list)) return [];
  return list.slice(0, 60).map((h) => [oneLine(at(h, 'name')), oneLine(at(h, 'value'))]);
}

function at(value: unknown, key: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
  return (value as Record<string, unknown>)[key];
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function oneLine(value: unknown): string {
  return text(value)
    .replaceAll(/[\r\n]/g, ' ')
    .slice(0, 300);
}
