import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

/** How many rows each group has. */
const GROUPS: Readonly<Record<string, [first: number, last: number]>> = {
  L: [1, 27],
  D: [1, 20],
  T: [1, 20],
  V: [1, 10],
  E: [1, 9],
  C: [1, 15],
  O: [1, 10],
  M: [1, 10],
  R: [1, 12],
};

const root = new URL('../../', import.meta.url);
const rows = readFileSync(new URL('README.md', import.meta.url), 'utf8')
  .split('\n')
  .flatMap((line) => {
    const [, id, what, where] = /^\| ([A-Z]\d\d) \| (.+?) \| (.+) \|$/.exec(line) ?? [];
    return id && what && where ? [{ id, what, where }] : [];
  });

describe('the table of what is tried', () => {
  it('names each row once', () => {
    const all = Object.entries(GROUPS).flatMap(([group, [first, last]]) =>
      Array.from({ length: last - first + 1 }, (_, i) => `${group}${String(first + i).padStart(2, '0')}`),
    );
    expect(rows.map((r) => r.id)).toEqual(all);
  });

  it.each(rows)('$id: its tests exist, or the reason why there is none', ({ where }) => {
    const tests = [...where.matchAll(/`(test\/[\w./-]+)` "([^"]+)"/g)];
    // Every backtick belongs to a test that was found.
    expect(where.match(/`/g)?.length ?? 0).toBe(tests.length * 2);
    if (tests.length === 0) expect(where).toMatch(/^not (?:covered|applicable)(?: yet)?: \S/);
    for (const [, file = '', name = ''] of tests) {
      expect(existsSync(new URL(file, root)), file).toBe(true);
      expect(readFileSync(new URL(file, root), 'utf8'), file).toContain(name);
    }
  });
});
