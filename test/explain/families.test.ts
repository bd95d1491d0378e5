import { describe, expect, it } from 'vitest';
import { explainText } from '../../src/explain/explain.js';
import { FOREIGN, NODE, OTHER, PYTHON } from './families.js';

const WORLD = { now: Date.UTC(2026, 10, 21), redact: (text: string) => text };
const answer = (text: string) => explainText(text, WORLD).findings[0]?.rule ?? 'nothing';

describe('the first answer', () => {
  it.each(PYTHON)('Python, %s: %s', (_, rules, text) => {
    expect(rules.split('|')).toContain(answer(text));
  });
  it.each(NODE)('Node, %s: %s', (_, rules, text) => {
    expect(rules.split('|')).toContain(answer(text));
  });
  it.each(OTHER)('%s: %s', (_, rules, text) => {
    expect(rules.split('|')).toContain(answer(text));
  });
});

describe('what is not about inference at Hugging Face', () => {
  it.each(FOREIGN)('%s: nothing, exit 1', (_, text) => {
    const { findings, exitCode } = explainText(text, WORLD);
    expect(findings.map((f) => f.rule)).toEqual([]);
    expect(exitCode).toBe(1);
  });
});

describe('candidates', () => {
  it('lists what the text cannot tell apart, the likeliest first', () => {
    const { findings } = explainText(PYTHON[0]?.[2] ?? '', WORLD);
    expect(findings.map((f) => f.rule)).toEqual(['token-invalid', 'token-missing', 'token-not-propagated']);
    expect(findings.map((f) => f.confidence)).toEqual(['likely', 'possible', 'possible']);
  });

  it('a bare 400 is told as such', () => {
    const { findings } = explainText(
      '400 Client Error: Bad Request for url: https://router.huggingface.co/v1/chat/completions',
      WORLD,
    );
    expect(findings.map((f) => f.confidence)).toEqual(['possible', 'possible']);
    expect(findings[0]?.title).toBe('The request was refused, and the text does not show why');
  });
});
