import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { extract } from '../../bench/regexes/extract.js';
import { judge, MOST_STEPS } from '../../bench/regexes/judge.js';
import { madeWhileLoading } from '../../bench/regexes/load.js';
import { type Node, parse } from '../../bench/regexes/parse.js';
import { stepsPerCharacter } from '../../bench/regexes/steps.js';

const only = (source: string, flags = '') => judge([{ at: 'src/x.ts:1', source, flags }]);

describe('what a module makes', () => {
  it('a literal, with its line in the TypeScript text', () => {
    const { found, faults } = extract(
      'src/x.ts',
      'type A = string;\n\nexport const a: A = "b".replace(/(a+)+$/g, "");\n',
    );
    expect(faults).toEqual([]);
    expect(found).toEqual([{ at: 'src/x.ts:3', source: '(a+)+$', flags: 'g' }]);
    expect(judge(found)).toMatchObject([
      { at: 'src/x.ts:3', why: expect.stringContaining('exponential, such as ') },
    ]);
  });

  it('a literal inside a list, a class and a default value', () => {
    const text =
      'class A { static b = /a/; }\nconst c = [/b/.source];\nfunction d(e = /c/) { return [A, c, e, d]; }';
    expect(extract('x.ts', text).found.map(({ source }) => source)).toEqual(['a', 'b', 'c']);
  });

  it.each([
    ['in a function', 'export const f = (w: string) => new RegExp(w);', 'made in a function'],
    ['without new', 'export function f(w: string) { return RegExp(w); }', 'made in a function'],
    ['by another name', 'const Form = RegExp; export const f = (w: string) => new Form(w);', 'handed on'],
    ['by a method', 'export const f = Reflect.construct(RegExp, ["a"]);', 'handed on'],
    ['of a text', 'export const f = (t: string) => t.match("(a+)+$");', 'a text becomes'],
    ['of a template', 'export const f = (t: string) => t.search(`a+`);', 'a text becomes'],
  ])('nobody can judge one that is made %s', (_, text, why) => {
    expect(extract('x.ts', text).faults).toMatchObject([{ at: 'x.ts:1', why: expect.stringContaining(why) }]);
  });

  it.each([
    'export type A = RegExp; export const is = (x: unknown) => x instanceof RegExp;',
    'export const x = (o: { RegExp: number }) => o.RegExp;',
    'export const forms = ["a", "b"].map((w) => new RegExp(w));',
  ])('no fault: %s', (text) => {
    expect(extract('x.ts', text).faults).toEqual([]);
  });
});

describe('what is made while loading', () => {
  const folder = mkdtempSync(join(tmpdir(), 'regexes-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  it('each pattern counts, with its place', async () => {
    const text = [
      'const PART = "a+";',
      'export const FORM = new RegExp("(" + PART + ")+$", "i");',
      'export const FORMS = ["b", "c"].map((w) => new RegExp(w));',
      'export const NEVER = FORMS.length > 5 ? new RegExp("d") : null;',
    ].join('\n');
    writeFileSync(join(folder, 'made.ts'), text);
    const made = await madeWhileLoading(folder, ['made.ts']);
    expect(made).toEqual([
      { at: 'made.ts:2', source: '(a+)+$', flags: 'i' },
      { at: 'made.ts:3', source: 'b', flags: '' },
      { at: 'made.ts:3', source: 'c', flags: '' },
    ]);
    expect(judge(made)).toHaveLength(1);
    const open = extract('made.ts', text).found.filter(({ at }) => !made.some((m) => m.at === at));
    expect(judge(open)).toEqual([{ at: 'made.ts:4', why: 'never made while its module loads' }]);
  });
});

describe('what is refused', () => {
  it.each([
    ['nested loops', '(a+)+$'],
    ['neighbours', '\\s*\\n\\s*'],
    ['a tail', '\\s+$'],
    ['two searches', 'https?://\\S+@\\S+'],
    ['behind a look', '(?=(a+)+$)b'],
    ['nested loops with bounds', '(?:a{0,90}){0,90}b'],
    ['neighbours with bounds', '\\s{0,90}\\s{0,90}\\s{0,90}x'],
    ['options that say the same', '(?:a|a){0,40}b'],
    ['a bound as wide as a text', '[^\\n]{0,9000}x'],
    ['a look that reads far', '(?=[^\\n]{0,9000}x)a'],
    ['what is not known here', '\\k<a>(?<a>b)'],
    ['what is no pattern', '(', ''],
  ])('%s', (_, source, flags = '') => {
    expect(only(source, flags)).toHaveLength(1);
  });

  it.each([
    ['a word of any length', '[a-z]+', 'g'],
    ['a model id', '^[\\w.-]{1,96}/[\\w.-]{1,96}$'],
    ['a tail with a bound', '\\s{0,40}$'],
    ['a page title', '<title[^>]{0,100}>([^<]{0,300})'],
    ['parts between dots', '\\b(?:[a-z0-9-]{1,63}\\.){1,6}[a-z]{2,20}', 'i'],
    ['what only reads on', '"[^"]{1,9000}'],
    ['quotes on both sides', "'[^']{1,9000}'x"],
  ])('not %s', (_, source, flags = '') => {
    expect(only(source, flags)).toEqual([]);
  });

  it('each place of the same pattern is named', () => {
    const found = [1, 2].map((line) => ({ at: `src/x.ts:${line}`, source: '(a+)+$', flags: '' }));
    expect(judge(found).map(({ at }) => at)).toEqual(['src/x.ts:1', 'src/x.ts:2']);
  });
});

