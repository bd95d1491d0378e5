import fc from 'fast-check';
import { expect, it } from 'vitest';
import { nearest } from '../../src/settings/nearest.js';

const names = ['timeout', 'concurrency', 'maxCost', 'failOn', 'format', 'legacy', 'router', 'providers'];

it.each([
  ['timout', 'timeout'],
  ['TIMEOUT', 'timeout'],
  ['tiemout', 'timeout'],
  ['concurency', 'concurrency'],
  ['max-cost', 'maxCost'],
  ['max_cost', 'maxCost'],
  ['fail-on', 'failOn'],
  ['legasy', 'legacy'],
  ['provider', 'providers'],
  ['novita', null],
  ['qxmCost', null],
  ['together', null],
  ['xyz', null],
  ['', null],
  ['---', null],
  ['timeout'.repeat(100), null],
])('%s is nearest to %s', (word, name) => {
  expect(nearest(word, names)).toBe(name);
});

it('finds every name after one slip, and never answers outside of the list', () => {
  fc.assert(
    fc.property(fc.constantFrom(...names), fc.nat(20), fc.constantFrom(...'qxz'), (name, at, letter) => {
      const place = at % name.length;
      expect(nearest(name.slice(0, place) + letter + name.slice(place), names)).toBe(name);
      expect(nearest(name.slice(0, place) + name.slice(place + 1), names)).toBe(name);
    }),
  );
  fc.assert(
    fc.property(fc.string(), (word) => {
      expect([null, ...names]).toContain(nearest(word, names));
    }),
  );
});

it('has nothing to say without names', () => {
  expect(nearest('timeout', [])).toBeNull();
});
