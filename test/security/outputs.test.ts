import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { spawn } from '@lydell/node-pty';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { oneLine, stringify } from '../../src/render/json.js';
import { BIN, emptyFolder, run } from '../support/cli.js';
import { leaks, runnerCommands, terminalSafe } from '../support/leaks.js';
import { check, expectStanding, LEAK, program, reportOf, TOKEN } from './program.js';
import { chat, cleanUp, json, mapped, world } from './world.js';

afterEach(cleanUp);
const ESC = '\x1b';

/** What moves a cursor, a clipboard, a title or the order of letters. */
const PAYLOADS = [
  '\x1b[2J\x1b[H',
  '\x1b]0;title\x07',
  '\x1b]8;;https://evil.example\x1b\\x\x1b]8;;\x1b\\',
  '\x1b]52;c;eA==\x07',
  '\x1b]1337;File=:eA==\x07',
  '\x1bPq\x1b\\',
  '\x1b_x\x1b\\',
  '\x1bc',
  '\x1b',
  '\x1b[',
  '\x9b31m',
  '\x9d0;x\x9c',
  'a\rb',
  'a\bb',
  '\0',
  '\x7f',
  '\v\f',
  '\x85',
  '\u2028',
  '\u2029',
  '\u202e',
  '\u2066x\u2069',
  '\u200b',
  '\ufeff',
  '\u{e0041}',
  '\ud800',
  'e\u0301\u0301\u0301\u0301\u0301\u0301\u0301',
  '\u3164',
  '##[error]x',
  '\n::error::x',
  '\t',
];

describe('E01 hostile text in every place that a server or a file can fill', () => {
  it('is text on a terminal and in JSON', { timeout: 90_000 }, async () => {
    const models = PAYLOADS.map((_, i) => `place/m${i}`);
    const at = (model: string) => PAYLOADS[Number(/\d+$/.exec(model)?.[0] ?? 0)] ?? '';
    const plain = (text: string) => text.replace(/[^\x20-\x7e\x80-\xff]/g, '');
    const w = await world(
      Object.fromEntries(
        models.map((m) => {
          const text = at(m);
          const headers = {
            'x-request-id': `r${plain(text)}`,
            server: plain(text),
            'x-inference-provider': plain(text),
          };
          const error = { message: `m ${text}`, code: text, type: text, [text]: text };
          return [m, json({ error, [text]: [text] }, 500, headers)] as const;
        }),
      ),
      {
        mapping: (id) => ({
          ...mapped(id),
          tags: ['conversational', at(id)],
          library_name: at(id),
          [at(id)]: at(id),
        }),
        whoami: json({
          type: 'user',
          name: PAYLOADS.join(' '),
          orgs: [{ name: PAYLOADS.join(' ') }],
          auth: { type: 'access_token', accessToken: { displayName: PAYLOADS.join(''), role: 'read' } },
        }),
      },
    );
    const cwd = emptyFolder();
    writeFileSync(join(cwd, '.env'), `HF_TOKEN="${PAYLOADS[0]}"\nX=${PAYLOADS.join('')}\n`);
    for (const format of ['human', 'json', 'ndjson']) {
      const argv = [...models, '--routes', 'router', '--retries', '0', '--max-cost', '1', '--debug'];
      const r = await check([...argv, ...w.flags, '--format', format], { cwd, env: { FORCE_COLOR: '1' } });
      expectStanding(r);
      expect(r.code).toBe(1);
    }
  });

  it.each(['model', 'route', 'file', 'config key', 'rule'])(
    'as %s on the command line or in a config',
    async (place) => {
      for (const text of PAYLOADS.filter((t) => !/[\0\ud800]/.test(t))) {
        const cwd = emptyFolder();
        writeFileSync(
          join(cwd, 'hf-doctor.config.json'),
          JSON.stringify(place === 'config key' ? { [text]: 1 } : {}),
        );
        const argv: Record<string, string[]> = {
          model: ['check', text, '--plan'],
          route: ['check', 'a/b', '--plan', '--routes', text],
          file: ['check', 'a/b', '--plan', '--output', `${text}/x`],
          'config key': ['check', 'a/b', '--plan'],
          rule: ['explain', `${text}.log`],
        };
        const r = await run(argv[place] ?? [], { cwd });
        expect(terminalSafe(r.stdout + r.stderr)).toEqual([]);
        expect(runnerCommands(r.stdout + r.stderr)).toEqual([]);
        if (place !== 'file') expect(r.code).toBeGreaterThan(0);
      }
    },
  );

  it('in a pasted log', async () => {
    for (const text of [
      PAYLOADS.join('\n'),
      `HTTP/1.1 500 ${PAYLOADS.join(' ')}\n{"error":"${PAYLOADS.join(' ')}"}`,
    ])
      for (const format of ['human', 'json'])
        expectStanding(await program(['explain', '--format', format], { stdin: text }));
  });
});

