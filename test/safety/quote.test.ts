import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { shellQuote } from '../../src/safety/quote.js';

const folder = mkdtempSync(join(tmpdir(), 'quote-'));
const victim = join(folder, 'victim');
writeFileSync(victim, 'whole');
afterAll(() => rmSync(folder, { recursive: true }));

/** What a command gets as its argument when the line is pasted into that shell. */
function pasted(shell: string, words: readonly string[]): string[] {
  const line = `printf '%s\\0' ${words.map(shellQuote).join(' ')}`;
  const env = { PATH: process.env.PATH, HOME: folder, LC_ALL: 'C.UTF-8' };
  const args = shell === 'bash' ? ['-O', 'extglob', '-c', line] : ['-c', line];
  return execFileSync(shell, args, { cwd: folder, env, encoding: 'utf8' }).split('\0').slice(0, -1);
}

const attacks = [
  '$(rm victim)',
  '`rm victim`',
  "'; rm victim; '",
  '"; rm victim; "',
  "\\'; rm victim; \\'",
  "\n'; rm victim; '\n",
  "\x1b\\'; rm victim; \\'",
  "$'\\'; rm victim",
  '> victim',
  '| tee victim',
  '& rm victim &',
  '&& rm victim',
  '\nrm victim\n',
  '\rrm victim',
  '!!',
  '$HOME',
  '$' + '{HOME}',
  '~',
  '~/x',
  '*',
  '?',
  '[a-z]*',
  '{a,b}',
  '!(x)',
  '#x',
  '=ls',
  '-rf',
  '--output=victim',
  'a b  c',
  '',
  "it's",
  "''",
  '\\',
  '\\n',
  '%s%n',
  'Größe 大 👩‍💻',
  '{"model":"a/b","messages":[{"role":"user","content":"it\'s"}]}',
];
const controls = ['\x1b[31m', 'a\tb', '\u202eabc', '\x9b2J', '\u200b', '\ufeff', '\x7f', "\x01'\x02"];

describe('shellQuote', () => {
  it.each([
    ['https://router.huggingface.co/v1/models', 'https://router.huggingface.co/v1/models'],
    ['meta-llama/Llama-3.1-8B-Instruct:novita', 'meta-llama/Llama-3.1-8B-Instruct:novita'],
    ['a=b', 'a=b'],
    ['', "''"],
    ['-x', "'-x'"],
    ['=x', "'=x'"],
    ['a b', "'a b'"],
    ["it's", "'it'\\''s'"],
    ['a?b=c&d', "'a?b=c&d'"],
    ['a\nb', "$'a\\nb'"],
    ["\x1b'\\", "$'\\033\\047\\134'"],
    ['a\0b', 'ab'],
    ['\0', "''"],
  ])('%j becomes %s', (text, quoted) => {
    expect(shellQuote(text)).toBe(quoted);
  });

  it('gives bash back every word as it was', () => {
    expect(pasted('bash', [...attacks, ...controls])).toEqual([...attacks, ...controls]);
    expect(existsSync(victim)).toBe(true);
  });

  it('gives sh back every word without control characters', () => {
    const words = attacks.filter((word) => !shellQuote(word).startsWith('$'));
    expect(pasted('sh', words)).toEqual(words);
  });

  it('runs nothing in a shell that does not know the quoting of controls', () => {
    expect(pasted('sh', [...attacks, ...controls])).toHaveLength(attacks.length + controls.length);
    expect(existsSync(victim)).toBe(true);
  });

  it('holds for any word', () => {
    const part = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 8 }),
      fc.constantFrom("'", '\\', '$(', '`', '\n', '!', '"', '\x1b', '$'),
    );
    const words = fc.array(
      fc.array(part, { maxLength: 6 }).map((parts) => parts.join('')),
      { minLength: 1, maxLength: 20 },
    );
    fc.assert(
      fc.property(words, (given) => {
        expect(pasted('bash', given)).toEqual(
          given.map((word) => Buffer.from(word.replaceAll('\0', '')).toString()),
        );
      }),
      { numRuns: Number(process.env.FUZZ_RUNS) || 60 },
    );
  });
});
