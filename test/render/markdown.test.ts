import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { code, fence, text } from '../../src/render/markdown/escape.js';
import { link } from '../../src/render/markdown/link.js';
import { MOST_BYTES, markdownText } from '../../src/render/markdown/markdown.js';
import type { Report } from '../../src/report/model.js';
import { MULTILINE } from '../../src/report/multiline.js';
import { makeSafe } from '../../src/safety/safe.js';
import { sanitise } from '../../src/safety/sanitise.js';
import { filledWith } from '../support/hostile-report.js';
import { activeIn, nodes, parsed, readText, tables } from '../support/markdown.js';
import { cell, DOWN, finding, report } from './support.js';

const markdown = (r: Report, most = MOST_BYTES) =>
  markdownText(
    makeSafe(r, (t) => t, MULTILINE),
    most,
  ) ?? '';

const PAYLOADS = [
  'a|b|PASS',
  'a\\|b|c',
  '\\\\|x|',
  'one\n| `x` | PASS |\n',
  '![x](https://evil.example/beacon.png)',
  '[x](javascript:alert(1))',
  '[x]: https://evil.example',
  '<img src=x onerror=alert(1)>',
  '<https://evil.example/>',
  '</td></tr></table></details><script>',
  '<!-- hidden',
  '<picture><source srcset=x>',
  'https://evil.example/?q=1',
  'www.evil.example',
  'mail@evil.example',
  '@team @org/team, (@user)',
  '#1 org/repo#1 GH-1 !1',
  '5f3e1c9d5f3e1c9d5f3e1c9d5f3e1c9d5f3e1c9d',
  '[^1] [^1]: note',
  '$math$ $`x`$ $$x$$',
  '```mermaid\ngraph TD\n```',
  '````````````````````` long `` runs ```',
  '` @team `',
  '`@team',
  '# heading',
  'a heading with an end ##',
  '- item',
  '1. item',
  '12) item',
  '> [!NOTE]\n> quote',
  '---',
  '===',
  '**bold** __bold__ *a* _b_ ~~gone~~ ~c~',
  '&lt;img&gt; &#64;team &commat;team',
  ':smile: :+1:',
  'ends with a backslash\\',
  '    indented',
  '::error::x',
  '##[add-mask]x',
  '\u001b[31mred\u0007',
  '',
  ' ',
];

