import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { homedir, hostname, userInfo } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { forms } from '../safety/forms.js';
import { emptyFolder, run } from '../support/cli.js';
import { canary, leaks, terminalSafe } from '../support/leaks.js';
import { check, expectStanding, LEAK, program, reportOf, TOKEN, verdicts } from './program.js';
import { answer, cleanUp, json, type Play, world } from './world.js';

afterEach(cleanUp);

/** Whatever is wrapped, it must come back as text or not at all. */
const FORMATS = ['human', 'json', 'ndjson'] as const;

describe('L04-L06, L18, L19 a server that sends secrets back', () => {
  /** Every place of this machine that can hold a secret, each with another one. */
  function places() {
    const home = emptyFolder();
    const s = {
      env: TOKEN,
      file: canary('file'),
      profile: canary('profile'),
      // Keys of other services have digits; a value of letters alone may be a word, and goes as a whole only.
      openai: canary('openai', 'sk-proj-7'),
      plain: canary('plain', '4b'),
      proxy: canary('proxy', '9x'),
    };
    const folder = join(home, '.cache', 'huggingface');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'token'), s.file);
    writeFileSync(join(folder, 'stored_tokens'), `[work]\nhf_token = ${s.profile}\n`);
    const env = {
      OPENAI_API_KEY: s.openai,
      TOGETHER_API_KEY: s.plain,
      NO_PROXY: '*',
      HTTPS_PROXY: `http://user:${s.proxy}@127.0.0.1:1`,
    };
    // The name of a family of keys is no secret.
    return {
      home,
      env,
      secrets: Object.values(s),
      canaries: Object.values({ ...s, openai: s.openai.slice(8) }),
    };
  }

  it.each(FORMATS)('in any form: nothing of them in %s', { timeout: 90_000 }, async (format) => {
    const { home, env, secrets, canaries } = places();
    const names = Object.keys(forms);
    const models = names.map((_, i) => `echo/m${i}`);
    const plays = Object.fromEntries(
      names.map((name, i) => {
        const all = secrets.map((s) => forms[name]?.(s)).join(' and ');
        // As JSON, as plain text, and in a header, in turn.
        const body = i % 3 === 0 ? json({ error: { message: all } }, 401) : answer(500, {}, all);
        return [models[i] ?? '', body] as const;
      }),
    );
    const w = await world(plays);
    const argv = [...models, '--routes', 'router', '--retries', '0', '--max-cost', '1', '--concurrency', '8'];
    const r = await check([...argv, ...w.flags, '--debug', '--format', format], { home, env });
    const out = expectStanding(r, canaries);
    // The token was really there to be sent back.
    expect(w.asked.some((a) => a.head.includes(TOKEN))).toBe(true);
    expect(out).toContain('echo/m');
  });

  it('in reason, header and trailer', async () => {
    const trailers = `HTTP/1.1 500 Error ${TOKEN}\r\nx-request-id: ${TOKEN}\r\ntransfer-encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\nx-t: ${TOKEN}\r\n\r\n`;
    const plays = { 'echo/a': trailers, 'echo/b': json({}, 307, { location: `https://x.example/${TOKEN}` }) };
    const w = await world(plays);
    for (const format of FORMATS) {
      const r = await check(['echo/a', 'echo/b', '--routes', 'router', ...w.flags, '--format', format]);
      expectStanding(r);
      expect(r.code).toBe(1);
    }
  });

  it('L17 letter by letter, and explain with it cut over many chunks', async () => {
    const slow: Play = (socket) => {
      const bytes = answer(500, {}, `rejected ${TOKEN} here`);
      let at = 0;
      const timer = setInterval(() => {
        if (at >= bytes.length || socket.destroyed) return clearInterval(timer);
        socket.write(bytes.subarray(at, ++at));
      }, 2);
    };
    const w = await world({ '*': slow });
    expectStanding(await check(['echo/a', '--routes', 'router', '--retries', '0', ...w.flags]));
    const text = `openai.AuthenticationError: 401 {"error":"Invalid token ${TOKEN}"}\n`;
    const told = await program(['explain'], {
      shell: 'while IFS= read -r -n1 c; do printf %s "$c"; done | "$@"',
      stdin: text,
    });
    expectStanding(told);
  });
});

