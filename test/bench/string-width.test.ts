import { createRequire } from 'node:module';
import fc from 'fast-check';
import real from 'string-width';
import { describe, expect, it } from 'vitest';

// What the build puts in the place of string-width.
const standIn = createRequire(import.meta.url)('../../.esbuild/string-width.cjs') as typeof real;

describe('the width of a text in the built program', () => {
  it('is that of string-width for every character', () => {
    const wrong: string[] = [];
    for (let point = 0; point <= 0x1ffff; point += 1) {
      const text = String.fromCodePoint(point);
      if (standIn(text) !== real(text)) wrong.push(point.toString(16));
    }
    expect(wrong).toEqual([]);
  });

  it('is that of string-width for texts with colours, joiners, flags and wide characters', () => {
    const piece = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('ok', '✔', '✖', '️', '‍', '⃣', '́', '🇩🇪', '👩‍💻', '日本', '­', '1️⃣'),
      fc.constantFrom(
        '\u001b[31m',
        '\u001b[39m',
        '\u001b[1;38;5;9m',
        '\u001b[',
        '\u001b]8;;x\u0007',
        '\u009b1m',
      ),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
        const text = pieces.join('');
        expect(standIn(text)).toBe(real(text));
        for (const countAnsiEscapeCodes of [true, false])
          expect(standIn(text, { countAnsiEscapeCodes })).toBe(real(text, { countAnsiEscapeCodes }));
      }),
      { numRuns: 2000 },
    );
  });

  it('hands options on', () => {
    expect(standIn('±', { ambiguousIsNarrow: false })).toBe(2);
    expect(standIn('\u001b[1m', { countAnsiEscapeCodes: true })).toBe(
      real('\u001b[1m', { countAnsiEscapeCodes: true }),
    );
  });
});
