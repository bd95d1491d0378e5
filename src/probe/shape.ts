import type { Observation } from '../types/observation.js';
import { hasError, type ReadBody } from './body.js';

/**
 * Judges a 2xx body against the task. The text does not matter: a reasoning model may answer with
 * `content: null`. An empty result, a page or an error in a 2xx is never a pass.
 */
export function judgeShape(task: string | null, body: ReadBody): Exclude<Observation['shape'], null> {
  const { facts, json } = body;
  switch (facts.kind) {
    case 'empty':
      return 'empty';
    case 'html':
      return 'unexpected';
    case 'binary':
      return task === null || !TEXT_TASKS.has(task) ? 'ok' : 'unexpected';
    case 'text':
      return task === null ? 'ok' : 'unexpected';
    case 'sse':
      if (facts.message !== null) return 'error-inside';
      return facts.excerpt.includes('data:') ? 'ok' : 'empty';
    default:
      if (hasError(json)) return 'error-inside';
      return TEXT_TASKS.get(task ?? '')?.(json) ?? (isEmpty(json) ? 'empty' : 'ok');
  }
}

type Judge = (json: unknown) => 'ok' | 'empty' | 'unexpected';

const TEXT_TASKS = new Map<string, Judge>([
  ['conversational', (json) => choices(json)],
  [
    'text-generation',
    (json) => {
      const first = Array.isArray(json) ? json[0] : json;
      const text = record(first)?.generated_text;
      if (typeof text === 'string') return 'ok';
      if (Array.isArray(json) && json.length === 0) return 'empty';
      return choices(json);
    },
  ],
  [
    'feature-extraction',
    (json) => {
      const object = record(json);
      const list = object ? (object.data ?? object.embeddings) : json;
      if (!Array.isArray(list)) return 'unexpected';
      if (list.length === 0) return 'empty';
      const first: unknown = record(list[0])?.embedding ?? list[0];
      return typeof first === 'number' || Array.isArray(first) || typeof first === 'string'
        ? 'ok'
        : 'unexpected';
    },
  ],
]);

function choices(json: unknown): 'ok' | 'empty' | 'unexpected' {
  const list = record(json)?.choices;
  if (!Array.isArray(list)) return 'unexpected';
  return list.length > 0 ? 'ok' : 'empty';
}

function record(value: unknown): Record<string, unknown> | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : null;
}

function isEmpty(json: unknown): boolean {
  if (json === null || json === undefined || json === '') return true;
  return typeof json === 'object' && Object.keys(json).length === 0;
}
