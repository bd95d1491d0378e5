import { chatWithEnvelope, completion } from './chat.js';
import {
  address,
  anyOf,
  type Check,
  either,
  type Form,
  fields,
  firstOf,
  is,
  type Judge,
  link,
  list,
  listIn,
  record,
  text,
  words,
} from './form.js';
import { HF_INFERENCE } from './hf-inference.js';
import { falQueue, novitaTask, prediction, togetherVideo, wavespeedTask, zaiTask } from './submit.js';
import { embeddings } from './vectors.js';

const form = (json: Judge): Form => ({ json });
const CHAT = { conversational: form((json) => chatWithEnvelope(json, null)) };
const generated = fields({ generated_text: text });
const GENERATED = { 'text-generation': form(anyOf(is(generated), list(generated))) };
const COMPLETION = { 'text-generation': form(completion(text, text)) };
const EMBEDDINGS = { 'feature-extraction': form(embeddings) };
const SPEECH: Form = { json: () => 'unexpected', bytes: 'audio' };
const transcript = form(is(fields({ text })));
const base64 = fields({ b64_json: words });
const image = form(listIn('data', firstOf(either(base64, fields({ url: words })))));
/** This one is read as bytes only. */
const imageInside = form(
  listIn(
    'data',
    firstOf((v) => base64(v) && typeof record(v)?.url !== 'string'),
  ),
);

const all = (form: Form, ...tasks: string[]) => Object.fromEntries(tasks.map((task) => [task, form]));

const picture: Check = either(link, firstOf(address));
const spoken = either(
  text,
  firstOf(text),
  fields({ transcription: text }),
  fields({ translation: text }),
  fields({ txt_file: address }),
);

/** By provider and task: what the official client accepts as an answer. */
export const PAIRS: Readonly<Record<string, Readonly<Record<string, Form>>>> = {
  baseten: CHAT,
  cerebras: CHAT,
  cohere: CHAT,
  deepinfra: {
    ...CHAT,
    ...EMBEDDINGS,
    'text-generation': form(completion(text)),
    'automatic-speech-recognition': transcript,
    'text-to-image': image,
    'text-to-speech': SPEECH,
  },
  'fal-ai': {
    ...all(
      form(falQueue),
      'audio-to-audio',
      'image-segmentation',
      'image-text-to-image',
      'image-text-to-video',
      'image-to-image',
      'image-to-video',
      'text-to-audio',
      'text-to-image',
      'text-to-video',
    ),
    'automatic-speech-recognition': form(is(either(fields({ text }), fields({ output: text })))),
    'text-to-speech': form(is(fields({ audio: fields({ url: address }) }))),
  },
  'featherless-ai': { ...CHAT, ...COMPLETION },
  'fireworks-ai': CHAT,
  groq: { ...CHAT, ...GENERATED },
  'hf-inference': HF_INFERENCE,
  novita: { ...CHAT, ...GENERATED, ...all(form(novitaTask), 'text-to-video', 'image-text-to-video') },
  nscale: { ...CHAT, 'text-to-image': form(listIn('data', firstOf(base64))) },
  openai: CHAT,
  ovhcloud: { ...CHAT, ...COMPLETION },
  publicai: CHAT,
  replicate: {
    'text-to-image': form(prediction(picture)),
    'image-to-image': form(prediction(picture)),
    'text-to-speech': { json: prediction(either(address, firstOf(address))), bytes: 'audio' },
    'text-to-video': form(prediction(link)),
    'automatic-speech-recognition': form(prediction(spoken)),
  },
  scaleway: { ...CHAT, ...EMBEDDINGS, 'text-generation': form(completion(words)) },
  together: {
    ...CHAT,
    ...COMPLETION,
    ...EMBEDDINGS,
    'text-to-image': image,
    'image-to-image': imageInside,
    'text-to-video': form(togetherVideo),
    'image-to-video': form(togetherVideo),
    'text-to-speech': SPEECH,
    'automatic-speech-recognition': transcript,
  },
  wavespeed: all(
    form(wavespeedTask),
    'text-to-image',
    'text-to-video',
    'image-to-image',
    'image-to-video',
    'image-text-to-image',
    'image-text-to-video',
  ),
  'zai-org': {
    ...CHAT,
    'text-to-image': form(zaiTask),
    'image-to-text': form(is(fields({ md_results: text }))),
  },
};