describe('steps', () => {
  it('a wider bound costs more, and a limit is passed somewhere', () => {
    const steps = [10, 100, 1000, 10_000].map((n) => stepsPerCharacter(parse(`[^x]{0,${n}}y`, ''), ''));
    expect(steps).toEqual([...steps].sort((a, b) => a - b));
    expect(steps[0]).toBeLessThan(MOST_STEPS);
    expect(steps[3]).toBeGreaterThan(MOST_STEPS);
  });

  const LOOKS = ['(?<!a)', '(?<![ab])', '(?<=-)', '(?!ab)', '(?![^b])'];
  const atom = fc.constantFrom('a', 'b', '.', '[ab]', '[^a]', '[^b]', '\\b', '-', ...LOOKS);
  const bound = fc.constantFrom('', '', '?', '{0,4}', '{1,4}', '{2}', '{0,9}', '{0,4}?');
  const { pattern } = fc.letrec<{ pattern: string; part: string }>((tie) => ({
    pattern: fc.array(tie('part'), { minLength: 1, maxLength: 4 }).map((parts) => parts.join('')),
    part: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.tuple(atom, bound).map(([a, b]) => (a === '\\b' || a.startsWith('(') ? a : a + b)),
      fc.tuple(tie('pattern'), tie('pattern'), bound).map(([a, b, c]) => `(?:${a}|${b})${c}`),
      fc.tuple(tie('pattern'), bound).map(([a, b]) => `(?:${a})${b}`),
      tie('pattern').map((a) => `(?=${a})`),
    ),
  }));
  const text = fc
    .tuple(
      fc.string({ unit: fc.constantFrom('a', 'b', '-'), minLength: 1, maxLength: 7 }),
      fc.constantFrom('', 'a', '-'),
    )
    .map(([pump, end]) => pump.repeat(Math.ceil(120 / pump.length)) + end);

  it('are never more than was said, whatever the pattern and the text', () => {
    fc.assert(
      fc.property(pattern, text, (source, subject) => {
        const tree = parse(source, '');
        const most = stepsPerCharacter(tree, '') * subject.length;
        fc.pre(most < 50_000);
        expect(walk(tree, subject)).toBeLessThanOrEqual(most);
      }),
      { numRuns: 300 },
    );
  });
});

/** The steps of a plain backtracking matcher that looks for all matches. */
function walk(tree: Node, text: string): number {
  let steps = 0;
  const word = (i: number) => /\w/.test(text[i] ?? '-');
  const go = (node: Node, at: number, then: (at: number) => boolean): boolean => {
    switch (node.kind) {
      case 'one':
        steps += 1;
        return at < text.length && node.of[text.charCodeAt(at)] === 1 && then(at + 1);
      case 'mark':
        steps += 1;
        return word(at - 1) !== word(at) && then(at);
      case 'end':
        return at === text.length && then(at);
      case 'look':
        return go(node.body, node.back ? at - 1 : at, () => true) !== node.not && then(at);
      case 'row': {
        const from = (i: number, place: number): boolean => {
          const item = node.items[i];
          return item ? go(item, place, (next) => from(i + 1, next)) : then(place);
        };
        return from(0, at);
      }
      case 'either':
        return node.options.some((option) => go(option, at, then));
      case 'loop': {
        const more = (count: number, place: number): boolean =>
          (count < node.most &&
            go(node.body, place, (next) =>
              next === place && count >= node.least ? false : more(count + 1, next),
            )) ||
          (count >= node.least && then(place));
        return more(0, at);
      }
    }
  };
  for (let at = 0; at <= text.length; ) {
    let end = at;
    const found = go(tree, at, (stop) => {
      end = stop;
      return true;
    });
    at = found && end > at ? end : at + 1;
  }
  return steps;
}
