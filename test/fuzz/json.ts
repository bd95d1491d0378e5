import type { Chance } from './random.js';
import { type Speaker, say } from './texts.js';

/* JSON of any shape: a document as it should be, with wounds. */

const DEEP = `${'['.repeat(3_000)}${']'.repeat(3_000)}`;
const NESTED = `${'{"error":'.repeat(80)}"deep"${'}'.repeat(80)}`;

const KEYS = [
  '__proto__',
  'constructor',
  'error',
  'message',
  'toString',
  'toJSON',
  'length',
  'colSpan',
  '\x1b[2J',
];

/** Any value at all. */
export function anyValue(s: Speaker, depth = 0): unknown {
  const { chance } = s;
  switch (chance.below(depth > 3 ? 8 : 12)) {
    case 0:
      return null;
    case 1:
      return chance.chance(50);
    case 2:
      return chance.pick([0, -1, 1e308, 1.5, 2 ** 53, -0, 404, 1e21]);
    case 3:
    case 4:
    case 5:
    case 6:
    case 7:
      return say(s);
    case 8:
    case 9:
      return Array.from({ length: chance.below(4) }, () => anyValue(s, depth + 1));
    default:
      return Object.fromEntries(
        Array.from({ length: chance.below(5) }, () => [
          chance.chance(60) ? chance.pick(KEYS) : say(s).slice(0, 200),
          anyValue(s, depth + 1),
        ]),
      );
  }
}

/** The value with `wounds` of its parts replaced, left out, repeated or renamed. */
export function wound(s: Speaker, value: unknown, wounds: number): unknown {
  let out = value;
  for (let i = 0; i < wounds; i++) out = woundOnce(s, out);
  return out;
}

function woundOnce(s: Speaker, value: unknown): unknown {
  const { chance } = s;
  if (typeof value !== 'object' || value === null || chance.chance(5)) return replaced(s, value);
  if (Array.isArray(value)) {
    if (value.length === 0 || chance.chance(10)) return [...value, anyValue(s)];
    const at = chance.below(value.length);
    return value.map((item, i) => (i === at ? woundOnce(s, item) : item));
  }
  const entries = Object.entries(value);
  if (entries.length === 0 || chance.chance(10))
    return Object.fromEntries([...entries, [chance.pick(KEYS), anyValue(s)]]);
  const at = chance.below(entries.length);
  if (chance.chance(8)) return Object.fromEntries(entries.filter((_, i) => i !== at));
  return Object.fromEntries(
    entries.map(([key, item], i) => {
      if (i !== at) return [key, item];
      return chance.chance(8) ? [say(s).slice(0, 300), item] : [key, woundOnce(s, item)];
    }),
  );
}

/** Mostly of the same kind: a number for a string ends most readers at once. */
function replaced(s: Speaker, value: unknown): unknown {
  if (typeof value === 'string' && s.chance.chance(75)) return say(s);
  if (typeof value === 'number' && s.chance.chance(60)) return s.chance.pick([-1, 0, 1e308, 0.5, 1e-300]);
  return anyValue(s);
}

/** As text: plain or escaped, now and then cut, doubled, too deep or no JSON at all. */
export function written({ chance }: { chance: Chance }, value: unknown): string {
  const plain = JSON.stringify(value) ?? 'null';
  const kind = chance.below(40);
  if (kind === 0) return plain.slice(0, chance.below(plain.length + 1));
  if (kind === 1) return `${plain}\n${plain}`;
  if (kind === 2) return DEEP;
  if (kind === 3) return NESTED;
  if (kind === 4) return `\ufeff${plain}`;
  if (kind === 5) return JSON.stringify(plain);
  if (kind === 6) return plain.replace('{', '{"__proto__":{"polluted":true},"a":1,"a":2,');
  if (kind === 7) return plain.replaceAll('"', "'");
  if (kind < 12)
    return plain.replace(/[a-z_]/gi, (char) =>
      chance.chance(15) ? `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}` : char,
    );
  if (kind < 15) return JSON.stringify(value, null, chance.pick([1, 2, '\t'])) ?? 'null';
  return plain;
}
