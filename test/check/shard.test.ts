import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ofShard } from '../../src/check/shard.js';
import { run } from '../support/cli.js';

const ref = fc.record({
  id: fc.constantFrom('a/a', 'a/b', 'b/a', 'b/c', 'c/c', 'd/d', 'e/e'),
  suffix: fc.constantFrom(null, 'novita', 'fastest'),
});

describe('shards', () => {
  it('hold each model once, in the order of the list, and none has two more than another', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(ref, { selector: (m) => `${m.id}:${m.suffix}` }),
        fc.integer({ min: 1, max: 9 }),
        (models, of) => {
          const parts = Array.from({ length: of }, (_, i) => ofShard(models, { index: i + 1, of }));
          expect(parts.flat()).toHaveLength(models.length);
          expect(new Set(parts.flat())).toEqual(new Set(models));
          for (const part of parts) expect(models.filter((m) => part.includes(m))).toEqual(part);
          const sizes = parts.map((p) => p.length);
          expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThan(2);
        },
      ),
    );
  });

  it('are the same whatever the order of the list', () => {
    fc.assert(
      fc.property(fc.uniqueArray(ref, { selector: (m) => `${m.id}:${m.suffix}` }), (models) => {
        const there = new Set(ofShard(models, { index: 1, of: 3 }));
        expect(new Set(ofShard([...models].reverse(), { index: 1, of: 3 }))).toEqual(there);
      }),
    );
  });

  it('are all of it without one', () => {
    const models = [{ id: 'a/a', suffix: null }];
    expect(ofShard(models, null)).toBe(models);
  });

  it('that are empty say so, and are no green', async () => {
    const argv = ['Qwen/Qwen2.5-72B-Instruct', '--simulate', 'healthy', '--shard', '2/2'];
    const { code, stderr } = await run(['check', ...argv]);
    expect(code).toBe(3);
    expect(stderr).toContain('Note: shard 2/2 has no model: with 1 of them use at most 1 shards.');
  });

  it.each(['0/2', '3/2', '1', 'a/b', '1/0', '1/1001', '-1/2', '1/2/3'])('refuse %s', async (shard) => {
    const { code, stderr } = await run(['check', 'a/b', '--shard', shard]);
    expect(code).toBe(2);
    expect(stderr).toContain('--shard takes a part of all: 2/5 is the second of five');
  });
});
