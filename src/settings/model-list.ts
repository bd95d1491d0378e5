import type { ModelRef } from './model.js';
import { modelRefText, parseModelRef } from './model-id.js';
import { bad, good, type Parser, texts } from './parser.js';

/** Model ids; in a variable they stand between commas or spaces. */
export const modelList: Parser<ModelRef[]> = {
  shape: { type: 'list' },
  parse(raw) {
    const words = texts(raw, (list) => list.split(/[\s,]+/));
    if (!words.ok) return words;
    const refs: ModelRef[] = [];
    for (const word of words.value) {
      const parsed = parseModelRef(word);
      if (!parsed.ok) return bad(`has a wrong entry. ${parsed.problem}`);
      refs.push(parsed.ref);
    }
    return good(distinct(refs));
  },
};

/** Each model once, in the order of their first mention. */
export function distinct(refs: readonly ModelRef[]): ModelRef[] {
  return [...new Map(refs.map((ref) => [modelRefText(ref), ref])).values()];
}
