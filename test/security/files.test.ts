import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { afterEach, describe, expect, it } from 'vitest';
import { reportSchema } from '../../src/report/model.js';
import { emptyFolder } from '../support/cli.js';
import { check, each, expectStanding, reportOf, seeded } from './program.js';
import { cleanUp, world } from './world.js';

afterEach(cleanUp);
const chance = seeded();

describe('O05 kill -9 while a report is written', () => {
  it('leaves the old one or the whole new one', { timeout: 120_000 }, async () => {
    const folder = emptyFolder();
    const script = join(folder, 'write.mjs');
    buildSync({
      stdin: {
        contents: `import { writeAtomic } from './src/safety/write.ts';
          const texts = ['a', 'b'].map((c) => c.repeat(20e6) + '.');
          process.stdout.write('ready');
          for (let i = 0; ; i++) { await writeAtomic(process.env.TARGET, texts[i % 2]); process.stdout.write('.'); }`,
        resolveDir: new URL('../..', import.meta.url).pathname,
        loader: 'ts',
      },
      bundle: true,
      platform: 'node',
      format: 'esm',
      outfile: script,
      logLevel: 'error',
    });
    const whole = ['a', 'b'].map((c) => `${c.repeat(20e6)}.`);
    const states: Record<string, number> = {};
    const kills = 60;
    await each(
      Array.from({ length: kills }, (_, i) => i),
      2,
      async (i) => {
        const own = join(folder, `${i}`);
        mkdirSync(own);
        const target = join(own, 'report.json');
        writeFileSync(target, 'old.');
        const child = spawn(process.execPath, [script], {
          env: { TARGET: target },
          stdio: ['ignore', 'pipe', 'inherit'],
        });
        // Half of the kills come before the first file is whole, half later.
        let seen = '';
        await new Promise<void>((done) =>
          child.stdout.on('data', (d) => {
            seen += d;
            if (i % 2 === 0 || seen.includes('.')) done();
          }),
        );
        await new Promise((done) => setTimeout(done, chance() * 250));
        child.kill('SIGKILL');
        await new Promise((done) => child.once('close', done));
        const text = readFileSync(target, 'utf8');
        const kind = text === 'old.' ? 'old' : whole.includes(text) ? 'new' : 'broken';
        states[kind] = (states[kind] ?? 0) + 1;
      },
    );
    console.log(`${kills} kills while writing: ${JSON.stringify(states)}`);
    expect(states.broken ?? 0).toBe(0);
    expect(states.new ?? 0).toBeGreaterThan(0);
  });
});

describe('O04, O09 a full disk', () => {
  it('under a report: exit code 4, said, the old one whole, no left-over, stdout still there', async () => {
    const cwd = emptyFolder();
    writeFileSync(join(cwd, 'report.json'), '{"old":true}');
    const w = await world({});
    const argv = [
      ...Array.from({ length: 12 }, (_, i) => `full/m${i}`),
      '--routes',
      'router',
      '--max-cost',
      '1',
    ];
    // No file may grow beyond 4 KiB; pipes may.
    const r = await check([...argv, ...w.flags, '--format', 'json', '--output', 'report.json'], {
      cwd,
      shell: 'trap "" XFSZ; ulimit -f 4; exec "$@"',
    });
    expectStanding(r);
    expect(r.code).toBe(4);
    expect(r.stderr.toString()).toMatch(/could not be written/);
    expect(reportOf(r).cells.length).toBeGreaterThan(11);
    expect(readdirSync(cwd)).toEqual(['report.json']);
    expect(readFileSync(join(cwd, 'report.json'), 'utf8')).toBe('{"old":true}');
  });

  it.skipIf(process.platform !== 'linux')('under stdout: exit code 4', async () => {
    const w = await world({});
    for (const format of ['human', 'json']) {
      const r = await check(['full/a', '--routes', 'router', ...w.flags, '--format', format], {
        shell: '"$@" > /dev/full',
      });
      expect(r.code).toBe(4);
    }
  });
});

describe('O06, O07 a reader that is gone, or slow', () => {
  it.each([
    ['| true', '"$@" | true; exit $PIPESTATUS'],
    ['| head -1', '"$@" | head -1 >&2; exit $PIPESTATUS'],
    ['stdout closed', '"$@" >&-'],
    ['stderr closed', '"$@" 2>&-'],
    ['stdin closed', '"$@" <&-'],
    ['all closed', '"$@" >&- 2>&- <&-'],
  ])('%s: no trace, and the report is written to its file', async (_, shell) => {
    const cwd = emptyFolder();
    const w = await world({});
    const argv = ['gone/a', '--routes', 'router', ...w.flags, '--format', 'json', '--output', 'report.json'];
    const r = await check(argv, { cwd, shell });
    expect(r.stderr.toString()).not.toMatch(/Error|EPIPE|EBADF|at .*:\d+/);
    expect([0, 4]).toContain(r.code);
    expect(reportSchema.parse(JSON.parse(readFileSync(join(cwd, 'report.json'), 'utf8'))).ok).toBe(true);
  });
});

describe('O08, O10 one file, several writers', () => {
  it.each([
    ['the same file twice is refused', 2, ['--output', 'a.json', '--output', './a.json']],
    [
      'the file that is compared with is read before it is replaced',
      0,
      ['--baseline', 'base.json', '--output', 'base.json'],
    ],
  ])('%s', async (_, code, more) => {
    const cwd = emptyFolder();
    const w = await world({});
    const argv = ['one/a', '--routes', 'router', ...w.flags, '--format', 'json'];
    writeFileSync(join(cwd, 'base.json'), (await check(argv)).stdout);
    const before = w.asked.length;
    const r = await check([...argv, ...more], { cwd });
    expectStanding(r);
    expect(r.code).toBe(code);
    // What is refused is refused before anything is sent.
    expect(w.asked.length > before).toBe(code === 0);
    for (const name of readdirSync(cwd))
      reportSchema.parse(JSON.parse(readFileSync(join(cwd, name), 'utf8')));
  });

  it('eight runs at once leave one whole report', { timeout: 90_000 }, async () => {
    const cwd = emptyFolder();
    const w = await world({});
    const argv = ['one/a', '--routes', 'router', ...w.flags, '--quiet', '--output', 'report.json'];
    await each(
      Array.from({ length: 8 }, (_, i) => i),
      8,
      async () => {
        expect((await check(argv, { cwd })).code).toBe(0);
      },
    );
    expect(readdirSync(cwd)).toEqual(['report.json']);
    expect(reportSchema.parse(JSON.parse(readFileSync(join(cwd, 'report.json'), 'utf8'))).ok).toBe(true);
  });
});