describe('L16 a narrow screen', () => {
  it.each([10, 20, 30, 40])('of %i columns wraps no secret into view', async (columns) => {
    const w = await world({ '*': json({ error: `rejected Authorization: Bearer ${TOKEN}, ${TOKEN}` }, 403) });
    const argv = ['check', 'echo/a', '--routes', 'router', '--retries', '0', ...w.flags];
    const r = await run(argv, { env: { HF_TOKEN: TOKEN }, columns });
    expect(leaks(r.stdout + r.stderr, [TOKEN])).toBeLessThan(LEAK);
    expect(terminalSafe(r.stdout)).toEqual([]);
    expect(r.stdout).toContain('403');
  });
});

describe('L02 the command that shows whether a fault is gone', () => {
  it('has the variable in it, never the value, and works in a shell that has it', async () => {
    const w = await world({ '*': json({ error: 'boom' }, 500) });
    const r = await check(['echo/a', '--routes', 'router', '--retries', '0', ...w.flags, '--format', 'json']);
    expectStanding(r);
    const lines = reportOf(r).findings.flatMap((f) => (f.verify?.startsWith('curl') ? [f.verify] : []));
    expect(lines.length).toBeGreaterThan(0);
    for (const line of lines) {
      expect(line).toContain('$HF_TOKEN');
      const before = w.asked.length;
      // In a child: this process is the server.
      const child = await program([], { shell: line, env: { HF_TOKEN: TOKEN, NO_PROXY: '*' } });
      if (child.code === 127) return console.error('SKIPPED: curl is not installed.');
      expect(w.asked.slice(before).map((a) => a.head.includes(`Bearer ${TOKEN}`))).toContain(true);
    }
  });
});

describe('L10, L11 addresses with a password', () => {
  const password = canary('password', '');
  it.each([
    ['of the Hub', { HF_ENDPOINT: `https://user:${password}@hub.example` }],
    ['of the Hub, broken', { HF_ENDPOINT: `https://user:${password}@bad host` }],
    ['of a proxy that refuses connections', { HTTPS_PROXY: `http://user:${password}@127.0.0.1:1` }],
    ['of a proxy that cannot be one', { HTTPS_PROXY: `ftp://user:${password}@127.0.0.1:1` }],
    ['of a proxy, broken', { HTTPS_PROXY: `http://user:${password}@[bad` }],
  ])('%s: not shown, also with --debug', async (_, env) => {
    const argv = ['echo/a', '--routes', 'router', '--router-url', 'https://router.invalid', '--timeout', '2'];
    for (const format of FORMATS) {
      const r = await check([...argv, '--no-config', '--debug', '--format', format], { env });
      expectStanding(r, [TOKEN, password]);
      expect(r.code).not.toBe(0);
    }
  });
});

describe('L12-L15 what Node would print', () => {
  it.each([
    ['NODE_DEBUG', { NODE_DEBUG: 'http,https,net,tls,undici,fetch' }],
    [
      "Node's report of an uncaught exception",
      { NODE_OPTIONS: '--report-uncaught-exception --trace-warnings' },
    ],
  ])('%s shows no token', async (_, env) => {
    const w = await world({ '*': json({ error: TOKEN }, 500) });
    const cwd = emptyFolder();
    const r = await check(['echo/a', '--routes', 'router', '--retries', '0', ...w.flags], { env, cwd });
    expect(leaks(`${r.stdout}${r.stderr}`, [TOKEN])).toBeLessThan(LEAK);
    expect(readdirSync(cwd)).toEqual([]);
  });

  it('an exception inside a probe is one safe line, and the others go on', async () => {
    const hook = join(emptyFolder(), 'throw.cjs');
    // What reads the body of an answer throws an error that holds the token everywhere.
    writeFileSync(
      hook,
      `const { decode } = TextDecoder.prototype;
       TextDecoder.prototype.decode = function (...args) {
         const text = decode.apply(this, args);
         if (!text.includes('explode here')) return text;
         const token = process.env.HF_TOKEN;
         const cause = { headers: token };
         throw Object.assign(new AggregateError([new Error(token)], token, { cause }), { request: { authorization: token } });
       };`,
    );
    const w = await world({ 'echo/a': json({ error: 'explode here' }, 500) });
    const env = { NODE_OPTIONS: `--require ${hook}` };
    const r = await check(
      ['echo/a', 'echo/b', '--routes', 'router', '--retries', '0', ...w.flags, '--format', 'json'],
      { env },
    );
    expectStanding(r);
    expect(verdicts(reportOf(r))).toMatchObject({ 'echo/a': '500 internal', 'echo/b': '200 ok' });
    expect(reportOf(r).findings.map((f) => f.rule)).toContain('probe-crashed');
  });
});

