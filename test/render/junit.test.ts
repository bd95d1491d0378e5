import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { attribute, xml } from '../../src/render/junit/escape.js';
import { renderJunit } from '../../src/render/junit/junit.js';
import type { Report } from '../../src/report/model.js';
import { MULTILINE } from '../../src/report/multiline.js';
import { makeSafe, type Safe } from '../../src/safety/safe.js';
import { filledWith } from '../support/hostile-report.js';
import { type JunitCase, parseJunit } from '../support/junit.js';
import { cell, DOWN, finding, report, skipped } from './support.js';

const junit = (r: Report) => [...renderJunit(makeSafe(r, (t) => t, MULTILINE))].join('');
/** As if nothing had been made safe before. */
const raw = (r: Report) => [...renderJunit(r as Safe<Report>)].join('');

const PAYLOADS = [
  '\u001b[31m',
  'a\u0000b',
  '\ufffe\uffff',
  '\ud800',
  '\udc00x\ud83d',
  'x]]>y',
  '<![CDATA[x]]>',
  '</failure><testcase name="x"/>',
  '"\'><evil a="',
  '&amp; &#27; &x; &',
  'line\nline\ttab\rcr',
  '<!-- -->',
  '<?xml version="1.1"?>',
  '\u0085\u2028\u202e',
  '\u{1F600}\u{10ffff}',
];

describe('whatever stands in a report, the file is well-formed and its counts are right', () => {
  it.each(PAYLOADS)('%j', (payload) => {
    for (const text of [junit(filledWith(payload)), raw(filledWith(payload))]) {
      const suites = parseJunit(text);
      const others = parseJunit(junit(filledWith('x')));
      expect(suites.map((s) => s.cases.map((c) => c.result))).toEqual(
        others.map((s) => s.cases.map((c) => c.result)),
      );
      expect(text).not.toMatch(/&#(?:x|(?!9;|10;|13;|39;))/);
    }
  });

  it('for any text, which arrives as it was written', () => {
    const unit = fc.oneof(
      fc.constantFrom(
        '<',
        '>',
        '&',
        '"',
        "'",
        ']',
        '\n',
        '\t',
        '\r',
        '\ud800',
        '\ufffe',
        '\u0001',
        '\u{1F600}',
      ),
      fc.string({ unit: 'binary', maxLength: 1 }),
    );
    fc.assert(
      fc.property(fc.array(unit, { maxLength: 30 }), (parts) => {
        const value = parts.join('');
        const one = `<testcase classname="" name="${attribute(value)}"><failure>${xml(value)}</failure></testcase>`;
        const counts = 'tests="1" failures="1" errors="0" skipped="0" time="0.000"';
        const [suite] = parseJunit(`<testsuite name="" ${counts}>${one}</testsuite>`);
        // A parser reads `\r\n` in text as one line break, in an attribute as what it is.
        const shown = value.replace(
          /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]|\p{Cs}/gu,
          (c) => `\\u{${c.codePointAt(0)?.toString(16)}}`,
        );
        expect(suite?.cases[0]?.name).toBe(shown);
        expect(suite?.cases[0]?.text).toBe(shown.replace(/\r\n?/g, '\n'));
      }),
    );
  });

  it.each(['x', '\u{1F600}', '&', '\ud800'])('11 MB of %j become 8 KiB', (unit) => {
    const huge = unit.repeat(11_000_000 / unit.length);
    expect(Buffer.byteLength(parseJunit(raw(filledWith(huge)))[0]?.cases[0]?.message ?? '')).toBeLessThan(
      9_000,
    );
    const text = xml(huge);
    expect(text.endsWith('…')).toBe(true);
    expect(text.length).toBeLessThan(8 * 8 * 1024);
  });
});

describe('what a case is', () => {
  const one = (r: Report, name: string): JunitCase | undefined =>
    parseJunit(junit(r))
      .flatMap((s) => s.cases)
      .find((c) => c.name === name);
  const result = (more: Parameters<typeof cell>[2], findings: Report['findings'] = []) =>
    one(report([cell('org/a', 'router', more)], { findings }), 'router')?.result;

  it.each([
    ['passed', {}, []],
    ['failure', DOWN, [finding({ cells: [0] })]],
    ['failure', DOWN, [finding({ cells: [0], severity: 'warning' })]],
    ['failure', DOWN, []],
    ['error', { outcome: 'unknown', status: null, error: 'net.deadline' }, []],
    ['skipped', skipped('not in the mapping'), []],
    ['passed', { outcome: 'flaky', rule: 'flaky' }, [finding({ cells: [0], rule: 'flaky' })]],
    ['skipped', DOWN, [finding({ cells: [0], severity: 'info' })]],
    ['skipped', DOWN, [finding({ cells: [0], known: true })]],
    ['skipped', DOWN, [finding({ cells: [0], ignored: '' })]],
    ['failure', DOWN, [finding({ cells: [0], known: true }), finding({ cells: [0] })]],
    // The finding counts for another model.
    ['skipped', { ...DOWN, expected: true }, [finding({ cells: [0] })]],
    ['failure', { ...DOWN, expected: true }, [finding({ rule: 'vantage-differs', cells: [0] })]],
    ['skipped', { ...DOWN, rule: null, ignored: 'a reason' }, []],
  ] as const)('%s: %j', (want, more, findings) => {
    expect(result(more, [...findings])).toBe(want);
  });

  it('a failure names the rule, the fault and what to do', () => {
    const fixes = [{ text: 'Wait.', commands: ['hf-doctor watch org/a'], links: [] }];
    const r = report([cell('org/a', 'router', { ...DOWN, evidence: 'upstream down', latencyMs: 640 })], {
      findings: [finding({ cells: [0], fixes })],
    });
    expect(one(r, 'router')).toMatchObject({
      classname: 'org/a',
      time: 0.64,
      type: 'provider-outage',
      message: 'novita fails',
      text: expect.stringMatching(
        /^HTTP 500\nupstream down\nIt fails\.\n[\s\S]*Do now: Wait\.\nhf-doctor watch org\/a$/,
      ),
    });
  });

  it('what no cell tells stands apart, and what was asked instead nowhere', () => {
    const r = report([cell('org/a', 'router'), cell('org/b', 'router', { instead: true })], {
      findings: [
        finding({ rule: 'token-shadowed', blame: 'token', severity: 'warning' }),
        finding({ rule: 'dns-failure', blame: 'network' }),
      ],
    });
    expect(parseJunit(junit(r)).map((s) => [s.name, s.cases.map((c) => c.name)])).toEqual([
      ['run', ['verdict', 'dns-failure']],
      ['token', ['token-shadowed']],
      ['org/a', ['router']],
    ]);
  });

  it.each([
    [0, 'passed'],
    [1, 'failure'],
    [3, 'error'],
    [130, 'error'],
  ])('exit code %i is a case that has %s, whatever the cells say', (exitCode, want) => {
    expect(one(report([cell('org/a', 'router')], { exitCode }), 'verdict')?.result).toBe(want);
    expect(one(report([], { exitCode }), 'verdict')?.result).toBe(want);
  });
});
