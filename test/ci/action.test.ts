import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { reportSchema } from '../../src/report/model.js';
import { folderWith, ROOT, runAction } from '../support/action.js';
import { emptyFolder } from '../support/cli.js';
import { canary, leaks } from '../support/leaks.js';
import { obeyed } from '../support/runner.js';

const QWEN = 'Qwen/Qwen2.5-72B-Instruct';
const LLAMA = 'meta-llama/Llama-3.1-70B-Instruct';
const OPTIONS = ['routes', 'config', 'fail-on', 'baseline', 'shard', 'vantage'];
const SHELL = '$(touch pwned)`touch pwned`";touch pwned;"';
const NOVITA = '--simulate novita-500';
const TOKEN = canary('action');
/** As many letters of a token as nobody may see. */
const LEAK = 6;

/** Inputs, exit code, status, and what else must show. */
const RUNS: Record<
  string,
  {
    inputs: Record<string, string>;
    code: number;
    status: string;
    usable?: string;
    models?: string[];
    says?: string;
  }
> = {
  'nothing but a scenario': {
    inputs: { args: NOVITA },
    code: 1,
    status: 'findings',
    usable: '2',
  },
  'models with commas': {
    inputs: { args: NOVITA, models: `${QWEN},${LLAMA}` },
    code: 1,
    status: 'findings',
    models: [QWEN, LLAMA],
  },
  'models on lines, as Windows ends them, with spaces around': {
    inputs: { args: `  ${NOVITA}\n`, models: `\r\n  ${LLAMA} ,\r\n\r\n ${LLAMA}  \r\n`, routes: ' router ' },
    code: 0,
    status: 'healthy',
    usable: '1',
    models: [LLAMA],
  },
  'a threshold, a shard, a place, and a value with a space in quotes': {
    inputs: {
      args: `${NOVITA} --ignore "provider-outage=known until Monday"`,
      'fail-on': ' error ',
      shard: '2/3',
      vantage: 'eu-west',
    },
    code: 0,
    status: 'healthy',
    models: [QWEN],
  },
  'nothing that could be asked': {
    inputs: { args: NOVITA, shard: '3/5', models: QWEN },
    code: 3,
    status: 'inconclusive',
    usable: '0',
  },
  'models in quotes': {
    inputs: { args: NOVITA, models: `"${QWEN}", '${LLAMA}'` },
    code: 2,
    status: 'usage',
    says: 'is not a model id',
  },
  'a list with dashes': {
    inputs: { args: NOVITA, models: `- ${QWEN}\n- ${LLAMA}\n` },
    code: 2,
    status: 'usage',
    says: 'a list is written without dashes',
  },
  'an option among the models': {
    inputs: { args: NOVITA, models: `${QWEN} --output stolen.json` },
    code: 2,
    status: 'usage',
    says: 'Options go to args',
  },
  'commands of a shell among the models': {
    inputs: { args: NOVITA, models: '$(touch pwned) `touch pwned` ;touch pwned; |touch pwned >pwned' },
    code: 2,
    status: 'usage',
    says: 'is not a model id',
  },
  'commands of a shell among the options': {
    inputs: { args: `${NOVITA} $(touch pwned) \`touch pwned\` ; touch pwned && touch pwned > pwned` },
    code: 2,
    status: 'usage',
    says: 'is not a model id',
  },
  'commands of a shell in the inputs that are options': {
    inputs: {
      ...Object.fromEntries(OPTIONS.map((name) => [name, SHELL])),
      args: NOVITA,
      config: '',
      token: SHELL,
    },
    code: 2,
    status: 'usage',
    says: '--routes does not know',
  },
  'commands of a shell in the name of a config file': {
    inputs: { config: SHELL, output: `a${SHELL}.json` },
    code: 2,
    status: 'usage',
    says: '--config:',
  },
  'commands of a shell in the name of a folder': {
    inputs: { 'working-directory': SHELL },
    code: 2,
    status: 'usage',
    says: 'working-directory names no folder',
  },
  'commands of a shell in a version': {
    inputs: { version: SHELL },
    code: 2,
    status: 'usage',
    says: 'is no version',
  },
  'a version that is none': {
    inputs: { version: 'file:../evil' },
    code: 2,
    status: 'usage',
    says: 'is no version',
  },
  'a quote that is not closed': {
    inputs: { args: `${NOVITA} --ignore "known` },
    code: 2,
    status: 'usage',
    says: 'a quote that is not closed',
  },
  'a format of its own': {
    inputs: { args: `${NOVITA} --format json` },
    code: 2,
    status: 'usage',
    says: 'other formats go to files',
  },
  'a threshold that does not exist': {
    inputs: { args: NOVITA, 'fail-on': 'errors' },
    code: 2,
    status: 'usage',
    says: 'It takes one of: error, warning, never',
  },
  'a config file that does not exist': {
    inputs: { config: 'no-such.yaml' },
    code: 2,
    status: 'usage',
    says: '"no-such.yaml" does not exist',
  },
  'a baseline that does not exist': {
    inputs: { args: NOVITA, baseline: 'no-such.json' },
    code: 2,
    status: 'usage',
    says: '"no-such.json" does not exist',
  },
  'commands of the runner in an input': {
    inputs: { args: NOVITA, models: '::set-env%20name=x::y\n::add-mask::a\n##[error]b' },
    code: 2,
    status: 'usage',
    says: 'has two suffixes',
  },
};

