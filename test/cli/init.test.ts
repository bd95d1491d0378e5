import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { configText, usedBy } from '../../src/init/config-text.js';
import { type Mention, mentionsIn } from '../../src/init/mentions.js';
import { loadSettings } from '../../src/settings/load.js';
import { modelRefText } from '../../src/settings/model-id.js';
import { emptyFolder, run } from '../support/cli.js';

const TOKEN = `hf_${'aB3'.repeat(12)}`;
const NAME = 'hf-doctor.config.yaml';

function project(files: Record<string, string>): string {
  const cwd = emptyFolder();
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(cwd, path)), { recursive: true });
    writeFileSync(join(cwd, path), text);
  }
  return cwd;
}

const loaded = (cwd: string) =>
  loadSettings({ flags: {}, env: {}, cwd, home: cwd, readModelsFile: async () => '' });
const models = async (cwd: string) => (await loaded(cwd)).models.value.map(modelRefText);

const PYTHON = `from huggingface_hub import InferenceClient
client = InferenceClient("meta-llama/Llama-3.1-8B-Instruct", provider="novita")
client.chat.completions.create(model="Qwen/Qwen3-8B:cerebras", messages=[])
client.feature_extraction("x", model = 'BAAI/bge-small-en-v1.5')
`;

describe('init', () => {
  it('writes a config from what the code calls, and says where it was found', async () => {
    const cwd = project({
      'src/app.py': PYTHON,
      'web/index.ts': `import { InferenceClient } from '@huggingface/inference';
await new InferenceClient(t).textToImage({ model: "black-forest-labs/FLUX.1-schnell", provider: "fal-ai" });
await fetch("https://api-inference.huggingface.co/models/acme/old-model");
`,
      'litellm.yaml':
        'model_list:\n  - litellm_params:\n      model: huggingface/together/deepseek-ai/DeepSeek-R1\n',
      'note.ipynb':
        '{"source": ["from huggingface_hub import InferenceClient\\n", "InferenceClient(model=\\"google/gemma-3-27b-it\\")"]}',
      'gw.py': `import openai  # router.huggingface.co
c = openai.OpenAI(base_url="https://gw.corp.example/v1/chat/completions")
d = openai.OpenAI(base_url="https://router.huggingface.co/v1")
c.chat.completions.create(model="openai/gpt-oss-120b")
`,
      '.env.local': `HF_TOKEN=${TOKEN}\nOTHER=1\n`,
    });
    const { code, stdout, stderr } = await run(['init'], { cwd });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain(`Wrote ${NAME}.`);
    expect(stdout).toContain('Read 6 files: 8 models, 3 providers, 1 gateway.');
    expect(stdout).toContain('HF_TOKEN (.env.local:1)');
    const text = readFileSync(join(cwd, NAME), 'utf8');
    expect(await models(cwd)).toEqual([
      'openai/gpt-oss-120b',
      'deepseek-ai/DeepSeek-R1',
      'google/gemma-3-27b-it',
      'meta-llama/Llama-3.1-8B-Instruct',
      'Qwen/Qwen3-8B:cerebras',
      'BAAI/bge-small-en-v1.5',
      'black-forest-labs/FLUX.1-schnell',
      'acme/old-model',
    ]);
    expect(text).toContain('- "Qwen/Qwen3-8B:cerebras"  # src/app.py:3');
    expect(text).toContain('#   novita: src/app.py:2');
    expect(text).toContain(
      '# api-inference.huggingface.co is retired, and the code still names it: web/index.ts:3',
    );
    expect(text).toContain('#   text-to-image: web/index.ts:2');
    expect(text).toContain('# gateway: "https://gw.corp.example/v1"  # gw.py:2');
    expect(stdout + text).not.toContain(TOKEN.slice(3, 12));
  });

  it('writes a file with examples where nothing is found, and it is a good one', async () => {
    const cwd = project({ 'a.py': 'model = "acme/name"\n' });
    expect((await run(['init'], { cwd })).code).toBe(0);
    expect(await models(cwd)).toEqual([]);
    expect((await run(['check', '--print-config'], { cwd })).code).toBe(0);
  });

  it('its examples are good ones as well', async () => {
    const { stdout } = await run(['init', '--dry-run']);
    const shown = stdout
      .split('\n')
      .filter(
        (line) =>
          /^# {1,8}(?:\w+:(?: |$)|- |"org|provider:novita: |router: \[)/.test(line) && !/\.$/.test(line),
      );
    const cwd = project({ [NAME]: `${shown.map((line) => line.slice(2)).join('\n')}\n` });
    const settings = await loaded(cwd);
    expect(settings.models.value).toHaveLength(2);
    expect(settings.routes.value).toEqual(['router', 'hf-inference', 'provider:novita']);
    expect(settings.expect.value).toHaveLength(2);
    expect(settings.ignore.value).toHaveLength(1);
    expect(settings.maxCost.origin.from).toBe('file');
  });

  it('overwrites nothing', async () => {
    for (const there of [NAME, 'hf-doctor.config.json', 'hf-doctor.config.yml']) {
      const cwd = project({ [there]: '{}', 'a.py': PYTHON });
      const { code, stderr } = await run(['init'], { cwd });
      expect(code).toBe(2);
      expect(stderr).toContain('there already');
      expect(readFileSync(join(cwd, there), 'utf8')).toBe('{}');
    }
    const linked = project({ 'a.py': PYTHON });
    symlinkSync(join(linked, 'elsewhere'), join(linked, NAME));
    expect((await run(['init'], { cwd: linked })).code).toBe(2);
    expect(readdirSync(linked).sort()).toEqual(['a.py', NAME]);
  });

  it('prints it with --dry-run and writes nothing', async () => {
    const cwd = project({ 'a.py': PYTHON, [NAME]: '{}' });
    const { code, stdout, stderr } = await run(['init', '--dry-run'], { cwd });
    expect(code).toBe(0);
    expect(stdout).toContain('models:\n  - "meta-llama/Llama-3.1-8B-Instruct"');
    expect(stderr).toContain('Read 1 file: 3 models');
    expect(readFileSync(join(cwd, NAME), 'utf8')).toBe('{}');
  });

  it('of another folder stands there, and the config of this one is left alone', async () => {
    const cwd = project({
      'app/a.py': PYTHON,
      'b.py': PYTHON.replaceAll('Qwen/', 'Other/'),
      [NAME]: 'models: [a/b]',
    });
    const { code, stdout } = await run(['init', 'app'], { cwd });
    expect(code).toBe(0);
    expect(stdout).toContain(`Wrote ${join('app', NAME)}.`);
    expect(stdout).toContain(`Next: hf-doctor check --config ${join('app', NAME)}`);
    const text = readFileSync(join(cwd, 'app', NAME), 'utf8');
    expect(text).toContain('Qwen/Qwen3-8B:cerebras"  # a.py:3');
    expect(text).not.toContain('Other/');
    expect(readFileSync(join(cwd, NAME), 'utf8')).toBe('models: [a/b]');
    for (const wrong of ['nowhere', 'b.py']) {
      const { code, stderr } = await run(['init', wrong], { cwd });
      expect(code).toBe(2);
      expect(stderr).toContain('hf-doctor: ');
    }
  });
});

