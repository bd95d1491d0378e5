import fc from 'fast-check';
import { parseFragment } from 'parse5';
import { describe, expect, it } from 'vitest';
import { escapeHtml, html, verbatim } from '../../src/render/html/markup.js';
import { renderHtml } from '../../src/render/html/page.js';
import { SCRIPT } from '../../src/render/html/script.js';
import type { Report } from '../../src/report/model.js';
import { MULTILINE } from '../../src/report/multiline.js';
import { makeSafe } from '../../src/safety/safe.js';
import { emptyFolder, run } from '../support/cli.js';
import { attribute, type Element, elementsOf, htmlFault, textOf } from '../support/html.js';
import { cell, DOWN, finding, look, report, skipped } from './support.js';

const render = (r: Report) => [...renderHtml(makeSafe(r, (t) => t, MULTILINE))].join('');
const all = (text: string, tag: string) => elementsOf(text).elements.filter((e) => e.tagName === tag);
const body = (text: string) => textOf(all(text, 'body')[0] as Element);
const byId = (text: string, id: string) => elementsOf(text).elements.find((e) => attribute(e, 'id') === id);

/** Everything that a report may hold. */
function full(): Report {
  const cells = [
    cell('org/a', 'router', { url: 'https://r.test/v1', requestId: 'id-0', evidence: 'evidence-0' }),
    cell('org/b', 'provider:novita', { ...DOWN, evidence: 'evidence-1', reason: 'reason-1' }),
    cell('org/b', 'router', skipped('reason-2')),
    cell('org/a', 'router', { auth: 'anonymous', control: true, status: 401, outcome: 'unknown' }),
    cell('org/b', 'gateway', { status: null, error: 'net.deadline', outcome: 'unknown' }),
  ];
  const fix = {
    text: 'fix-text',
    commands: ['fix-command\nsecond line'],
    links: ['https://huggingface.co/settings/tokens'],
    snippet: { language: 'python', code: 'snippet\n  code' },
  };
  const told = finding({ cells: [1, 3], models: ['org/b'], requestIds: ['id-1'], fixes: [fix, fix] });
  return report(cells, {
    exitCode: 1,
    ok: false,
    simulated: 'scenario-name',
    vantage: 'eu-west',
    shard: '1/2',
    findings: [{ ...told, notThis: 'not-this', verify: 'verify\n  me', ignored: 'a reason' } as typeof told],
    alternatives: [{ model: 'org/b', instead: { model: 'org/a', route: 'router' }, provenBy: 0 }],
    recovered: [{ model: 'org/c', route: 'legacy' }],
  });
}

