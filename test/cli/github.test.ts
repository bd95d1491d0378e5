import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { outputText } from '../../src/cli/github.js';
import { MOST_BYTES } from '../../src/render/markdown/markdown.js';
import { emptyFolder, run, spawnCli } from '../support/cli.js';
import { canary, leaks } from '../support/leaks.js';
import { activeIn, tables } from '../support/markdown.js';
import { obeyed, outputsIn } from '../support/runner.js';

const SUMMARY_LIMIT = 900 * 1024;
const CHECK = ['check', '--simulate', 'novita-500', '--format', 'github'];

/** A step as the runner prepares it: its files stand, and are empty. */
function step() {
  const temp = realpathSync(emptyFolder());
  const commands = join(temp, '_runner_file_commands');
  mkdirSync(commands);
  const file = (name: string) => {
    writeFileSync(join(commands, name), '');
    return join(commands, name);
  };
  const [summary, output] = [file('step_summary'), file('set_output')];
  const env: Record<string, string> = {
    ...{ GITHUB_ACTIONS: 'true', RUNNER_TEMP: temp },
    ...{ GITHUB_STEP_SUMMARY: summary, GITHUB_OUTPUT: output },
  };
  return { temp, summary, output, env };
}

const read = (path: string) => readFileSync(path, 'utf8');