describe('what is read', () => {
  it('is source files of the project: no links, no pipes, no code of others, no tests', async () => {
    const other = project({ 'secret.py': PYTHON.replaceAll('Qwen/', 'Outside/') });
    const skipped = ['node_modules/x', '.git', 'dist', 'venv/lib', '.venv', 'tests', '.cache'];
    const cwd = project({
      ...Object.fromEntries(skipped.map((f) => [`${f}/a.py`, PYTHON.replaceAll('Qwen/', 'Skipped/')])),
      'test_app.py': PYTHON.replaceAll('Qwen/', 'Skipped/'),
      'big.py': `${PYTHON.replaceAll('Qwen/', 'Skipped/')}#${'x'.repeat(1024 * 1024)}`,
      'page.html': PYTHON.replaceAll('Qwen/', 'Skipped/'),
      'ok.py': PYTHON,
    });
    symlinkSync(other, join(cwd, 'link'));
    symlinkSync(join(other, 'secret.py'), join(cwd, 'link.py'));
    symlinkSync(cwd, join(cwd, 'loop'));
    symlinkSync('/dev/zero', join(cwd, 'zero.py'));
    execFileSync('mkfifo', [join(cwd, 'pipe.py')]);
    const { code, stdout, stderr } = await run(['init', '--dry-run'], { cwd });
    expect(code).toBe(0);
    expect(stdout).toContain('Qwen/Qwen3-8B:cerebras');
    expect(stdout).not.toMatch(/Outside|Skipped/);
    expect(stderr).toContain('Read 1 file: ');
    expect(stderr).toContain('Not read: 1, larger than 1 MiB.');
  });

  it('is bounded', async () => {
    const files = Object.fromEntries(Array.from({ length: 2_010 }, (_, i) => [`d${i % 10}/f${i}.py`, '\n']));
    const deep = `${'d/'.repeat(40)}a.py`;
    const { stderr } = await run(['init', '--dry-run'], { cwd: project({ ...files, [deep]: PYTHON }) });
    expect(stderr).toContain('Read 2,000 files'.replace(',', ''));
    expect(stderr).toContain('Not read: 10, more than 2,000 files.');
    expect(stderr).toContain('too deep');
  });

  it('counts one model that is named very often', () => {
    const often: Mention[] = Array.from({ length: 300_000 }, (_, i) => ({
      ...{ kind: 'model', value: 'org/name', at: `a.py:${i}` },
    }));
    expect(usedBy(often).models[0]?.at).toHaveLength(300_000);
  });

  it('ends when it is told to', async () => {
    const cwd = project({ 'a.py': PYTHON });
    const { code } = await run(['init'], { cwd, signal: AbortSignal.abort('SIGINT') });
    expect(code).toBe(130);
    expect(readdirSync(cwd)).toEqual(['a.py']);
  });

  it('never shows a secret that stands beside it, nor a name that moves a terminal', async () => {
    const secret = 'Zx9'.repeat(8);
    const cwd = project({
      'a.py': `from huggingface_hub import InferenceClient
InferenceClient("${TOKEN}", model="acme/${TOKEN}")
InferenceClient(model="acme/name", token="${TOKEN}", base_url="https://u:${secret}@h.example/v1")
x = dict(base_url="https://h.example/v1?api_key=${secret}", provider="${TOKEN}")
InferenceClient(model="${TOKEN}/name")
`,
      '.env': `HF_TOKEN=${TOKEN}\nOPENAI_BASE_URL=https://u:${secret}@x\nHF_DOCTOR_${secret}=1\n`,
      [`x\u001b[31m\n::error::${TOKEN}.py`]: PYTHON,
    });
    const { code, stdout, stderr } = await run(['init', '--dry-run'], { cwd });
    expect(code).toBe(0);
    const all = stdout + stderr;
    for (const never of [TOKEN.slice(3, 12), secret, '\u001b', '\n::error']) expect(all).not.toContain(never);
    expect(stdout).toContain('- "acme/name"  # a.py:3');
  });
});

