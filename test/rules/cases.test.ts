import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { diagnose } from '../../src/diagnose/diagnose.js';
import { RULES } from '../../src/rules/index.js';
import { evidence, type PartialEvidence } from '../support/evidence.js';

/** `fixtures/cases/<rule>/<case>.json`: evidence and what must, or must not, be said about it. */
interface CaseFile extends PartialEvidence {
  note: string;
  expect: {
    rule?: string;
    not?: string;
    blame?: string;
    confidence?: string;
    severity?: string;
    /** Words that the finding's texts must hold. */
    says?: string[];
  };
}

const root = new URL('../../fixtures/cases/', import.meta.url).pathname;
const folders = readdirSync(root, { withFileTypes: true }).filter((d) => d.isDirectory());

for (const folder of folders) {
  describe(folder.name, () => {
    for (const name of readdirSync(join(root, folder.name)).filter((f) => f.endsWith('.json'))) {
      const file = JSON.parse(readFileSync(join(root, folder.name, name), 'utf8')) as CaseFile;
      it(`${name}: ${file.note}`, () => {
        const found = diagnose(evidence(file)).findings;
        const { expect: want } = file;
        if (want.not) expect(found.map((f) => f.rule)).not.toContain(want.not);
        if (!want.rule) return;
        expect(found.map((f) => f.rule)).toContain(want.rule);
        const finding = found.find((f) => f.rule === want.rule);
        if (want.blame) expect(finding?.blame).toBe(want.blame);
        if (want.confidence) expect(finding?.confidence).toBe(want.confidence);
        if (want.severity) expect(finding?.severity).toBe(want.severity);
        const words = JSON.stringify(finding);
        for (const phrase of want.says ?? []) expect(words).toContain(phrase);
      });
    }
  });
}

describe('the catalogue', () => {
  it.each(RULES.map((r) => r.id))('%s has a case that hits and a near miss', (id) => {
    const dir = folders.find((f) => f.name === id);
    expect(dir, `fixtures/cases/${id}`).toBeDefined();
    const files = readdirSync(join(root, id)).map(
      (f) => JSON.parse(readFileSync(join(root, id, f), 'utf8')) as CaseFile,
    );
    expect(files.some((f) => f.expect.rule === id)).toBe(true);
    expect(files.some((f) => f.expect.not === id)).toBe(true);
  });

  it('names each rule once', () => {
    expect(new Set(RULES.map((r) => r.id)).size).toBe(RULES.length);
  });
});
