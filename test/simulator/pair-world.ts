import { PROVIDERS } from '@huggingface/inference';
import { scenario } from './support.js';

/** Providers and tasks of the official client; openai needs a key of its own, so nothing of it is routed. */
export const PAIRS = Object.entries(PROVIDERS)
  .filter(([provider]) => provider !== 'openai')
  .flatMap(([provider, tasks]) => Object.keys(tasks).map((task) => [provider, task] as const));

export function idOf(provider: string, task: string): string {
  if (provider === 'hf-inference') return `${provider}/${task}`;
  return task === 'image-text-to-video' && provider === 'novita' ? 'MiniMax-H3' : `own/${task}`;
}

/** One model for each pair, called `provider/task`. */
export const pairWorld = () =>
  scenario(
    `title: T\nstory: S\ncheck: { models: [a/b] }\nmodels:\n${PAIRS.map(
      ([provider, task]) =>
        `  ${provider}/${task}: { pipelineTag: x, providers: { ${provider}: { id: ${idOf(provider, task)}, task: ${task} } } }`,
    ).join('\n')}\n`,
  );