describe('a step of GitHub Actions', () => {
  it('gets annotations, a summary and outputs', async () => {
    const { env, summary, output } = step();
    const cwd = emptyFolder();
    const { code, stdout, stderr } = await run([...CHECK, '--output', 'report.json'], { env, cwd });
    expect(code).toBe(1);
    expect(stderr).toBe('');
    expect(obeyed(stdout).map((c) => c.name)).toEqual(['error', 'notice']);
    expect(read(summary)).toMatch(/^\n### ✖ 1 of 3 models cannot be used\.\n/);
    expect(tables(read(summary))[0]).toHaveLength(4);
    expect(outputsIn(read(output))).toEqual({
      status: 'findings',
      report: join(cwd, 'report.json'),
      usable: '2',
    });
  });

  it.each([
    ['healthy', 'healthy', '3', ''],
    ['legacy-no-dns', 'healthy', '1', ''],
  ])('where %s is played its outputs say so', async (scenario, status, usable, report) => {
    const { env, output } = step();
    await run(['check', '--simulate', scenario, '--format', 'github'], { env });
    expect(outputsIn(read(output))).toEqual({ status, report, usable });
  });

  it('that learned nothing says so', async () => {
    const { env, output, summary } = step();
    const nowhere = ['--hub-url', 'https://hub.invalid', '--router-url', 'https://router.invalid'];
    const argv = ['check', 'a/b', ...nowhere, '--routes', 'router', '--format', 'github'];
    const { code, stdout } = await run(argv, { env: { ...env, HF_TOKEN: canary('ci') } });
    expect(code).toBe(3);
    expect(outputsIn(read(output))).toMatchObject({ status: 'inconclusive', usable: '0' });
    expect(obeyed(stdout)[0]?.name).toBe('error');
    expect(read(summary)).toMatch(/^\n### \? /);
  });

  it.each(['human', 'json', 'markdown', 'junit'])('gets nothing of it with --format %s', async (format) => {
    const { env, summary, output } = step();
    await run(['check', '--simulate', 'healthy', '--format', format], { env });
    expect(read(summary) + read(output)).toBe('');
  });

  it('outside of Actions is a plain run', async () => {
    const { code, stderr } = await run(CHECK);
    expect([code, stderr]).toEqual([1, '']);
  });

  it('adds to what stands there', async () => {
    const { env, summary, output } = step();
    writeFileSync(summary, '# Before, without a line break');
    writeFileSync(output, 'before=1\n');
    await run(CHECK, { env });
    expect(read(summary)).toMatch(/^# Before, without a line break\n### ✖/);
    expect(outputsIn(read(output))).toMatchObject({ before: '1', status: 'findings' });
  });

  it('of the built program as well', async () => {
    const { env, summary, output } = step();
    const { code, stdout, stderr } = await spawnCli(CHECK, { env });
    expect([code, stderr]).toEqual([1, '']);
    expect(obeyed(stdout)).toHaveLength(2);
    expect(read(summary)).toContain('| model |');
    expect(outputsIn(read(output)).status).toBe('findings');
  });
});

it('has a row for each place of a merged report, and the status of the process', async () => {
  const { env, summary, output } = step();
  const cwd = emptyFolder();
  for (const place of ['eu', 'us'])
    await run(['check', '--simulate', 'novita-500', '--vantage', place, '--output', `${place}.json`], {
      cwd,
    });
  mkdirSync(join(cwd, 'taken.json'));
  const argv = ['merge', 'eu.json', 'us.json', '--format', 'github', '--output', 'taken.json'];
  const { code } = await run(argv, { env, cwd });
  expect(code).toBe(4);
  expect(outputsIn(read(output))).toMatchObject({ status: 'internal', report: '' });
  const models = (tables(read(summary))[0] ?? []).map(([first]) => first);
  expect(models).toContain('Qwen/Qwen2.5-72B-Instruct @eu');
  expect(models).toContain('Qwen/Qwen2.5-72B-Instruct @us');
});

describe('a summary that cannot be written is said, and changes nothing else', () => {
  const isRoot = process.getuid?.() === 0;
  const FORMS: [string, (s: ReturnType<typeof step>) => string, RegExp][] = [
    ['missing', ({ temp }) => join(temp, 'none'), /it does not exist/],
    ['a folder', ({ temp }) => temp, /a folder stands there/],
    [
      'a link',
      ({ temp }) => {
        const other = join(emptyFolder(), 'other');
        writeFileSync(other, 'untouched');
        symlinkSync(other, join(temp, 'link'));
        return join(temp, 'link');
      },
      /a link stands there/,
    ],
    [
      'a pipe',
      ({ temp }) => {
        execFileSync('mkfifo', [join(temp, 'pipe')]);
        return join(temp, 'pipe');
      },
      /a device, a pipe or a socket/,
    ],
    [
      'outside of RUNNER_TEMP',
      () => {
        const other = join(emptyFolder(), 'summary');
        writeFileSync(other, '');
        return other;
      },
      /lies outside the folder/,
    ],
    [
      'outside by a linked folder',
      ({ temp }) => {
        const other = emptyFolder();
        writeFileSync(join(other, 'summary'), '');
        symlinkSync(other, join(temp, 'inside'));
        return join(temp, 'inside', 'summary');
      },
      /lies outside the folder/,
    ],
    ...(isRoot
      ? []
      : ([
          [
            'read-only',
            ({ summary }) => {
              chmodSync(summary, 0o444);
              return summary;
            },
            /no permission/,
          ],
        ] satisfies [string, (s: ReturnType<typeof step>) => string, RegExp][])),
    ['a name with a null', () => 'a\0b', /not a file name/],
    ['the void', () => '/dev/null', /a device, a pipe or a socket/],
  ];

  it.each(FORMS)('%s', async (_, make, reason) => {
    const s = step();
    const path = make(s);
    const plain = await run(CHECK, { env: s.env });
    for (const [name, code] of [
      ['GITHUB_STEP_SUMMARY', 'ci.summary-unwritable'],
      ['GITHUB_OUTPUT', 'ci.output-unwritable'],
    ] as const) {
      const { code: exit, stdout, stderr } = await run(CHECK, { env: { ...s.env, [name]: path } });
      expect(exit).toBe(1);
      expect(obeyed(stdout)).toHaveLength(obeyed(plain.stdout).length);
      expect(stderr).toMatch(new RegExp(`^hf-doctor: ${code}: ${name} `));
      expect(stderr).toMatch(reason);
    }
  });

  it('what a link leads to stays as it was', async () => {
    const s = step();
    const other = join(emptyFolder(), 'other');
    writeFileSync(other, 'untouched');
    symlinkSync(other, join(s.temp, 'link'));
    await run(CHECK, { env: { ...s.env, GITHUB_STEP_SUMMARY: join(s.temp, 'link') } });
    expect(read(other)).toBe('untouched');
  });
});

describe('a summary that is nearly full', () => {
  it.each([0, 100, 300, 3_000, 10_000, 70_000])(
    'with %i bytes left never grows over the limit',
    async (room) => {
      const { env, summary } = step();
      const before = 'x'.repeat(SUMMARY_LIMIT - room);
      writeFileSync(summary, before);
      const { code, stderr } = await run(CHECK, { env });
      const after = read(summary);
      expect(code).toBe(1);
      expect(Buffer.byteLength(after)).toBeLessThanOrEqual(SUMMARY_LIMIT);
      const ours = after.slice(before.length);
      if (room < 200) {
        expect(ours).toBe('');
        expect(stderr).toContain('it is full');
      } else {
        expect(stderr).toBe('');
        expect(ours).toContain('1 of 3 models cannot be used.');
        expect(activeIn(ours)).toEqual([]);
        for (const table of tables(ours)) expect(new Set(table.map((row) => row.length)).size).toBe(1);
        if (room < 3_000) expect(ours).toContain('There is no room for more.');
      }
      expect(Buffer.byteLength(ours)).toBeLessThanOrEqual(MOST_BYTES);
    },
  );
});

describe('outputs', () => {
  const hostile = 'a\nEOF\nstatus=healthy\nname<<EOF\nx\nEOF\n';

  it('cannot be ended by their value', () => {
    expect(outputsIn(outputText({ status: 'findings', report: hostile, usable: '0' }))).toEqual({
      ...{ status: 'findings', usable: '0' },
      report: hostile,
    });
  });

  it('take another delimiter where the value holds the first', () => {
    let calls = 0;
    const random = (n: number) => Buffer.alloc(n, calls++ < 2 ? 0 : calls);
    const value = `ghadelimiter_${'00'.repeat(16)}`;
    expect(outputsIn(outputText({ a: value }, random))).toEqual({ a: value });
    expect(calls).toBe(3);
  });

  it('never use the same delimiter twice', () => {
    const delimiters = outputText({ a: '', b: '' }).match(/<<\S+/g);
    expect(new Set(delimiters).size).toBe(2);
  });
});

it('neither the token nor whose it is stands in a summary', async () => {
  const { env, summary, output } = step();
  const token = canary('summary');
  const argv = ['check', '--simulate', 'token-lacks-permission', '--format', 'github'];
  const { stdout } = await run(argv, { env: { ...env, HF_TOKEN: token } });
  const all = stdout + read(summary) + read(output);
  expect(leaks(all, [token])).toBeLessThan(6);
  expect(all).not.toMatch(/hf(?:\\)?_…\w/);
});