describe('E02 colour', () => {
  it.each([
    ['a pipe', [], {}, false],
    ['NO_COLOR', [], { NO_COLOR: '1' }, false],
    ['TERM=dumb', [], { TERM: 'dumb' }, false],
    ['FORCE_COLOR', [], { FORCE_COLOR: '1' }, true],
    ['--color', ['--color'], {}, true],
    ['--no-color beside FORCE_COLOR', ['--no-color'], { FORCE_COLOR: '1' }, false],
  ] as const)('%s', async (_, more, env, on) => {
    const w = await world({ '*': json({ error: '\x1b[31mred' }, 500) });
    const r = await check(['a/b', '--routes', 'router', '--retries', '0', ...w.flags, ...more], { env });
    const text = expectStanding(r);
    expect(text.includes('\x1b[')).toBe(on);
  });
});

it('E03 JSON escapes what moves a terminal, and gives the original back', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom(...PAYLOADS))), (texts) => {
      for (const document of [stringify({ texts }), oneLine({ texts })]) {
        expect(document).not.toMatch(/[\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/);
        expect(JSON.parse(document)).toEqual({ texts });
      }
    }),
  );
});

describe('E06, E07, E09 a real terminal', () => {
  interface Seen {
    code: number;
    signal: number;
    raw: string;
  }
  function terminal(
    cols: number,
    argv: string[],
    act?: (kill: (signal: string) => void, raw: () => string, resize: (n: number) => void) => void,
  ): Promise<Seen> {
    const pty = spawn(process.execPath, [BIN, ...argv], {
      cols: Math.max(cols, 1),
      rows: 50,
      cwd: emptyFolder(),
      env: {
        PATH: process.env.PATH ?? '',
        HOME: emptyFolder(),
        TERM: 'xterm-256color',
        LANG: 'C.UTF-8',
        HF_TOKEN: TOKEN,
      },
    });
    let raw = '';
    pty.onData((data) => {
      raw += data;
    });
    act?.(
      (signal) => pty.kill(signal),
      () => raw,
      (n) => pty.resize(n, 50),
    );
    return new Promise((done) =>
      pty.onExit(({ exitCode, signal }) =>
        setTimeout(() => done({ code: exitCode, signal: signal ?? 0, raw }), 100),
      ),
    );
  }
  const shown = (raw: string) => raw.lastIndexOf('\x1b[?25h') >= raw.lastIndexOf('\x1b[?25l');

  it.each([1, 2, 21, 1000])('of %i columns: it ends, and the cursor is there', async (cols) => {
    const w = await world({ '*': json({ error: `rejected ${TOKEN}` }, 500) });
    const { code, raw } = await terminal(cols, ['check', 'a/b', '--routes', 'router', ...w.flags]);
    expect(code).toBe(1);
    expect(shown(raw)).toBe(true);
    expect(leaks(raw, [TOKEN])).toBeLessThan(LEAK);
    // Beside what the spinner and the line ends of a terminal need.
    const own = new RegExp(`${ESC}\\[(?:\\?(?:25|2026)[hl]|\\d{0,4}[KGAJ])|\r`, 'g');
    expect(terminalSafe(raw.replace(own, ''))).toEqual([]);
  });

  it('of 0 columns, as some wrappers report it', async () => {
    const w = await world({});
    // `stty` tells the terminal so before the program starts.
    const line = `stty cols 0; exec "$0" "$@"`;
    const pty = spawn(
      'bash',
      ['-c', line, process.execPath, BIN, 'check', 'a/b', '--routes', 'router', ...w.flags],
      {
        cols: 80,
        rows: 24,
        cwd: emptyFolder(),
        env: { PATH: process.env.PATH ?? '', HOME: emptyFolder(), TERM: 'xterm', HF_TOKEN: TOKEN },
      },
    );
    let raw = '';
    pty.onData((data) => {
      raw += data;
    });
    const code = await new Promise((done) => pty.onExit(({ exitCode }) => done(exitCode)));
    expect(code).toBe(0);
    expect(raw).not.toContain('\x1b[?25l');
  });

  it('that changes its size during the run', async () => {
    const w = await world({ '*': (s) => void setTimeout(() => s.destroyed || s.write(json(chat())), 200) });
    let n = 0;
    const { code, raw } = await terminal(
      80,
      ['check', 'a/b', 'a/c', 'a/d', '--routes', 'router', '--concurrency', '1', ...w.flags],
      (_, __, resize) => {
        const timer = setInterval(() => {
          try {
            resize([1, 200, 3, 40][n++ % 4] ?? 80);
          } catch {
            clearInterval(timer);
          }
        }, 40);
        setTimeout(() => clearInterval(timer), 1_500);
      },
    );
    expect(code).toBe(0);
    expect(shown(raw)).toBe(true);
  });

  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ])('%s gives the cursor back', async (signal, code) => {
    const w = await world({ '*': () => {} });
    const seen = await terminal(80, ['check', 'a/b', '--routes', 'router', ...w.flags], (kill, raw) => {
      const timer = setInterval(() => {
        if (!raw().includes('probing')) return;
        clearInterval(timer);
        kill(signal);
      }, 20);
    });
    expect(seen.code).toBe(code);
    expect(shown(seen.raw)).toBe(true);
    expect(seen.raw).toContain('Stopped early');
  });
});

