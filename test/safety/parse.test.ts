import { describe, expect, it } from 'vitest';
import { parseJson } from '../../src/safety/parse.js';
import { canary } from '../support/leaks.js';

const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);

describe('parseJson', () => {
  it.each<[string, string, unknown]>([
    ['an object', '{"a":[1,"b",null,true]}', { a: [1, 'b', null, true] }],
    ['a bare value', ' 5 ', 5],
    ['a byte order mark', '\ufeff{"a":1}', { a: 1 }],
    [
      'brackets in strings',
      JSON.stringify({ a: '[{'.repeat(100), '[[[': ']"}' }),
      { a: '[{'.repeat(100), '[[[': ']"}' },
    ],
    ['a string that ends in a backslash', '["\\\\",["[["]]', ['\\', ['[[']]],
    ['escaped quotes before brackets', JSON.stringify([`"${'['.repeat(100)}`]), [`"${'['.repeat(100)}`]],
    ['many siblings', `[${Array(200).fill('[]').join()}]`, Array(200).fill([])],
    ['many objects', `[${Array(200).fill('{}').join()}]`, Array(200).fill({})],
    [
      'any value beside __proto__',
      '{"__proto__":1,"a":[null,"bc",5,true,{}]}',
      { a: [null, 'bc', 5, true, {}] },
    ],
    ['duplicate keys', '{"a":1,"a":2}', { a: 2 }],
  ])('reads %s', (_, text, value) => {
    expect(parseJson(text)).toEqual({ ok: true, value });
  });

  it.each([
    '',
    ' ',
    '{',
    '{"a":1}x',
    "{'a':1}",
    'undefined',
    '<html>',
    '"',
    ']',
    ']]]]{',
    '\ufeff\ufeff1',
    'NaN',
  ])('refuses %j as syntax', (text) => expect(parseJson(text)).toEqual({ ok: false, reason: 'syntax' }));

  it.each([
    [64, undefined, true],
    [65, undefined, false],
    [100_000, undefined, false],
    [3, 3, true],
    [4, 3, false],
  ])('depth %i with the limit %s: %s', (depth, maxDepth, ok) => {
    const answer = parseJson(nested(depth), maxDepth === undefined ? {} : { maxDepth });
    expect(answer.ok).toBe(ok);
    if (!answer.ok) expect(answer.reason).toBe('too-deep');
  });

  it('counts objects and lists together, and stops before it parses', () => {
    expect(parseJson(`${'{"a":['.repeat(33)}`)).toEqual({ ok: false, reason: 'too-deep' });
  });

  it.each([
    '{"__proto__":{"x":1},"a":{"__proto__":[1],"b":2}}',
    '{"\\u005f_proto__":{"x":1},"a":{"_\\u005fproto__":[1],"b":2}}',
  ])('drops __proto__ at every depth: %s', (text) => {
    const answer = parseJson(text);
    expect(answer).toEqual({ ok: true, value: { a: { b: 2 } } });
    if (answer.ok) expect(Reflect.ownKeys(answer.value as object)).toEqual(['a']);
    expect(({} as { x?: unknown }).x).toBeUndefined();
  });

  it('keeps constructor as data', () => {
    expect(parseJson('{"constructor":{"prototype":{"x":1}}}')).toEqual({
      ok: true,
      value: { constructor: { prototype: { x: 1 } } },
    });
  });

  it('never quotes the text', () => {
    const token = canary('parse');
    expect(JSON.stringify(parseJson(token))).toBe('{"ok":false,"reason":"syntax"}');
  });
});
