import { CLASSES } from './classes.js';

/*
 * A proxy or a backend of one's own answers 500 and quotes what Hugging Face told it. The sentence, or
 * the class that its client raised, belongs to a status of its own, and that one counts.
 */
const SENTENCES: readonly (readonly [RegExp, number])[] = [
  [/invalid username or password|authorization header is correct, but the token seems invalid/i, 401],
  [/(?:depleted|exceeded) your monthly included credits|free monthly usage limit for \S/i, 402],
  [/sufficient permissions? to (?:call|use) (?:the )?(?:serverless )?inference (?:providers|api)/i, 403],
  [/spending limit for inference providers|due to the organi[sz]ation token policy/i, 403],
  [/pay-as-you-?\s?go is not (?:yet )?enabled for provider/i, 402],
  [/not supported by any provider you have enabled|model not supported by provider \S/i, 400],
  [/api-inference\.huggingface\.co\/? is no longer supported/i, 410],
];

const RAISED = CLASSES.map(
  ([pattern, status]) =>
    [
      new RegExp(`\\b500 - \\{[^\\n]{0,80}${pattern.source.replace('(?:openai|litellm)', 'litellm')}`),
      status,
    ] as const,
);

/** The status of the answer that a text is about. */
export function innerStatus(said: string, status: number | null): number | null {
  if (status === null || status < 500) return status;
  return [...SENTENCES, ...RAISED].find(([pattern]) => pattern.test(said))?.[1] ?? status;
}