describe('whatever stands in a report, a reader of Markdown acts on none of it', () => {
  it.each(PAYLOADS)('%j', (payload) => {
    const shown = markdown(filledWith(payload));
    expect(activeIn(shown)).toEqual([]);
    const [table] = tables(shown);
    expect(tables(shown)).toHaveLength(1);
    expect(new Set(table?.map((row) => row.length)).size).toBe(1);
    // As many rows as models, as many blocks as there are: nothing was added.
    const plain = parsed(markdown(filledWith('plain')));
    const shape = (root: ReturnType<typeof parsed>) =>
      nodes(root)
        .map((n) => n.type)
        .filter((t) => ['heading', 'list', 'tableRow', 'code'].includes(t));
    if (payload.trim() !== '') expect(shape(parsed(shown))).toEqual(shape(plain));
  });

  it('for any text', () => {
    const piece = fc.oneof(
      fc.constantFrom(...PAYLOADS),
      fc.constantFrom(
        '`',
        '|',
        '\\',
        '@a',
        '#1',
        '$',
        '[',
        ']',
        '<',
        '>',
        '!',
        '*',
        '_',
        '~',
        '\n',
        ' ',
        ':',
      ),
      fc.string({ unit: 'grapheme', maxLength: 8 }),
    );
    const payload = fc.array(piece, { maxLength: 8 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(payload, (value) => {
        const shown = markdown(filledWith(value));
        expect(activeIn(shown)).toEqual([]);
        const [table] = tables(shown);
        expect(new Set(table?.map((row) => row.length)).size).toBe(1);
      }),
      { numRuns: 60 },
    );
  });

  const line = (value: string) => value.replace(/\s+/g, ' ').trim();
  const texts = fc
    .array(fc.oneof(fc.constantFrom(...PAYLOADS), fc.string({ unit: 'grapheme', maxLength: 12 })), {
      maxLength: 6,
    })
    .map((parts) => sanitise(parts.join('')));

  it('and it can be read as it was written', () => {
    fc.assert(
      fc.property(texts, (value) => {
        expect(readText(parsed(`x ${text(value)}`))).toBe(line(`x ${value}`));
        expect(readText(parsed(text(value, { start: true })))).toBe(line(value));
        expect(readText(parsed(`## x ${text(value)}`))).toBe(line(`x ${value}`));
        expect(readText(parsed(`x ${code(value)}`)).trim()).toBe(line(`x ${value}`));
      }),
      { numRuns: 200 },
    );
  });

  it('also in a table, but for a blank between a backslash and a bar', () => {
    fc.assert(
      fc.property(texts, (value) => {
        const shown = `| a | b |\n| --- | --- |\n| ${text(value, { cell: true })} | ${code(value, { cell: true })} |\n`;
        const row = tables(shown)[0]?.[1] ?? [];
        const loose = (t: string) => line(t).replaceAll('\\ |', '\\|');
        expect(row.map(loose)).toEqual([loose(value), loose(value)]);
      }),
      { numRuns: 200 },
    );
  });

  it('a block of code holds its lines, and ends where it ends', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('`', '~', 'a', '\n', ' ', '#') }), (value) => {
        const blocks = (parsed(`${fence(value, 'sh')}\n\nafter\n`).children ?? []).map((n) => n.type);
        expect(blocks).toEqual(['code', 'paragraph']);
        expect(readText(parsed(fence(value)))).toBe(value.trimEnd());
      }),
    );
    expect(fence('graph', 'mermaid')).not.toContain('mermaid');
  });
});

describe('a link', () => {
  it.each([
    'https://huggingface.co/settings/tokens',
    'https://endpoints.huggingface.co/new',
    'https://github.com/huggingface/huggingface.js',
  ])('to %s is one', (address) => {
    expect(nodes(parsed(link(address))).filter((n) => n.type === 'link')).toMatchObject([{ url: address }]);
  });

  it.each([
    'http://huggingface.co/',
    'https://huggingface.co.evil.example/',
    'https://huggingface.co@evil.example/',
    'https://user:pw@github.com/',
    'https://evil.example/',
    'javascript:alert(1)',
    'huggingface.co',
    '',
  ])('to %j is text', (address) => {
    expect(nodes(parsed(link(address))).filter((n) => n.type === 'link')).toEqual([]);
  });

  it('holds nothing that could end it', () => {
    const shown = link('https://huggingface.co/a>b <img> `x` |@team');
    expect(nodes(parsed(`| a |\n| --- |\n| ${shown} |`)).filter((n) => n.type === 'link')).toHaveLength(1);
    expect(activeIn(shown)).toEqual([]);
  });
});

