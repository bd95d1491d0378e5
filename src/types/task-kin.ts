/** hf-inference runs a model for sentences both ways, whichever of the two its mapping names. */
const SENTENCES: readonly string[] = ['feature-extraction', 'sentence-similarity'];

/** The two are one task, or are served by the same call of hf-inference. */
export function isKin(a: string, b: string): boolean {
  return a === b || (SENTENCES.includes(a) && SENTENCES.includes(b));
}
