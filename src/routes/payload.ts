import type { ProbedTask } from './request.js';

/** The smallest request that makes a backend do real work. */
export const PROMPT = 'hi';
export const MAX_TOKENS = 1;

export function chat(model: string) {
  return { model, messages: [{ role: 'user' as const, content: PROMPT }], max_tokens: MAX_TOKENS };
}

export function inputs(task: ProbedTask) {
  return task === 'text-generation'
    ? { inputs: PROMPT, parameters: { max_new_tokens: MAX_TOKENS } }
    : { inputs: PROMPT };
}