describe('L21, L22 people and machines', () => {
  it('no name, no address, no host and no home is in a report', async () => {
    const personal = {
      name: `user${canary('name', '')}`,
      email: `${canary('mail', '')}@example.org`,
      fullname: canary('full', ''),
      org: canary('org', ''),
      token: canary('display', ''),
    };
    const whoami = json({
      type: 'user',
      name: personal.name,
      fullname: personal.fullname,
      email: personal.email,
      orgs: [{ type: 'org', name: personal.org, fullname: personal.org, email: personal.email }],
      auth: {
        type: 'access_token',
        accessToken: {
          displayName: personal.token,
          role: 'fineGrained',
          fineGrained: { scoped: [], global: [] },
        },
      },
    });
    const home = emptyFolder();
    mkdirSync(join(home, '.cache', 'huggingface'), { recursive: true });
    writeFileSync(join(home, '.cache', 'huggingface', 'token'), TOKEN);
    const w = await world({ '*': json({ error: `no permission for ${personal.email}` }, 403) }, { whoami });
    const argv = ['check', 'echo/a', '--routes', 'router', ...w.flags, '--format'];
    for (const format of FORMATS) {
      const r = await program([...argv, format], { home, cwd: home });
      const text = expectStanding(r, [TOKEN]) + r.stderr.toString();
      expect(leaks(text, Object.values(personal))).toBeLessThan(LEAK);
      for (const local of [home, homedir(), hostname(), userInfo().username].filter((x) => x.length > 4))
        expect(text).not.toContain(local);
    }
  });
});

describe('L24 in a job of GitHub Actions', () => {
  it.each(FORMATS)('%s is no command of the runner and masks nothing by printing it', async (format) => {
    const text = '\n::add-mask::x\n##[add-mask]x\n\r::set-env name=A::b\n\u2028::error::y';
    const w = await world({ '*': json({ error: text }, 500) });
    const env = {
      GITHUB_ACTIONS: 'true',
      CI: 'true',
      GITHUB_STEP_SUMMARY: '/nowhere',
      GITHUB_OUTPUT: '/nowhere',
    };
    const r = await check(
      ['echo/a', '--routes', 'router', '--retries', '0', ...w.flags, '--format', format],
      { env },
    );
    expectStanding(r);
  });
});

describe('L25 files', () => {
  it('a run leaves none: in its folder, in home, among the temporary ones', async () => {
    const [cwd, home, tmp] = [emptyFolder(), emptyFolder(), emptyFolder()];
    const w = await world({ '*': json({ error: TOKEN }, 500) });
    const env = { TMPDIR: tmp, TMP: tmp, TEMP: tmp, XDG_CACHE_HOME: join(home, 'c') };
    expectStanding(await check(['echo/a', ...w.flags], { cwd, home, env }));
    expect([cwd, home, tmp].map((f) => readdirSync(f))).toEqual([[], [], []]);
  });
});

