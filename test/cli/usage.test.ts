import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { reportSchema } from '../../src/report/model.js';
import { emptyFolder, run } from '../support/cli.js';

/** Names under .invalid never resolve: a machine without network, on any machine. */
const NOWHERE = [
  '--hub-url',
  'https://hub.invalid',
  '--router-url',
  'https://router.invalid',
  '--legacy-url',
  'https://legacy.invalid',
];
const TOKEN = `hf_${'q'.repeat(34)}`;

describe('what cannot be used is said, with what to do, and exit code 2', () => {
  it.each([
    [['chekc'], 'Did you mean check?'],
    [['check', '--formt', 'json'], 'Did you mean --format?'],
    [['check', '--format', 'xml'], 'human, json'],
    [['check', '--routes', 'lgacy'], 'Did you mean legacy?'],
    [['check', '--timeout', '1e3'], '--timeout takes a number'],
    [['check', '--concurrency', '0'], '--concurrency'],
    [['check', 'https://huggingface.co/a/b'], 'a/b'],
    [['check', 'a/b/c'], 'more than one slash'],
    [['check', '--simulate', 'novita-50'], 'novita-500'],
    [['check', '--models-file', '/does/not/exist'], 'cannot be read'],
    [['check', 'a/b', '--output', 'report.txt'], '.json'],
    [['check', '--token-stdin', '--models-file', '-'], 'stdin cannot hold both'],
    [['explain', 'token-invald'], 'Did you mean token-invalid?'],
    [['schema', 'raport'], 'schema report'],
    [['explain'], 'there is no text to explain: stdin was empty.'],
  ])('%j', async (argv, says) => {
    const { code, stdout, stderr } = await run(argv);
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr.replace(/\s+/g, ' ')).toContain(says);
    expect(stderr).not.toMatch(/\n\s+at /);
  });

  it('a config file with a key that does not exist names the place and the nearest one', async () => {
    const cwd = emptyFolder();
    writeFileSync(join(cwd, 'hf-doctor.config.yaml'), 'modles: [a/b]\n');
    const { code, stderr } = await run(['check'], { cwd });
    expect(code).toBe(2);
    expect(stderr).toContain('hf-doctor.config.yaml');
    expect(stderr).toContain('models');
  });
});

describe('without network', () => {
  it('with a token is exit code 3, and blames neither token nor provider', async () => {
    const { code, stdout } = await run(['check', 'a/b', '--format', 'json', ...NOWHERE], {
      env: { HF_TOKEN: TOKEN },
    });
    const report = reportSchema.parse(JSON.parse(stdout));
    expect(code).toBe(3);
    expect(report.findings.map((f) => [f.rule, f.blame])).toEqual([['dns-failure', 'network']]);
    expect(report.token.status).toBe('unverified');
    const asked = report.cells.filter((c) => c.outcome !== 'skipped');
    expect(new Set(asked.map((c) => c.outcome))).toEqual(new Set(['unknown']));
    // Nobody could name the providers.
    const skipped = report.cells.filter((c) => c.outcome === 'skipped');
    expect(skipped).toMatchObject([{ route: 'provider:?', unfinished: true }]);
    expect(report.complete).toBe(false);
  });

  it('says that it is no news about the models, and what to look at first', async () => {
    const { code, stdout } = await run(['check', 'a/b', ...NOWHERE], { env: { HF_TOKEN: TOKEN } });
    expect(code).toBe(3);
    const text = stdout.replace(/\s+/g, ' ');
    expect(text).toMatch(/Nothing could be checked[^.]*\. Exit code 3\. Next: [^:]*: nslookup hub\.invalid/);
    expect(text).not.toMatch(/limit of the run|Raise it/);
  });

  it('without models says so instead of checking nothing in silence', async () => {
    const { code, stdout } = await run(['check', ...NOWHERE], { env: { HF_TOKEN: TOKEN } });
    expect(code).toBe(3);
    expect(stdout).toContain('Nothing could be checked');
  });

  it('without a token says both', async () => {
    const { code, stdout } = await run(['check', 'a/b', '--format', 'json', ...NOWHERE]);
    expect(
      JSON.parse(stdout)
        .findings.map((f: { rule: string }) => f.rule)
        .sort(),
    ).toEqual(['dns-failure', 'token-missing']);
    expect(code).toBe(1);
  });
});

