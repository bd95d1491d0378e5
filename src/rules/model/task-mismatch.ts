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
  /** What the pipeline behind the route misses: `sentences`. */
  argument?: string;
  /** The client guesses so: the server did not say it. */
  guess?: true;
  /** A server of the user's own says it of its model. */
  own?: true;
}

/** The same, of one model; null where the text names none. */
export interface OfModel extends Mismatch {
  model: string | null;
}

const SUPPORTED = /supported tasks?: ['"`]?([a-z][a-z0-9-]{2,40})/i;
const REFUSES =
  /\bnot supported for task ([a-z0-9-]{2,40})\b|\bdoes(?:n't| not) support task ['"`]?([a-z0-9-]{2,40})|\btask '([a-z0-9-]{2,40})' not supported for provider|(non-conversational image-text-to-text) task is not supported/i;
/** One sort of model cannot be called for another task. */
const FIXED = /cannot override task for llm models/i;
const ONLY = /got invalid task ['"`]?([a-z0-9-]{2,40})['"`]?, currently only/i;
/** TEI runs a model for one thing, and says so of the others. */
const SORT = /\bmodel is not an? (re-ranker|classifier|embedding) model\b/i;
/** What clients add to a refusal of which they know nothing more. */
const GUESS =
  /^\W{0,4}make sure '([a-z0-9-]{2,40})' task is supported by the model|does not seem to support (chat) completion for model/i;
const FIELD =
  /missing field `(messages|inputs|prompt)`|(?:^|[^\w])body\.(messages|inputs|prompt): field required/i;
/** pydantic's list as Python prints it: `'loc': ('body', 'messages'), 'msg': 'Field required'`. */
const LISTED =
  /['"]loc['"]\s?:\s?[[(]\s?['"]body['"]\s?,\s?['"](messages|inputs|prompt)['"]\s?[\])][^}]{0,60}field required/i;
/** `SentenceSimilarityPipeline.__call__() missing 1 required positional argument: 'sentences'`. */
const PIPELINE =
  /\b([A-Z][a-zA-Z]{3,40})Pipeline\.__call__\(\) missing \d{1,2} required positional arguments?: ['"](\w{1,40})['"]/;
/** A pipeline of diffusers is named after its model, one of transformers after its task. */
const TASK =
  /^(?:sentence-similarity|feature-extraction|(?:text|token|image|audio|video|zero-shot|zero-shot-image)-classification|fill-mask|summarization|translation|(?:table-|visual-|document-)?question-answering|text-generation|text-to-(?:image|speech|audio|video)|image-to-(?:text|image)|object-detection|image-segmentation|automatic-speech-recognition)$/;
/** `SentenceSimilarityInputsCheck expected dict not list`: the check's name is the task of the route. */
const CHECK = /\b([A-Z][a-zA-Z]{3,40})InputsCheck\b/;

const SORTS: Readonly<Record<string, string>> = {
  're-ranker': 'reranking',
  classifier: 'text-classification',
  embedding: 'feature-extraction',
};

function kebab(name: string): string {
  return name.replace(/(?<=[a-z])(?=[A-Z])/g, '-').toLowerCase();
}

function first(o: Observation, pattern: RegExp): string | null {
  const found = pattern.exec(o.body.message ?? '') ?? pattern.exec(o.body.excerpt);
  return found?.slice(1).find((group) => group !== undefined) ?? null;
}

export function mismatch(o: Observation, e: Evidence): Mismatch | null {
  const live = (factsOf(o, e)?.providers ?? []).filter((p) => p.status === 'live');
  const another = live.every((p) => p.task !== 'conversational') ? (live[0]?.task ?? null) : null;
  if (another && says(o, /\bis not a chat model\b/i))
    return { asked: 'conversational', served: another, field: null, held: null };
  const asked = first(o, REFUSES);
  if (asked) return { asked, served: first(o, SUPPORTED), field: null, held: null };
  if (says(o, FIXED)) return { asked: null, served: 'text-generation', field: null, held: null };
  const sort = first(o, SORT);
  if (sort)
    return {
      asked: own(SORTS, sort.toLowerCase()) ?? sort,
      served: null,
      field: null,
      held: null,
      own: true,
    };
  const only = first(o, ONLY);
  if (only) return { asked: only, served: null, field: null, held: null };
  const check = first(o, CHECK);
  // The right task with a wrong body is a fault of the payload.
  if (check && o.task !== kebab(check))
    return { asked: o.task, served: kebab(check), field: null, held: null };
  const behind = pipelineOf(o);
  if (behind && TASK.test(behind.task) && taskOf(o) !== behind.task)
    return { asked: taskOf(o), served: behind.task, field: null, held: null, argument: behind.argument };
  const field = first(o, FIELD) ?? first(o, LISTED);
  const guess = first(o, GUESS);
  if (!field)
    return guess === null ? null : { asked: guess, served: null, field: null, held: null, guess: true };
  // The server wants what a chat sends, or what a pipeline sends.
  const chat = field === 'messages';
  const other = chat ? /["'](inputs|prompt)["']\s?:/ : /["'](messages)["']\s?:/;
  const said = /['"]input['"]\s?:\s?\{[^}]{0,400}/.exec(o.body.excerpt)?.[0] ?? '';
  return {
    asked: chat ? 'text-generation' : 'conversational',
    served: chat ? 'conversational' : null,
    field,
    // In the request, or in the body where the server shows what it was sent.
    held: other.exec(o.requestBody ?? '')?.[1] ?? other.exec(said)?.[1] ?? null,
  };
}

/** The pipeline that ran behind the route, and the argument that it missed. */
export function pipelineOf(o: Observation): { task: string; argument: string } | null {
  const found = PIPELINE.exec(o.body.message ?? '') ?? PIPELINE.exec(o.body.excerpt);
  return found?.[1] && found[2] ? { task: kebab(found[1]), argument: found[2] } : null;
}

/** The task that was called: the path of hf-inference names it at its end. */
function taskOf(o: Observation): string | null {
  return o.task ?? /\/pipeline\/([a-z-]{4,40})\/?$/.exec(o.path ?? '')?.[1] ?? null;
}

/** Tasks in everyday words, with the name to search for. */
export function named(task: string): string {
  const words: Readonly<Record<string, string>> = {
    conversational: 'chat (conversational)',
    'feature-extraction': 'embeddings (feature-extraction)',
  };
  return own(words, task) ?? task;
}

/** A task may be called `constructor` in a text that somebody made up. */
function own(table: Readonly<Record<string, string>>, key: string): string | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}
