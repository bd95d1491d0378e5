import { PICTURE, SOUND } from './media.js';
import { type Reply, WORD } from './reply.js';

/** What the machines send when nothing is wrong. One token: probes ask for no more. */

const CREATED = 1_780_000_000;
const usage = { prompt_tokens: 12, completion_tokens: 1, total_tokens: 13 };
const vector = [0.0123, -0.0456, 0.0789, 0.0012];

export function chat(model: string, { finish, ...said }: Reply = WORD): unknown {
  return {
    id: 'chatcmpl-simulator',
    object: 'chat.completion',
    created: CREATED,
    model,
    choices: [{ index: 0, message: { role: 'assistant', ...said }, logprobs: null, finish_reason: finish }],
    usage,
  };
}

/** Server-sent events: a role, what is said, the end with the usage, `[DONE]`. */
export function chatStream(model: string, { finish, ...said }: Reply = WORD): string {
  return `${chatChunks(model, said, finish).map(event).join('')}data: [DONE]\n\n`;
}

/** The stream that a server leaves before the end: nothing says why it stopped. */
export function chatStreamCut(model: string): string {
  return chatChunks(model, { content: 'Hello' }, null).slice(0, 2).map(event).join('');
}

export function event(data: unknown): string {
  return `data: ${JSON.stringify(data)}\n\n`;
}

function chatChunks(model: string, said: object, finish: string | null): unknown[] {
  const chunk = (delta: unknown, finish_reason: string | null, more = {}) => ({
    id: 'chatcmpl-simulator',
    object: 'chat.completion.chunk',
    created: CREATED,
    model,
    choices: [{ index: 0, delta, logprobs: null, finish_reason }],
    ...more,
  });
  return [chunk({ role: 'assistant', content: '' }, null), chunk(said, null), chunk({}, finish, { usage })];
}

export function textCompletion(model: string): unknown {
  return {
    id: 'cmpl-simulator',
    object: 'text_completion',
    created: CREATED,
    model,
    choices: [{ index: 0, text: ' world', logprobs: null, finish_reason: 'length' }],
    usage,
  };
}

export function embeddings(model: string): unknown {
  return {
    object: 'list',
    data: [{ object: 'embedding', index: 0, embedding: vector }],
    model,
    usage: { prompt_tokens: 3, total_tokens: 3 },
  };
}

/** Tasks of hf-inference whose answer is a file. */
export const FILE_TASKS = ['text-to-image', 'image-to-image', 'text-to-speech', 'text-to-audio'];

/** By task, the bodies of the hf-inference pipelines. */
export const PIPELINE_OUTPUTS: Readonly<Record<string, unknown>> = {
  'audio-classification': [{ label: 'a', score: 0.91 }],
  'audio-to-audio': [{ label: 'speech', 'content-type': 'audio/wav', blob: SOUND }],
  'document-question-answering': [{ answer: 'Ada', score: 0.91, start: 0, end: 0 }],
  'image-segmentation': [{ label: 'cat', score: 0.91, mask: PICTURE }],
  'image-to-text': { generated_text: 'a grey dot' },
  'object-detection': [{ label: 'cat', score: 0.91, box: { xmin: 0, ymin: 0, xmax: 1, ymax: 1 } }],
  'table-question-answering': { answer: '1', aggregator: 'NONE', cells: ['1'], coordinates: [[0, 0]] },
  'tabular-classification': [0],
  'tabular-regression': [0.5],
  'visual-question-answering': [{ answer: 'grey', score: 0.91 }],
  'zero-shot-image-classification': [{ label: 'a', score: 0.91 }],
  'automatic-speech-recognition': { text: 'hello' },
  'feature-extraction': vector,
  'fill-mask': [{ score: 0.91, token: 2088, token_str: 'world', sequence: 'hello world' }],
  'image-classification': [{ label: 'tabby', score: 0.91 }],
  'question-answering': { score: 0.91, start: 0, end: 3, answer: 'Ada' },
  'sentence-similarity': [0.87],
  summarization: [{ summary_text: 'Hello.' }],
  'text-classification': [[{ label: 'POSITIVE', score: 0.99 }]],
  'text-generation': [{ generated_text: 'hello world' }],
  'token-classification': [{ entity_group: 'PER', score: 0.99, word: 'Ada', start: 0, end: 3 }],
  translation: [{ translation_text: 'bonjour' }],
  'zero-shot-classification': [{ label: 'a', score: 0.91 }],
};

export const HTML_NOT_FOUND = `<!DOCTYPE html>
<html><head><meta charset="utf-8" /><title>Hugging Face</title></head>
<body><main><h1>404</h1><p>Sorry, we can't find the page you are looking for.</p></main></body></html>
`;
