import { type Answer, answer } from './answer.js';
import { chatCompletion } from './chat.js';
import { incomplete } from './incomplete.js';
import { falResult, SUBMITTED } from './jobs.js';
import { mediaBytes, PICTURE } from './media.js';
import { embeddings, textCompletion } from './outputs.js';
import type { SimRequest } from './request.js';
import type { ProviderEntry } from './target.js';
import { completion, makerOf } from './upstream.js';

/** One kind of path at a provider. */
interface Api {
  path: RegExp;
  tasks: readonly string[];
  /** What is refused before anything is made; null when nothing is. */
  lacks: (request: SimRequest, task: string) => string | null;
  make: (entry: ProviderEntry, request: SimRequest) => Answer;
}

const TEXT = ['conversational', 'text-generation'];
/** Served below shared paths only. */
const NO_MEDIA = [...TEXT, 'feature-extraction'];

const json = (body: (entry: ProviderEntry) => unknown) => (entry: ProviderEntry, request: SimRequest) =>
  completion(entry, request, { json: body(entry) });
const job = json((entry) => SUBMITTED[entry.provider]?.(entry) ?? {});
const needs =
  (...fields: string[]) =>
  ({ body }: SimRequest) =>
    fields.every((field) => isEmpty(Object(body)[field])) ? (fields[0] ?? null) : null;

/** An empty list or text is as good as none. */
function isEmpty(value: unknown): boolean {
  return (
    value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)
  );
}

/** The APIs that several providers share: the model is in the body. The first that fits. */
const SHARED: readonly Api[] = [
  { path: /\/chat\/completions$/, tasks: TEXT, lacks: () => null, make: chatOrText },
  { path: /\/completions$/, tasks: TEXT, lacks: needs('prompt'), make: json(({ id }) => textCompletion(id)) },
  {
    path: /\/embeddings$/,
    tasks: ['feature-extraction'],
    lacks: needs('input'),
    make: json(({ id }) => embeddings(id)),
  },
  { path: /\/async\/images\/generations$/, tasks: ['text-to-image'], lacks: needs('prompt'), make: job },
  {
    path: /\/images\/generations$/,
    tasks: ['text-to-image', 'image-to-image'],
    lacks: needs('prompt'),
    make: json(({ id }) => ({ model: id, data: [{ index: 0, b64_json: PICTURE }] })),
  },
  { path: /\/audio\/speech$/, tasks: ['text-to-speech'], lacks: needs('input'), make: speech },
  {
    path: /\/audio\/transcriptions$/,
    tasks: ['automatic-speech-recognition'],
    lacks: needs('file'),
    make: json(() => ({ text: 'hello' })),
  },
  {
    path: /\/v2\/videos$/,
    tasks: ['text-to-video', 'image-to-video'],
    lacks: needs('prompt', 'frame_images'),
    make: job,
  },
  { path: /\/video_generation$/, tasks: ['image-text-to-video'], lacks: needs('content'), make: job },
  { path: /\/v3\/async\//, tasks: ['text-to-video'], lacks: needs('prompt'), make: job },
  {
    path: /\/layout_parsing$/,
    tasks: ['image-to-text'],
    lacks: needs('file'),
    make: json(() => ({ md_results: 'a grey dot' })),
  },
];

/** Providers with one API for all: the model is in the path. */
const OWN: Readonly<Record<string, Omit<Api, 'path' | 'tasks'>>> = {
  // A queue takes any JSON: the model would start with its defaults.
  'fal-ai': {
    lacks: (request, task) => (isQueued(request) ? null : falNeeds(task)(request)),
    make: (entry, request) =>
      isQueued(request) ? job(entry, request) : completion(entry, request, { json: falResult(entry.task) }),
  },
  replicate: {
    lacks: needs('input'),
    make: (entry, request) => ({ ...job(entry, request), status: 201 }),
  },
  wavespeed: { lacks: () => null, make: job },
};

function isQueued({ query }: SimRequest): boolean {
  return query.includes('_subdomain=queue');
}

function falNeeds(task: string) {
  if (task === 'automatic-speech-recognition' || task.startsWith('audio-')) return needs('audio_url');
  if (task === 'text-to-speech') return needs('text', 'prompt');
  return task.startsWith('image-') ? needs('image_url', 'image_urls', 'prompt') : needs('prompt');
}

/** groq and novita list text generation below their chat path, and get it in its own form. */
function chatOrText(entry: ProviderEntry, request: SimRequest): Answer {
  const isText = entry.task === 'text-generation' && typeof Object(request.body).inputs === 'string';
  if (!isText) return chatCompletion(entry, request);
  return completion(entry, request, { json: [{ generated_text: 'hello world' }] });
}

function speech(entry: ProviderEntry, request: SimRequest): Answer {
  return completion(entry, request, { file: mediaBytes(entry.task) });
}

function notAForm(entry: ProviderEntry, request: SimRequest): Answer {
  const error = { message: 'Content-Type must be multipart/form-data', type: 'invalid_request_error' };
  return answer(makerOf(entry), request, 415, { json: { error } });
}

/** What a provider does with a request for this entry; null when its path is for other tasks. */
export function apiOf(entry: ProviderEntry, { path }: SimRequest) {
  const { provider, task } = entry;
  const shared = SHARED.find((api) => api.path.test(path));
  const own = Object.hasOwn(OWN, provider) ? OWN[provider] : undefined;
  const api = shared?.tasks.includes(task) ? shared : !shared && !NO_MEDIA.includes(task) ? own : undefined;
  return (
    api &&
    ((request: SimRequest) => {
      const wantsForm = path.endsWith('/transcriptions');
      if (wantsForm && !/^multipart\//i.test(request.contentType)) return notAForm(entry, request);
      const missing = request.body === null ? '' : api.lacks(request, task);
      return missing === null ? api.make(entry, request) : incomplete(entry, request, missing);
    })
  );
}
