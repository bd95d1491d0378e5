import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import axe from 'axe-core';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { renderHtml } from '../../src/render/html/page.js';
import { MULTILINE } from '../../src/report/multiline.js';
import { makeSafe } from '../../src/safety/safe.js';
import { findBrowser } from '../support/browser.js';
import { emptyFolder, run } from '../support/cli.js';
import { cell, DOWN, finding, report } from './support.js';

/* The document as a person uses it, in a real browser that can reach nothing but the file. */

const executablePath = findBrowser('the HTML report in a real browser');
const folder = emptyFolder();
const saved = (name: string, text: string) => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return pathToFileURL(path).href;
};

let browser: Browser;
let all: string;

interface Opened {
  page: Page;
  /** What no page of ours does: log, fail, ask, open a dialog, send anything. */
  noise: string[];
}

async function open(url: string, options: BrowserContextOptions = {}, before?: string): Promise<Opened> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const noise: string[] = [];
  await context.route('**/*', (route) => {
    if (route.request().url() === url) return route.continue();
    noise.push(`request ${route.request().url()}`);
    return route.abort();
  });
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  if (before) await context.addInitScript(before);
  const page = await context.newPage();
  page.on('console', (m) => noise.push(`console ${m.text()}`));
  page.on('pageerror', (e) => noise.push(`error ${e.message}`));
  page.on('popup', () => noise.push('popup'));
  page.on('dialog', (d) => {
    noise.push(`dialog ${d.message()}`);
    void d.dismiss();
  });
  page.on('request', (r) => {
    if (r.url().split('#')[0] !== url) noise.push(`request ${r.url()}`);
  });
  await page.goto(url);
  return { page, noise };
}

async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const { violations: found } = await page.evaluate(() =>
    (globalThis as unknown as { axe: typeof axe }).axe.run(),
  );
  return found.map((v) => `${v.id}: ${v.nodes[0]?.html.slice(0, 200)}`);
}

const rows = (page: Page) => page.locator('#matrix tbody tr:visible').count();
const copied = (page: Page) => page.evaluate('navigator.clipboard.readText()');
/** What has the focus, as a person would name it. */
const focused = (page: Page) => page.evaluate('document.activeElement.textContent.trim()');
const LLAMA = 'tr[data-model="meta-llama/Llama-3.1-70B-Instruct"] td.fault a';

