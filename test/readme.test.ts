import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { fillIn, steady } from './support/readme.js';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

it('shows what the commands print today', () => {
  expect(readme.match(/<!-- run: /g)?.length).toBeGreaterThan(1);
  expect(readme.match(/<!-- file: /g)?.length).toBe(2);
  expect(readme).toMatch(/<!-- rules -->\n\| rule [\s\S]{1,60000}\n<!-- \/rules -->/);
  expect(steady(fillIn(readme))).toBe(steady(readme));
});

it('names scripts that exist', () => {
  const { scripts } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  for (const [, name] of readme.matchAll(/npm run ([\w:-]{1,40})/g))
    expect(Object.keys(scripts)).toContain(name);
});
