import type { Observation } from '../../types/observation.js';
import { cellRule, fix } from '../define.js';
import { says } from '../match.js';
import { bySentence, checkCommand, modelOf, refused } from '../refusal.js';

interface Args {
  model: string | null;
  /** Tokens, as far as the answer names them. */
  limit: number | null;
  input: number | null;
  output: number | null;
  /** The limit is on the prompt alone. */
  promptOnly: boolean;
}

const SENTENCE =
  /`?inputs`? tokens \+ `?max_new_tokens`? must be|`?inputs`? must have less than \d{1,9} (?:tokens|characters)|maximum (?:context|prompt|sequence|input) length|context[ _](?:length|window)[ _](?:is |was |has been )?exceeded|\b(?:exceeds?|exceeding|longer than|larger than|over) (?:the |this )?(?:model'?s? )?(?:max(?:imum)?(?: allowed)? )?(?:context|sequence|prompt|input)[ _](?:length|window|size|limit)|\bprompt is too long\b|\binput is too long\b|\binput length and `?max_tokens`? exceed|reduce the length of the (?:messages|prompt|input)|\btoo many (?:input )?tokens\b/i;
/** A budget over time is a rate limit, whatever it says about length. */
const RATE = /\btokens? per (?:minute|day)|\b(?:tpm|tpd)\b/i;

function number(o: Observation, pattern: RegExp): number | null {
  const found = pattern.exec(o.body.message ?? '') ?? pattern.exec(o.body.excerpt);
  const digits = found?.slice(1).find((group) => group !== undefined);
  return digits ? Number(digits.replaceAll(',', '')) : null;
}

const LIMIT = /(?:must be <=|less than|length (?:is|of)|limit (?:is|of)) (\d[\d,]{0,11})/i;
const INPUT =
  /(\d[\d,]{0,11}) in the messages|given: (\d[\d,]{0,11})|(?:resulted in|prompt has) (\d[\d,]{0,11}) tokens/i;
const OUTPUT = /(\d[\d,]{0,11}) `?max_new_tokens`?|(\d[\d,]{0,11}) in the completion/i;

export const contextTooLong = cellRule<Args>({
  id: 'context-too-long',
  blame: 'code',
  severity: 'error',
  lastVerified: '2026-11-21',
  corrects:
    'The limit counts the prompt and the answer that you ask for together: a short prompt with a large max_tokens passes it too.',
  match(o, e) {
    if (!refused(o) || o.status === 429 || says(o, RATE)) return null;
    if (o.status !== null && o.status >= 500 && o.body.kind !== 'json') return null;
    const coded = /^(?:context_length_exceeded|context_window_exceeded|string_above_max_length)$/i.test(
      o.body.code ?? '',
    );
    if (!coded && !says(o, SENTENCE)) return null;
    const model = modelOf(o);
    return {
      confidence: bySentence(o, e),
      subject: model ?? 'this model',
      args: {
        model,
        limit: number(o, LIMIT),
        input: number(o, INPUT),
        output: number(o, OUTPUT),
        promptOnly: says(o, /`?inputs`? must have less than|prompt is too long|input is too long/i),
      },
    };
  },
  title: ({ args }) =>
    args.limit === null
      ? 'Your request is longer than the model can take'
      : `Your request is longer than the ${args.limit} tokens that the model takes`,
  explanation({ args }) {
    const parts = [
      ...(args.input === null ? [] : [`${args.input} tokens of input`]),
      ...(args.output === null ? [] : [`${args.output} tokens of answer`]),
    ];
    const seen = parts.length > 0 ? ` The request asks for ${parts.join(' and ')}.` : '';
    const counts = args.promptOnly
      ? 'The prompt alone passes the limit.'
      : 'The server counts the prompt and the longest answer that you allow together.';
    return `${counts}${seen} The token, the route and the model were accepted.`;
  },
  notThis: () =>
    'Another token or a paid plan cannot help. Another provider may allow more or less for the same model.',
  fixes({ args }) {
    const mostlyOutput = args.limit !== null && args.input !== null && args.input < args.limit;
    const room = mostlyOutput && args.limit !== null && args.input !== null ? args.limit - args.input : null;
    const lower = fix(`Lower max_tokens (max_new_tokens)${room === null ? '' : ` to ${room} or less`}.`);
    const shorten = fix('Shorten the prompt: leave out old messages, cut documents, ask in parts.');
    return [
      ...(mostlyOutput ? [lower, shorten] : args.promptOnly ? [shorten] : [shorten, lower]),
      fix('Or use a model with a longer context.', { links: ['https://router.huggingface.co/v1/models'] }),
    ];
  },
  verify: ({ args }) => checkCommand(args.model),
  page: {
    meaning:
      'The prompt, or the prompt and the answer that is allowed, has more tokens than the model or the provider takes.',
    evidence:
      '400, 413 or 422 (or an error event inside a stream that began with 200) with a sentence about tokens: "`inputs` tokens + `max_new_tokens` must be <= ...", "maximum context length", context_length_exceeded.',
    mistakenFor:
      'A body with too many bytes (payload-too-large), a limit of tokens per minute (a rate limit), a model that fails.',
    repair:
      'Lower max_tokens first when the prompt is short. Else shorten the prompt. /v1/models lists context_length for many providers.',
    links: ['https://huggingface.co/docs/inference-providers/tasks/chat-completion'],
  },
});
