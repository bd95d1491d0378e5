import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readReport } from '../../src/report/read.js';
import { emptyFolder, run } from '../support/cli.js';

const read = (cwd: string, file: string) => readFileSync(join(cwd, file), 'utf8');

async function bundle(argv: string[], cwd = emptyFolder()) {
  const result = await run(['bundle', ...argv], { cwd });
  return { cwd, ...result };
}

describe('bundle', () => {
  it('writes one file, that holds the report and where it ran', async () => {
    const { cwd, code, stdout, stderr } = await bundle(['--simulate', 'novita-500']);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain('Written to "hf-doctor-bundle.json".');
    const report = readReport(read(cwd, 'hf-doctor-bundle.json'));
    expect(report.ok && report.report).toMatchObject({
      exitCode: 1,
      token: { masked: 'hf_…' },
      support: { node: process.version, platform: process.platform, proxy: false },
    });
    expect(report.ok && report.report.findings.some((f) => f.requestIds.length > 0)).toBe(true);
  });

  it('names neither the organization nor the end of the token', async () => {
    const check = await run(['check', '--simulate', 'org-policy', '--format', 'json', '--quiet']);
    const org = /organization (\S+) does not accept/.exec(check.stdout)?.[1] ?? 'no org';
    const masked = JSON.parse(check.stdout).token.masked as string;
    for (const file of ['b.json', 'b.md']) {
      const { cwd } = await bundle(['--simulate', 'org-policy', '--output', file]);
      const text = read(cwd, file);
      expect(text).toContain('organization-1');
      expect(text).not.toContain(org);
      expect(text).not.toMatch(new RegExp(`hf_…${masked.slice(-4)}`));
      expect(text).not.toMatch(/hf_…\w/);
    }
  });

  it('is diagnosed again by who gets it', async () => {
    const { cwd } = await bundle(['--simulate', 'credits-exhausted', '--anonymise']);
    const again = await run(['check', '--replay', 'hf-doctor-bundle.json', '--format', 'json'], { cwd });
    expect(again.code).toBe(1);
    expect(JSON.parse(again.stdout).findings[0].rule).toBe('credits-exhausted');
    expect(JSON.parse(again.stdout).models[0].id).toMatch(/^org-\d\/model-\d$/);
  });

  it('is made of an earlier report, and then asks nobody', async () => {
    const cwd = emptyFolder();
    await run(['check', '--simulate', 'all', '--output', 'r.json', '--quiet'], { cwd });
    const { code } = await bundle(['--replay', 'r.json', '--output', 'b.md', '--anonymise'], cwd);
    expect(code).toBe(1);
    const text = read(cwd, 'b.md');
    expect(text.length).toBeLessThan(65_536);
    const ids = JSON.parse(read(cwd, 'r.json')).models.map((m: { id: string }) => m.id.split(':')[0]);
    for (const id of ids) expect(text).not.toContain(id);
  });

  it('does not tell who paid for an earlier report', async () => {
    const cwd = emptyFolder();
    const billed = ['check', '--simulate', 'healthy', '--bill-to', 'acme-payers', '--quiet'];
    for (const v of ['eu', 'us']) await run([...billed, '--vantage', v, '--output', `${v}.json`], { cwd });
    await run(['merge', 'eu.json', 'us.json', '--output', 'm.json', '--quiet'], { cwd });
    for (const earlier of ['eu.json', 'm.json']) {
      expect(read(cwd, earlier)).toContain('"acme-payers"');
      await bundle(['--replay', earlier], cwd);
      expect(read(cwd, 'hf-doctor-bundle.json')).not.toContain('acme-payers');
    }
  });

  it('with other names has one for the proxy', async () => {
    const cwd = emptyFolder();
    const { stdout } = await run(['check', '--simulate', 'novita-500', '--format', 'json', '--quiet']);
    const said = stdout.replaceAll('Internal Server Error', 'proxy.corp.example gave up');
    expect(said).not.toBe(stdout);
    writeFileSync(join(cwd, 'r.json'), said);
    const env = { HTTPS_PROXY: 'http://proxy.corp.example:3128' };
    await run(['bundle', '--replay', 'r.json', '--anonymise'], { cwd, env });
    expect(read(cwd, 'hf-doctor-bundle.json')).toContain('host-');
    expect(read(cwd, 'hf-doctor-bundle.json')).not.toContain('corp.example');
  });

  it('says of an earlier report where that ran, and of one that does not tell nothing', async () => {
    const { cwd } = await bundle(['--simulate', 'healthy', '--output', 'b.json']);
    const there = JSON.parse(read(cwd, 'b.json'));
    writeFileSync(
      join(cwd, 'b.json'),
      JSON.stringify({ ...there, support: { ...there.support, platform: 'plan9' } }),
    );
    await bundle(['--replay', 'b.json', '--output', 'again.json'], cwd);
    expect(JSON.parse(read(cwd, 'again.json')).support.platform).toBe('plan9');
    writeFileSync(join(cwd, 'b.json'), JSON.stringify({ ...there, support: undefined }));
    await bundle(['--replay', 'b.json', '--output', 'again.json'], cwd);
    expect(JSON.parse(read(cwd, 'again.json')).support).toBeUndefined();
  });

  it('is made of a merged report too', async () => {
    const cwd = emptyFolder();
    await run(['check', '--simulate', 'novita-500', '--vantage', 'eu', '--output', 'a.json', '--quiet'], {
      cwd,
    });
    await run(['check', '--simulate', 'novita-500', '--vantage', 'us', '--output', 'b.json', '--quiet'], {
      cwd,
    });
    await run(['merge', 'a.json', 'b.json', '--output', 'm.json', '--quiet'], { cwd });
    const { code } = await bundle(['--replay', 'm.json', '--anonymise'], cwd);
    expect(code).toBe(1);
    const text = read(cwd, 'hf-doctor-bundle.json');
    for (const c of JSON.parse(read(cwd, 'm.json')).cells) expect(text).not.toContain(c.model);
    expect(text).not.toMatch(/hf_…\w/);
  });

  it.each([
    [['--output', 'b.html'], 'must end in .json, or in .md for an issue'],
    [['--output', 'nowhere/b.json'], 'does not exist'],
    [['--replay', 'missing.json'], 'does not exist'],
    [['--replay', 'missing.json', 'org/name'], 'has no meaning beside it'],
  ])('refuses %j before anything is asked', async (argv, words) => {
    const { code, stderr, stdout } = await bundle(argv);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(words);
  });
});
