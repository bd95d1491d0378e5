import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { TARGETS } from '../../src/fallback/targets.js';
import { loadScenario } from '../../src/simulator/find.js';
import { type Simulator, startSimulator } from '../../src/simulator/server.js';
import { type CliOptions, emptyFolder, type Result, run } from '../support/cli.js';
import { canary, leaks, runnerCommands, terminalSafe } from '../support/leaks.js';

/** A piece of a secret this long can be told apart from chance. */
const LEAK = 6;
const started: Simulator[] = [];
afterAll(async () => void (await Promise.all(started.map((s) => s.close()))));

async function play(name: string): Promise<Simulator> {
  const loaded = await loadScenario(name);
  if (!loaded.ok) throw new Error(loaded.problem);
  const simulator = await startSimulator(loaded.scenario, { random: steady() });
  started.push(simulator);
  return simulator;
}

/** The same token each time: one made at random shares six letters with honest output now and then. */
function steady(): () => number {
  let state = 20261121;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** A folder in which every place that may hold a token holds another one. */
function riddled() {
  const home = emptyFolder();
  const secrets = {
    env: canary('env'),
    hub: canary('hub'),
    file: canary('file'),
    profile: canary('profile'),
    dotenv: canary('dotenv'),
    openai: canary('openai', 'sk-proj-'),
    plain: canary('plain', ''),
    proxy: canary('proxy', ''),
  };
  mkdirSync(join(home, '.cache', 'huggingface'), { recursive: true });
  writeFileSync(join(home, '.cache', 'huggingface', 'token'), `${secrets.file}\n`);
  writeFileSync(
    join(home, '.cache', 'huggingface', 'stored_tokens'),
    `[work]\nhf_token = ${secrets.profile}\n`,
  );
  writeFileSync(join(home, '.env'), `HF_TOKEN="${secrets.dotenv}"\n`);
  const env = {
    HF_TOKEN: secrets.env,
    HUGGING_FACE_HUB_TOKEN: secrets.hub,
    OPENAI_API_KEY: secrets.openai,
    TOGETHER_API_KEY: secrets.plain,
    NO_PROXY: '*',
    HTTPS_PROXY: `http://user:${secrets.proxy}@127.0.0.1:1`,
  };
  return { home, env, canaries: Object.values(secrets) };
}

function filesIn(folder: string): string {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((e) => e.isFile() && e.name.endsWith('.json'))
    .map((e) => readFileSync(join(e.parentPath, e.name), 'utf8'))
    .join('\n');
}

function expectClean(result: Result, canaries: readonly string[], more = ''): void {
  expect(leaks(result.stdout + result.stderr + more, canaries)).toBeLessThan(LEAK);
  expect(terminalSafe(result.stdout + result.stderr)).toEqual([]);
  expect(runnerCommands(result.stdout + result.stderr)).toEqual([]);
}

describe('no output holds a secret', () => {
  const commands: string[][] = [
    ['check', 'a/b'],
    ['check', 'a/b', '--debug'],
    ['check', 'a/b', '--format', 'json', '--output', 'report.json'],
    ['check', '--plan', 'a/b'],
    ['fallback', 'a/b'],
    ['fallback', 'a/b', '--debug'],
    ['fallback', 'a/b', '--for', 'json'],
    ['fallback', '--simulate', 'healthy', '--for', 'python'],
    ['watch', 'a/b', '--rounds', '1'],
    ['watch', 'a/b', '--rounds', '1', '--debug'],
    ['watch', 'a/b', '--rounds', '1', '--format', 'ndjson'],
    ['token'],
    ['token', '--format', 'json'],
    ['check', '--simulate', 'healthy', '--format', 'json'],
    ['explain', 'token-invalid'],
    ['rules'],
    ['schema'],
  ];
  it.each(commands.map((c) => [c.join(' '), c] as const))('%s', async (_, argv) => {
    const { home, env, canaries } = riddled();
    const base = await play('token-invalid');
    const result = await run([...argv, ...(argv.includes('--simulate') ? [] : urlsFor(argv[0], base))], {
      home,
      cwd: home,
      env,
    });
    expectClean(result, canaries, filesIn(home));
  });

  it.each([
    ['an option that does not exist', (t: string) => ['check', `--tokn=${t}`]],
    ['--token', (t: string) => ['check', '--token', t]],
    ['a number', (t: string) => ['check', '--timeout', t]],
    ['a format', (t: string) => ['check', '--format', t]],
    ['a model id', (t: string) => ['check', t]],
    ['a rule', (t: string) => ['explain', t]],
    ['a scenario', (t: string) => ['check', '--simulate', t]],
    ['a route', (t: string) => ['check', 'a/b', '--routes', t]],
    ['a base URL', (t: string) => ['check', 'a/b', '--router-url', `https://user:${t}@example.com`]],
    ['a file name', (t: string) => ['check', 'a/b', '--output', t]],
    ['a command', (t: string) => [t, 'x']],
    ['a target', (t: string) => ['fallback', 'a/b', '--for', t]],
    ['an option that has no meaning', (t: string) => ['fallback', 'a/b', '--depth', t, '--for', 'json']],
    ['a pace', (t: string) => ['watch', 'a/b', '--every', t]],
    ['an end', (t: string) => ['watch', 'a/b', '--until', t]],
  ])('a token given as %s is refused and not shown', async (_, argv) => {
    const secret = canary('argv');
    const result = await run(argv(secret));
    expect(result.code).toBe(2);
    expectClean(result, [secret]);
  });

  it.each(['hf-doctor.config.json', 'hf-doctor.config.yaml', '.env'])(
    'a broken %s is not quoted',
    async (name) => {
      const secret = canary('broken');
      const cwd = emptyFolder();
      writeFileSync(join(cwd, name), `{"models": ["a/b"],\n "token: ${secret}\n  - : : "${secret}`);
      expectClean(await run(['check', '--plan', 'a/b'], { cwd }), [secret]);
    },
  );
});

describe('a server that echoes the token', () => {
  const asked = async (more: string[], options: (s: Simulator) => CliOptions) => {
    const simulator = await play('hostile');
    const models = simulator.scenario.check.models;
    const argv = ['check', ...models, ...urlsOf(simulator), '--timeout', '3', ...more];
    return { result: await run(argv, options(simulator)), token: simulator.token ?? '' };
  };

  it.each(['human', 'json'])('leaves nothing of it in %s', async (format) => {
    const { result, token } = await asked(['--format', format], (s) => ({
      env: { HF_TOKEN: s.token ?? '' },
    }));
    // The scenario must really have been played with the token, or the test proves nothing.
    expect(result.stdout).toContain(format === 'json' ? '"valid"' : 'may call Inference Providers');
    expectClean(result, [token]);
  });
});

describe('a chain and a watch that were proven with a real token', () => {
  const commands = [
    ['fallback'],
    ...TARGETS.map((target) => ['fallback', '--for', target]),
    ['fallback', '--debug'],
    ['watch', '--rounds', '1'],
    ['watch', '--rounds', '1', '--format', 'ndjson'],
    ['watch', '--rounds', '1', '--debug'],
  ];
  const worlds = ['healthy', 'hostile'].flatMap((name) =>
    commands.map((argv) => [argv.join(' '), name, argv] as const),
  );
  it.each(worlds)('%s, %s', async (_, name, argv) => {
    const simulator = await play(name);
    const models = simulator.scenario.check.models;
    const named = [...argv, ...models, ...urlsFor(argv[0], simulator), '--timeout', '3'];
    const result = await run(named, { env: { HF_TOKEN: simulator.token ?? '' } });
    // It must really have been sent, or the test proves nothing.
    expect(simulator.log().some((r) => r.auth === 'token')).toBe(true);
    if (name === 'healthy') expect(result.stdout).toContain(models[0]);
    expectClean(result, [simulator.token ?? '']);
  });
});

describe('a token stays where it belongs', () => {
  it('is not sent to an address that a config file of the tree names', async () => {
    const simulator = await play('healthy');
    const cwd = emptyFolder();
    const { hub, router } = simulator.endpoints;
    writeFileSync(
      join(cwd, 'hf-doctor.config.json'),
      JSON.stringify({ hubUrl: hub, routerUrl: router, routes: ['router'] }),
    );
    await run(['check', 'meta-llama/Llama-3.1-8B-Instruct'], {
      cwd,
      env: { HF_TOKEN: simulator.token ?? '' },
    });
    expect(simulator.log().length).toBeGreaterThan(0);
    expect(simulator.log().every((r) => r.auth === 'anonymous')).toBe(true);
  });

  it('is not sent with --anonymous', async () => {
    const simulator = await play('healthy');
    await run(['check', 'meta-llama/Llama-3.1-8B-Instruct', '--anonymous', ...urlsOf(simulator)], {
      env: { HF_TOKEN: simulator.token ?? '' },
    });
    expect(simulator.log().length).toBeGreaterThan(0);
    expect(simulator.log().every((r) => r.auth === 'anonymous')).toBe(true);
  });

  it('never reaches the gateway, which gets its own key', async () => {
    const simulator = await play('suffix-502');
    const key = canary('gateway', 'gw-');
    const { stdout } = await run(
      [
        'check',
        'meta-llama/Llama-3.1-8B-Instruct',
        '--gateway',
        simulator.endpoints.gateway ?? '',
        ...urlsOf(simulator),
        '--format',
        'json',
      ],
      { env: { HF_TOKEN: simulator.token ?? '', HF_DOCTOR_GATEWAY_KEY: key } },
    );
    const gateway = simulator.log().filter((r) => r.surface === 'gateway');
    expect(gateway.length).toBeGreaterThan(0);
    expect(gateway.every((r) => r.auth === 'other-token')).toBe(true);
    expect(leaks(stdout, [key])).toBeLessThan(LEAK);
  });
});

/** fallback does not ask the retired host. */
function urlsFor(command: string | undefined, simulator: Simulator): string[] {
  if (command === 'fallback') return urlsOf(simulator).slice(0, 4);
  return command === 'check' || command === 'token' || command === 'watch' ? urlsOf(simulator) : [];
}

function urlsOf({ endpoints: e }: Simulator): string[] {
  return ['--hub-url', e.hub, '--router-url', e.router, '--legacy-url', e.legacy];
}
