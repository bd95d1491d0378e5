import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { forms } from '../safety/forms.js';
import { type Canaries, secretsOf } from './canaries.js';
import { HOLE } from './judges.js';
import type { Chance } from './random.js';

/* What a hostile server may say: real sentences of errors, attacks on whoever shows them, and echoes. */

const ATTACKS: readonly string[] = [
  '\x1b[2J\x1b[H',
  '\x1b[31mred\x1b[0m',
  '\x1b]0;title\x07',
  '\x1b]8;;https://evil.example\x1b\\click\x1b]8;;\x1b\\',
  '\x1b]52;c;ZXZpbA==\x07',
  '\x1bP1$r0m\x1b\\',
  '\x1b_Gf=100;AAAA\x1b\\',
  '\x1b[?1049h',
  '\x9b31mC1\x9b0m',
  '\x9d0;title\x9c',
  '\r overwritten',
  'a\b\b\bb',
  '\x00\x01\x07\x0b\x0c\x7f\x85',
  '\u202eright to left\u202c',
  '\u2066isolate\u2069',
  'zero\u200bwidth\u2060joiner\ufeff',
  'line\u2028and\u2029paragraph',
  'tag\u{e0041}\u{e0042}\u{e007f}',
  'private\ue000\u{f0000}\uffff',
  '\ud800 lone \udfff',
  `zalgo${'\u0301'.repeat(60)}`,
  '漢字の幅'.repeat(20),
  '👩‍💻👨‍👩‍👧‍👦🏳️‍🌈',
  '::error::forged',
  '\n::error file=a.js,line=1::forged',
  '\r::add-mask::forged',
  '\n\u00a0\x85::stop-commands::forged',
  '\u2028::set-output name=a::forged',
  '\n  ::group::forged\n##[endgroup]',
  'x ##[add-mask]forged',
  '\n##[error]forged',
  '# #[error]forged##[section]',
  '%0A::warning::forged',
  '| a | b |\n|---|---|\n| PASS | PASS |',
  '[click](javascript:alert(1)) ![x](https://evil.example/b.png)',
  '``` \n# heading\n</details>',
  '<img src=x onerror=alert(1)><script>alert(1)</script>',
  ']]></failure><testcase name="forged"/><![CDATA[',
  '<!-- --> &lt;&#27;&#x1b;',
  '"} 1\nhf_doctor_forged{a="b"} 1\n',
  '$(touch forged) `touch forged` ; touch forged && echo',
  "' \" \\ '\\'' \\\" $HOME %s %n",
  '=cmd|calc!A0',
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  '../../api/whoami-v2',
  '//evil.example/x',
  'https://user:pass@evil.example/?token=x',
  'file:///etc/passwd',
  'a'.repeat(5_000),
  'word '.repeat(1_000),
  '\n'.repeat(300),
  ' '.repeat(3_000),
  '\t\tindented\n\tmore',
  '{"error":{"message":"inside"}}',
  'a/b/c:d:e@f#g?h',
  '',
  ' ',
  '0',
  '-1',
  '1e999',
];

const WORDS = 'the model provider request answer server token route error limit was not found here'.split(
  ' ',
);

/** Two folders up from here and from the folder of a bundle: the root. */
const CASES = fileURLToPath(new URL('../../fixtures/cases', import.meta.url));

/** Every sentence of the cases of the rules: wording that rules read and quote. */
export const SENTENCES: readonly string[] = readdirSync(CASES, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.json'))
  .sort()
  .flatMap((file) => {
    const texts: string[] = [];
    const body = readFileSync(`${CASES}/${file}`, 'utf8');
    for (const [, quoted = ''] of body.matchAll(/"(?:message|excerpt|text)": ("(?:[^"\\]|\\.){1,3000}")/g))
      texts.push(JSON.parse(quoted) as string);
    // Those would look like holes of our own.
    return texts.filter((text) => !HOLE.test(text));
  });

const FORMS = Object.values(forms);

export interface Speaker {
  chance: Chance;
  canaries: Canaries;
}

/** A secret that the server was sent, in a form that hides it from a plain search. */
export function echo({ chance, canaries }: Speaker): string {
  return chance.pick(FORMS)(chance.pick(secretsOf(canaries)));
}

/** One text: a real sentence, an attack, an echo, words, or several of them in one another. */
export function say(s: Speaker): string {
  const { chance } = s;
  const kind = chance.below(10);
  if (kind < 2) return chance.pick(SENTENCES);
  if (kind < 4) return `${chance.pick(WORDS)} ${chance.pick(ATTACKS)} ${chance.pick(WORDS)}`;
  if (kind < 5) return chance.pick(ATTACKS);
  if (kind < 6) return `${chance.pick(WORDS)} ${echo(s)} ${chance.pick(WORDS)}`;
  // At the places where a text is cut: what is left of a secret must not be shown either.
  if (kind < 7) return `${padding(s, chance.pick([80, 120, 200, 300, 2000, 4000]))}${echo(s)}`;
  if (kind < 9) return wounded(s, chance.pick(SENTENCES), chance.chance(50) ? echo(s) : chance.pick(ATTACKS));
  return Array.from({ length: 1 + chance.below(20) }, () => chance.pick(WORDS)).join(' ');
}

/** Something else in the place of a word, or between two. */
function wounded({ chance }: Speaker, sentence: string, put: string): string {
  const words = sentence.split(/(?<= )/);
  const at = chance.below(words.length);
  words.splice(at, chance.below(2), put.includes(' ') ? put : `${put} `);
  return words.join('');
}

function padding({ chance }: Speaker, about: number): string {
  let text = '';
  const length = Math.max(0, about - chance.below(60));
  while (text.length < length) text += `${chance.pick(WORDS)} `;
  return text.slice(0, length);
}
