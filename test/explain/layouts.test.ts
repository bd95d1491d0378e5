import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { explainText } from '../../src/explain/explain.js';
import { type Family, OTHER, PYTHON } from './families.js';

const WORLD = { now: Date.UTC(2026, 10, 21), redact: (text: string) => text };
const answer = (text: string) => explainText(text, WORLD).findings[0]?.rule ?? 'nothing';
const lines = (text: string, each: (line: string) => string) => text.split('\n').map(each).join('\n');

/** What happens to an error on its way into a paste. */
const LAYOUTS: Readonly<Record<string, (text: string) => string>> = {
  'quoted in a mail': (t) => lines(t, (l) => `> ${l}`),
  'quoted twice': (t) => lines(t, (l) => `> > ${l}`),
  'a log with times': (t) => lines(t, (l) => `2026-03-04 10:00:00,123 - ERROR - ${l}`),
  'a docker log': (t) => lines(t, (l) => `api-1  | ${l}`),
  'a CI log': (t) => lines(t, (l) => `2026-03-04T10:00:00.1234567Z ${l}`),
  'a pytest report': (t) => lines(t, (l) => `E       ${l}`),
  'a box': (t) => lines(t, (l) => `│ ${l} │`),
  'red letters': (t) => lines(t, (l) => `\u001b[31m${l}\u001b[0m`),
  CRLF: (t) => t.replaceAll('\n', '\r\n'),
  'a code fence': (t) => `\`\`\`text\n${t}\n\`\`\``,
  indented: (t) => lines(t, (l) => `    ${l}`),
  'a terminal of 100 columns': (t) => lines(t, (l) => l.replaceAll(/.{100}(?=.)/g, '$&\n')),
  'a JSON log line': (t) => JSON.stringify({ level: 'error', msg: t }),
  'a JSON string in a JSON string': (t) => JSON.stringify({ log: JSON.stringify({ err: t }) }),
};

/** Lines that are told from their place in the line, or that hold escapes of their own. */
const FIXED = new Set([
  'curl -v',
  'raw http',
  'har',
  'JSON in JSON',
  'own server in front',
  'a backend that quotes a 402',
]);
const errors: readonly Family[] = [...PYTHON, ...OTHER.filter(([name]) => !FIXED.has(name))];

describe('the layout does not change the answer', () => {
  it.each(Object.keys(LAYOUTS))('%s', (name) => {
    const wrong = errors
      .filter(([, , text]) => answer(LAYOUTS[name]?.(text) ?? '') !== answer(text))
      .map(([family, , text]) => `${family}: ${answer(text)}, then ${answer(LAYOUTS[name]?.(text) ?? '')}`);
    expect(wrong).toEqual([]);
  });

  it('two layouts, one in the other', () => {
    // A terminal breaks what it is given; what is put around it afterwards is no longer its width.
    const outer = Object.keys(LAYOUTS).filter((n) => !n.startsWith('a terminal') && !n.includes('JSON'));
    fc.assert(
      fc.property(
        fc.constantFrom(...errors),
        fc.constantFrom(...outer),
        fc.constantFrom(...outer),
        (family, a, b) => {
          const text = LAYOUTS[a]?.(LAYOUTS[b]?.(family[2]) ?? '') ?? '';
          expect(`${family[0]}: ${answer(text)}`).toBe(`${family[0]}: ${answer(family[2])}`);
        },
      ),
      { numRuns: 150, seed: 7 },
    );
  });
});
