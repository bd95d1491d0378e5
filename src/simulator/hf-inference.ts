import { type Answer, answer } from './answer.js';
import { chatCompletion } from './chat.js';
import { refuse } from './gate.js';
import { missingField, missingInPipeline } from './incomplete.js';
import { mediaBytes } from './media.js';
import { FILE_TASKS, PIPELINE_OUTPUTS, textCompletion } from './outputs.js';
import { notSupportedBy } from './provider.js';
import type { SimRequest, Target } from './request.js';
import { notFound } from './router.js';
import type { Scenario } from './scenario.js';
import { entryOf, findModel, type ProviderEntry } from './target.js';
import { completion, upstream } from './upstream.js';

/** These two are compatible with one another when they are deployed here. */
const SENTENCE_TASKS = ['feature-extraction', 'sentence-similarity'];
/** Served by programs in Rust; all other tasks by pipelines in Python. */
const RUST = [...SENTENCE_TASKS, 'conversational', 'text-generation'];

/** router.huggingface.co/hf-inference: only `/models/{id}` and what may follow it are routes. */
export function hfInference(scenario: Scenario, request: SimRequest, target: Target): Answer {
  const prefix = '/hf-inference/models/';
  if (!request.path.startsWith(prefix) || target.model === null) return notFound(request);
  const refused = refuse(scenario, request);
  if (refused) return refused;
  const model = findModel(scenario, target.model);
  const entry = model && entryOf(target.model, model, 'hf-inference');
  const tail = request.path.slice(prefix.length + target.model.length);
  const task = entry && taskOf(tail, entry);
  if (!entry || !task || scenario.account.disabled.includes('hf-inference')) {
    return notSupportedBy(request, 'hf-inference');
  }
  return upstream(scenario, request, target.model, entry, () => run(entry, task, tail, request));
}

/** The task that a path asks for; null when the model does another one. */
function taskOf(tail: string, { task }: ProviderEntry): string | null {
  if (tail === '/v1/chat/completions') return task === 'conversational' ? task : null;
  if (tail === '/v1/completions') return ['conversational', 'text-generation'].includes(task) ? task : null;
  if (tail.startsWith('/pipeline/')) {
    const asked = tail.slice('/pipeline/'.length);
    return SENTENCE_TASKS.includes(asked) && SENTENCE_TASKS.includes(task) ? asked : null;
  }
  return tail === '' ? task : null;
}

function run(entry: ProviderEntry, task: string, tail: string, request: SimRequest): Answer {
  // Reported to say "Ok" for a live model, without a bill.
  if (request.method === 'GET') return answer('backend', request, 200, { text: 'Ok' });
  if (tail === '/v1/chat/completions') return chatCompletion(entry, request);
  const { prompt, inputs } = Object(request.body);
  if (tail === '/v1/completions') {
    if (typeof prompt !== 'string') return missingField(request, 'prompt');
    return completion(entry, request, { json: textCompletion(entry.id) });
  }
  if (request.body === null && /^application\/json\b/i.test(request.contentType)) return notJson(request);
  // Binary tasks send raw bytes, all others JSON with `inputs`.
  if (request.size === 0 || (request.body !== null && inputs === undefined))
    return RUST.includes(task) ? missingField(request, 'inputs') : missingInPipeline(request, 'inputs');
  if (FILE_TASKS.includes(task)) return completion(entry, request, { file: mediaBytes(task) });
  const output = PIPELINE_OUTPUTS[task] ?? PIPELINE_OUTPUTS['text-generation'];
  return completion(entry, request, { json: output });
}

function notJson(request: SimRequest): Answer {
  const text = 'Failed to parse the request body as JSON: EOF while parsing an object at line 1 column 1';
  return answer('backend', request, 400, { text });
}