describe('the document', () => {
  it('of several places has the line that was sent from each, and ids that can be asked', async () => {
    const cwd = emptyFolder();
    const check = ['check', '--simulate', 'novita-500', '--quiet'];
    for (const v of ['eu', 'us']) await run([...check, '--vantage', v, '--output', `${v}.json`], { cwd });
    const { stdout } = await run(['merge', 'eu.json', 'us.json', '--format', 'html'], { cwd });
    const again = all(stdout, 'dl')
      .flatMap((dl) => textOf(dl).match(/Ask again\s*(?:curl|hf-doctor) [^\n]*/g) ?? [])
      .map((line) => line.replace(/^Ask again\s*/, ''));
    expect(again.filter((line) => line.startsWith('curl ')).length).toBeGreaterThan(10);
    expect(again.filter((line) => line.includes('@'))).toEqual([]);
  });

  it('is one that a browser obeys in nothing but its own script, for each scenario', async () => {
    for (const scenario of ['all', 'healthy', 'novita-500', 'no-token', 'hostile']) {
      const { stdout } = await run(['check', '--simulate', scenario, '--format', 'html']);
      expect(htmlFault(stdout), scenario).toBeNull();
    }
  });

  it('begins with the verdict, and has what human readers get', () => {
    const text = render(full());
    expect(textOf(all(text, 'h1')[0] as Element)).toBe('✖ 1 of 2 models cannot be used.');
    for (const said of [
      'novita fails',
      'fix-text',
      'Not this',
      'the provider',
      'id-1',
      'does not count: ignored: a reason',
    ])
      expect(body(text)).toContain(said);
  });

  it('is a table with a row for each model, a head for each route, and a way from each cell', () => {
    const text = render(full());
    const heads = all(text, 'th').map((e) => [attribute(e, 'scope'), textOf(e).slice(0, 6)]);
    expect(heads).toEqual([
      ...[
        ['col', 'Model'],
        ['col', 'router'],
        ['col', 'novita'],
        ['col', 'gatewa'],
      ],
      ...[
        ['row', 'org/a✔'],
        ['row', 'org/b✖'],
      ],
    ]);
    const cells = all(text, 'td').map((e) => textOf(e));
    expect(cells).toEqual([
      ...['works: ✔ 12 ms', '– not asked', '– not asked'],
      ...['not asked: –', 'fault: ✖ 500provider-outage', 'not clear: ? timeout'],
    ]);
    expect(textOf(byId(text, 'cell-1') as Element)).toContain('evidence-1');
    expect(attribute(byId(text, 'cell-1') as Element, 'data-findings')).toBe('finding-0');
  });

  it('names nobody: of the token its kind alone', () => {
    const token = {
      ...full().token,
      masked: 'hf_…AbCd',
      permission: { inference: 'denied' as const, reason: 'The organization acme-corp refuses this token' },
    };
    const text = render({ ...full(), token });
    expect(text).toContain('may not call Inference Providers');
    for (const said of ['hf_…AbCd', 'acme-corp']) expect(text).not.toContain(said);
  });

  it('looks the same at every width and in every colour: the look of a terminal is not asked', () => {
    const safe = makeSafe(full(), (t) => t, MULTILINE);
    const seen = renderHtml as (r: typeof safe, l: unknown) => Iterable<string>;
    expect([...seen(safe, look(40))].join('')).toBe([...renderHtml(safe)].join(''));
  });

  it('has a script that parses', () => {
    expect(() => new Function(SCRIPT)).not.toThrow();
  });

  it.each([500, 501, 3000])('of %i models opens: the worst 500, some megabytes, in pieces', (n) => {
    const routes = ['legacy', 'router', 'provider:novita', 'provider:together', 'hf-inference'];
    const evidence = '{"error":"x"}'.repeat(15);
    const cells = Array.from({ length: n }, (_, i) =>
      routes.map((r) => cell(`org/model-${i}`, r, i === n - 1 ? { ...DOWN, evidence } : { evidence })),
    ).flat();
    const pieces = [...renderHtml(makeSafe(report(cells), (t) => t, MULTILINE))];
    const text = pieces.join('');
    expect(text.length).toBeLessThan(6_000_000);
    expect(Math.max(...pieces.map((p) => p.length))).toBeLessThan(200_000);
    const rows = text.match(/<tr data-model="[^"]{1,100}"/g) ?? [];
    expect(rows).toHaveLength(Math.min(n, 500));
    expect(rows[0]).toBe(`<tr data-model="org/model-${n - 1}"`);
    expect(text.includes(`500 of ${n} models are shown, the worst first.`)).toBe(n > 500);
  });
});

const PAYLOADS = [
  '</script><script>alert(1)</script>',
  '</style><img src=x onerror=alert(1)>',
  '"><svg onload=alert(1)>',
  "' autofocus onfocus=alert(1) x='",
  '<!-- --><!--',
  ']]><iframe srcdoc="<p>">',
  '&lt;b&gt; &amp;amp; &#60;',
  'javascript:alert(1)',
  '</title></head><body><base href=https://evil.test>',
  '</pre></details></dialog></table>',
  'https://evil.test/?q=<b>',
  `\${alert(1)} {{alert(1)}} <%= 1 %>`,
];

type Place = readonly string[];

/** Each place in the report that holds a string. */
function places(value: unknown, path: Place = []): { path: Place; text: string }[] {
  if (typeof value === 'string') return [{ path, text: value }];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) => places(part, [...path, key]));
}

function withText(r: Report, paths: readonly Place[], text: string): Report {
  const copy = structuredClone(r);
  for (const path of paths) {
    let at = copy as unknown as Record<string, unknown>;
    for (const key of path.slice(0, -1)) at = at[key] as typeof at;
    at[path.at(-1) ?? ''] = text;
  }
  return copy;
}

/** Only the words of a list may stand there: whatever is read is checked for it. */
const CHOICES =
  /(?:^depth|tool\.name|token\.status|inference|auth|depth|outcome|rule|severity|blame|confidence)$/;