describe('the token', () => {
  const token = async (
    env: Record<string, string>,
    more: { home?: string; cwd?: string; stdin?: string } = {},
    argv: string[] = [],
  ) => {
    const { stdout, code } = await run(['token', '--format', 'json', ...NOWHERE.slice(0, 2), ...argv], {
      env,
      ...more,
    });
    return { code, ...JSON.parse(stdout) };
  };

  it('comes from the first place the clients look', async () => {
    const home = emptyFolder();
    mkdirSync(join(home, '.cache/huggingface'), { recursive: true });
    writeFileSync(join(home, '.cache/huggingface/token'), `hf_${'f'.repeat(34)}`);
    expect((await token({ HF_TOKEN: TOKEN }, { home })).token).toMatchObject({
      source: 'env HF_TOKEN',
      shadowed: [{ source: expect.stringContaining('~/.cache/huggingface/token') }],
    });
    expect((await token({}, { home })).token.source).toBe('file ~/.cache/huggingface/token');
    expect(
      (await token({ HF_TOKEN: TOKEN }, { home, stdin: `hf_${'s'.repeat(34)}\n` }, ['--token-stdin'])).token
        .source,
    ).toBe('stdin');
  });

  it.each([
    ['quotes', `"${TOKEN}"`, 'malformed', 1],
    ['Bearer', `Bearer ${TOKEN}`, 'malformed', 1],
    ['a placeholder', 'undefined', 'malformed', 1],
    ['another vendor', `sk-${'p'.repeat(40)}`, 'malformed', 1],
    ['a line break', `${TOKEN}\n`, 'unverified', 3],
  ])('with %s is told apart', async (_, value, status, exit) => {
    const { code, token: t } = await token({ HF_TOKEN: value });
    expect(t.status).toBe(status);
    expect(t.faults).toHaveLength(1);
    expect(code).toBe(exit);
  });

  it.each(['$HF_TOKEN', 'hf_token', 'h\u00e9f_token'])(
    'of %s still names the variable to repair',
    async (value) => {
      const { token: t, findings } = await token({ HF_TOKEN: value });
      expect(t.source).toBe('env HF_TOKEN');
      expect(JSON.stringify(findings)).not.toContain('[redacted]');
    },
  );

  it('under a name that nobody reads is found, and not used', async () => {
    const { token: t, findings } = await token({ HUGGINGFACE_API_KEY: TOKEN });
    expect(t.status).toBe('missing');
    expect(findings.map((f: { rule: string }) => f.rule)).toContain('token-not-propagated');
    expect(JSON.stringify(findings)).toContain('HUGGINGFACE_API_KEY');
  });

  it.each([
    ['token-wrong-box', 1, 'Make calls to Inference Providers'],
    ['token-lacks-permission', 1, 'Make calls to Inference Providers'],
    ['token-invalid', 1, 'does not accept'],
    ['healthy', 0, 'may call Inference Providers'],
  ])('--simulate %s ends with %i', async (name, exit, says) => {
    const { code, stdout } = await run(['token', '--simulate', name]);
    expect(code).toBe(exit);
    expect(stdout.replace(/\s+/g, ' ')).toContain(says);
  });
});

