import type { Evidence } from '../../types/evidence.js';
import type { Observation } from '../../types/observation.js';
import { cellRule, fix, type Hit } from '../define.js';
import { factsOf, onHuggingFace, says } from '../match.js';
import { ROUTER } from '../router/paths.js';
import { LINKS } from '../words.js';
import { bySentence, checkCommand, modelOf, refused } from './refusal.js';

interface Args {
  model: string | null;
  /** What was called, and what the model is served for. */
  asked: string | null;
  served: string | null;
  /** The field whose absence shows another kind of payload. */
  field: string | null;
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

function mismatch(o: Observation, e: Evidence): Omit<Args, 'model'> | null {
  const live = (factsOf(o, e)?.providers ?? []).filter((p) => p.status === 'live');
  const other = live.every((p) => p.task !== 'conversational') ? (live[0]?.task ?? null) : null;
  if (other && says(o, /\bis not a chat model\b/i))
    return { asked: 'conversational', served: other, field: null };
  const asked = first(o, REFUSES);
  if (asked) return { asked, served: first(o, SUPPORTED), field: null };
  const check = first(o, CHECK);
  // The right task with a wrong body is a fault of the payload.
  if (check && o.task !== kebab(check)) return { asked: o.task, served: kebab(check), field: null };
  const field = first(o, FIELD);
  if (!field) return null;
  // The server wants what a chat sends, or what a pipeline sends; the request was of the other kind.
  const chat = field === 'messages';
  return {
    asked: chat ? 'text-generation' : 'conversational',
    served: chat ? 'conversational' : null,
    field,
  };
}

export const wrongTask = cellRule<Args>({
  id: 'wrong-task',
  blame: 'code',
  severity: 'error',
  lastVerified: '2026-11-21',
  match(o, e): Hit<Args> | null {
    if (!refused(o) || (o.status !== null && ![200, 400, 422].includes(o.status) && o.status < 500))
      return null;
    const found = mismatch(o, e);
    if (!found || (!onHuggingFace(o) && found.field === null)) return null;
    const model = modelOf(o);
    const confidence = found.field === null ? bySentence(o, e) : 'likely';
    return {
      confidence,
      subject: `${model ?? 'this model'} ${found.served ?? found.field}`,
      args: { model, ...found },
    };
  },
  title({ args }) {
    const name = args.model ?? 'the model';
    if (args.field)
      return `The body is of another kind than the route expects: the field ${args.field} is missing`;
    return args.served
      ? `Your code calls ${name} for another task than ${args.served}`
      : `${name} is not served for the task that your code calls`;
  },
  explanation({ args }) {
    const name = args.model ?? 'The model';
    if (args.field === 'messages')
      return 'This is a chat route: it takes messages. A body of the text generation kind arrived there. The token and the route were accepted.';
    if (args.field)
      return `This route takes ${args.field}. A body of the chat kind, with messages, arrived there. The token and the model were accepted.`;
    return `${name} is served${args.served ? ` for ${args.served}` : ''}${args.asked ? `, and your code asks for ${args.asked}` : ''}. The token and the id are right; only the kind of call is not.`;
  },
  notThis: () => 'Another token or another provider cannot help while the kind of call stays.',
  fixes({ args, client }) {
    const toChat = args.served === 'conversational' || args.field === 'messages';
    const pipeline = args.served === 'feature-extraction' || args.served === 'sentence-similarity';
    if (toChat) {
      const code = {
        python: 'client.chat_completion([{"role": "user", "content": "hi"}], model=model)',
        node: "await client.chatCompletion({ model, messages: [{ role: 'user', content: 'hi' }] });",
      };
      return [
        fix(`Call it as a chat: ${ROUTER}/v1/chat/completions, with messages.`, {
          links: [LINKS.docs],
          ...(client === 'python' || client === 'node'
            ? { snippet: { language: client === 'python' ? 'python' : 'typescript', code: code[client] } }
            : {}),
        }),
        ...(client === 'node'
          ? []
          : [
              fix(
                'In LangChain: wrap HuggingFaceEndpoint in ChatHuggingFace, or give it task="conversational".',
              ),
            ]),
      ];
    }
    if (args.field)
      return [
        fix('Send the messages to the chat route, or the text as inputs to this one.', {
          links: [LINKS.docs],
        }),
      ];
    const route =
      args.model && pipeline
        ? ` The route with the task in it is /hf-inference/models/${args.model}/pipeline/{task}; for vectors the task is feature-extraction.`
        : '';
    return [
      fix(`Use the call for ${args.served ?? 'the task that the page of the model names'}.${route}`, {
        links: ['https://huggingface.co/docs/inference-providers/tasks/index'],
      }),
    ];
  },
  verify: ({ args }) => checkCommand(args.model),
  page: {
    meaning:
      'The model is served, but for another task than the one that is called: text generation instead of chat, similarity instead of vectors. Most chat models are served for chat only.',
    evidence:
      'The text names the task that is supported ("Supported task: conversational"); or the server misses messages, inputs or prompt, the field that names the kind of body; or "is not a chat model" while the Hub lists a provider for another task.',
    mistakenFor:
      'A provider that does not work, a model that nobody serves. "is not a chat model" with an empty provider list is model-not-served.',
    repair:
      'Chat models: chat_completion or /v1/chat/completions. Embeddings: feature_extraction, or /pipeline/feature-extraction behind the model in the path.',
    links: ['https://huggingface.co/docs/inference-providers/tasks/index'],
  },
});
