import { chat, completion } from './chat.js';
import {
  address,
  anyOf,
  type Form,
  fields,
  firstOf,
  is,
  type Judge,
  list,
  listIn,
  listOf,
  maybe,
  number,
  record,
  text,
  words,
} from './form.js';
import { vectors } from './vectors.js';

const label = { label: text, score: number };
const labels = list(fields(label));
/** In `hi` there is no name and on a grey picture there is no thing: finding nothing is an answer. */
const found = (item: Parameters<typeof fields>[0]): Judge => is(listOf(fields(item)));
const numbers = list(number);
const answer = fields({ answer: text, start: number, end: number, score: number });
const table = fields({
  aggregator: text,
  answer: text,
  cells: listOf(text),
  coordinates: listOf(listOf(number)),
});
const box = fields({ xmin: number, ymin: number, xmax: number, ymax: number });

/** `[[{label, score}]]` */
const nestedLabels: Judge = (json) => {
  if (Array.isArray(json) && json.length === 0) return 'empty';
  return labels(Array.isArray(json) ? json[0] : json);
};

/** The form of old, `{labels, scores}`, still comes. */
const labelsAndScores: Judge = (json) => {
  const object = record(json);
  const { labels: names, scores } = object ?? {};
  if (!Array.isArray(names) || !Array.isArray(scores) || names.length !== scores.length) return 'unexpected';
  if (names.length === 0) return 'empty';
  return names.every(text) && scores.every(number) ? 'ok' : 'unexpected';
};

const json = (judge: Judge): Form => ({ json: judge });
const onlyBytes = (bytes: 'image' | 'audio'): Form => ({ json: () => 'unexpected', bytes });

/** router.huggingface.co/hf-inference: the pipelines of transformers. */
export const HF_INFERENCE: Readonly<Record<string, Form>> = {
  conversational: json((v) => chat(v, null)),
  'text-generation': json(completion(text)),
  'text-classification': json(nestedLabels),
  'token-classification': json(
    found({ entity_group: text, score: number, word: text, start: number, end: number }),
  ),
  'fill-mask': json(list(fields({ score: number, sequence: text, token: number, token_str: text }))),
  'feature-extraction': json(vectors),
  'sentence-similarity': json(numbers),
  'zero-shot-classification': json(anyOf(labelsAndScores, labels)),
  'question-answering': json(anyOf(is(answer), list(answer))),
  'table-question-answering': json(anyOf(is(table), list(table))),
  'document-question-answering': json(
    list(fields({ answer: text, start: maybe(number), end: maybe(number), score: maybe(number) })),
  ),
  'visual-question-answering': json(list(fields({ answer: text, score: number }))),
  summarization: json(list(fields({ summary_text: text }))),
  translation: json(list(fields({ translation_text: text }))),
  'tabular-classification': json(numbers),
  'tabular-regression': json(numbers),
  'audio-classification': json(labels),
  'image-classification': json(labels),
  'zero-shot-image-classification': json(labels),
  'image-segmentation': json(found({ label: text, mask: text, score: maybe(number) })),
  'object-detection': json(found({ ...label, box })),
  'image-to-text': json(is(fields({ generated_text: text }))),
  'automatic-speech-recognition': json(is(fields({ text }))),
  'audio-to-audio': json(list(fields({ label: text, 'content-type': text, blob: text }))),
  'text-to-image': {
    json: anyOf(listIn('data', firstOf(fields({ b64_json: words }))), listIn('output', firstOf(address))),
    bytes: 'image',
  },
  'image-to-image': onlyBytes('image'),
  'text-to-speech': onlyBytes('audio'),
  'text-to-audio': onlyBytes('audio'),
};
