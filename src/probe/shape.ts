import type { Observation } from '../types/observation.js';
import { hasError, type ReadBody } from './body.js';
import { chat, chatWithEnvelope, withoutCall, withoutJson } from './shape/chat.js';
import { type Form, record, type Shape } from './shape/form.js';
import { generalForm } from './shape/general.js';
import { PAIRS } from './shape/providers.js';
import { judgeStream } from './shape/stream.js';

type Asked = Pick<Observation, 'task' | 'provider' | 'capability'>;

/**
 * Judges a 2xx body as the official client would: against the task, and the provider's own form of
 * it. The words do not matter: a reasoning model may answer with `content: null`. An empty result, a
 * page or an error in a 2xx is never a pass. Of a task that is fetched later only the receipt is judged.
 */
export function judgeShape(asked: Asked, body: ReadBody): Shape {
  const { facts, json } = body;
  switch (facts.kind) {
    case 'empty':
      return 'empty';
    case 'html':
      return 'unexpected';
    case 'binary':
      return medium(formOf(asked), body.mediaType);
    case 'text':
      return asked.task === null ? 'ok' : 'unexpected';
    case 'sse':
      return judgeEvents(asked, body);
    default:
      if (hasError(json)) return 'error-inside';
      return withCode(judgeJson(asked, json), json);
  }
}

function judgeJson(asked: Asked, json: unknown): Shape {
  const capability = asked.capability ?? null;
  if (capability === null || asked.task !== 'conversational') return formOf(asked).json(json);
  if (capability === 'stream') return 'unexpected';
  const strict = asked.provider !== 'hf-inference' && pairForm(asked) !== null;
  return strict ? chatWithEnvelope(json, capability) : chat(json, capability);
}

function judgeEvents({ task, capability }: Asked, body: ReadBody): Shape {
  const { facts, events } = body;
  if (facts.message !== null || events.some(hasError)) return 'error-inside';
  if (capability === 'stream') return isStream(body) ? judgeStream(events) : 'unexpected';
  if (events.length === 0) return 'empty';
  return task === null ? 'ok' : 'unexpected';
}

/** The official client reads a stream under this type only. */
function isStream({ mediaType }: ReadBody): boolean {
  return mediaType?.startsWith('text/event-stream') === true;
}

/**
 * What a 2xx with a capability lacks, where the shape alone does not tell. A shape that is ok in spite
 * of it shows nothing about the capability.
 */
export function remarkOn({ capability }: Asked, body: ReadBody, shape: Shape): string | null {
  if (shape !== 'ok' && shape !== 'unexpected') return null;
  if (capability === 'tools') return withoutCall(body.json);
  if (capability === 'json') return withoutJson(body.json);
  if (capability !== 'stream' || shape === 'ok' || isStream(body)) return null;
  const type = body.mediaType?.slice(0, 60) ?? 'nothing that has a type';
  return `sent ${type} and not text/event-stream, which the official client refuses`;
}

/** `{code: 401, message: …}` under a 200 is a refusal, whatever the task. */
function withCode(shape: Shape, json: unknown): Shape {
  const { code, status, message, detail } = record(json) ?? {};
  const refused = [code, status].some((v) => typeof v === 'number' && v >= 400 && v < 600);
  const said = [message, detail].some((v) => typeof v === 'string');
  return shape === 'unexpected' && refused && said ? 'error-inside' : shape;
}

/** A media type that is missing or tells nothing is believed: the bytes are no text. */
function medium({ bytes }: Form, type: string | null): Shape {
  if (bytes === undefined) return 'unexpected';
  if (bytes === 'any' || type === null || type.endsWith('/octet-stream')) return 'ok';
  return type.startsWith(`${bytes}/`) ? 'ok' : 'unexpected';
}

const formOf = (asked: Asked): Form => pairForm(asked) ?? generalForm(asked.task);

function pairForm({ provider, task }: Asked): Form | null {
  if (provider === null || task === null || !Object.hasOwn(PAIRS, provider)) return null;
  const forms = PAIRS[provider] ?? {};
  return Object.hasOwn(forms, task) ? (forms[task] ?? null) : null;
}
