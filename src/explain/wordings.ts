import { AMBIGUOUS } from './marks.js';
import { sentenceIn } from './sentences.js';

/** A wording that is known: two of them in one text are two errors. */
export interface Wording {
  key: string;
  pattern: RegExp;
}

/** What a text says in words of Hugging Face; null when it says nothing of its own. */
export function wordingIn(text: string): Wording | null {
  const sentence = sentenceIn(text);
  if (sentence) return { key: sentence.source, pattern: sentence };
  const words = AMBIGUOUS.exec(text)?.[0].toLowerCase();
  return words === undefined ? null : { key: words, pattern: AMBIGUOUS };
}
