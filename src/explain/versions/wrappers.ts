import type { History } from './knowledge.js';

/* Libraries that stand before the official clients, or speak to the router by themselves. */

export const LANGCHAIN_HUGGINGFACE: History = [
  {
    below: '0.2.0',
    says: 'It calls InferenceClient.post, which huggingface_hub dropped in 0.31.0.',
    fixedIn: '0.2.0',
  },
  {
    below: null,
    says: 'It asks for text generation in HuggingFaceEndpoint unless told otherwise, and most providers serve chat only: put it into ChatHuggingFace, or set task="conversational".',
    fixedIn: null,
  },
];

export const LITELLM: History = [
  {
    below: null,
    says: 'It looks the provider up by itself for models that begin with "huggingface/". Its openai/ route with the base URL https://router.huggingface.co/v1 is simpler.',
    fixedIn: null,
  },
];

export const OPENAI: History = [
  {
    below: null,
    says: 'It hides the sentence of an error when the field "error" is plain text, as Hugging Face writes it: read the body of the response itself.',
    fixedIn: null,
  },
];
