import { describe, expect, it } from 'vitest';
import { explainText } from '../../src/explain/explain.js';
import { createRedactor } from '../../src/safety/redact.js';

/* A long paste is cut at several places. Wherever a cut falls, no piece of a token may be left. */

const LETTERS = 'QwErTyUiOpAsDfGhJkLzXcVbNmQaZwSxEd';
const TOKEN = `hf_${LETTERS}`;
const redact = createRedactor([], []);
const shown = (text: string) =>
  JSON.stringify(explainText(text, { now: Date.UTC(2026, 10, 21), redact })).toLowerCase();

function longestPiece(out: string): number {
  const body = LETTERS.toLowerCase();
  let best = 0;
  for (let from = 0; from < body.length; from++)
    while (from + best < body.length && out.includes(body.slice(from, from + best + 1))) best++;
  return best;
}

const END = '\nhuggingface_hub.errors.InferenceTimeoutError: InferenceClient gave up';

describe('a token at a cut', () => {
  it.each([1, 3, 4, 7, 12, 20, 30, 34])('2,000 characters from the end, %i of it cut off', (cut) => {
    const fill = 2000 - (TOKEN.length - cut) - END.length;
    const filler = `\n${`${'z'.repeat(49)}\n`.repeat(60)}`.slice(0, fill);
    const text = `start\n${`${'y'.repeat(49)}\n`.repeat(30)}key ${TOKEN}${filler}${END}`;
    expect(longestPiece(shown(text))).toBeLessThan(6);
  });

  it.each([1, 3, 5, 10, 20])('in the middle of a long line, %i of it cut off', (cut) => {
    const kept = TOKEN.length - cut;
    const line = `InferenceTimeoutError: InferenceClient gave up ${'x'.repeat(3000)} ${TOKEN} ${'z'.repeat(2048 - kept - 1)}`;
    expect(longestPiece(shown(line))).toBeLessThan(6);
  });
});