describe.skipIf(executablePath === null)('the HTML report in a real browser', () => {
  beforeAll(async () => {
    const { stdout } = await run(['check', '--simulate', 'all', '--format', 'html']);
    all = saved('all.html', stdout);
    // Debian's sandbox needs what containers do not give; the page is our own.
    browser = await chromium.launch({ executablePath: executablePath ?? '', args: ['--no-sandbox'] });
  });
  afterAll(async () => browser?.close());

  it.each(['light', 'dark'] as const)(
    'has no fault that axe finds, %s, wide and narrow, closed and open',
    async (colorScheme) => {
      for (const width of [1280, 390]) {
        const { page, noise } = await open(all, { colorScheme, viewport: { width, height: 900 } });
        expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
        await page.locator('details.all > summary').click();
        await page.locator('details.cell > summary').first().click();
        expect(await violations(page)).toEqual([]);
        await page.locator(LLAMA).first().click();
        expect(await violations(page)).toEqual([]);
        expect(noise).toEqual([]);
        await page.context().close();
      }
    },
  );

  it('filters by model, verdict and provider, says how many are left, and gives all back', async () => {
    const { page, noise } = await open(all);
    const result = page.locator('#filter-result');
    expect(await rows(page)).toBe(12);
    await page.getByLabel('Model', { exact: true }).fill('LLAMA 70b');
    expect(await rows(page)).toBe(2);
    expect(await result.textContent()).toBe('2 of 12 models');
    await page.getByLabel('Model', { exact: true }).fill('nothing like it');
    expect(await result.textContent()).toContain('0 of 12 models');
    await page.getByRole('button', { name: 'Clear' }).click();
    await expect.poll(() => rows(page)).toBe(12);
    await page.getByLabel('Verdict').selectOption('rule provider-outage');
    expect(await rows(page)).toBe(1);
    await page.getByLabel('Verdict').selectOption('state usable');
    expect(await rows(page)).toBe(2);
    await page.getByLabel('Verdict').selectOption('');
    await page.getByLabel('Provider or route').selectOption({ label: 'novita' });
    expect(await page.locator('#matrix thead th:visible').allTextContents()).toEqual(['Model', 'novita']);
    expect(await rows(page)).toBe(2);
    await page.getByLabel('Verdict').selectOption('outcome ok');
    expect(await rows(page)).toBe(1);
    expect(noise).toEqual([]);
    await page.context().close();
  });

  it('opens what a cell says: evidence, finding, fix, and a line that a button copies', async () => {
    const { page, noise } = await open(all);
    await page.locator(LLAMA).first().click();
    const panel = page.getByRole('dialog', { name: 'meta-llama/Llama-3.1-70B-Instruct on router' });
    const text = (await panel.textContent()) ?? '';
    for (const said of ['Model too busy', 'together has no free capacity', 'Do now', 'HTTP 503'])
      expect(text).toContain(said);
    await panel
      .getByRole('button', { name: /^Copy: curl/ })
      .first()
      .click();
    await expect
      .poll(() => copied(page))
      .toMatch(/^curl -sS http:\/\/127\.0\.0\.1:\d+\/v1\/chat\/completions \\\n/);
    const line = String(await copied(page));
    expect(line).toContain('-H "Authorization: Bearer $HF_TOKEN" \\\n');
    expect(line).toContain('"model":"meta-llama/Llama-3.1-70B-Instruct"');
    await expect.poll(() => page.locator('#panel-said').textContent()).toBe('Copied.');
    expect(noise).toEqual([]);
    await page.context().close();
  });

  it('selects the line where nothing may be copied', async () => {
    const none =
      "Object.defineProperty(navigator, 'clipboard', { value: undefined });document.execCommand = () => false;";
    const { page, noise } = await open(all, {}, none);
    const box = page.locator('.finding .cmd').first();
    await box.getByRole('button').click();
    await expect.poll(() => page.locator('#said').textContent()).toContain('press Ctrl+C');
    expect(await page.evaluate('getSelection().toString()')).toBe(await box.locator('code').textContent());
    expect(noise).toEqual([]);
    await page.context().close();
  });

  it('can be used with the keyboard alone', async () => {
    const { page, noise } = await open(all);
    const press = async (...keys: string[]) => {
      for (const key of keys) await page.keyboard.press(key);
    };
    await press('Tab');
    expect(await focused(page)).toBe('Skip to the findings');
    await press('Tab');
    await page.keyboard.type('gpt2');
    expect(await rows(page)).toBe(1);
    // Verdict, provider, clear, the matrix, its first cell.
    await press('Tab', 'Tab', 'Tab', 'Tab', 'Tab');
    const first = await focused(page);
    expect(first).toContain('404');
    await press('ArrowRight');
    expect(await focused(page)).not.toBe(first);
    await press('ArrowLeft', 'Enter');
    expect(await page.locator('#panel').isVisible()).toBe(true);
    expect(await focused(page)).toBe('gpt2 on legacy');
    await press('Escape');
    expect(await page.locator('#panel').isVisible()).toBe(false);
    expect(await focused(page)).toBe(first);
    await press('Space');
    expect(await page.locator('#panel').isVisible()).toBe(true);
    await press('Tab');
    expect(await focused(page)).toBe('Close');
    await press('Enter');
    expect(await focused(page)).toBe(first);
    // What has the focus is seen to have it.
    expect(await page.evaluate('getComputedStyle(document.activeElement).outlineStyle')).toBe('solid');
    expect(noise).toEqual([]);
    await page.context().close();
  });

  it('is read without the script: no filter, each cell leads to what was seen', async () => {
    const { page, noise } = await open(all, { javaScriptEnabled: false });
    expect(await page.locator('#filter').isVisible()).toBe(false);
    expect(await page.locator('.finding').first().isVisible()).toBe(true);
    const evidence = page.locator('.cell pre', { hasText: 'Model too busy' }).first();
    expect(await evidence.isVisible()).toBe(false);
    await page.locator(LLAMA).first().click();
    await expect.poll(() => evidence.isVisible()).toBe(true);
    expect(noise).toEqual([]);
    await page.context().close();
  });

  it('prints every finding and the evidence of each fault, and nothing to click', async () => {
    const { page } = await open(all);
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('.finding:visible').count()).toBe(await page.locator('.finding').count());
    expect(await page.locator('form:visible, button:visible').count()).toBe(0);
    const pre = page.locator('.cell.fault pre.evidence').first();
    expect((await pre.boundingBox())?.height).toBeGreaterThan(10);
    // All columns are on the sheet: A4 with its margins is about that wide.
    await page.setViewportSize({ width: 700, height: 1000 });
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(700);
    await page.context().close();
  });

  it('does nothing that a hostile text says', async () => {
    const evil = [
      '</script><script>alert(1)</script>',
      '"><img src=https://evil.test/x onerror=alert(2)>',
      "'-alert(3)-'",
      'javascript:alert(4)',
      '<iframe srcdoc="<script>alert(5)</script>">',
    ];
    const cells = evil.flatMap((e) => [
      cell(e, 'router', { ...DOWN, evidence: e, url: e, requestId: e, reason: e }),
      cell(e, `provider:${e}`, { error: e, evidence: e, outcome: 'unknown' }),
    ]);
    const told = evil.map((e, i) =>
      finding({
        ...{ title: e, explanation: e, notThis: e, verify: e, cells: [2 * i], models: [e], requestIds: [e] },
        fixes: [{ text: e, commands: [e], links: [e], snippet: { language: e, code: e } }],
      }),
    );
    const made = makeSafe(report(cells, { findings: told, exitCode: 1 }), (t) => t, MULTILINE);
    const { page, noise } = await open(saved('hostile.html', [...renderHtml(made)].join('')));
    for (const link of await page.locator('#matrix td a').all()) {
      await link.click();
      await page.keyboard.press('Escape');
    }
    for (const e of evil) {
      await page.getByLabel('Model', { exact: true }).fill(e);
      expect(await rows(page)).toBe(1);
      await page.locator('#matrix td a:visible').first().click();
      await page.locator('#panel .copy').last().click();
      await expect.poll(() => copied(page)).toBe(e);
      await page.keyboard.press('Escape');
    }
    expect(noise).toEqual([]);
    await page.context().close();
  });

  it('of 500 models is there and filters', async () => {
    const routes = ['legacy', 'router', 'provider:novita', 'provider:together', 'hf-inference'];
    const cells = Array.from({ length: 500 }, (_, i) => routes.map((r) => cell(`org/model-${i}`, r))).flat();
    const made = makeSafe(report(cells), (t) => t, MULTILINE);
    const { page, noise } = await open(saved('large.html', [...renderHtml(made)].join('')));
    await page.getByLabel('Model', { exact: true }).fill('model-49');
    expect(await page.locator('#filter-result').textContent()).toBe('11 of 500 models');
    expect(noise).toEqual([]);
    await page.context().close();
  });
});
