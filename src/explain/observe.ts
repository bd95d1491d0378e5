import { EMPTY_BODY } from '../probe/body.js';
import type { BodyFacts, Observation } from '../types/observation.js';
import { clientIn, clientPlace } from './callers.js';
import { type Facts, merged, type Reader, type Segment } from './facts.js';
import { failureIn } from './failures.js';
import { complains, statusIn } from './heads.js';
import { innerStatus } from './inner.js';
import { bodyOf } from './readers/bodies.js';
import { sentTokenOf } from './readers/credentials.js';
import { commandOf } from './readers/curl.js';
import { exchangeOf } from './readers/http.js';
import { proseOf } from './readers/prose.js';
import { addressOf, hostOf } from './readers/urls.js';
import {
  exceptionOf,
  failureOf,
  modelOf,
  requestIdOf,
  sentWithOf,
  statusOf,
  taskOf,
  timeOf,
} from './readers/words.js';
import { sentenceIn, sentencePlace, weakPlace } from './sentences.js';
import { whereOf } from './surface-of.js';

/** The most exact layout first: raw HTTP knows better than a sentence about it. */
const READERS: readonly Reader[] = [
  exchangeOf,
  proseOf,
  statusOf,
  bodyOf,
  addressOf,
  hostOf,
  commandOf,
  exceptionOf,
  failureOf,
  requestIdOf,
  sentWithOf,
  sentTokenOf,
  modelOf,
  taskOf,
  timeOf,
];

const KEEP = 2000;

/** One error of a text as an observation; null when nothing in it is an error. */
export function observed(segment: Segment, id: number): Observation | null {
  const facts = merged(READERS.map((read) => read(segment)));
  const status = innerStatus(segment.said, facts.status ?? null);
  const failure = status === null ? failureIn(segment.said) : null;
  const error = status === null ? (facts.error ?? null) : null;
  const spoken = sentencePlace(segment.text) !== null || weakPlace(segment.text) !== null;
  const signs =
    facts.exception !== undefined ||
    facts.body !== undefined ||
    complains(segment.text) ||
    // The plain class of Node, which everybody uses.
    (/^\W{0,4}Error: \S/m.test(segment.said) && clientPlace(segment.text) !== null);
  if (status === null && failure === null && !spoken && !signs) return null;
  const where = whereOf(facts, segment.text, segment.context);
  const body = bodyFacts(facts, segment, status);
  return {
    id,
    origin: 'text',
    purpose: where.surface === 'hub' ? (facts.path?.includes('whoami') ? 'whoami' : 'mapping') : 'inference',
    surface: where.surface,
    route: null,
    method: facts.method ?? null,
    url: facts.partial ? null : (facts.url ?? null),
    host: facts.host ?? null,
    path: facts.partial ? null : (facts.path ?? null),
    auth: facts.auth ?? 'unknown',
    control: false,
    model: where.model ?? facts.model ?? null,
    suffix: null,
    provider: where.provider ?? facts.provider ?? null,
    task: facts.task ?? null,
    depth: 'live',
    status,
    error,
    errorDetail: null,
    contentType: facts.contentType ?? (body.kind === 'json' ? 'application/json' : null),
    headers: facts.headers ?? {},
    body,
    shape: null,
    client: clientIn(segment.text),
    exception: facts.exception ?? null,
    count: segment.count,
    requestBody: facts.requestBody ?? null,
    latencyMs: null,
    attempts: 1,
    retry: null,
    requestId: facts.requestId ?? null,
    at: facts.at ?? null,
  };
}

/** The body as shown; else what stands behind the status line; else what was said at all. */
function bodyFacts(facts: Facts, { said, text }: Segment, status: number | null): BodyFacts {
  const tail = spokenPart(said) ?? said.slice(-KEEP);
  const excerpt = ends(said);
  // What stands around a line of a log may say more than the line.
  if (facts.body)
    return { ...facts.body, excerpt: status === null ? excerpt : facts.body.excerpt || excerpt };
  const after = status === null ? '' : behindStatus(said);
  // The end of a fence or of a frame is nobody's answer.
  if (/[\p{L}\d]/u.test(after))
    return { ...EMPTY_BODY.facts, kind: 'text', message: after.slice(0, KEEP), excerpt };
  if (status !== null) return { ...EMPTY_BODY.facts, message: null, excerpt: '' };
  // Without an answer the frames tell whose code it was.
  return { ...EMPTY_BODY.facts, kind: 'text', message: flat(tail), excerpt: ends(text.trim()) };
}

/** From the line that says it on, where a log goes on for long behind it; null where the end says it. */
function spokenPart(said: string): string | null {
  if (said.length <= KEEP) return null;
  const sentence = sentenceIn(said);
  if (!sentence || sentence.test(said.slice(-KEEP))) return null;
  const lines = said.split('\n');
  const first = lines.findIndex((line) => sentence.test(line));
  return first === -1 ? null : lines.slice(first).join('\n').slice(0, KEEP);
}

const MDN = /^for more information check: https?:\/\/\S{1,200}\s?/gim;
const ID = /\((?:request id|amz cf id): [^)\n]{1,160}(?:\)|$)/gim;
const STATUS_LINE = /\b[45]\d\d\b[\w '":=,-]{0,90}? (?:for url:?|url=)\s?\S{1,400}\s?/gi;

/** What a client prints below its status line: the words of the server. */
function behindStatus(said: string): string {
  const text = flat(said.replace(ID, ' ').replace(MDN, ' '));
  const lines = [...text.matchAll(STATUS_LINE)];
  const last = lines.at(-1);
  if (!last) return fromStatus(said);
  // The last one repeats the first in a chain; a summary at the end has nothing behind it.
  const behind = text.slice(last.index + last[0].length).trim();
  const before = lines.at(-2);
  return behind || (before ? text.slice(before.index + before[0].length, last.index).trim() : '');
}

/** The words from the line that shows the status on: what stands above it is the user's own. */
function fromStatus(said: string): string {
  const lines = said.split('\n');
  const first = lines.findIndex((line) => statusIn(line) !== null);
  return flat(lines.slice(Math.max(0, first)).join('\n').replace(ID, ' ').replace(MDN, ' '));
}

/** The beginning and the end: where an error stands in a long text. */
function ends(text: string): string {
  return text.length <= KEEP ? text : `${text.slice(0, KEEP / 2)}\n${text.slice(1 - KEEP / 2)}`;
}

function flat(text: string): string {
  return text.replaceAll(/\s{1,400}/g, ' ').trim();
}
