import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chunks, renderJson, stringify } from '../../src/render/json.js';
import type { Report } from '../../src/report/model.js';
import type { Safe } from '../../src/safety/safe.js';

const text = (report: unknown) => [...renderJson(report as Safe<Report>)].join('');

describe('a report as JSON', () => {
  it('in pieces is what it is as a whole', () => {
    const value = fc.dictionary(fc.string(), fc.oneof(fc.jsonValue(), fc.array(fc.jsonValue())), {
      minKeys: 1,
    });
    fc.assert(
      fc.property(value, (report) => {
        expect(text(report)).toBe(`${stringify(report)}\n`);
      }),
    );
  });

  it('leaves out what is not there', () => {
    expect(JSON.parse(text({ a: 1, recovered: undefined, b: [] }))).toEqual({ a: 1, b: [] });
  });

  it('escapes what moves a terminal, in names too', () => {
    const out = text({ 'a\u202eb': ['\u009b31m', { '\u2066': 1 }] });
    expect(out).toMatch(/^[\n -~]*$/);
    expect(JSON.parse(out)).toEqual({ 'a\u202eb': ['\u009b31m', { '\u2066': 1 }] });
  });
});

describe('chunks', () => {
  it('lose nothing, and are few', () => {
    const parts = Array.from({ length: 5_000 }, (_, i) => `${i}\n`.repeat(20));
    const out = [...chunks(parts)];
    expect(out.join('')).toBe(parts.join(''));
    expect(out.length).toBeLessThan(20);
    expect([...chunks([])]).toEqual([]);
  });
});
