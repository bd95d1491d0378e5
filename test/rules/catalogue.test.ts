import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { diagnose } from '../../src/diagnose/diagnose.js';
import { explainText } from '../../src/explain/explain.js';
import type { Finding } from '../../src/report/model.js';
import { RULES } from '../../src/rules/index.js';
import { NODE, OTHER, PYTHON } from '../explain/families.js';
import { evidence } from '../support/evidence.js';

/* What holds for all that the catalogue ever says, over each case, in each client's language. */

const root = new URL('../../fixtures/cases/', import.meta.url).pathname;
const WORLD = { now: Date.UTC(2026, 10, 21), redact: (text: string) => text };
const CLIENTS = [null, 'python', 'node', 'curl'] as const;

const cases = readdirSync(root).flatMap((rule) =>
  readdirSync(join(root, rule)).map((name) => ({
    name: `${rule}/${name}`,
    file: JSON.parse(readFileSync(join(root, rule, name), 'utf8')),
  })),
);

const said: { from: string; finding: Finding }[] = [
  ...cases.flatMap(({ name, file }) =>
    CLIENTS.flatMap((client) =>
      diagnose(evidence(file), [], client).findings.map((finding) => ({ from: name, finding })),
    ),
  ),
  ...[...PYTHON, ...NODE, ...OTHER].flatMap(([name, , text]) =>
    explainText(text, WORLD).findings.map((finding) => ({ from: name, finding })),
  ),
];

/** What a person is told to do: all of a fix, and the line that checks it. */
function advice({ fixes, verify }: Finding): string[] {
  const parts = fixes.flatMap((f) => [f.text, ...f.commands, ...f.links, f.snippet?.code ?? '']);
  return [...parts, verify ?? ''];
}

const SUFFIX = /:hf-inference\b/;
const OTHER_BOX = /inference endpoints?["”']?\s+(?:permission|box|scope)|calls to inference endpoints/i;

describe('what findings say', () => {
  it('comes from every rule', () => {
    const silent = RULES.map((r) => r.id).filter((id) => !said.some((s) => s.finding.rule === id));
    expect(silent).toEqual([]);
  });

  it('never advises the suffix :hf-inference', () => {
    const wrong = said.filter(({ finding }) => advice(finding).some((text) => SUFFIX.test(text)));
    expect(wrong.map((s) => s.from)).toEqual([]);
  });

  it('never advises the permission of another product', () => {
    const wrong = said.filter(({ finding }) => advice(finding).some((text) => OTHER_BOX.test(text)));
    expect(wrong.map((s) => `${s.from}: ${s.finding.rule}`)).toEqual([]);
  });

  it('blames no provider for a 401', () => {
    const about = said.filter(({ finding }) => /^(?:token|billing-org|org)-/.test(finding.rule));
    expect(about.filter((s) => s.finding.blame === 'provider').map((s) => s.from)).toEqual([]);
  });

  it('always tells what to do, in whole sentences', () => {
    for (const { from, finding } of said) {
      expect(finding.fixes.length, `${from}: ${finding.rule}`).toBeGreaterThan(0);
      for (const text of [finding.title, finding.explanation, finding.notThis ?? '']) {
        expect(text, from).not.toMatch(/undefined|\bNaN\b|\[object |\bnull\b|!/);
      }
      expect(finding.explanation, from).toMatch(/[.")]$/);
    }
  });

  it('always names a command that checks it', () => {
    const without = said.filter(
      ({ finding }) => !/^(?:hf-doctor|hf|curl|pip|python|npm|date) /.test(finding.verify ?? ''),
    );
    expect(without.map((s) => `${s.from}: ${s.finding.rule}: ${s.finding.verify}`)).toEqual([]);
  });

  it('links to https addresses only', () => {
    const links = new Set(said.flatMap(({ finding }) => finding.fixes.flatMap((f) => f.links)));
    for (const link of links) expect(new URL(link).protocol, link).toBe('https:');
  });
});

/** Faults of the machine, of its network, or of one answer: there is no page of Hugging Face about them. */
const WITHOUT_LINKS: readonly string[] = [
  'probe-crashed',
  'local-bug',
  'clock-skew',
  'captive-portal',
  'flaky',
  'unexpected-shape',
  'slow',
];

describe('the pages', () => {
  it.each(RULES.map((r) => [r.id, r] as const))('%s', (id, { page, lastVerified, corrects }) => {
    for (const text of [page.meaning, page.evidence, page.mistakenFor, page.repair])
      expect(text).toMatch(/^\S[\s\S]{15,}[.)"]$/);
    for (const link of page.links) expect(new URL(link).protocol).toBe('https:');
    expect(page.links.length > 0).toBe(!WITHOUT_LINKS.includes(id));
    expect(lastVerified).toMatch(/^20\d\d-\d\d-\d\d$/);
    // Named only to be refused.
    const told = [page.repair, corrects ?? ''];
    for (const text of told.filter((t) => SUFFIX.test(t) || OTHER_BOX.test(t)))
      expect(text).toMatch(/\b(?:no|not|never|nothing|another product)\b/);
  });
});