describe('D06, D17 other files of the tree and of home', () => {
  it('a .env cannot choose where the token of the environment goes, .netrc is not read', async () => {
    const sink = await world({});
    const [cwd, home] = [emptyFolder(), emptyFolder()];
    const other = canary('netrc', '');
    const lines = ['HF_ENDPOINT', 'HF_DOCTOR_ROUTER_URL', 'HF_DOCTOR_LEGACY_URL', 'HF_INFERENCE_ENDPOINT'];
    writeFileSync(join(cwd, '.env'), lines.map((n) => `${n}=${sink.url}\n`).join(''));
    writeFileSync(join(home, '.netrc'), `machine 127.0.0.1 login x password ${other}\n`);
    const legacy = await world({});
    const r = await check(['echo/a', '--routes', 'router', ...legacy.flags], { cwd, home });
    expectStanding(r, [TOKEN, other]);
    expect(sink.asked.filter((a) => /^authorization:/im.test(a.head))).toEqual([]);
    expect(legacy.asked.some((a) => a.head.includes(other) || a.head.includes('Basic'))).toBe(false);
  });
});

describe('D01-D05 redirects', () => {
  const kinds: Record<string, string> = {
    'another host': 'http://127.0.0.1:SINK/x',
    'the same host': '/v1/elsewhere',
    'a loop': '/v1/chat/completions',
    'no address': '',
    'another host without scheme': '//127.0.0.1:SINK/x',
    'a script': 'javascript:alert(1)',
    'a file': 'file:///etc/passwd',
    userinfo: 'http://user:password@127.0.0.1:SINK/',
    '8 KB': `http://127.0.0.1:SINK/${'x'.repeat(8_000)}`,
  };
  it('are one verdict each, shown and never followed', async () => {
    const sink = await world({});
    const names = Object.keys(kinds);
    const plays = Object.fromEntries(
      names.map((name, i) => {
        const location = (kinds[name] ?? '').replace('SINK', String(sink.port));
        const more = {
          refresh: `0;url=${sink.url}`,
          'set-cookie': 'a=b',
          'alt-svc': `h2="127.0.0.1:${sink.port}"`,
        };
        return [`to/m${i}`, json({}, [301, 302, 303, 307, 308][i % 5], { location, ...more })] as const;
      }),
    );
    const w = await world(plays);
    const models = Object.keys(plays);
    const r = await check([
      ...models,
      '--routes',
      'router',
      '--retries',
      '0',
      '--max-cost',
      '1',
      ...w.flags,
      '--format',
      'json',
    ]);
    expectStanding(r);
    expect(sink.connections()).toBe(0);
    const sent = w.asked.filter((a) => a.head.includes(TOKEN) && a.path.startsWith('/v1/'));
    for (const model of models) expect(sent.filter((a) => a.model === model)).toHaveLength(1);
    expect(w.asked.some((a) => /^cookie:/im.test(a.head))).toBe(false);
    expect(new Set(Object.values(verdicts(reportOf(r))).map((v) => v.slice(4)))).toEqual(
      new Set(['http.redirect']),
    );
    const human = await check([
      ...models,
      '--routes',
      'router',
      '--retries',
      '0',
      '--max-cost',
      '1',
      ...w.flags,
    ]);
    expectStanding(human, [TOKEN, 'user:password']);
  });
});

describe('D18 a plan', () => {
  it('opens no connection at all', async () => {
    const w = await world({});
    expectStanding(await check(['echo/a', '--plan', ...w.flags]));
    // The port does answer.
    await new Promise((done) => connect(w.port, '127.0.0.1', () => done(null)));
    expect(w.asked).toEqual([]);
  });
});

it('L03 an id that a shell would run is refused before anything is sent', async () => {
  const w = await world({});
  const victim = join(emptyFolder(), 'victim');
  for (const id of [
    `a/$(touch ${victim})`,
    `a/\`touch ${victim}\``,
    `a/b'; touch ${victim} #`,
    'a/b\r\nx: y',
    '--url',
    '@/etc/passwd',
  ]) {
    const r = await check([id, '--routes', 'router', ...w.flags]);
    expectStanding(r);
    expect(r.code).toBe(2);
  }
  expect(w.asked).toEqual([]);
  expect(spawnSync('ls', [victim]).status).not.toBe(0);
});
