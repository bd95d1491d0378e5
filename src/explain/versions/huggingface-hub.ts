import type { History } from './knowledge.js';

/** Python, https://github.com/huggingface/huggingface_hub/releases */
export const HUGGINGFACE_HUB: History = [
  {
    below: '0.28.0',
    says: 'It sends every inference call to api-inference.huggingface.co, a host that is retired.',
    fixedIn: '0.29.0',
  },
  {
    below: '0.29.0',
    says: 'It sends calls to hf-inference to the retired host, and those to other providers to a path below huggingface.co that is gone.',
    fixedIn: '0.29.0',
  },
  {
    below: '0.31.0',
    says: 'It asks hf-inference when no provider is named, which serves no large language model, and it sends embeddings to a path that answers 404 since April 2025.',
    fixedIn: '0.31.0',
  },
  {
    below: '1.0.0',
    says: 'It chooses the provider by itself: a model that nobody serves ends in a StopIteration, a provider that joined later is refused, and a suffix such as ":fastest" is not understood.',
    fixedIn: '1.0.0',
  },
  {
    below: '1.22.0',
    says: 'It still offers six providers that left (black-forest-labs, clarifai, hyperbolic, nebius, nvidia, sambanova).',
    fixedIn: '1.22.0',
  },
  { below: '1.27.0', says: 'It does not know the provider baseten.', fixedIn: '1.27.0' },
  {
    below: '1.29.0',
    says: 'It ends in a StopIteration for tasks other than chat when nobody serves the model.',
    fixedIn: null,
  },
];
