import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { explainText } from '../../src/explain/explain.js';
import type { Report } from '../../src/report/model.js';
import { run } from '../support/cli.js';

const FOLDER = new URL('../../fixtures/pastes/', import.meta.url);
const SCENARIOS = new URL('../../fixtures/scenarios/', import.meta.url);
const WORLD = { now: Date.UTC(2026, 10, 21), redact: (text: string) => text };

/** Error blocks as people posted them, named after the scenario that plays the same fault. */
const pastes = readdirSync(FOLDER).map((file) => file.replace(/\.txt$/, ''));
const played = pastes.filter((name) => readdirSync(SCENARIOS).includes(`${name}.yaml`));

describe('a pasted error block gives the verdict of the run', () => {
  it('each of the five reports is there', () => {
    expect(played).toEqual(['hyperbolic-401', 'legacy-404', 'legacy-410', 'novita-500', 'suffix-502']);
  });

  it.each(played)('%s', async (name) => {
    const { findings } = explainText(readFileSync(new URL(`${name}.txt`, FOLDER), 'utf8'), WORLD);
    const { stdout } = await run(['check', '--simulate', name, '--format', 'json']);
    const report = JSON.parse(stdout) as Report;
    const live = report.findings.map((f) => `${f.rule} ${f.blame}`);
    expect(live).toContain(`${findings[0]?.rule} ${findings[0]?.blame}`);
  });

  it('the pair without a host stays possible, and says what else it may be', () => {
    const { findings } = explainText(readFileSync(new URL('legacy-404.txt', FOLDER), 'utf8'), WORLD);
    expect(findings[0]).toMatchObject({ rule: 'legacy-host-gone', confidence: 'possible' });
    expect(findings[0]?.explanation).toContain('router.huggingface.co');
  });

  it('a refused git push beside a 404 of anything is no such pair', () => {
    const text =
      'remote: Invalid username or password.\nfatal: Authentication failed\n404 - Not Found for /about';
    expect(explainText(text, WORLD).findings).toEqual([]);
  });
});
