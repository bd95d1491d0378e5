import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { emptyFolder } from '../support/cli.js';
import { leaks } from '../support/leaks.js';
import {
  check,
  type Ended,
  each,
  expectStanding,
  LEAK,
  program,
  reportOf,
  type Start,
  seeded,
  TOKEN,
} from './program.js';
import { chat, cleanUp, json, type Play, type WorldOptions, world } from './world.js';

afterEach(cleanUp);
const chance = seeded();

const CODES = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;
type Signal = keyof typeof CODES;

/** A world that is slow everywhere, so that a run of it lasts some seconds. */
async function slowWorld(o: WorldOptions = {}) {
  const late =
    (answer: Buffer, ms: number): Play =>
    (socket) =>
      void setTimeout(() => socket.destroyed || socket.write(answer), ms);
  const plays: Record<string, Play> = {
    'slow/a': late(json(chat()), 250),
    'slow/b': late(json({ error: 'overloaded' }, 503, { 'retry-after': '1' }), 100),
    'slow/c': late(json(chat()), 600),
    '*': late(json(chat()), 150),
  };
  const w = await world(plays, o);
  const models = ['slow/a', 'slow/b', 'slow/c', 'slow/d', 'slow/e', 'slow/f'];
  return {
    ...w,
    argv: [...models, '--routes', 'router', '--concurrency', '1', ...w.flags, '--format', 'json'],
  };
}

/** Resolves when the child has reached the server: from then on it is a run that signals can end. */
async function reached(asked: readonly unknown[], from: number): Promise<void> {
  while (asked.length <= from) await new Promise((done) => setTimeout(done, 5));
}

function expectPartial(r: Ended, code: number): void {
  expectStanding({ ...r, stderr: Buffer.alloc(0) });
  expect(`${r.signal} ${r.code}`, r.stderr.toString()).toBe(`null ${code}`);
  expect(reportOf(r)).toMatchObject({ complete: false, exitCode: code, ok: false });
}

describe('R01 a signal at any moment', () => {
  it('gives a valid partial report and its exit code', { timeout: 180_000 }, async () => {
    // How long a run lasts here, from its first request, five at once.
    const lengths: number[] = [];
    await each([1, 2, 3, 4, 5], 5, async () => {
      const w = await slowWorld();
      let first = 0;
      await check(w.argv, { onStart: () => void reached(w.asked, 0).then(() => (first = Date.now())) });
      lengths.push(Date.now() - first);
    });
    const length = Math.min(...lengths);
    const moments = Array.from({ length: 50 }, (_, i) => ({
      signal: (['SIGINT', 'SIGTERM', 'SIGHUP'] as const)[i % 3] as Signal,
      after: Math.trunc(chance() * length),
    }));
    let whole = 0;
    await each(moments, 5, async ({ signal, after }) => {
      const w = await slowWorld();
      const r = await check(w.argv, {
        onStart: (child) => void reached(w.asked, 0).then(() => setTimeout(() => child.kill(signal), after)),
      });
      if (r.code === 0 || r.code === 1) {
        // The run was faster than the signal.
        expect(reportOf(r).complete).toBe(true);
        whole += 1;
      } else expectPartial(r, CODES[signal]);
    });
    console.log(`50 signals in ${length} ms: ${50 - whole} partial reports, ${whole} after the end`);
    expect(whole).toBeLessThan(30);
  });

  it('before there is a report: a document with the code, or the end that the system gives', {
    timeout: 60_000,
  }, async () => {
    const w = await slowWorld();
    await each([0, 30, 60, 90, 120, 150, 180, 210, 240, 270], 2, async (after) => {
      const r = await check(w.argv, {
        onStart: (child) => void setTimeout(() => child.kill('SIGTERM'), after),
      });
      if (r.signal === 'SIGTERM') expect(r.stdout.length).toBe(0);
      else expect(JSON.parse(r.stdout.toString())).toMatchObject({ complete: false, exitCode: 143 });
    });
  });

  it('a second signal ends it at once, whatever is under way', { timeout: 60_000 }, async () => {
    const w = await slowWorld();
    const r = await check(w.argv, {
      onStart: (child) =>
        void reached(w.asked, 0).then(() => {
          child.kill('SIGINT');
          child.kill('SIGTERM');
        }),
    });
    // Which of the two comes first is the system's choice.
    expect(['SIGTERM', 'SIGINT', '130', '143']).toContain(r.signal ?? String(r.code));
  });
});