/** Told in words of our own, or not at all. */
const NOT_SHOWN =
  /^(?:startedAt|endpoints\.|token\.(?:role|permission)|models\.\d\.task|.{0,40}\.(?:kind|language|name|best)$)/;

describe('hostile texts', () => {
  const base = full();
  /** The same text stands in several places: a model, a route. */
  const texts = new Map<string, Place[]>();
  for (const { path, text } of places(base))
    if (!CHOICES.test(path.join('.'))) texts.set(text, [...(texts.get(text) ?? []), path]);

  it.each([...texts])('in the place of %j are text and nothing else', (_, paths) => {
    const isShown = paths.some((p) => !NOT_SHOWN.test(p.join('.')));
    for (const payload of PAYLOADS) {
      const text = render(withText(base, paths, payload));
      expect(htmlFault(text), payload).toBeNull();
      if (isShown) expect(body(text).includes(payload), `${payload} is shown as it is`).toBe(true);
    }
  });

  it('reach each place that holds a free text', () => {
    for (const text of ['org/a', 'router', 'evidence-1', 'reason-2', 'eu-west', 'fix-text', 'net.deadline'])
      expect(texts.has(text), text).toBe(true);
    expect(texts.size).toBeGreaterThan(25);
  });

  it.each(['constructor', '__proto__', 'toString'])('%s is no key that is looked up', (word) => {
    for (const path of [
      ['token', 'role'],
      ['cells', '4', 'error'],
      ['token', 'source'],
    ])
      expect(render(withText(base, [path], word))).not.toMatch(/native code|\[object/);
  });

  it.each([
    'http://huggingface.co/x',
    'javascript:alert(1)//https://huggingface.co',
    'https://huggingface.co@evil.test/',
    'https://user:pass@huggingface.co/',
    'https://huggingface.co.evil.test/',
    'data:text/html,x',
    '//huggingface.co/x',
  ])('a link to %s leads nowhere', (address) => {
    const text = render(withText(base, [['findings', '0', 'fixes', '0', 'links', '0']], address));
    expect(all(text, 'a').map((a) => attribute(a, 'href'))).not.toContain(address);
    expect(body(text)).toContain(address);
  });

  it('a link of ours leads there and tells nothing of where it was read', () => {
    const link = all(render(base), 'a').find((a) => attribute(a, 'href')?.startsWith('https:')) as Element;
    expect(attribute(link, 'href')).toBe('https://huggingface.co/settings/tokens');
    expect(attribute(link, 'rel')).toBe('noreferrer noopener');
  });

  it('a method of a foreign record is no part of a command', () => {
    const evil = {
      id: 0,
      origin: 'probe',
      purpose: 'inference',
      surface: 'router',
      depth: 'live',
      control: false,
    };
    const observation = {
      ...evil,
      auth: 'token',
      url: 'https://r.test/v1',
      model: 'org/a',
      method: 'X;touch /tmp/x',
    };
    const text = render({ ...base, evidence: { observations: [observation] } });
    expect(text).not.toContain('touch /tmp/x');
  });
});

describe('the escaper', () => {
  const plain = (s: string) => s.replaceAll('\0', '\ufffd');
  const anything = fc.string({ unit: 'binary', maxLength: 60 });
  const markup = fc.string({ unit: fc.constantFrom(...'<>&"\'/!-=;#x0a\r\n\0 '), maxLength: 60 });

  it('gives each text back, between tags and inside an attribute', () => {
    fc.assert(
      fc.property(fc.oneof(anything, markup), (s) => {
        const { childNodes } = parseFragment(html`<b title="${s}"><code>${s}</code></b>`.markup);
        expect(childNodes).toHaveLength(1);
        const [b] = childNodes as Element[];
        expect(b?.attrs).toEqual([{ name: 'title', value: plain(s) }]);
        expect(textOf(b as Element)).toBe(plain(s));
      }),
    );
  });

  it('leaves nothing that could end a quote or begin a tag', () => {
    fc.assert(fc.property(fc.oneof(anything, markup), (s) => !/[<>"']/.test(escapeHtml(s))));
  });

  it('is not for style sheets and scripts: they are ours, and hold no tag', () => {
    expect(() => verbatim('script', 'a </script> b')).toThrow();
    expect(() => verbatim('style', '<!-- x')).toThrow();
  });
});
