import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runInNewContext } from 'node:vm';
import { transformSync } from 'esbuild';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { GENERATORS } from '../../src/fallback/generate.js';
import { TARGETS } from '../../src/fallback/targets.js';
import { hasPython, LLAMA, QWEN, recipe } from './support.js';

/** No id of the Hub looks like this. The generators hold all the same. */
const HOSTILE = [
  '"',
  '\\',
  '\\"',
  "'",
  '`',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it must not become one
  '${process.exit(9)}',
  '"""',
  "'''",
  '"]; process.exit(9); ["',
  '"]\nimport os #',
  '\n',
  '\r\n',
  '\0',
  '\x1b[31m',
  '\x7f',
  '\x85',
  '\u2028',
  '\u202e',
  '\ufeff',
  '😀',
  '\ud800',
  '\udc00\ud800',
  '</script>',
  '$(id)',
  '#',
  '# x',
  ': ',
  '- ',
  '*a',
  '&a',
  '!!str',
  '{{x}}',
  '%s',
  '=',
  '-n',
  '~',
  '\\N{BULLET}',
];
const name = fc.oneof(
  fc.constantFrom(...HOSTILE),
  fc.tuple(fc.constantFrom(...HOSTILE), fc.string({ unit: 'binary' })).map((p) => p.join('')),
  fc.string({ unit: 'binary', minLength: 1 }),
);
const names = fc.uniqueArray(name, { minLength: 1, maxLength: 4 });
const samples = [HOSTILE, ...fc.sample(names, 60)];

describe('a hostile name stays a name', () => {
  it.each(['typescript', 'openai'] as const)('%s', (target) => {
    for (const models of samples) {
      const { code } = transformSync(GENERATORS[target](recipe(models, { billTo: models[0] ?? '' })), {
        loader: 'ts',
        format: 'cjs',
      });
      const context = { module: { exports: {} }, require: () => ({}), process: {} };
      const seen: unknown = runInNewContext(`${code}\nJSON.stringify(MODELS)`, context);
      expect(JSON.parse(String(seen))).toEqual(models);
    }
  });

  it.skipIf(!hasPython)('python', () => {
    const cases = samples.map((models) => {
      return { models, code: GENERATORS.python(recipe(models, { billTo: models[0] ?? '' })) };
    });
    const judge = `
import ast, json, sys
for case in json.load(sys.stdin):
    tree = ast.parse(case["code"])
    found = {n.targets[0].id: n.value for n in tree.body if isinstance(n, ast.Assign)}
    assert ast.literal_eval(found["MODELS"]) == case["models"], case["models"]
    assert ast.literal_eval(found["HEADERS"])["X-HF-Bill-To"] == case["models"][0]
print("same")
`;
    // One pair of units is one character in Python, also where its JSON parser reads it.
    const { stdout, stderr } = spawnSync('python3', ['-c', judge], {
      input: JSON.stringify(cases),
      encoding: 'utf8',
    });
    expect(stderr).toBe('');
    expect(stdout).toBe('same\n');
  });

  it('litellm', () => {
    for (const models of samples) {
      const config = parse(GENERATORS.litellm(recipe(models, { billTo: models[0] ?? '' })));
      expect(config.model_list.map((m: { model_name: string }) => m.model_name)).toEqual(models);
      expect(config.model_list[0].litellm_params).toEqual({
        model: `openai/${models[0]}`,
        api_base: 'https://router.huggingface.co/v1',
        api_key: 'os.environ/HF_TOKEN',
        extra_headers: { 'X-HF-Bill-To': models[0] },
      });
      const [first = '', ...rest] = models;
      const fallbacks = config.router_settings.fallbacks.map((f: object) => Object.entries(f));
      expect(fallbacks).toEqual(rest.length === 0 ? [] : [[[first, rest]]]);
    }
  });

  it('json', () => {
    for (const models of samples) {
      const text = GENERATORS.json(recipe(models));
      expect(text).toMatch(/^[\n -~]*$/);
      const [primary, ...fallbacks] = models;
      expect(JSON.parse(text)).toMatchObject({ schemaVersion: 1, primary, fallbacks });
    }
  });

  it('env, as a shell reads it', () => {
    // No variable can hold NUL or half a character, and the list is split at commas.
    const clean = (text: string) => Buffer.from(text.replace(/[\0,]/g, '')).toString();
    for (const models of samples.slice(0, 25).map((list) => list.map(clean))) {
      const script = `${GENERATORS.env(recipe(models))}printf '%s\\0%s' "$HF_MODEL" "$HF_FALLBACK_MODELS"`;
      const seen = execFileSync('bash', ['--norc', '-c', script], {
        encoding: 'utf8',
        env: {},
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      expect(seen.split('\0')).toEqual([models[0], models.slice(1).join(',')]);
    }
  });

  it.each(TARGETS)('%s holds nothing that is not seen', (target) => {
    for (const models of samples)
      if (target !== 'env') expect(GENERATORS[target](recipe(models))).toMatch(/^[\n -~]*$/);
  });
});

describe('what is generated', () => {
  const models = [QWEN, `${QWEN}:novita`, LLAMA];

  it('env needs no quotes for ids of the Hub', () => {
    expect(GENERATORS.env(recipe(models))).toBe(
      `HF_MODEL=${QWEN}\nHF_FALLBACK_MODELS=${QWEN}:novita,${LLAMA}\n`,
    );
    expect(GENERATORS.env(recipe([QWEN]))).toBe(`HF_MODEL=${QWEN}\nHF_FALLBACK_MODELS=\n`);
  });

  it('names another router where one was used, and the real one after a simulation', () => {
    for (const target of ['python', 'typescript', 'openai', 'litellm'] as const) {
      expect(GENERATORS[target](recipe(models, { baseUrl: 'http://127.0.0.1:9/v1' }))).toContain(
        '"http://127.0.0.1:9/v1"',
      );
      expect(GENERATORS[target](recipe(models, { simulated: 'healthy' }))).toContain('in a simulation only');
    }
  });

  it('litellm says where it cannot stop', () => {
    const text = GENERATORS.litellm(recipe(models));
    const said = text.match(/^# .*$/gm)?.join(' ') ?? '';
    expect(said).toContain('also after 401, 402 and 403');
    expect(said).toContain('hf-doctor token');
    expect(Math.max(...text.split('\n').map((l) => l.length))).toBeLessThan(121);
  });

  it('passes the type check of TypeScript', { timeout: 60_000 }, () => {
    const root = fileURLToPath(new URL('../..', import.meta.url));
    const folder = mkdtempSync(join(root, 'node_modules', '.fallback-'));
    const files = (['typescript', 'openai'] as const).map((target) => {
      const file = join(folder, `${target}.ts`);
      writeFileSync(file, GENERATORS[target](recipe(models, { billTo: 'acme' })));
      return file;
    });
    const flags = '--noEmit --strict --noUncheckedIndexedAccess --erasableSyntaxOnly --skipLibCheck';
    const settings = '--module nodenext --target es2023 --types node';
    const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
    const { status, stdout } = spawnSync(
      process.execPath,
      [tsc, ...flags.split(' '), ...settings.split(' '), '--ignoreConfig', ...files],
      { cwd: root, encoding: 'utf8' },
    );
    rmSync(folder, { recursive: true });
    expect(stdout).toBe('');
    expect(status).toBe(0);
  });
});
