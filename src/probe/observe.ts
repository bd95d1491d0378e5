import type { Redact } from '../safety/redact.js';
import type { ErrorCode, Observation } from '../types/observation.js';
import { EMPTY_BODY, type ReadBody, readBody } from './body.js';
import { judgeShape, remarkOn } from './shape.js';
import type { Outcome } from './transport.js';

/** What was asked; the rest of an observation is what came back. */
export type Asked = Pick<
  Observation,
  | 'origin'
  | 'purpose'
  | 'surface'
  | 'route'
  | 'method'
  | 'auth'
  | 'control'
  | 'model'
  | 'suffix'
  | 'provider'
  | 'task'
  | 'depth'
  | 'ref'
  | 'capability'
  | 'at'
> & { url: string; requestBody: string | Uint8Array | null };

/** Text as it was sent, cut; of an image or a sound only its size. */
function shown(body: string | Uint8Array | null, redact: Redact): string | null {
  if (body === null) return null;
  return typeof body === 'string' ? redact(body.slice(0, 2000)) : `<${body.byteLength} bytes>`;
}

/** Headers that tell who answered and why; all others are dropped. */
const KEPT =
  /^(server|via|date|retry-after|location|www-authenticate|ratelimit(-policy|-reset|-remaining|-limit)?|cf-ray|x-(error-code|error-message|powered-by|cache|compute-type|inference-provider|inference-id|hf-warning|ratelimit-[a-z-]{1,40}))$/;

const REQUEST_IDS = ['x-request-id', 'x-fal-request-id', 'inference-id', 'x-amzn-requestid', 'cf-ray'];

/**
 * One exchange as an observation, with the parsed body for readers of the catalogue. Every text from
 * outside is redacted here, before anything keeps it.
 */
export function read(
  id: number,
  asked: Asked,
  outcome: Outcome,
  redact: Redact,
): { observation: Observation; json: unknown } {
  const answer = outcome.kind === 'answer' ? outcome : null;
  const contentType = answer?.headers['content-type']?.split(';')[0]?.trim().toLowerCase() || null;
  const body = answer ? readBody(answer.body, contentType) : EMPTY_BODY;
  const success = answer !== null && answer.status >= 200 && answer.status < 300;
  const shape = success ? judgeShape(asked, body) : null;
  const remark = shape === null ? null : remarkOn(asked, body, shape);
  const url = new URL(asked.url);
  const observation: Observation = {
    ...asked,
    id,
    url: redact(asked.url),
    host: url.host,
    path: redact(url.pathname),
    requestBody: shown(asked.requestBody, redact),
    status: answer?.status ?? (outcome.kind === 'failure' ? outcome.status : null),
    error: errorOf(outcome),
    errorDetail: detailOf(outcome, redact) ?? (remark === null ? null : redact(remark)),
    contentType,
    headers: answer ? keepHeaders(answer.headers, redact) : {},
    // What the Hub says about a person or a model is read, not kept: reports are pasted in public.
    body: success && asked.purpose !== 'inference' ? withoutText(body) : redactBody(body, redact),
    shape,
    client: null,
    exception: null,
    count: 1,
    latencyMs: outcome.ms,
    attempts: 1,
    retry: null,
    requestId: answer ? requestId(answer.headers, redact) : null,
  };
  return { observation, json: body.json };
}

function errorOf(outcome: Outcome): ErrorCode | null {
  if (outcome.kind === 'failure') return outcome.error;
  if (outcome.status >= 300 && outcome.status < 400) return 'http.redirect';
  return outcome.bodyError;
}

function detailOf(outcome: Outcome, redact: Redact): string | null {
  if (outcome.kind === 'answer' && outcome.status >= 300 && outcome.status < 400) {
    const target = outcome.headers.location;
    return target ? redact(`redirects to ${target.slice(0, 200)}`) : 'redirects without a target';
  }
  return outcome.detail === null ? null : redact(outcome.detail);
}

function keepHeaders(headers: Readonly<Record<string, string>>, redact: Redact): Record<string, string> {
  const kept = Object.entries(headers).filter(([name]) => KEPT.test(name));
  return Object.fromEntries(kept.map(([name, value]) => [name, redact(value.slice(0, 300))]));
}

function requestId(headers: Readonly<Record<string, string>>, redact: Redact): string | null {
  const name = REQUEST_IDS.find((n) => headers[n]);
  return name ? redact((headers[name] ?? '').slice(0, 120)) : null;
}

function withoutText({ facts }: ReadBody): Observation['body'] {
  return { ...facts, message: null, code: null, type: null, excerpt: '' };
}

/** A copy of its own: a piece of a string keeps the whole body in memory, for as long as the run lasts. */
function own(text: string): string {
  return JSON.parse(JSON.stringify(text));
}

/** Refusals quote the account's name, or the address of its owner. */
const NAMED = /\b(on behalf of (?:user|org)) [\w.-]{1,100}/g;
const MAIL = /[\w.+-]{1,64}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){0,4}\.[a-z]{2,24}\b/gi;

function redactBody({ facts }: ReadBody, redact: Redact): Observation['body'] {
  const hide = (text: string) => own(redact(text).replace(NAMED, '$1 [name]').replace(MAIL, '[e-mail]'));
  const safe = (text: string | null) => (text === null ? null : hide(text));
  return {
    ...facts,
    message: safe(facts.message),
    code: safe(facts.code),
    type: safe(facts.type),
    excerpt: hide(facts.excerpt),
  };
}
