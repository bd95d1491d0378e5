import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { TARGETS } from '../../src/fallback/targets.js';
import { execute, LANGUAGES, LLAMA, QWEN } from '../fallback/support.js';
import { named, play, scenario } from '../simulator/support.js';
import { emptyFolder, run } from '../support/cli.js';
import { canary, leaks } from '../support/leaks.js';

const EMBED = 'BAAI/bge-small-en-v1.5';

describe('hf-doctor fallback', () => {
  it('prints the chain, the router first, then the cheapest provider', async () => {
    const { code, stdout } = await run(['fallback', '--simulate', 'healthy', '--for', 'env']);
    const small = 'meta-llama/Llama-3.1-8B-Instruct';
    expect(stdout).toBe(
      `HF_MODEL=${small}\nHF_FALLBACK_MODELS=${small}:novita,${small}:cerebras,${QWEN},${QWEN}:deepinfra,${QWEN}:novita\n`,
    );
    expect(code).toBe(0);
  });

  it('leaves out what does not work, and says why on stderr', async () => {
    const { code, stdout, stderr } = await run(['fallback', '--simulate', 'novita-500']);
    expect(stdout).toMatch(new RegExp(`1  ${LLAMA} +answered in \\d+ ms on router\n`));
    expect(stdout).toContain('--for python|typescript');
    expect(stdout).not.toContain(QWEN);
    expect(stderr).toContain(`${QWEN} is left out: novita answers 500`);
    expect(stderr).toContain(`${EMBED} is left out: its task is feature-extraction`);
    expect(stderr).toContain('this was a simulation');
    // Nobody named what is left out.
    expect(code).toBe(0);
  });

  it('ends with what was found in the place of a dead model', async () => {
    const { code, stdout } = await run(['fallback', QWEN, '--simulate', 'novita-500', '--for', 'json']);
    expect(JSON.parse(stdout)).toMatchObject({ primary: LLAMA, proof: [{ model: LLAMA, outcome: 'ok' }] });
    expect(code).toBe(1);
  });

  it.each([
    ['token-invalid', 'Make calls to Inference Providers'],
    ['no-token', 'No Hugging Face token was found'],
    ['credits-exhausted', 'Do now'],
  ])('%s: no chain, but what to do', async (name, says) => {
    const human = await run(['fallback', '--simulate', name, '--for', 'python']);
    expect(human).toMatchObject({ code: 1, stdout: '' });
    expect(human.stderr).toContain('there is no chain');
    expect(human.stderr).toContain(says);
    const json = await run(['fallback', '--simulate', name, '--for', 'json']);
    expect(JSON.parse(json.stdout)).toMatchObject({ primary: null, fallbacks: [], proof: [] });
    expect(json.code).toBe(1);
  });

  it('takes a provider that the Hub flags and that answered, and the router knows it', async () => {
    const models = ['google/gemma-2-9b-it', 'deepseek-ai/DeepSeek-V3'];
    const ref = 'deepseek-ai/DeepSeek-V3:deepinfra';
    const argv = ['fallback', ...models, '--simulate', 'catalog-lies', '--for', 'json'];
    const { code, stdout, stderr } = await run(argv);
    expect(JSON.parse(stdout)).toMatchObject({ primary: ref, fallbacks: [LLAMA] });
    expect(stderr).toContain('google/gemma-2-9b-it is left out: ');
    expect(code).toBe(1);
    const simulator = await play('catalog-lies');
    const asked = await fetch(`${simulator.endpoints.router}/v1/chat/completions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${simulator.token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ model: ref, messages: [{ role: 'user', content: 'hi' }] }),
    });
    expect(asked.status).toBe(200);
  });

  it('names the limit that left models out', async () => {
    const some = await run(['fallback', '--simulate', 'healthy', '--max-cost', '0.00001']);
    expect(some.stderr).toContain(`${QWEN} is left out: --max-cost 0.00001 would be passed.`);
    const none = await run(['fallback', '--simulate', 'healthy', '--max-requests', '1']);
    expect(none.stderr).toContain('Not all was asked: --max-requests 1 would be passed.');
    expect(none.code).toBe(3);
  });

  it.each([
    ['--depth', ['--depth', 'auth']],
    ['--format', ['--format=json']],
    ['--fail-on', ['--fail-on', 'never']],
    ['--gateway', ['--gateway', 'http://127.0.0.1:1']],
    ['--legacy-url', ['--legacy-url', 'http://127.0.0.1:1']],
    ['--allow-costly', ['--allow-costly']],
    ['--suffixes', ['--suffixes']],
    ['--with', ['--with', 'stream']],
  ])('says why %s has no meaning, also in --help', async (option, argv) => {
    const { code, stderr } = await run(['fallback', 'a/b', ...argv]);
    const why = new RegExp(`^hf-doctor: ${option} has no meaning for fallback: (.+)\\.\n$`).exec(stderr)?.[1];
    expect(code).toBe(2);
    const help = await run(['fallback', '--help']);
    expect(help.stdout).toMatch(new RegExp(`^  ${option} +${why}$`, 'm'));
  });

  it.each([
    [['--for', 'json', '--depth', 'auth']],
    [['--for=json', '--nope']],
    [['--for', 'json', '--timeout', 'soon']],
    [['--for', 'json', 'not a model']],
  ])('%j: a usage error is one document as well', async (argv) => {
    const { code, stdout, stderr } = await run(['fallback', ...argv]);
    expect(JSON.parse(stdout)).toMatchObject({ schemaVersion: 1, ok: false, exitCode: 2 });
    expect(stderr).not.toBe('');
    expect(code).toBe(2);
  });

  it.each([
    [[LLAMA], 0],
    [[LLAMA, QWEN], 1],
    [[LLAMA, EMBED], 1],
    [[], 0],
  ])('%j: exit code %i says whether one that was named is left out', async (models, want) => {
    const { code, stdout } = await run(['fallback', ...models, '--simulate', 'novita-500', '--for', 'env']);
    expect(stdout).toContain(`HF_MODEL=${LLAMA}`);
    expect(code).toBe(want);
  });

  it('--help has the exit codes', async () => {
    const { stdout } = await run(['fallback', '--help']);
    expect(stdout.replace(/\s+/g, ' ')).toContain('1 one of them is left out or there is no chain');
  });

  it('stopped: says that, and nothing about models', async () => {
    const abort = new AbortController();
    const path = join(emptyFolder(), 'silent.yaml');
    writeFileSync(
      path,
      `title: Nobody answers
story: Each call hangs.
check: { models: [a/b] }
models: { a/b: { tags: [conversational], providers: { novita: { id: a-b, fault: silent } } } }
`,
    );
    const going = run(['fallback', '--simulate', path], { signal: abort.signal });
    setTimeout(() => abort.abort('SIGINT'), 500);
    const { code, stderr } = await going;
    expect(stderr).toContain('stopped before there was a proven chain');
    expect(stderr).not.toMatch(/no chat model answered|Also/);
    expect(code).toBe(130);
  });

  it('makes no code for another task', async () => {
    const argv = ['fallback', EMBED, '--simulate', 'novita-500', '--for', 'typescript'];
    const { code, stdout, stderr } = await run(argv);
    expect(stdout).toBe('');
    expect(stderr).toContain('a chain is made of chat models');
    expect(stderr).toContain('It works on hf-inference');
    expect(code).toBe(1);
  });

  it('nothing could be checked: 3', async () => {
    const nobody = 'http://127.0.0.1:1';
    const argv = ['fallback', LLAMA, '--hub-url', nobody, '--router-url', nobody, '--retries', '0'];
    const { code, stdout, stderr } = await run(argv, { env: { HF_TOKEN: canary('fallback') } });
    expect(stdout).toBe('');
    expect(stderr).toContain('nothing could be checked');
    expect(code).toBe(3);
  });

  it.each(TARGETS)('--for %s: stdout is what was asked for and nothing else', async (target) => {
    const { stdout, stderr } = await run([
      'fallback',
      '--simulate',
      'novita-500',
      '--quiet',
      '--for',
      target,
    ]);
    expect(stderr).toBe('');
    expect(stdout.endsWith('\n')).toBe(true);
    expect(stdout).toContain(`${LLAMA}:together`);
    // What a simulation opened is closed again.
    expect(stdout).not.toContain('127.0.0.1');
    if (target === 'json')
      expect(JSON.parse(stdout).proof[0]).toMatchObject({ model: LLAMA, route: 'router', status: 200 });
    if (target === 'litellm') expect(parse(stdout).model_list).toHaveLength(2);
  });

  it.each([
    ['another language', ['--for', 'perl']],
    ['a depth that proves nothing', ['--depth', 'auth']],
    ['routes without a chain', ['--routes', 'legacy,gateway']],
    ['a mistyped model', ['not a model']],
  ])('refuses %s', async (_, argv) => {
    expect(await run(['fallback', '--simulate', 'healthy', ...argv])).toMatchObject({ code: 2, stdout: '' });
  });

  it('asks neither the retired host nor a gateway, and shows no token', async () => {
    const simulator = await play('all');
    const { hub, router, legacy, gateway } = simulator.endpoints;
    const token = simulator.token ?? '';
    const cwd = emptyFolder();
    writeFileSync(join(cwd, 'hf-doctor.config.json'), JSON.stringify({ gateway, legacyUrl: legacy }));
    const env = { HF_TOKEN: token };
    const argv = ['fallback', LLAMA, '--hub-url', hub, '--router-url', router, '--for', 'json'];
    const { stdout, stderr } = await run(argv, { env, cwd });
    expect(simulator.log().map((r) => r.surface)).toContain('hub');
    expect(simulator.log().map((r) => r.surface)).not.toContain('legacy');
    expect(simulator.log().map((r) => r.surface)).not.toContain('gateway');
    expect(leaks(stdout + stderr, [token])).toBeLessThan(6);
  });
});

describe('a chain that was proven before an outage', { timeout: 60_000 }, () => {
  it.each(LANGUAGES)('%s goes on to the model that still works', async (target) => {
    const after = await named('novita-500');
    const before = await play(
      scenario(`
title: Before
story: All providers answer.
check: { models: [${QWEN}, ${LLAMA}] }
models:
  ${QWEN}: { tags: [conversational], providers: { novita: { id: qwen/qwen-2.5-72b-instruct } } }
  ${LLAMA}: { tags: [conversational], providers: { together: { id: meta-llama/Turbo } } }
`),
    );
    const { hub, router } = before.endpoints;
    const argv = ['fallback', QWEN, LLAMA, '--hub-url', hub, '--router-url', router, '--for', target];
    const made = await run(argv, { env: { HF_TOKEN: before.token ?? '' } });
    expect(made.code).toBe(0);
    expect(made.stdout).toContain(`"${router}/v1"`);

    const outage = await play(after);
    const baseUrl = `${outage.endpoints.router}/v1`;
    const { stdout, stderr } = await execute(target, made.stdout, { baseUrl, token: outage.token });
    expect(stderr).toContain(`${QWEN}: 500`);
    expect(stderr).toContain(`${QWEN}:novita: 500`);
    expect(stdout).toBe(`${LLAMA} assistant\n`);
  });
});
