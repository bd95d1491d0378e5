import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { loadScenario, scenarioNames } from '../../src/simulator/find.js';
import { parseScenario } from '../../src/simulator/scenario.js';
import { run } from '../support/cli.js';
import { scenario } from './support.js';

const GOOD = `title: T
story: S
check: { models: [a/b] }
models:
  a/b:
    providers:
      novita: { fault: down }
`;

describe('parseScenario', () => {
  it('fills in what most scenarios leave out', () => {
    expect(scenario(GOOD)).toMatchObject({
      name: 'test',
      token: { state: 'known', role: 'fineGrained', permissions: ['inference.serverless.write'] },
      legacy: { mode: 'no-dns' },
      mappingShape: 'object',
      answers: [],
      models: { 'a/b': { pipelineTag: 'text-generation', providers: { novita: { status: 'live' } } } },
    });
  });

  it.each([
    [
      'unknown key',
      GOOD.replace('providers', 'provders'),
      'test.yaml:6:5: models > a/b: unknown key "provders", did you mean "providers"?',
    ],
    [
      'unknown fault',
      GOOD.replace('down', 'dwon'),
      'test.yaml:7:24: models > a/b > providers > novita > fault: unknown value "dwon", did you mean "down"?',
    ],
    ['missing field', GOOD.replace('story: S\n', ''), 'test.yaml:1:1: story: is missing'],
    ['wrong type', GOOD.replace('[a/b]', 'a/b'), 'test.yaml:3:18: check > models: must be of type array'],
    ['no model', GOOD.replace('[a/b]', '[]'), 'test.yaml:3:18: check > models: must be at least 1'],
    ['broken YAML', GOOD.replace('[a/b]', '[a/b'), /^test\.yaml:\d+:\d+: not valid YAML: [a-z ]+$/],
    ['key twice', `${GOOD}title: again\n`, /^test\.yaml:8:1: not valid YAML: duplicate key$/],
    ['unknown tag', GOOD.replace('title: T', 'title: !!js/function x'), /not valid YAML: tag resolve failed/],
    [
      'prototype key',
      GOOD.replace('novita:', '__proto__:'),
      'test.yaml:7:7: the key __proto__ is not allowed',
    ],
    [
      'constructor',
      GOOD.replace('a/b:', 'constructor:'),
      'test.yaml:5:3: the key constructor is not allowed',
    ],
    ['a list', '- a\n- b\n', /not a mapping/],
    ['a word', 'healthy', /not a mapping/],
    ['empty', '', /not a mapping/],
    [
      'header injection',
      `${GOOD}answers: [{ when: {}, answer: { headers: { a: "x\\r\\nb: c" } } }]`,
      /form that is not allowed/,
    ],
    ['status out of range', `${GOOD}answers: [{ when: {}, answer: { status: 99 } }]`, /must be at least 200/],
    [
      'alias bomb',
      `${GOOD}a: &a [x,x,x,x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: [*c,*c,*c,*c,*c,*c,*c,*c]`,
      'test.yaml: too many aliases or too deeply nested',
    ],
    ['nesting', `${GOOD}a: ${'['.repeat(20_000)}`, /^test\.yaml/],
    ['size', `${GOOD}#${'x'.repeat(300_000)}`, 'test.yaml: longer than 256 KiB'],
  ])('%s', (_, text, problem) => {
    const parsed = parseScenario(text, 'test.yaml');
    expect(parsed.ok).toBe(false);
    if (parsed.ok) return;
    if (typeof problem === 'string') expect(parsed.problem.split('\n')).toContain(problem);
    else expect(parsed.problem).toMatch(problem);
  });

  it('never quotes the text of a file that is no scenario', () => {
    const canary = `hf_${'c'.repeat(34)}`;
    for (const text of [
      `token: ${canary}\n  - [`,
      `HF_TOKEN=${canary}`,
      `"${canary}`,
      `key: @${canary}`,
      `a: *${canary}`,
    ]) {
      const parsed = parseScenario(text, 'x.yaml');
      expect(parsed.ok).toBe(false);
      expect(JSON.stringify(parsed)).not.toContain('ccccc');
    }
  });

  it('never throws, and leaves Object.prototype alone', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        expect(parseScenario(text, 'x.yaml').ok).toBe(false);
        expect(Object.keys(Object.prototype)).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });
});

describe('loadScenario', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'scenario-'));
  afterAll(() => rm(folder, { recursive: true }));

  it.each([
    ['novita-50', /^No scenario is called "novita-50"\. Nearest: novita-500/],
    ['hyperbolic', /Nearest: hyperbolic-401/],
    ['zzzzzzzz', /There are \d{2} others\. .*own/],
    ['__proto__', /No scenario is called/],
    ['../package', /cannot be read \(ENOENT\)/],
    ['./missing.yaml', /^\.\/missing\.yaml: cannot be read \(ENOENT\)$/],
    ['/dev/zero', /not a small regular file/],
    [folder, /not a small regular file/],
  ])('%s', async (name, problem) => {
    expect(await loadScenario(name)).toMatchObject({ ok: false, problem: expect.stringMatching(problem) });
  });

  it('a hint fits what was wrong', async () => {
    const path = join(folder, 'broken.yaml');
    await writeFile(path, GOOD.replace('down', 'dwon'));
    const hint = async (name: string) => {
      const loaded = await loadScenario(name);
      return loaded.ok ? 'none' : loaded.hint;
    };
    expect(await hint('no-such-name')).toContain('simulate --list');
    expect(await hint(path)).toContain('schema scenario');
    expect(await hint('./missing.yaml')).toBeNull();
  });

  it('a broken file is told fault by fault, one a line', async () => {
    const path = join(folder, 'faults.yaml');
    await writeFile(path, 'title: x\nmodels: { a/b: { providers: { novita: { falt: down } } } }\n');
    const { code, stderr } = await run(['check', '--simulate', path]);
    expect(code).toBe(2);
    const lines = stderr.trimEnd().split('\n');
    expect(lines[0]).toMatch(/^hf-doctor: .*story: is missing$/);
    expect(lines[1]).toMatch(/^ {2}.*check: is missing$/);
    expect(lines[2]).toMatch(/^ {2}.*unknown key "falt", did you mean "fault"\?$/);
    expect(lines[3]).toContain('hf-doctor schema scenario');
    expect(lines).toHaveLength(4);
  });

  it('the schema of a scenario fits those that ship, and refuses a slip', async () => {
    const { code, stdout } = await run(['schema', 'scenario']);
    expect(code).toBe(0);
    const validate = new Ajv2020({ strict: false, formats: { base64: true } }).compile(JSON.parse(stdout));
    for (const name of await scenarioNames()) {
      const file = new URL(`../../fixtures/scenarios/${name}.yaml`, import.meta.url);
      expect(
        validate(parse(await readFile(file, 'utf8'))),
        `${name} ${JSON.stringify(validate.errors)}`,
      ).toBe(true);
    }
    expect(validate(parse(GOOD))).toBe(true);
    expect(validate(parse(GOOD.replace('down', 'dwon')))).toBe(false);
  });

  it('reads a file of the user', async () => {
    const path = join(folder, 'mine.yaml');
    await writeFile(path, GOOD);
    expect(await loadScenario(path)).toMatchObject({ ok: true, scenario: { name: 'mine' } });
  });
});
