import { type Check, fields, type Judge, listIn, listOf, number } from './form.js';

/** Numbers, or lists of them up to four deep: a vector, one a text, one a token. */
export const vectors: Judge = (json) => {
  if (!Array.isArray(json) || !numbersBelow(json, 3)) return 'unexpected';
  return json.flat(3).length > 0 ? 'ok' : 'empty';
};

function numbersBelow(values: readonly unknown[], levels: number): boolean {
  if (levels < 0) return false;
  return values.every((v) => Array.isArray(v))
    ? values.every((v) => numbersBelow(v, levels - 1))
    : values.every(number);
}

const embedding: Check = (v) => Array.isArray(v);
const items = listIn('data', listOf(fields({ embedding })));

/** `{data: [{embedding: […]}]}` */
export const embeddings: Judge = (json) => {
  const { data } = Object(json) as { data?: { embedding: unknown[] }[] };
  const shape = items(json);
  return shape === 'ok' && data?.every((item) => item.embedding.length === 0) ? 'empty' : shape;
};
