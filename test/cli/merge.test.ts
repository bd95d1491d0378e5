import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Report } from '../../src/report/model.js';
import { cut, reportOf } from '../merge/world.js';
import { emptyFolder, run } from '../support/cli.js';

let novita: Report;
beforeAll(async () => {
  novita = await reportOf('novita-500');
});

/** A folder with these files; what is no text is written as JSON. */
function folder(files: Record<string, unknown>): string {
  const cwd = emptyFolder();
  for (const [name, value] of Object.entries(files))
    writeFileSync(
      join(cwd, name),
      typeof value === 'string' || Buffer.isBuffer(value) ? value : JSON.stringify(value),
    );
  return cwd;
}

const merge = (cwd: string, ...argv: string[]) => run(['merge', ...argv], { cwd });

describe('merge', () => {
  it('joins the shards of a run, and tells it as a whole', async () => {
    const cwd = emptyFolder();
    for (const part of ['1/3', '2/3', '3/3'])
      await run(['check', '--simulate', 'all', '--shard', part, '--output', `${part[0]}.json`, '--quiet'], {
        cwd,
      });
    const { code, stdout, stderr } = await merge(cwd, '1.json', '2.json', '3.json', '--format', 'json');
    const joined = JSON.parse(stdout) as Report;
    const whole = await reportOf('all');
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    expect(joined.models.map((m) => m.id).sort()).toEqual(whole.models.map((m) => m.id).sort());
    const verdicts = (r: Report) =>
      r.cells
        .filter((c) => !c.control && !c.instead)
        // Each run asks the retired host once more.
        .filter((c) => c.route !== 'legacy')
        .map((c) => `${c.model} ${c.route} ${c.outcome} ${c.status}`)
        .sort();
    expect(verdicts(joined)).toEqual(verdicts(whole));
    expect([...new Set(joined.findings.map((f) => f.rule))].sort()).toEqual(
      [...new Set(whole.findings.map((f) => f.rule))].sort(),
    );
  });

  it('says which shards are missing, and what to call an empty one', async () => {
    const [a] = novita.models.map((m) => m.id);
    const cwd = folder({ 'a.json': cut(novita, new Set([a as string]), '2/4') });
    const { stderr } = await merge(cwd, 'a.json');
    expect(stderr).toContain('Note: no report of the shards 1/4, 3/4, 4/4.');
  });

  it('gives a table and files in each format', async () => {
    const cwd = folder({ 'a.json': { ...novita, vantage: 'eu' }, 'b.json': { ...novita, vantage: 'us' } });
    const out = ['--output', 'm.json', '--output', 'm.md'];
    const { code, stdout } = await merge(cwd, 'a.json', 'b.json', ...out);
    expect(code).toBe(1);
    expect(stdout).toContain('Qwen/Qwen2.5-72B-Instruct @eu');
    expect(stdout).toContain('Qwen/Qwen2.5-72B-Instruct @us');
    expect(readFileSync(join(cwd, 'm.md'), 'utf8')).toContain('`Qwen/Qwen2.5-72B-Instruct @us`');
    const again = await merge(cwd, 'm.json', 'a.json', '--format', 'json');
    expect(JSON.parse(again.stdout)).toEqual(JSON.parse(readFileSync(join(cwd, 'm.json'), 'utf8')));
  });
});

