import type { AnswerSpec, Maker, Mode } from './answer-spec.js';
import { headersOf } from './headers.js';
import type { SimRequest } from './request.js';

/** What is sent, complete: the server only writes it. */
export interface Answer {
  status: number;
  /** Own reason phrase; null for the usual one. */
  reason: string | null;
  headers: Record<string, string>;
  body: string | Uint8Array;
  delayMs: number;
  mode: Mode;
  /** A completion was produced, which Hugging Face would charge for. */
  billable: boolean;
}

export type Body =
  | { json: unknown }
  | { text: string }
  | { html: string }
  | { bytes: Uint8Array }
  | { sse: string }
  | { file: { bytes: Uint8Array; type: string } };

/** An answer of one machine on the way. The front end repeats an error text in `x-error-message`. */
export function answer(
  by: Maker,
  request: SimRequest,
  status: number,
  body: Body,
  headers: Record<string, string> = {},
): Answer {
  const [type, content] = encode(body);
  const message = 'json' in body && status >= 400 && by === 'front' ? Object(body.json).error : null;
  return {
    status,
    reason: null,
    headers: {
      ...headersOf(by, request.id, status),
      'content-type': type,
      ...(typeof message === 'string' && { 'x-error-message': message }),
      ...headers,
    },
    body: content,
    delayMs: 0,
    mode: 'whole',
    billable: false,
  };
}

function encode(body: Body): [type: string, content: string | Uint8Array] {
  if ('json' in body) return ['application/json; charset=utf-8', JSON.stringify(body.json)];
  if ('text' in body) return ['text/plain; charset=utf-8', body.text];
  if ('html' in body) return ['text/html; charset=utf-8', body.html];
  if ('sse' in body) return ['text/event-stream; charset=utf-8', body.sse];
  if ('file' in body) return [body.file.type, body.file.bytes];
  return ['application/octet-stream', body.bytes];
}

export interface Play {
  request: SimRequest;
  model: string | null;
  provider: string | null;
  /** Who answers when the scenario does not say. */
  by: Maker;
  /** The usual answer. */
  usual: () => Answer;
}

/** Lays what a scenario says over the usual answer; a status or a body of its own replaces it. Pure. */
export function played(spec: AnswerSpec, { request, model, provider, by, usual }: Play): Answer {
  const fill = (text: string) => fillIn(text, request.presented ?? '', model ?? '', provider ?? '');
  const own = bodyOf(spec, fill);
  const base =
    own === null && spec.status === undefined
      ? usual()
      : replaced(spec.by ?? by, request, spec.status ?? 200, own ?? { text: '' }, usual);
  const mode = spec.mode ?? base.mode;
  const headers = Object.entries(spec.headers ?? {}).map(([name, value]) => [
    name.toLowerCase(),
    fill(value),
  ]);
  return {
    ...base,
    reason: spec.reason === undefined ? base.reason : fill(spec.reason),
    headers: { ...base.headers, ...Object.fromEntries(headers) },
    delayMs: spec.delayMs ?? base.delayMs,
    mode,
    billable: base.billable && !['hang', 'reset', 'malformed'].includes(mode),
  };
}

/** Whatever it says: what a provider answers with 2xx is charged like the usual answer. */
function replaced(by: Maker, request: SimRequest, status: number, body: Body, usual: () => Answer): Answer {
  const charged = status < 300 && (by === 'upstream' || by === 'backend');
  return { ...answer(by, request, status, body), billable: charged && usual().billable };
}

function bodyOf(spec: AnswerSpec, fill: (text: string) => string): Body | null {
  if (spec.json !== undefined) return { json: deepFill(spec.json, fill) };
  if (spec.text !== undefined) return { text: fill(spec.text) };
  if (spec.html !== undefined) return { html: fill(spec.html) };
  if (spec.bytes !== undefined) return { bytes: Buffer.from(spec.bytes, 'base64') };
  return null;
}

function deepFill(value: unknown, fill: (text: string) => string): unknown {
  if (typeof value === 'string') return fill(value);
  if (Array.isArray(value)) return value.map((item) => deepFill(item, fill));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [fill(key), deepFill(item, fill)]));
}

function fillIn(text: string, token: string, model: string, provider: string): string {
  return text
    .replaceAll('{{token}}', () => token)
    .replaceAll('{{token:base64}}', () => Buffer.from(token).toString('base64'))
    .replaceAll('{{model}}', () => model)
    .replaceAll('{{provider}}', () => provider);
}