describe('models', () => {
  it('come from a file, and from stdin', async () => {
    const cwd = emptyFolder();
    writeFileSync(join(cwd, 'models.txt'), '# ours\na/b\n\nc/d:groq # pinned\n');
    const plan = async (argv: string[], stdin?: string) =>
      JSON.parse(
        (
          await run(['check', '--plan', '--format', 'json', ...argv], {
            cwd,
            ...(stdin === undefined ? {} : { stdin }),
          })
        ).stdout,
      ).requests.map((r: { url: string }) => r.url);
    expect(await plan(['--models-file', join(cwd, 'models.txt')])).toContain(
      'https://huggingface.co/api/models/c/d',
    );
    expect(await plan(['--models-file', '-'], 'x/y\n')).toContain('https://huggingface.co/api/models/x/y');
  });

  it('a wrong id is said to be one', async () => {
    const { code, stdout } = await run([
      'check',
      'meta-llama/Llama-3.1-8B-Instuct',
      '--simulate',
      'healthy',
      '--format',
      'json',
    ]);
    expect(code).toBe(1);
    const [first] = JSON.parse(stdout).findings;
    expect(first).toMatchObject({ rule: 'model-not-found', severity: 'error' });
    expect(JSON.stringify(first)).toContain('meta-llama/Llama-3.1-8B-Instruct');
  });

  it('none given: three live ones are chosen', async () => {
    const { simulatorArgs, close, token } = await live('healthy');
    const { stdout } = await run(['check', '--format', 'json', ...simulatorArgs], {
      env: { HF_TOKEN: token },
    });
    await close();
    const report = reportSchema.parse(JSON.parse(stdout));
    expect(report.models.length).toBeGreaterThan(0);
    expect(report.models.every((m) => m.usable)).toBe(true);
  });
});

describe('reports', () => {
  it('are also written to a file, the same as on stdout', async () => {
    const cwd = emptyFolder();
    const file = join(cwd, 'report.json');
    const { stdout } = await run(['check', '--simulate', 'healthy', '--format', 'json', '--output', file], {
      cwd,
    });
    expect(readFileSync(file, 'utf8')).toBe(stdout);
  });

  it('for a folder that does not exist are refused before anything is sent', async () => {
    const { code, stdout, stderr } = await run([
      'check',
      '--simulate',
      'healthy',
      '--output',
      '/does/not/exist/report.json',
    ]);
    expect(code).toBe(2);
    expect(stderr).toContain('/does/not/exist/report.json');
    expect(stdout).toBe('');
  });

  it('that cannot be written are exit code 4, and still shown', async () => {
    const cwd = emptyFolder();
    mkdirSync(join(cwd, 'report.json'));
    const { code, stdout, stderr } = await run(
      ['check', '--simulate', 'healthy', '--output', 'report.json'],
      { cwd },
    );
    expect(code).toBe(4);
    expect(stderr).toContain('could not be written to "report.json"');
    expect(stdout).toContain('can be used');
  });

  it('follow --fail-on', async () => {
    expect((await run(['check', '--simulate', 'novita-500-failover', '--fail-on', 'warning'])).code).toBe(1);
    expect((await run(['check', '--simulate', 'novita-500', '--fail-on', 'never'])).code).toBe(0);
  });
});

describe('a plan', () => {
  it('sends nothing and names each request', async () => {
    const { simulatorArgs, close, token, log } = await live('healthy');
    const { code, stdout } = await run(['check', 'a/b', '--plan', ...simulatorArgs], {
      env: { HF_TOKEN: token },
    });
    expect(code).toBe(0);
    expect(stdout).toContain('/v1/chat/completions');
    expect(stdout).toContain('Nothing was sent.');
    expect(log()).toHaveLength(0);
    await close();
  });
});

async function live(name: string) {
  const { loadScenario } = await import('../../src/simulator/find.js');
  const { startSimulator } = await import('../../src/simulator/server.js');
  const loaded = await loadScenario(name);
  if (!loaded.ok) throw new Error(loaded.problem);
  const s = await startSimulator(loaded.scenario);
  const { hub, router, legacy } = s.endpoints;
  return {
    simulatorArgs: ['--hub-url', hub, '--router-url', router, '--legacy-url', legacy],
    token: s.token ?? '',
    log: s.log,
    close: s.close,
  };
}