describe('C12 lines of JSON', () => {
  it('of a watch that is killed: each whole line is one document', { timeout: 60_000 }, async () => {
    const w = await world({ '*': json({ error: 'a\nb\u2028c\r\n' }, 500) });
    const argv = ['watch', 'a/b', '--routes', 'router', '--format', 'ndjson', ...w.flags];
    const r = await program(argv, {
      env: { HF_TOKEN: TOKEN },
      onStart: (child) => child.stdout?.once('data', () => child.kill('SIGKILL')),
    });
    const lines = r.stdout.toString().split('\n').slice(0, -1);
    expect(lines.length).toBeGreaterThan(0);
    for (const line of lines) expect(JSON.parse(line)).toMatchObject({ schemaVersion: 1 });
    expect(r.stdout.toString()).not.toMatch(/[\r\u2028]/);
  });

  it.each([
    ['SIGKILL', null],
    ['SIGTERM', 143],
  ] as const)(
    'of a check that gets %s: each whole line is one document',
    { timeout: 60_000 },
    async (signal, code) => {
      const plays = { 'a/b': json({ error: 'a\nb\u2028c\r\n' }, 500), '*': () => {} };
      const w = await world(plays);
      const argv = ['a/b', 'a/c', 'a/d', '--routes', 'router', '--retries', '0', '--timeout', '60'];
      const r = await check([...argv, ...w.flags, '--format', 'ndjson'], {
        onStart: (child) => {
          const timer = setInterval(() => {
            if (!w.asked.some((a) => a.model === 'a/c' && a.method === 'POST')) return;
            clearInterval(timer);
            setTimeout(() => child.kill(signal), 300);
          }, 10);
        },
      });
      expect(r.code).toBe(code);
      const text = r.stdout.toString();
      expect(text).not.toMatch(/[\r\u2028]/);
      const lines = text
        .split('\n')
        .slice(0, -1)
        .map((line) => JSON.parse(line));
      if (code !== null) expect(lines.at(-1)).toMatchObject({ exitCode: code, complete: false });
    },
  );
});

it('C14 numbers and dates that any reader of JSON takes', async () => {
  const w = await world({
    '*': json(chat('x', { usage: { prompt_tokens: 1e308, completion_tokens: -0 }, created: 2 ** 60 })),
  });
  const r = await check(['a/b', '--routes', 'router', ...w.flags, '--format', 'json']);
  expectStanding(r);
  const report = reportOf(r);
  expect(report.startedAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  const numbers = [...r.stdout.toString().matchAll(/: (-?[\d.eE+-]+)[,\n]/g)].map(([, n]) => Number(n));
  expect(numbers.every((n) => Math.abs(n) <= Number.MAX_SAFE_INTEGER && !Object.is(n, -0))).toBe(true);
});

it('C15 locale and time zone change nothing in JSON, and an ASCII terminal gets ASCII', {
  timeout: 60_000,
}, async () => {
  const w = await world({ 'a/c': json({ error: 'boom' }, 500) });
  const argv = ['a/b', 'a/c', '--routes', 'router', '--retries', '0', ...w.flags];
  const outputs = new Set<string>();
  for (const env of [
    { LANG: 'C' },
    { LANG: 'de_DE.UTF-8', LC_ALL: 'de_DE.UTF-8', TZ: 'Asia/Kolkata' },
    { LC_ALL: 'tr_TR.UTF-8', TZ: 'America/St_Johns', LANGUAGE: 'ar' },
  ]) {
    const r = await check([...argv, '--format', 'json'], { env });
    expectStanding(r);
    const moving = /"(?:startedAt|durationMs|latencyMs|at|now|date)": [^\n]+/g;
    outputs.add(r.stdout.toString().replace(moving, ''));
  }
  expect(outputs.size).toBe(1);
  const plain = await check(argv, { env: { LANG: 'C', LC_ALL: 'C', TERM: 'dumb' } });
  // The dots of a cut and of the masked token are the one exception.
  expect(expectStanding(plain)).toMatch(/^[\n\x20-\x7e\u2026]*$/);
});

describe('O01 odd names of files', () => {
  it.each([
    ['/dev/null', '/dev/null'],
    ['a folder', '.'],
    ['a very long name', `${'x'.repeat(300)}.json`],
    ['a line break', 'a\nb.json'],
    ['nothing', ''],
    ['an ending that is no format', 'report.exe'],
  ])('%s is refused or said, and nothing is sent that would be lost', async (_, name) => {
    const w = await world({});
    const r = await check(['a/b', '--routes', 'router', ...w.flags, '--output', name]);
    expectStanding(r);
    expect([2, 4]).toContain(r.code);
  });
});