describe('R02 a signal in each phase', () => {
  const never: Play = () => {};
  const phases: [string, WorldOptions, Record<string, Play>, string[], number][] = [
    ['whoami', { whoami: never }, {}, [], 0],
    ['the catalogue', { models: never }, {}, [], 2],
    ['no byte of an answer', {}, { '*': never }, [], 3],
    ['a body that does not end', {}, { '*': 'HTTP/1.1 200 X\r\ncontent-length: 999\r\n\r\n{"a":' }, [], 3],
    ['the wait after 429', {}, { '*': json({ error: 'slow down' }, 429, { 'retry-after': '20' }) }, [], 3],
    // The server of the test speaks no TLS and waits for more.
    ['a handshake that does not end', {}, {}, ['--legacy-url', 'https://SELF', '--routes', 'legacy'], 2],
  ];
  it.each(phases)('%s', { timeout: 60_000 }, async (_, options, plays, more, requests) => {
    const w = await world(plays, options);
    const argv = ['slow/a', '--routes', 'router', '--timeout', '120', ...w.flags, '--format', 'json'];
    argv.push(...more.map((word) => word.replace('SELF', `127.0.0.1:${w.port}`)));
    let sent = 0;
    const r = await check(argv, {
      onStart: (child) =>
        void reached(w.asked, requests).then(() =>
          setTimeout(() => {
            sent = Date.now();
            child.kill('SIGINT');
          }, 200),
        ),
    });
    console.log(`${_}: ended ${Date.now() - sent} ms after the signal`);
    expectPartial(r, 130);
    // Far below the 20 and 120 seconds that it would have waited; not a figure of merit.
    expect(Date.now() - sent).toBeLessThan(10_000);
  });
});

describe('L13, R03 a fault that nobody awaits', () => {
  /** Throws in the middle of the run, from nowhere, when it gets SIGUSR2. */
  function bomb(code: string): Start {
    const hook = join(emptyFolder(), 'bomb.cjs');
    writeFileSync(hook, `process.on('SIGUSR2', () => { ${code} });`);
    return { env: { NODE_OPTIONS: `--require ${hook}` } };
  }
  it.each([
    [
      'an exception',
      `throw Object.assign(new TypeError(process.env.HF_TOKEN), { request: process.env.HF_TOKEN })`,
    ],
    [
      'a rejected promise',
      `Promise.reject(new AggregateError([new Error(process.env.HF_TOKEN)], 'x', { cause: process.env.HF_TOKEN }))`,
    ],
    ['something that is no error', `throw process.env.HF_TOKEN`],
    ['a hundred of them', `setInterval(() => { throw new Error(process.env.HF_TOKEN) }, 1).unref()`],
  ])('%s keeps what was seen: a partial report, exit code 4', { timeout: 60_000 }, async (_, code) => {
    const w = await slowWorld();
    const start = bomb(code);
    const r = await check(w.argv, {
      ...start,
      onStart: (child) => void reached(w.asked, 11).then(() => child.kill('SIGUSR2')),
    });
    expectPartial(r, 4);
    const err = r.stderr.toString();
    expect(err.match(/fault of its own/g)).toHaveLength(1);
    expect(leaks(r.stdout.toString() + err, [TOKEN])).toBeLessThan(LEAK);
    // What was answered before is there.
    expect(reportOf(r).cells.some((c) => c.outcome === 'ok')).toBe(true);
  });

  it('with --debug says where, without secrets', { timeout: 60_000 }, async () => {
    const w = await slowWorld();
    const r = await check([...w.argv, '--debug'], {
      ...bomb('throw new TypeError("Bearer " + process.env.HF_TOKEN)'),
      onStart: (child) => void reached(w.asked, 11).then(() => child.kill('SIGUSR2')),
    });
    expectPartial(r, 4);
    expect(r.stderr.toString()).toMatch(/TypeError: Bearer [^\n]{0,40}\n\s+at /);
    expect(leaks(r.stdout.toString() + r.stderr.toString(), [TOKEN])).toBeLessThan(LEAK);
  });

  it('in a watch ends it', { timeout: 60_000 }, async () => {
    const w = await slowWorld();
    const start = bomb('throw new Error("x")');
    const argv = ['watch', 'slow/a', '--routes', 'router', '--rounds', '9', ...w.flags, '--format', 'ndjson'];
    const r = await program(argv, {
      env: { ...start.env, HF_TOKEN: TOKEN },
      onStart: (child) => void reached(w.asked, 3).then(() => child.kill('SIGUSR2')),
    });
    expect(r.code).toBe(4);
    for (const line of r.stdout.toString().trim().split('\n')) expect(() => JSON.parse(line)).not.toThrow();
  });
});

