import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { annotation, plain } from '../../src/render/github/escape.js';
import { renderGithub } from '../../src/render/github/github.js';
import type { Report } from '../../src/report/model.js';
import { MULTILINE } from '../../src/report/multiline.js';
import { makeSafe } from '../../src/safety/safe.js';
import { filledWith } from '../support/hostile-report.js';
import { obeyed } from '../support/runner.js';
import { cell, DOWN, finding, report } from './support.js';

const github = (r: Report) => [...renderGithub(makeSafe(r, (t) => t, MULTILINE))].join('');

const PAYLOADS = [
  '\n::set-env name=X::y',
  '\r::add-mask::e',
  '\u00a0::error::x',
  '\u0085::error::x',
  '\u2028::error::x',
  '::stop-commands::x',
  'a ##[add-mask]e',
  '##[error]e',
  '#' + '#[group]e',
  '%0A::error::x',
  '%25%0A',
  '::error file=/etc/passwd,line=1::x',
  'x,file=/etc/passwd',
  'x::y',
  ':',
  '%',
  'a,b:c%d\r\ne',
];

describe('whatever stands in a report, the runner obeys our annotations and nothing else', () => {
  const judged = (text: string) => {
    const commands = obeyed(text);
    for (const c of commands) {
      expect(['error', 'warning', 'notice']).toContain(c.name);
      expect(Object.keys(c.properties)).toEqual(['title']);
    }
    for (const line of text.trimEnd().split('\n'))
      expect(line).toMatch(/^(?:hf-doctor:|::(?:error|warning|notice) title=)/);
    return commands;
  };

  it.each(PAYLOADS)('%j', (payload) => {
    const kinds = judged(github(filledWith(payload))).map((c) => c.name);
    // The fault, the fault of the token, the expected one, and the one that does not count.
    expect(kinds).toEqual(['error', 'warning', 'notice', 'notice']);
  });

  it('for any text', () => {
    const piece = fc.oneof(fc.constantFrom(...PAYLOADS, '::', '##[', ']', '\n'), fc.string({ maxLength: 6 }));
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 6 }), (parts) => {
        judged(github(filledWith(parts.join(''))));
      }),
      { numRuns: 60 },
    );
  });

  it.each(['##[error]x', 'a ##[add-mask]x', '####[group]x', '##[', '::x::y'])('also alone: %j', (text) => {
    expect(obeyed(plain(text))).toEqual([]);
    for (const line of [annotation('error', text, 'x'), annotation('error', 'x', text)]) {
      expect(obeyed(line).map((c) => c.name)).toEqual(['error']);
      expect(line).not.toContain('##[');
    }
  });

  it('and it arrives as it was written', () => {
    const near = fc.string({ unit: fc.constantFrom(':', ',', '%', '0', 'A', '\r', '\n', '=', 'x', ' ') });
    fc.assert(
      fc.property(near, near, (title, message) => {
        const [command, ...more] = obeyed(annotation('error', title, message));
        expect(more).toEqual([]);
        // The runner takes the blanks at the end of a property away.
        expect(command?.properties.title?.trim()).toBe(title.trim());
        expect(command?.data).toBe(message);
        expect(obeyed(plain(`${title}${message}`))).toEqual([]);
      }),
    );
  });
});

describe('annotations', () => {
  const of = (findings: Report['findings'], more: Partial<Report> = {}) =>
    obeyed(github(report([cell('org/a', 'router', DOWN)], { findings, ok: false, exitCode: 1, ...more })));
  const some = (n: number, severity: 'error' | 'warning' | 'info') =>
    Array.from({ length: n }, (_, i) => finding({ severity, title: `${severity} ${i}` }));

  it('of 500 findings: ten of a kind, the worst first, the rest counted once', () => {
    const commands = of([...some(490, 'error'), ...some(8, 'warning'), ...some(2, 'info')]);
    const kinds = (kind: string) => commands.filter((c) => c.name === kind);
    expect(commands.map((c) => c.name)).toEqual([
      ...Array(10).fill('error'),
      ...Array(8).fill('warning'),
      ...Array(3).fill('notice'),
    ]);
    expect(kinds('error')[0]?.properties.title).toBe('error 0');
    expect(commands.at(-1)).toMatchObject({ properties: { title: '480 more' } });
    expect(commands.at(-1)?.data).toMatch(/^480 errors: /);
  });

  it('never more than ten of a kind, with the one that counts', () => {
    const commands = of([...some(11, 'error'), ...some(12, 'warning'), ...some(30, 'info')]);
    for (const kind of ['error', 'warning', 'notice'])
      expect(commands.filter((c) => c.name === kind)).toHaveLength(10);
    expect(commands.at(-1)?.data).toMatch(/^1 error, 2 warnings, 21 notices: /);
  });

  it('tell what to do', () => {
    const fixes = [
      { text: 'Wait.', commands: ['hf-doctor watch org/a'], links: ['https://huggingface.co/x'] },
    ];
    const [command] = of([finding({ fixes })]);
    expect(command?.data).toBe(
      'It fails.\nFault: the provider (provider-outage, certain)\nDo now: Wait.\nhf-doctor watch org/a\nhttps://huggingface.co/x',
    );
  });

  it.each([
    [{ known: true }, 'known'],
    [{ expected: true }, 'expected'],
    [{ ignored: 'because' }, 'ignored: because'],
  ])('what does not count is no error: %j', (marks, says) => {
    const commands = of([finding(marks)], { ok: true, exitCode: 0 });
    expect(commands).toMatchObject([
      { name: 'notice', data: expect.stringContaining(`Does not count: ${says}.`) },
    ]);
  });

  it.each([
    [1, some(2, 'warning')],
    [1, []],
    [3, []],
    [130, []],
  ])('exit code %i is said in red, also where no finding is red', (exitCode, findings) => {
    const commands = of(findings, { exitCode });
    expect(commands[0]).toMatchObject({ name: 'error', properties: { title: `Exit code ${exitCode}` } });
    expect(commands).toHaveLength(findings.length + 1);
  });

  it('there is none where all is well', () => {
    const text = github(report([cell('org/a', 'router')]));
    expect(obeyed(text)).toEqual([]);
    expect(text).toMatch(/^hf-doctor: ✔ The model can be used\.\n/);
    expect(text).toMatch(/\nhf-doctor: exit code 0\n$/);
  });
});
