import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonFault } from '../../src/settings/json-fault.js';

it.each([
  ['', 0],
  ['   ', 3],
  ['{', 1],
  ['{"a":x}', 5],
  ['{"a":1,}', 7],
  ['[1,]', 3],
  ['[1 2]', 3],
  ['{"a" 1}', 5],
  ['{a:1}', 1],
  ["{'a':1}", 1],
  ['{"a":1}x', 7],
  ['{"a":01}', 5],
  ['{"a":+1}', 5],
  ['{"a":.5}', 5],
  ['{"a":NaN}', 5],
  ['{"a":"x\ny"}', 5],
  ['{"a":"\\x"}', 5],
  ['{"a":"open', 5],
  ['{"a\\', 1],
  ['[1}', 2],
  [']', 0],
  ['// no\n{}', 0],
  ['\u00a0{}', 0],
])('%j has its fault at %i', (text, at) => {
  expect(jsonFault(text)).toEqual({ at, why: 'syntax' });
});

it.each([
  ['{"a":1,"a":2}', 7],
  ['{"a":1,"\\u0061":2}', 7],
  ['[{"x":1},{"x":{"y":1,"y":1}}]', 21],
])('%j has a key twice at %i', (text, at) => {
  expect(jsonFault(text)).toEqual({ at, why: 'duplicate' });
});

describe('depth', () => {
  it('ends at 64', () => {
    expect(jsonFault('['.repeat(64) + ']'.repeat(64))).toBeNull();
    expect(jsonFault('['.repeat(65) + ']'.repeat(65))).toEqual({ at: 64, why: 'depth' });
    expect(jsonFault('{"a":'.repeat(100_000))).toEqual({ at: 320, why: 'depth' });
  });
});

it('is null for JSON and only for JSON', () => {
  const parses = (text: string) => {
    try {
      JSON.parse(text);
      return true;
    } catch {
      return false;
    }
  };
  fc.assert(
    fc.property(fc.json({ maxDepth: 5 }), (text) => {
      expect(jsonFault(text)).toBeNull();
    }),
  );
  const cut = fc.tuple(
    fc.json(),
    fc.nat(30),
    fc.constantFrom('', '"', ',', '}', ']', ':', '\\', '0', ' ', '-'),
  );
  fc.assert(
    fc.property(cut, ([text, place, piece]) => {
      const at = place % (text.length + 1);
      const broken = text.slice(0, at) + piece + text.slice(at + 1);
      const fault = jsonFault(broken);
      if (fault?.why !== 'duplicate') expect(fault === null).toBe(parses(broken));
    }),
    { numRuns: 1_000 },
  );
});