const NAMES = {
  providers: new Set(['novita', 'together']),
  methods: new Map([['chat_completion', 'conversational']]),
};
const inPython = (line: string) =>
  mentionsIn({ path: 'a.py', text: `from huggingface_hub import InferenceClient\n${line}\n` }, NAMES).map(
    (m) => `${m.kind} ${m.value}`,
  );

describe('a line of code', () => {
  it.each([
    ['InferenceClient("acme/name")', ['model acme/name']],
    ['AsyncInferenceClient( "acme/name" )', ['model acme/name']],
    ['MODEL_ID = "acme/name"', ['model acme/name']],
    ['model: str = "acme/name"', ['model acme/name']],
    ['{"model": "acme/name:novita"}', ['model acme/name:novita']],
    ['model="huggingface/novita/acme/name"', ['provider novita', 'model acme/name']],
    ['model="huggingface/acme/name"', ['model acme/name']],
    ['url = "https://router.huggingface.co/novita/v3/openai"', ['provider novita']],
    ['client.chat_completion(', ['task conversational']],
    ['provider="auto"', []],
    ['# model="acme/name"', []],
    ['model="name"', []],
    ['model="your/model"', []],
    ['model="./models/org"', []],
    ['model="models/mine"', []],
    ['model="acme/name.gguf"', []],
    ['model="openai/gpt-4o"', []],
    ['model="anthropic/claude-3"', []],
    ['load_dataset("org/data")', []],
    [`model="acme/name" ${'x'.repeat(3_000)}`, []],
  ])('%s', (line, found) => {
    expect(inPython(line)).toEqual(found);
  });

  it('says nothing where the file speaks of no inference at Hugging Face', () => {
    const texts = [
      'from transformers import pipeline\npipeline(model="acme/name")',
      'from huggingface_hub import snapshot_download\nsnapshot_download(repo_id="acme/name")',
      'from openai import OpenAI\nOpenAI().chat.completions.create(model="acme/name")',
    ];
    for (const text of texts) expect(mentionsIn({ path: 'a.py', text }, NAMES)).toEqual([]);
  });
});

it('whatever a project holds, what is written is a config', async () => {
  const mention = fc.record({
    kind: fc.constantFrom<Mention['kind']>('provider', 'task', 'gateway', 'legacy', 'variable'),
    value: fc.constantFrom('novita', 'https://g.example/v1', 'https://g.example/x#y', 'http://h.example'),
    at: fc.string().map((s) => `${s.replaceAll(/[\p{C}\p{Z}]/gu, '?')}:1`),
  });
  const ids = fc.stringMatching(/^[A-Za-z0-9][\w-]{0,20}\/[A-Za-z0-9][\w.-]{0,20}[a-z](?::[a-z]{1,9})?$/);
  const model = fc.record({ kind: fc.constant('model' as const), value: ids, at: fc.constant('a.py:1') });
  await fc.assert(
    fc.asyncProperty(fc.array(fc.oneof(mention, model), { maxLength: 130 }), async (mentions) => {
      const used = usedBy(mentions.filter((m) => m.kind !== 'model' || !m.value.includes('..')));
      const cwd = project({ [NAME]: configText(used, '0') });
      expect((await models(cwd)).sort()).toEqual(
        used.models
          .slice(0, 100)
          .map((m) => m.value)
          .sort(),
      );
    }),
    { numRuns: 60 },
  );
});
