import type { Evidence } from '../../types/evidence.js';
import type { Observation } from '../../types/observation.js';
import { factsOf, says } from '../match.js';

/* Which paths no route owns, and what stands in their place. Decided by shape, before any status. */

export const ROUTER = 'https://router.huggingface.co';

/** Why the path is wrong, by its form. */
export const WHY = {
  incomplete: 'It names no model.',
  'chat-below-hf-inference':
    'hf-inference has no such path: there the model stands in the path, behind /models/.',
  'no-models-segment': 'The segment /models/ is missing before the model id.',
  'old-pipeline': 'This form is gone since April 2025; the task now stands behind the model id.',
  'unknown-ending': 'Nothing is served under the end of this path.',
  'old-host-path': 'This is a path of the retired host; the router never had it at its root.',
  'chat-only': 'Automatic routing serves chat only.',
  'old-proxy': 'The proxy below huggingface.co was an interim of early 2025; the router replaced it.',
  doubled: 'A part of the path stands there twice: the base URL ends with what the client adds again.',
  app: 'The address of the app is not complete: fal expects the whole id of the model behind its base.',
  method: 'The path is right, the method is not.',
  multipart: 'The path is right, but it takes a file as multipart form, not JSON.',
  'not-allowed': 'The router hands only known paths on to a provider, and this is none of them.',
  'provider-path': 'The provider says that it has no such path.',
} as const;

/** The router itself says that it hands no such path on. */
export const NOT_ALLOWED = /\bnot allowed to (get|post|put|delete) \/?(\S{1,200}) for provider [a-z]/i;

export type Form = keyof typeof WHY;

export interface Misroute {
  form: Form;
  /** The URL to call instead; `{model}` where the evidence names none. */
  right: string;
  /** No client of any time could use it, so the answer's words do not matter. */
  never: boolean;
}

const ENDINGS = [
  '',
  'v1/chat/completions',
  'v1/completions',
  'pipeline/feature-extraction',
  'pipeline/sentence-similarity',
];
const NOT_CHAT = /^(embeddings|images|audio|videos?|completions|rerank|moderations|score)$/;

/** The path that was asked for: of the request, else as the server repeats it. */
export function askedPath(o: Observation): string | null {
  const repeated = /\bcannot (?:get|post|put) (\/[^\s<"']{0,300})/i;
  return o.path ?? repeated.exec(o.body.message ?? '')?.[1] ?? repeated.exec(o.body.excerpt)?.[1] ?? null;
}

/** The server owns no such path or method, by its own words or because a page answers 404 or 405. */
export function noRoute(o: Observation): boolean {
  if (says(o, /\bcannot (?:get|post|put) \/|\bno route matched|^\W{0,4}(?:404 )?page not found/i))
    return true;
  if (o.status === 405) return true;
  return (
    o.status === 404 &&
    (o.body.kind !== 'json' || /^\W{0,4}(?:404:? )?not found\W{0,3}$/i.test(o.body.message ?? ''))
  );
}

/** A path of the router that no route owns; null for a good one, or one that we do not know. */
export function misroute(path: string, o: Observation, e: Evidence): Misroute | null {
  const router = e.run.endpoints.router || ROUTER;
  const [first, second, ...rest] = path.split('/').filter((part) => part !== '');
  const at = (form: Form, id: readonly string[], task = o.task, never = true): Misroute => {
    const named = id.join('/') || (o.model ?? '{model}');
    return {
      form,
      never,
      right: rightUrl(router, named, task ?? factsOf(o, e)?.task ?? null, isChat(path, o)),
    };
  };
  if (first === 'models' && second) return at('old-host-path', idIn([second, ...rest]));
  if (first === 'pipeline' && second) return at('old-host-path', rest.slice(0, 2), second);
  if (first === 'v1' && second && NOT_CHAT.test(second))
    return at('chat-only', [], second === 'embeddings' ? 'feature-extraction' : o.task, false);
  if (first !== 'hf-inference') return null;
  if (!second || (second === 'models' && rest.length === 0)) return at('incomplete', []);
  if (second === 'v1')
    return at('chat-below-hf-inference', [], rest[0] === 'embeddings' ? 'feature-extraction' : o.task);
  if (second === 'pipeline') return at('old-pipeline', rest.slice(1, 3), rest[0] ?? null, false);
  if (second !== 'models') return at('no-models-segment', idIn([second, ...rest]));
  const id = idIn(rest);
  const ending = rest.slice(id.length).join('/');
  const task = /^(?:pipeline\/)?([a-z-]{4,40})$/.exec(ending)?.[1] ?? o.task;
  return ENDINGS.includes(ending) ? null : at('unknown-ending', id, task, false);
}

/** `gpt2` or `org/name`: what follows starts with a route's own word. */
function idIn(parts: readonly string[]): readonly string[] {
  return parts.slice(0, parts[1] === undefined || /^(v1|pipeline)$/.test(parts[1]) ? 1 : 2);
}

function isChat(path: string, o: Observation): boolean {
  return path.endsWith('/chat/completions') || /"messages"\s?:/.test(o.requestBody ?? '');
}

function rightUrl(router: string, model: string, task: string | null, chat: boolean): string {
  if (task === 'feature-extraction' || task === 'sentence-similarity')
    return `${router}/hf-inference/models/${model}/pipeline/${task}`;
  if (chat || task === 'conversational') return `${router}/v1/chat/completions`;
  return `${router}/hf-inference/models/${model}`;
}

/** The path with what stands twice only once. */
export function folded(path: string): string {
  return path
    .replace(/\/{2,20}/g, '/')
    .replace(/\/v1\/v1(?=\/|$)/, '/v1')
    .replace('/chat/completions/chat/completions', '/chat/completions');
}
