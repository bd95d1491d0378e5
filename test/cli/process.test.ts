import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { reportSchema } from '../../src/report/model.js';
import { BIN, emptyFolder, spawnCli } from '../support/cli.js';

/** The built program, as users start it. */
describe('the program', () => {
  it('prints its version', async () => {
    const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
    expect(await spawnCli(['--version'])).toMatchObject({ code: 0, stdout: `${version}\n`, stderr: '' });
  });

  it('checks against the simulator', async () => {
    const { code, stdout, stderr } = await spawnCli(['check', '--simulate', 'healthy']);
    expect(code).toBe(0);
    expect(stdout).toContain('All 3 models can be used.');
    expect(stderr).toBe('');
  });

  it('ends in silence when the reader goes away', () => {
    const { stdout, stderr } = spawnSync(
      'bash',
      [
        '-c',
        `"$0" "$1" check --simulate novita-500 --format json | head -1; echo "\${PIPESTATUS[0]}" >&2`,
        process.execPath,
        BIN,
      ],
      { encoding: 'utf8', env: { PATH: process.env.PATH ?? '', HOME: emptyFolder() } },
    );
    expect(stdout).toBe('{\n');
    expect(stderr).toBe('1\n');
  });

  it('delivers all of a long report to a slow reader', () => {
    const { stdout } = spawnSync(
      'bash',
      ['-c', '"$0" "$1" check --simulate all --format json | (sleep 1; cat)', process.execPath, BIN],
      { encoding: 'utf8', env: { PATH: process.env.PATH ?? '', HOME: emptyFolder() }, maxBuffer: 1e8 },
    );
    expect(reportSchema.parse(JSON.parse(stdout)).exitCode).toBe(1);
  });

  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('%s ends the run with a valid partial report', async (signal, code) => {
    // The scenario holds servers that never answer: only the signal can end it before the time limit.
    const result = await spawnCli(['check', '--simulate', 'slow', '--format', 'json', '--timeout', '120'], {
      onStart: (child) => {
        setTimeout(() => child.kill(signal), 1500);
      },
    });
    expect(result.code).toBe(code);
    const report = reportSchema.parse(JSON.parse(result.stdout));
    expect(report).toMatchObject({ complete: false, exitCode: code, ok: false });
  });

  it('a signal leaves the partial report in its file, and says where', async () => {
    const cwd = emptyFolder();
    const argv = ['check', '--simulate', 'slow', '--output', 'part.json', '--timeout', '120'];
    const { code, stderr } = await spawnCli(argv, {
      cwd,
      onStart: (child) => {
        setTimeout(() => child.kill('SIGINT'), 1500);
      },
    });
    expect(code).toBe(130);
    expect(stderr).toContain('the partial report was written to "part.json"');
    const report = reportSchema.parse(JSON.parse(readFileSync(join(cwd, 'part.json'), 'utf8')));
    expect(report).toMatchObject({ complete: false, exitCode: 130 });
  });

  it('a second signal ends it at once', async () => {
    const { code, signal } = await spawnCli(['simulate', 'healthy'], {
      onStart: (child) => {
        child.stdout?.once('data', () => {
          child.kill('SIGINT');
          child.kill('SIGINT');
        });
      },
    });
    expect(code === 0 || signal === 'SIGINT').toBe(true);
  });

  it('the simulator can be used from a shell', async () => {
    const child = spawn(process.execPath, [BIN, 'simulate', 'token-invalid'], {
      env: { PATH: process.env.PATH ?? '', HOME: emptyFolder() },
    });
    const text = await new Promise<string>((done) => child.stdout.once('data', (d) => done(String(d))));
    const env = Object.fromEntries(
      [...text.matchAll(/^export (\w+)="?([^"\s]+)"?/gm)].map(([, k, v]) => [k, v]),
    );
    const { code, stdout } = await spawnCli(['token'], { env: env as Record<string, string> });
    child.kill('SIGINT');
    const exit = await new Promise((done) => child.on('close', done));
    expect(code).toBe(1);
    expect(stdout).toContain('does not accept');
    expect(exit).toBe(0);
  });
});
