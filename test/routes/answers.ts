import type { Answer } from './client.js';

/* Answers that the official client accepts, by provider and task. */

const URL_OF = 'https://media.example/1.png';
const MODEL = 'maker/name';
const chat = {
  id: 'c-1',
  object: 'chat.completion',
  created: 1_780_000_000,
  model: MODEL,
  system_fingerprint: null,
  choices: [{ index: 0, message: { role: 'assistant', content: 'Hello' }, finish_reason: 'stop' }],
  usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
};
const completion = { model: MODEL, choices: [{ text: ' world', finish_reason: 'length' }] };
const label = { label: 'a', score: 0.9 };
const span = { score: 0.9, start: 0, end: 2 };
const table = { aggregator: 'NONE', answer: '1', cells: ['1'], coordinates: [[0, 0]] };
const embeddings = { data: [{ embedding: [0.1, 0.2] }] };
const base64 = { data: [{ b64_json: 'aGk=' }] };
const linked = { data: [{ url: URL_OF }] };
const job = { id: 'r-1', status: 'succeeded' };
const image: Answer = { bytes: 'image/png' };
const sound: Answer = { bytes: 'audio/wav' };
const json = (...values: unknown[]): Answer[] => values.map((value) => ({ json: value }));

const queued = json({
  request_id: 'q-1',
  response_url: 'https://queue.fal.run/maker/name/requests/q-1',
  status: 'IN_QUEUE',
});
const handedIn = json({
  code: 200,
  message: 'success',
  data: {
    id: 'w-1',
    status: 'created',
    urls: { get: 'https://api.wavespeed.ai/api/v3/predictions/w-1/result' },
  },
});
const task = json({ task_id: 't-1' });
const video = json(
  { id: 'v-1', status: 'queued' },
  { id: 'v-1' },
  {
    id: 'v-1',
    status: 'completed',
    outputs: { video_url: URL_OF },
  },
);

const BY_TASK: Readonly<Record<string, Answer[]>> = {
  conversational: json(chat, { ...chat, usage: null, system_fingerprint: 'fp' }),
  'text-generation': json(completion),
  'feature-extraction': json(embeddings),
};

const OF: Readonly<Record<string, Readonly<Record<string, Answer[]>>>> = {
  deepinfra: {
    'automatic-speech-recognition': json({ text: 'hi' }, { text: '' }),
    'text-to-image': json(base64, linked),
    'text-to-speech': [sound],
  },
  'fal-ai': {
    'automatic-speech-recognition': json({ text: 'hi' }, { output: 'hi' }),
    'text-to-speech': json({ audio: { url: URL_OF } }),
  },
  groq: { 'text-generation': json([{ generated_text: 'a' }], { generated_text: 'a' }) },
  'hf-inference': {
    'text-classification': json([[label]]),
    'token-classification': json([{ entity_group: 'PER', word: 'Ada', ...span }], []),
    'fill-mask': json([{ score: 0.9, sequence: 'a', token: 1, token_str: 'a' }]),
    'feature-extraction': json([0.1, 0.2], [[0.1]], [[[0.1]]]),
    'sentence-similarity': json([0.9]),
    'zero-shot-classification': json([label], { labels: ['a', 'b'], scores: [0.9, 0.1] }),
    'question-answering': json({ answer: 'a', ...span }, [{ answer: 'a', ...span }]),
    'table-question-answering': json(table, [table]),
    'document-question-answering': json([{ answer: 'a', ...span }], [{ answer: 'a' }]),
    'visual-question-answering': json([{ answer: 'a', score: 0.9 }]),
    summarization: json([{ summary_text: 'a' }]),
    translation: json([{ translation_text: 'a' }]),
    'tabular-classification': json([1]),
    'tabular-regression': json([1.5]),
    'audio-classification': json([label]),
    'image-classification': json([label]),
    'zero-shot-image-classification': json([label]),
    'image-segmentation': json([{ label: 'a', mask: 'aGk=', score: 0.9 }], [{ label: 'a', mask: 'aGk=' }]),
    'object-detection': json([{ ...label, box: { xmin: 0, ymin: 0, xmax: 1, ymax: 1 } }], []),
    'image-to-text': json({ generated_text: 'a' }),
    'automatic-speech-recognition': json({ text: 'hi' }),
    'audio-to-audio': json([{ label: 'a', 'content-type': 'audio/wav', blob: 'aGk=' }]),
    'text-to-image': [image, { bytes: 'application/octet-stream' }, ...json(base64, { output: [URL_OF] })],
    'image-to-image': [image],
    'text-to-speech': [sound],
    'text-to-audio': [sound],
  },
  novita: {
    'text-generation': json([{ generated_text: 'a' }]),
    'text-to-video': task,
    'image-text-to-video': task,
  },
  nscale: { 'text-to-image': json(base64) },
  replicate: {
    'text-to-image': json({ ...job, output: [URL_OF] }, { ...job, output: URL_OF }),
    'image-to-image': json({ ...job, output: [URL_OF] }, { ...job, output: URL_OF }),
    'text-to-speech': [...json({ ...job, output: URL_OF }, { ...job, output: [URL_OF] }), sound],
    'text-to-video': json({ ...job, output: URL_OF }),
    'automatic-speech-recognition': json(
      { ...job, output: 'hi' },
      { ...job, output: ['hi'] },
      { ...job, output: { transcription: 'hi' } },
      { ...job, output: { translation: 'hi' } },
      { ...job, output: { txt_file: URL_OF } },
    ),
  },
  together: {
    'text-to-image': json(base64, linked),
    'image-to-image': json(base64),
    'text-to-video': video,
    'image-to-video': video,
    'text-to-speech': [sound],
    'automatic-speech-recognition': json({ text: 'hi' }),
  },
  'zai-org': {
    'text-to-image': json({ id: 'z-1', task_status: 'PROCESSING' }),
    'image-to-text': json({ md_results: '# hi' }, { md_results: '' }),
  },
};

/** Whole answers; of a task that is fetched later, the receipt. Throws for a pair without one. */
export function accepted(provider: string, task: string): Answer[] {
  const own = OF[provider]?.[task] ?? BY_TASK[task];
  const family = { 'fal-ai': queued, wavespeed: handedIn }[provider];
  const answers = own ?? family;
  if (!answers) throw new Error(`no sample for ${provider} ${task}`);
  return answers;
}

/** Every value of a JSON answer replaced in turn: the path, and the whole answer with it. */
export function* spoilt(value: unknown): Generator<{ path: string; value: unknown }> {
  for (const bad of [null, '', 'x', 7, [], {}]) yield { path: '', value: bad };
  yield* inside(value, '');
}

const GONE = Symbol('gone');

function* inside(value: unknown, path: string): Generator<{ path: string; value: unknown }> {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, item] of Object.entries(value)) {
    const at = path === '' ? key : `${path}.${key}`;
    const holds = typeof item === 'object' && item !== null;
    for (const bad of [GONE, null, '', 'x', 7, ...(holds ? [[], {}] : [])])
      yield {
        path: `${at}=${String(bad === GONE ? 'gone' : JSON.stringify(bad))}`,
        value: put(value, key, bad),
      };
    for (const deep of inside(item, at)) yield { path: deep.path, value: put(value, key, deep.value) };
  }
}

function put(value: object, key: string, item: unknown): unknown {
  if (Array.isArray(value))
    return item === GONE ? value.toSpliced(Number(key), 1) : value.with(Number(key), item);
  const { [key as never]: _, ...others } = value;
  return item === GONE ? others : { ...others, [key]: item };
}
