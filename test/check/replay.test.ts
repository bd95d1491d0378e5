import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { replay } from '../../src/check/replay.js';
import { reportSchema } from '../../src/report/model.js';
import { readReport } from '../../src/report/read.js';
import { recordOf, reportOf, withRecord } from '../merge/world.js';
import { run } from '../support/cli.js';

const folder = new URL('../../fixtures/scenarios/', import.meta.url);
// Those that take long show nothing here that the others do not.
const scenarios = readdirSync(folder)
  .map((f) => f.replace(/\.yaml$/, ''))
  .filter((name) => name !== 'slow' && name !== 'matrix');
const about = { version: '0.0.0-test', failOn: 'error', keep: true } as const;

describe('a report, diagnosed again', () => {
  it.each(scenarios)('%s says what the run said', async (name) => {
    const report = await reportOf(name);
    const again = replay(report, about);
    expect(again).toEqual(report);
  });

  it('is diagnosed where nobody could be reached either', async () => {
    const nobody = ['--hub-url', '--router-url', '--legacy-url'].flatMap((o) => [o, 'http://127.0.0.1:9']);
    const argv = ['check', 'a/b', ...nobody, '--format', 'json', '--quiet', '--retries', '0'];
    const { stdout } = await run(argv);
    const report = reportSchema.parse(JSON.parse(stdout));
    expect(report.cells.map((c) => c.route)).toContain('provider:?');
    expect(replay(report, about)?.findings).toEqual(report.findings);
    expect((await run(argv.slice(0, -5))).stdout).toMatch(/legacy +router +providers +hf-inference/);
  });

  it('is diagnosed by its evidence, not by what it says of itself', async () => {
    const report = await reportOf('novita-500');
    const healed = report.cells.map((c) => ({ ...c, outcome: 'ok' as const, rule: null, status: 200 }));
    const forged = { ...report, cells: healed, findings: [], ok: true, exitCode: 0 };
    expect(replay(forged, about)?.findings).toEqual(report.findings);
  });

  it('names no organization of the token', async () => {
    const report = await reportOf('org-policy');
    const whoami = recordOf(report).token.whoami;
    const named = withRecord(report, {
      ...recordOf(report),
      token: {
        ...recordOf(report).token,
        whoami: {
          ...(whoami as NonNullable<typeof whoami>),
          orgs: [{ name: 'secret-lab', role: null, restrictions: [] }],
        },
      },
    });
    expect(JSON.stringify(named.evidence)).not.toContain('secret-lab');
    expect(JSON.stringify(named.evidence)).toContain('org-');
  });
});

describe('reading a report', () => {
  it('takes what check wrote, as a document and as lines', async () => {
    const report = await reportOf('novita-500');
    expect(readReport(JSON.stringify(report))).toEqual({ ok: true, report });
    expect(readReport(`\ufeff${JSON.stringify(report)}\r\n`)).toEqual({ ok: true, report });
  });

  it.each([
    ['', 'is empty.'],
    ['  \n', 'is empty.'],
    ['{"schemaVersion":1', 'holds no JSON, or only the start of it.'],
    ['[]', 'is no report of hf-doctor'],
    ['null', 'is no report of hf-doctor'],
    ['{"schemaVersion":2}', 'another version'],
    ['{"schemaVersion":1,"tool":{"name":"other"}}', 'is no report of hf-doctor: '],
    [`${'['.repeat(5_000)}${']'.repeat(5_000)}`, 'nested more than 64 levels'],
    ['{\0"\0a\0', 'is no UTF-8 text'],
    [Buffer.from([0x1f, 0x8b, 8, 0]).toString('utf8'), 'is compressed'],
    ['{"schemaVersion":1,"type":"start"}\n{"type":"cell"', 'ends in the middle'],
  ])('refuses %j', (text, problem) => {
    const read = readReport(text);
    expect(read.ok ? null : read.problem).toContain(problem);
  });

  it.each([
    ['a verdict that does not exist', { outcome: 'PASS ' }],
    ['a rule that does not exist', { rule: 'all-good' }],
    ['a status that is a text', { status: '200' }],
  ])('refuses %s', async (_, change) => {
    const report = await reportOf('novita-500');
    const cells = report.cells.map((c, i) => (i === 0 ? { ...c, ...change } : c));
    const read = readReport(JSON.stringify({ ...report, cells }));
    expect(read.ok ? null : read.problem).toMatch(
      /^is no report of hf-doctor: cells\.0\.\w+ is not as expected\.$/,
    );
  });

  it('refuses more rows than it can hold', async () => {
    const report = await reportOf('novita-500');
    const cells = Array.from({ length: 100_001 }, () => 0);
    const read = readReport(JSON.stringify({ ...report, cells }));
    expect(read.ok ? null : read.problem).toBe('holds more than 100000 rows.');
  });
});