describe('files that are no reports', () => {
  it('are named one by one, and the others are merged', async () => {
    const text = JSON.stringify(novita);
    const cwd = folder({
      'good.json': novita,
      'empty.json': '',
      'half.json': text.slice(0, text.length / 2),
      'packed.json': gzipSync(text),
      'wide.json': Buffer.from(`\ufeff${text}`, 'utf16le'),
      'half.ndjson': '{"schemaVersion":1,"type":"start"}\n{"schemaVersion":1,"type":"ce',
      'other.json': '{"name":"package"}',
      'newer.json': { ...novita, schemaVersion: 2 },
      'bare.json': { ...novita, evidence: undefined },
    });
    mkdirSync(join(cwd, 'folder.json'));
    symlinkSync('loop.json', join(cwd, 'loop.json'));
    execFileSync('mkfifo', [join(cwd, 'pipe.json')]);
    const bad: Record<string, string> = {
      'missing.json': 'does not exist',
      'empty.json': 'is empty',
      'half.json': 'holds no JSON, or only the start of it',
      'packed.json': 'is compressed',
      'wide.json': 'is no UTF-8 text',
      'half.ndjson': 'ends in the middle',
      'other.json': 'is no report of hf-doctor',
      'newer.json': 'another version of hf-doctor',
      'bare.json': 'holds no evidence',
      'folder.json': 'is no regular file',
      'loop.json': '',
      'pipe.json': 'is no regular file',
    };
    const { code, stdout, stderr } = await merge(cwd, 'good.json', ...Object.keys(bad), '--format', 'json');
    expect(code).toBe(1);
    expect((JSON.parse(stdout) as Report).models).toHaveLength(novita.models.length);
    for (const [name, why] of Object.entries(bad)) expect(stderr).toMatch(new RegExp(`"${name}" .*${why}`));
    expect(stderr.trim().split('\n')).toHaveLength(Object.keys(bad).length);
  });

  it('are of more places than a report holds', async () => {
    const files = Object.fromEntries(
      Array.from({ length: 101 }, (_, i) => [`${i}.json`, { ...novita, vantage: `place-${i}` }]),
    );
    const cwd = folder(files);
    const { stderr } = await merge(cwd, ...Object.keys(files), '--output', 'm.json', '--quiet');
    expect(stderr).toBe('hf-doctor merge: "100.json" is left out: with it there are more than 100 places.\n');
    expect((await merge(cwd, 'm.json', '--quiet')).code).toBe(1);
  });

  it('never end in a green', async () => {
    const cwd = folder({ 'good.json': await reportOf('healthy'), 'bad.json': '{}' });
    expect((await merge(cwd, 'good.json')).code).toBe(0);
    const partly = await merge(cwd, 'good.json', 'bad.json');
    expect(partly.code).toBe(3);
    expect(partly.stdout).toContain('1 file could not be read.');
    expect((await merge(cwd, 'bad.json')).code).toBe(2);
  });

  it('are too large, too deep, or of too many rows', async () => {
    const cwd = folder({
      'large.json': `{"a":"${'x'.repeat(10 * 1024 * 1024)}"}`,
      'deep.json': '['.repeat(5_000) + ']'.repeat(5_000),
      'rows.json': { ...novita, cells: Array.from({ length: 100_001 }, () => 0) },
      'numbers.json': JSON.stringify(novita).replace('"durationMs":', '"durationMs":1e999,"x":'),
    });
    const { code, stderr } = await merge(cwd, 'large.json', 'deep.json', 'rows.json', 'numbers.json');
    expect(code).toBe(2);
    expect(stderr).toContain('"large.json" is larger than 10 MiB.');
    expect(stderr).toContain('"deep.json" is nested more than 64 levels deep.');
    expect(stderr).toContain('"rows.json" holds more than 100000 rows.');
    expect(stderr).toContain('"numbers.json" is no report of hf-doctor: durationMs is not as expected.');
  });
});

describe('a report that somebody made up', () => {
  it('cannot hide a fault by a verdict of its own', async () => {
    const cells = novita.cells.map((c) => ({ ...c, outcome: 'ok', status: 200, rule: null }));
    const cwd = folder({ 'a.json': { ...novita, cells, findings: [], exitCode: 0, ok: true } });
    expect((await merge(cwd, 'a.json')).code).toBe(1);
  });

  it('brings neither colours nor commands nor a secret into what is printed', async () => {
    const token = `hf_${'Zq3'.repeat(11)}`;
    const evil = `\u001b[31m::error::x\u202e ${token} <script>`;
    const text = JSON.stringify(novita).replaceAll(
      'Internal Server Error',
      JSON.stringify(evil).slice(1, -1),
    );
    expect(text).toContain('Zq3');
    const cwd = folder({ 'a.json': text });
    for (const format of ['human', 'json', 'markdown', 'github', 'junit', 'html', 'prometheus', 'ndjson']) {
      const { stdout, stderr } = await merge(cwd, 'a.json', '--format', format);
      expect(stdout + stderr).not.toContain('Zq3Zq3');
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not come out.
      expect(stdout + stderr).not.toMatch(/[\u001b\u202e]/);
      expect(stdout).not.toContain('<script> ');
    }
  });

  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])('may call a model %s', async (name) => {
    const text = JSON.stringify(novita).replaceAll('Qwen/Qwen2.5-72B-Instruct', name);
    const { code, stdout } = await merge(folder({ 'a.json': text }), 'a.json', '--format', 'json');
    expect(code).toBe(1);
    expect((JSON.parse(stdout) as Report).models.map((m) => m.id)).toContain(name);
    expect(Object.keys(Object.prototype)).toEqual([]);
  });
});

it.each([
  [[], 'missing required argument'],
  [['a.json', '--output', 'a.json'], 'is one of the reports that are merged'],
  [['a.json', '--output', './x/../a.json'], 'is one of the reports that are merged'],
])('refuses %j', async (argv, words) => {
  const { code, stderr } = await merge(folder({ 'a.json': novita }), ...(argv as string[]));
  expect(code).toBe(2);
  expect(stderr).toContain(words);
});