describe('the action, as the runner runs it', () => {
  it.concurrent.each(Object.entries(RUNS))('%s', async (_, run) => {
    const ran = await runAction({ token: TOKEN, ...run.inputs });
    const log = ran.stdout + ran.stderr;
    expect([ran.code, ran.outputs.status], log).toEqual([run.code, run.status]);
    if (run.says) expect(log.replace(/\s+/g, ' ')).toContain(run.says);
    if (run.usable) expect(ran.outputs.usable).toBe(run.usable);
    expect(leaks(log + ran.summary + JSON.stringify(ran.outputs), [TOKEN])).toBeLessThan(LEAK);
    // Nothing but annotations: what the inputs hold is no command of the runner.
    expect(obeyed(log).filter((c) => !['error', 'warning', 'notice'].includes(c.name))).toEqual([]);
    if (run.code === 2) {
      expect(readdirSync(ran.workspace)).toEqual([]);
      expect(ran.outputs.report).toBe('');
      expect(obeyed(log).map((c) => [c.name, c.properties.title])).toEqual([['error', 'hf-doctor']]);
      return;
    }
    expect(readdirSync(ran.workspace)).toEqual(['hf-doctor.json']);
    expect(ran.outputs.report).toBe(join(ran.workspace, 'hf-doctor.json'));
    expect(ran.summary).not.toBe('');
    const report = reportSchema.parse(JSON.parse(readFileSync(ran.outputs.report ?? '', 'utf8')));
    expect(report.exitCode).toBe(run.code);
    if (run.models) expect(report.models.map((m) => m.id).sort()).toEqual([...run.models].sort());
  });

  it.concurrent('all inputs empty: what is configured is asked, and no report is written', async () => {
    const workspace = emptyFolder();
    // Nothing of this leads anywhere: a machine without network, on any machine.
    const yaml = ['hub', 'router', 'legacy'].map((name) => `${name}Url: https://${name}.invalid`);
    writeFileSync(join(workspace, 'hf-doctor.config.yaml'), `${yaml.join('\n')}\nmodels: [a/b]\n`);
    const names = ['models', 'routes', 'config', 'fail-on', 'output', 'args', 'working-directory', 'version'];
    const ran = await runAction(Object.fromEntries(names.map((n) => [n, ' \n'])), {
      workspace,
      env: { HF_TOKEN: TOKEN },
    });
    expect([ran.code, ran.outputs]).toEqual([3, { status: 'inconclusive', report: '', usable: '0' }]);
    expect(readdirSync(workspace)).toEqual(['hf-doctor.config.yaml']);
  });

  it.concurrent('several files, in another folder', async () => {
    const workspace = emptyFolder();
    mkdirSync(join(workspace, 'my app'));
    const inputs = { args: NOVITA, output: 'a b.json\n  c.xml\n\n', 'working-directory': 'my app' };
    const ran = await runAction(inputs, { workspace });
    expect(ran.code).toBe(1);
    expect(readdirSync(join(workspace, 'my app'))).toEqual(['a b.json', 'c.xml']);
    expect(ran.outputs.report).toBe(join(workspace, 'my app', 'a b.json'));
  });
});