describe('the size', () => {
  const many = (n: number, more: (i: number) => Partial<Report['cells'][number]>) =>
    report(
      Array.from({ length: n }, (_, i) => cell(`org/model-number-${i}`, 'router', more(i))),
      { ok: false, exitCode: 1 },
    );

  it('of 20,000 models stays below what an issue takes, the worst first, and says what is missing', () => {
    const r = many(20_000, (i) => (i === 19_990 ? DOWN : {}));
    const shown = markdown({ ...r, models: r.models.map((m) => ({ ...m, checked: true })) });
    expect(Buffer.byteLength(shown)).toBeLessThanOrEqual(MOST_BYTES);
    expect(shown.length).toBeLessThan(65_536);
    const rows = tables(shown)[0] ?? [];
    expect(rows[1]?.[0]).toBe('org/model-number-19990');
    expect(shown).toContain(`${rows.length - 1} of 20000 models are shown, the worst first.`);
  });

  it('of 1,000 findings: those that fit, and the number of the others by rule', () => {
    const findings = Array.from({ length: 1_000 }, (_, i) =>
      finding({ title: `fault number ${i}`, explanation: 'long '.repeat(100) }),
    );
    const shown = markdown({ ...many(3, () => DOWN), findings });
    expect(Buffer.byteLength(shown)).toBeLessThanOrEqual(MOST_BYTES);
    const told = shown.match(/^#### ✖ fault number/gm)?.length ?? 0;
    expect(told).toBeGreaterThan(50);
    expect(shown).toContain(`And ${1_000 - told} findings more: provider-outage (${1_000 - told}).`);
    expect(shown).toContain('fault number 0\n');
  });

  it('a finding that has no room alone does not hide the others', () => {
    const findings = [finding({ explanation: 'x'.repeat(100_000) }), finding({ title: 'the second' })];
    const shown = markdown({ ...many(1, () => DOWN), findings });
    expect(shown).toContain('the second');
    expect(shown).toContain('And 1 finding more');
  });

  it.each([0, 100, 400, 2_000, 5_000, 20_000])('never passes %i bytes', (most) => {
    for (const r of [filledWith('@team|'.repeat(400)), many(300, () => DOWN), filledWith('x')]) {
      const shown = markdown(r, most);
      expect(Buffer.byteLength(shown)).toBeLessThanOrEqual(most);
      // Cut between rows and blocks: what is left is still whole.
      expect(activeIn(shown)).toEqual([]);
      for (const table of tables(shown)) expect(new Set(table.map((row) => row.length)).size).toBe(1);
      expect(shown.match(/^ {0,2}`{3,}/gm)?.length ?? 0).toSatisfy((n: number) => n % 2 === 0);
    }
  });

  it('of 500 routes: those that fail are kept', () => {
    const cells = Array.from({ length: 500 }, (_, i) =>
      cell('org/a', `provider:p${i}`, i === 499 ? DOWN : {}),
    );
    const shown = markdown(report(cells));
    expect(tables(shown)[0]?.[0]).toContain('p499');
    expect(shown).toContain('476 routes are not shown.');
  });
});

describe('what is told', () => {
  it('the verdict stands first, and the token without whose it is', () => {
    const r = filledWith('plain');
    const token = {
      ...r.token,
      status: 'valid' as const,
      source: 'file /home/somebody/token',
      masked: 'hf_…wxyz',
      role: 'fineGrained',
      permission: { inference: 'denied' as const, reason: 'The organization acme-secret refuses this token' },
      shadowed: [{ source: 'file ~/other' }],
    };
    const shown = markdown({ ...r, token });
    expect(shown).toMatch(/^### ✖ 1 of 2 models cannot be used\./);
    expect(shown).toContain('token: fine-grained, ✖ may not call Inference Providers');
    const told = { ...r, token, findings: [finding({ explanation: 'The token hf_…wxyz was sent.' })] };
    expect(markdown(told)).toContain('The token hf\\_… was sent.');
    for (const own of ['somebody', 'wxyz', 'acme-secret', '~/other']) expect(shown).not.toContain(own);
  });

  it.each([
    [{ known: true }, 'known'],
    [{ expected: true }, 'expected'],
    [{ ignored: 'a known fault, see @team' }, 'ignored: a known fault, see `@team`'],
  ])('what does not count says why: %j', (marks, says) => {
    const shown = markdown(report([cell('org/a', 'router', DOWN)], { findings: [finding(marks)] }));
    expect(shown).toContain(`**does not count: ${says}**`);
  });

  it('a run that learned nothing does not look green', () => {
    const r = report([cell('org/a', 'router', { outcome: 'unknown', status: null, error: 'net.deadline' })]);
    const shown = markdown({ ...r, ok: false, exitCode: 3 });
    expect(shown).toMatch(/^### \? Nothing could be checked/);
    expect(shown).not.toContain('✔ Nothing');
  });

  it('a healthy run is short', () => {
    const shown = markdown(report([cell('org/a', 'router')]));
    expect(shown).toMatch(/^### ✔ The model can be used\./);
    expect(shown).not.toContain('####');
  });
});