describe('R04 an end that no handler sees', () => {
  it.each([
    [
      'no memory left',
      ['--max-old-space-size=64'],
      'const hold = []; setInterval(() => { for (let i = 0; i < 2e6; i++) hold.push({ i }); }, 1)',
    ],
    ['abort', [], 'process.abort()'],
    ['kill -9', [], `process.kill(process.pid, 'SIGKILL')`],
  ])(
    '%s: the old report is whole, and nothing is left beside it',
    { timeout: 90_000 },
    async (_, node, code) => {
      const cwd = emptyFolder();
      writeFileSync(join(cwd, 'report.json'), '{"old":true}');
      const hook = join(emptyFolder(), 'end.cjs');
      writeFileSync(hook, `process.on('SIGUSR2', () => { ${code} });`);
      const w = await slowWorld();
      const r = await check([...w.argv, '--output', 'report.json'], {
        cwd,
        node: [...node, '--require', hook],
        shell: 'ulimit -c 0; exec "$@"',
        onStart: (child) => void reached(w.asked, 3).then(() => child.kill('SIGUSR2')),
      });
      expect(r.signal).not.toBeNull();
      expect(readFileSync(join(cwd, 'report.json'), 'utf8')).toBe('{"old":true}');
      expect(readdirSync(cwd).filter((name) => name.startsWith('.hf-doctor-'))).toEqual([]);
    },
  );

  it('a stack that overflows in an answer costs one cell', async () => {
    const w = await world({
      'slow/a': json(JSON.parse(`${'{"a":'.repeat(3_000)}1${'}'.repeat(3_000)}`), 500),
    });
    const r = await check(
      ['slow/a', 'slow/b', '--routes', 'router', '--retries', '0', ...w.flags, '--format', 'json'],
      {
        node: ['--stack-size=400'],
      },
    );
    expectStanding(r);
    expect(reportOf(r).cells.some((c) => c.model === 'slow/b' && c.outcome === 'ok')).toBe(true);
  });
});

describe('R07, R10 requests', () => {
  it('after a whoami of 401 the token is used twice more at most', async () => {
    const w = await world(
      { '*': json({ error: 'Invalid username or password.' }, 401) },
      { whoami: json({ error: 'no' }, 401) },
    );
    const models = Array.from({ length: 12 }, (_, i) => `no/m${i}`);
    const r = await check([...models, '--routes', 'router,providers', ...w.flags, '--format', 'json']);
    expectStanding(r);
    const used = w.asked.filter((a) => a.head.includes(TOKEN) && !a.path.startsWith('/api/whoami'));
    expect(used.length).toBeLessThanOrEqual(2);
  });
});
