import type { History } from './knowledge.js';

/** JavaScript, https://www.npmjs.com/package/@huggingface/inference */
export const HUGGINGFACE_INFERENCE: History = [
  {
    below: '3.1.4',
    says: 'It sends calls to hf-inference to api-inference.huggingface.co, a host that is retired.',
    fixedIn: '3.3.3',
  },
  {
    below: '3.2.0',
    says: 'It sends calls to a path below huggingface.co that is gone.',
    fixedIn: '3.3.3',
  },
  {
    below: '3.3.2',
    says: 'It has no class InferenceClient: there it is called HfInference.',
    fixedIn: '3.5.2',
  },
  {
    below: '3.3.3',
    says: 'It sends calls to a path below huggingface.co that is gone.',
    fixedIn: '3.3.3',
  },
  {
    below: '3.5.2',
    says: 'It has no class InferenceClient: there it is called HfInference.',
    fixedIn: '3.5.2',
  },
  {
    below: '3.13.2',
    says: 'It does not know provider "auto" for all tasks, so a provider has to be named.',
    fixedIn: '3.13.2',
  },
  {
    below: '4.12.0',
    says: 'It chooses the provider by itself: a provider that joined later is refused, and a suffix such as ":fastest" is not understood.',
    fixedIn: '4.12.0',
  },
  {
    below: '4.13.1',
    says: 'It fails to stream chat with automatic routing.',
    fixedIn: '4.13.1',
  },
  {
    below: '4.13.14',
    says: 'It fails on chat calls with endpointUrl and no provider.',
    fixedIn: '4.13.14',
  },
  {
    below: '4.13.22',
    says: 'It still offers six providers that left (black-forest-labs, clarifai, hyperbolic, nebius, nvidia, sambanova).',
    fixedIn: '4.13.22',
  },
  {
    below: '4.13.25',
    says: 'It changes the path of calls to fal-ai, so the router answers "Model not supported by provider fal-ai".',
    fixedIn: '4.13.25',
  },
];
