import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { FORMATS, OUTPUT_ENDINGS } from '../../src/settings/model.js';
import { emptyFolder, run } from '../support/cli.js';

/** Scenarios of each exit code, and those in which most can go wrong. */
const SCENARIOS = [
  'healthy',
  'novita-500',
  'novita-500-failover',
  'no-token',
  'legacy-no-dns',
  'hostile',
  'all',
];

describe.each(SCENARIOS)('%s', (scenario) => {
  it('has the same exit code in each format', { timeout: 120_000 }, async () => {
    const codes = new Map<string, number | null>();
    for (const format of FORMATS) {
      const argv = ['check', '--simulate', scenario, '--timeout', '3', '--retries', '0', '--format', format];
      const { code, stdout, stderr } = await run(argv);
      codes.set(format, code);
      expect(stdout.length, format).toBeGreaterThan(20);
      expect(stdout.endsWith('\n'), format).toBe(true);
      expect(stderr, format).toBe('');
    }
    expect(new Set(codes.values()).size, JSON.stringify([...codes])).toBe(1);
  });
});

it('each ending of --output has its format, in one run', async () => {
  const cwd = emptyFolder();
  const outputs = [...OUTPUT_ENDINGS.keys()].flatMap((ending) => ['--output', `report${ending}`]);
  const { code } = await run(['check', '--simulate', 'novita-500', ...outputs], { cwd });
  expect(code).toBe(1);
  const begins: Record<string, RegExp> = {
    '.json': /^\{\n/,
    '.ndjson': /^\{"schemaVersion":1,"type":"start"/,
    '.md': /^### ✖ /,
    '.xml': /^<\?xml version="1\.0" encoding="UTF-8"\?>\n<testsuites /,
    '.prom': /^# HELP hf_doctor_/,
    '.html': /^<!doctype html>/i,
  };
  for (const ending of OUTPUT_ENDINGS.keys())
    expect(readFileSync(join(cwd, `report${ending}`), 'utf8')).toMatch(begins[ending] ?? /^$/);
  // Written as a whole: the node exporter reads whatever ends with .prom.
  expect(readdirSync(cwd)).toHaveLength(OUTPUT_ENDINGS.size);
});

const REPORT_ONLY = FORMATS.filter((f) => !['human', 'json', 'ndjson'].includes(f));

describe.each(REPORT_ONLY)('--format %s', (format) => {
  it.each([
    [['token', '--simulate', 'healthy'], `--format ${format} is for the report of hf-doctor check`],
    [['check', '--plan', '--simulate', 'healthy'], `--format ${format} is for the report of hf-doctor check`],
    [['watch', '--simulate', 'healthy'], 'human, ndjson'],
    [['fallback', '--simulate', 'healthy'], '--format has no meaning for fallback'],
    [['explain', 'token-invalid'], 'human, json'],
  ])('is refused by %j', async (argv, says) => {
    const { code, stdout, stderr } = await run([...argv, '--format', format]);
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toContain(says);
  });

  it.each([
    [['check', '--routes', 'lgacy']],
    [['check', '--formt', 'x']],
    [['check', 'a/b', '--output', 'none/report.xml']],
  ])('with a fault in the command line leaves stdout empty: %j', async (argv) => {
    const { code, stdout, stderr } = await run([...argv, '--format', format]);
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/^hf-doctor: /);
  });

  it('of the environment is for check alone', async () => {
    const cwd = emptyFolder();
    writeFileSync(join(cwd, 'hf-doctor.config.yaml'), `format: ${format}\n`);
    const nowhere = ['--hub-url', 'https://hub.invalid', '--router-url', 'https://router.invalid'];
    for (const o of [{ cwd }, { env: { HF_DOCTOR_FORMAT: format } }]) {
      const token = await run(['token', ...nowhere], o);
      expect(token.stdout).toMatch(/^Token {3}/);
      const plan = await run(['check', 'a/b', '--plan', ...nowhere], o);
      expect(plan.code).toBe(0);
      expect(plan.stdout).toContain('Nothing was sent.');
    }
  });
});

it('--help names each format and each ending', async () => {
  const { stdout } = await run(['check', '--help']);
  const words = stdout.replace(/\s+/g, ' ');
  expect(words).toContain(`${FORMATS.join(', ')} (default: human)`);
  expect(words).toContain(`(${[...OUTPUT_ENDINGS.keys()].join(', ')})`);
  expect((await run(['token', '--help'])).stdout.replace(/\s+/g, ' ')).toContain(
    'human, json or ndjson (default',
  );
});

it('an ending that is not known names those that are, and nothing is written', async () => {
  const cwd = emptyFolder();
  const { code, stderr } = await run(['check', 'a/b', '--output', 'report.junit'], { cwd });
  expect(code).toBe(2);
  expect(stderr).toContain([...OUTPUT_ENDINGS.keys()].join(', '));
  expect(existsSync(join(cwd, 'report.junit'))).toBe(false);
});
