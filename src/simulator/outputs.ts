/** What the machines send when nothing is wrong. One token: probes ask for no more. */

const CREATED = 1_780_000_000;
const usage = { prompt_tokens: 12, completion_tokens: 1, total_tokens: 13 };
const vector = [0.0123, -0.0456, 0.0789, 0.0012];

export function chat(model: string): unknown {
  return {
    id: 'chatcmpl-simulator',
    object: 'chat.completion',
    created: CREATED,
    model,
    choices: [
      { index: 0, message: { role: 'assistant', content: 'Hello' }, logprobs: null, finish_reason: 'length' },
    ],
    usage,
  };
}

/** Server-sent events: a role, one word, the end with the usage, `[DONE]`. */
export function chatStream(model: string): string {
  const chunk = (delta: unknown, finish_reason: string | null, more = {}) => ({
    id: 'chatcmpl-simulator',
    object: 'chat.completion.chunk',
    created: CREATED,
    model,
    choices: [{ index: 0, delta, logprobs: null, finish_reason }],
    ...more,
  });
  const chunks = [
    chunk({ role: 'assistant', content: '' }, null),
    chunk({ content: 'Hello' }, null),
    chunk({}, 'length', { usage }),
  ];
  return `${chunks.map((data) => `data: ${JSON.stringify(data)}\n\n`).join('')}data: [DONE]\n\n`;
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

/** By task, the bodies of the hf-inference pipelines. */
export const PIPELINE_OUTPUTS: Readonly<Record<string, unknown>> = {
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

/** Generated media lies elsewhere; the address leads nowhere. */
export const MEDIA_OUTPUT = {
  images: [
    { url: 'https://media.simulator.invalid/1.png', width: 64, height: 64, content_type: 'image/png' },
  ],
};

export const HTML_NOT_FOUND = `<!DOCTYPE html>
<html><head><meta charset="utf-8" /><title>Hugging Face</title></head>
<body><main><h1>404</h1><p>Sorry, we can't find the page you are looking for.</p></main></body></html>
`;
