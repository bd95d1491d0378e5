import type { TokenFacts } from '../types/evidence.js';
import type { Env } from './paths.js';
import { tokensIn } from './secrets-in.js';

/** Names that people give to the token, that no official client reads, and who does read them. */
export const LOOKALIKES: Readonly<Record<string, string | null>> = {
  HUGGINGFACEHUB_API_TOKEN: 'LangChain',
  HUGGINGFACE_API_KEY: 'litellm and the Vercel AI SDK',
  HF_API_TOKEN: 'Haystack',
  HUGGINGFACE_HUB_TOKEN: null,
  HUGGINGFACE_TOKEN: null,
  HUGGING_FACE_TOKEN: null,
  HF_API_KEY: null,
  HF_ACCESS_TOKEN: null,
  INFERENCE_TOKEN: null,
};

/** Those of the environment that hold something that starts like a Hugging Face token. */
export function findLookalikes(env: Env): {
  found: TokenFacts['lookalikes'];
  secrets: { value: string; source: string }[];
} {
  const set = Object.entries(LOOKALIKES)
    .map(([name, readBy]) => ({ name, readBy, tokens: tokensIn(env[name] ?? '') }))
    .filter(({ tokens }) => tokens.length > 0);
  return {
    found: set.map(({ name, readBy }) => ({ name, readBy })),
    secrets: set.flatMap(({ name, tokens }) => tokens.map((value) => ({ value, source: `env ${name}` }))),
  };
}
