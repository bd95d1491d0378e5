import type { Evidence } from '../../types/evidence.js';
import type { Observation } from '../../types/observation.js';
import { factsOf, says } from '../match.js';

/* The ways in which "this is for another task" is said. */

export interface Mismatch {
  /** What was called, and what the model is served for. */
  asked: string | null;
  served: string | null;
  /** The field whose absence shows another kind of body. */
  field: string | null;
  /** The field of the other kind that the request holds, where it is known. */
  held: string | null;
}

const SUPPORTED = /supported tasks?: ['"`]?([a-z][a-z0-9-]{2,40})/i;
const REFUSES =
  /\bnot supported for task ([a-z0-9-]{2,40})\b|\bdoes(?:n't| not) support task ['"`]?([a-z0-9-]{2,40})|\btask '([a-z0-9-]{2,40})' not supported for provider|(non-conversational image-text-to-text) task is not supported/i;
const FIELD =
  /missing field `(messages|inputs|prompt)`|(?:^|[^\w])body\.(messages|inputs|prompt): field required/i;
/** `SentenceSimilarityInputsCheck expected dict not list`: the check's name is the task of the route. */
const CHECK = /\b([A-Z][a-zA-Z]{3,40})InputsCheck\b/;

function kebab(name: string): string {
  return name.replace(/(?<=[a-z])(?=[A-Z])/g, '-').toLowerCase();
}

function first(o: Observation, pattern: RegExp): string | null {
  const found = pattern.exec(o.body.message ?? '') ?? pattern.exec(o.body.excerpt);
  return found?.slice(1).find((group) => group !== undefined) ?? null;
}

export function mismatch(o: Observation, e: Evidence): Mismatch | null {
  const live = (factsOf(o, e)?.providers ?? []).filter((p) => p.status === 'live');
  const other = live.every((p) => p.task !== 'conversational') ? (live[0]?.task ?? null) : null;
  if (other && says(o, /\bis not a chat model\b/i))
    return { asked: 'conversational', served: other, field: null, held: null };
  const asked = first(o, REFUSES);
  if (asked) return { asked, served: first(o, SUPPORTED), field: null, held: null };
  const check = first(o, CHECK);
  // The right task with a wrong body is a fault of the payload.
  if (check && o.task !== kebab(check))
    return { asked: o.task, served: kebab(check), field: null, held: null };
  const field = first(o, FIELD);
  if (!field) return null;
  // The server wants what a chat sends, or what a pipeline sends.
  const chat = field === 'messages';
  return {
    asked: chat ? 'text-generation' : 'conversational',
    served: chat ? 'conversational' : null,
    field,
    held: (chat ? /"(inputs|prompt)"\s?:/ : /"(messages)"\s?:/).exec(o.requestBody ?? '')?.[1] ?? null,
  };
}

/** Tasks in everyday words, with the name to search for. */
export function named(task: string): string {
  const words: Readonly<Record<string, string>> = {
    conversational: 'chat (conversational)',
    'feature-extraction': 'embeddings (feature-extraction)',
  };
  return words[task] ?? task;
}
