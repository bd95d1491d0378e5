/** What a chain can be written as. */
export const TARGETS = ['python', 'typescript', 'litellm', 'openai', 'env', 'json'] as const;

export type Target = (typeof TARGETS)[number];