describe('the token', () => {
  /** Stands in for the program and says which tokens it was given. */
  const asked = folderWith(
    'npx',
    'printf "%s\\n" "$*" "HF:$(printenv HF_TOKEN || echo unset) IN:$(printenv INPUT_TOKEN || echo unset)" >>asked',
  );

  it.concurrent.each([
    [{ token: TOKEN }, {}, TOKEN],
    [{ token: '' }, { HF_TOKEN: 'of the job' }, 'of the job'],
    [{ token: TOKEN }, { HF_TOKEN: 'of the job' }, TOKEN],
    [{}, {}, 'unset'],
  ])('case %#: reaches the check alone, and one input overrules the job', async (inputs, env, token) => {
    const ran = await runAction({ ...inputs, version: '0.1.0', models: 'a/b' }, { path: asked, env });
    expect(ran.code).toBe(0);
    expect(readFileSync(join(ran.workspace, 'asked'), 'utf8').split('\n')).toEqual([
      '--yes hf-doctor@0.1.0 --version',
      // Without the flag nobody would see a token that the environment of this test holds.
      'HF:unset IN:unset',
      '--yes hf-doctor@0.1.0 check --output=hf-doctor.json --format=github -- a/b',
      `HF:${token} IN:unset`,
      '',
    ]);
    expect(leaks(ran.stdout + ran.stderr, [TOKEN])).toBeLessThan(LEAK);
  });
});

describe('what the program needs', () => {
  /** The action as it is checked out: nothing is built. */
  function checkedOut(): string {
    const root = emptyFolder();
    for (const file of ['action.yml', 'package.json', '.github/action/run.sh'])
      cpSync(join(ROOT, file), join(root, file), { recursive: true });
    return root;
  }

  it.concurrent('comes from npm in the version of the action, where it is not built', async () => {
    const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
    const path = folderWith('npx', 'echo "asked for $2"');
    const ran = await runAction({}, { path, root: checkedOut() });
    expect(ran.stdout).toContain(`asked for hf-doctor@${version}`);
  });

  it.concurrent('is said, and is no finding, where npm cannot bring it', async () => {
    const path = folderWith('npx', 'echo "npm error code E404" >&2; exit 1');
    const ran = await runAction({}, { path, root: checkedOut() });
    expect([ran.code, ran.outputs.status]).toEqual([4, 'internal']);
    expect(
      obeyed(ran.stdout)
        .map((c) => c.data)
        .join(),
    ).toContain('could not be had from npm');
  });

  it.concurrent.each([
    ['20.18.0', 2],
    ['20.9.0', 2],
    ['18.20.4', 2],
    ['20.18.1', 0],
    ['100.0.0', 0],
  ])('Node %s ends with exit code %i', async (version, code) => {
    const node = [
      'case $1 in',
      `  --version) echo v${version} ;;`,
      // The real one, which believes to be another.
      `  -p) exec "${process.execPath}" -p "Object.defineProperty(process, 'versions', { value: { node: '${version}' } }); $2" "$3" ;;`,
      'esac',
    ].join('\n');
    const ran = await runAction({}, { path: folderWith('node', node) });
    expect(ran.code, ran.stderr).toBe(code);
    if (code === 2) expect(ran.stdout).toContain(`Node 20.18.1 or newer, and this is v${version}.`);
  });

  it.concurrent('is Node', async () => {
    const tools = emptyFolder();
    for (const tool of ['bash', 'dirname'])
      symlinkSync(
        execFileSync('bash', ['-c', `type -P ${tool}`], { encoding: 'utf8' }).trim(),
        join(tools, tool),
      );
    const ran = await runAction({}, { env: { PATH: tools } });
    expect([ran.code, ran.outputs.status], ran.stderr).toEqual([2, 'usage']);
    expect(ran.stdout).toContain('needs Node, and there is none');
    expect(existsSync(join(ran.workspace, 'hf-doctor.json'))).toBe(false);
  });
});
