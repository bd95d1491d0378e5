import { chat, completion } from './chat.js';
import {
  anyOf,
  type Form,
  fields,
  is,
  isEmpty,
  type Judge,
  list,
  listIn,
  listOf,
  record,
  text,
} from './form.js';

const generated = fields({ generated_text: text });
const vector = (v: unknown) => typeof v === 'number' || Array.isArray(v);
const listed = (v: unknown) => ['number', 'string'].includes(typeof v) || Array.isArray(v);
const embedding = (v: unknown) => listed(record(v)?.embedding) || vector(v);

/** Tasks where nothing found is an answer. */
const MAY_FIND_NOTHING = ['token-classification', 'object-detection', 'image-segmentation'];

const TEXT: Readonly<Record<string, Judge>> = {
  conversational: (json) => chat(json, null),
  'text-generation': anyOf(is(generated), list(generated), completion(text)),
  'feature-extraction': anyOf(
    list(vector),
    listIn('data', listOf(embedding)),
    listIn('embeddings', listOf(embedding)),
  ),
};

/** Where no table tells the form: an endpoint of one's own, a gateway, a provider that is new. */
export function generalForm(task: string | null): Form {
  const known = task !== null && Object.hasOwn(TEXT, task) ? TEXT[task] : undefined;
  if (known) return { json: known };
  const mayBeEmpty = task !== null && MAY_FIND_NOTHING.includes(task);
  return {
    json: (json) => (isEmpty(json) && !(mayBeEmpty && Array.isArray(json)) ? 'empty' : 'ok'),
    bytes: 'any',
  };
}
