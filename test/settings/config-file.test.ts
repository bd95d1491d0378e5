import { execFileSync } from 'node:child_process';
import { mkdir, symlink, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { load, refusal, tree } from './support.js';

const yaml = (text: string) => ({ 'hf-doctor.config.yaml': text });
const json = (text: string) => ({ 'hf-doctor.config.json': text });
const secret = 'Canary'.repeat(4);

describe('found', () => {
  it.each([
    ['hf-doctor.config.json', '{"$schema": "x", "timeout": 7}', 'hf-doctor.config.json: timeout'],
    ['hf-doctor.config.json', '\ufeff{"timeout": 7}', 'hf-doctor.config.json: timeout'],
    ['hf-doctor.config.yaml', 'timeout: 7 # seconds\n', 'hf-doctor.config.yaml: timeout'],
    ['hf-doctor.config.yaml', '\ufeff---\r\ntimeout: 7\r\n', 'hf-doctor.config.yaml: timeout'],
    ['hf-doctor.config.yml', '{timeout: 7}', 'hf-doctor.config.yml: timeout'],
    ['package.json', '{"name": "x", "hf-doctor": {"timeout": 7}}', 'package.json: hf-doctor.timeout'],
  ])('%s %#', async (place, text, name) => {
    const cwd = await tree({ [place]: text });
    const origin = { from: 'file', name, path: join(cwd, place) };
    expect((await load({ cwd })).timeoutMs).toEqual({ value: 7_000, origin });
  });

  it('the first of several in one directory', async () => {
    const files = {
      'hf-doctor.config.json': '{"retries": 1}',
      'hf-doctor.config.yaml': 'retries: 2',
      'package.json': '{"hf-doctor": {"retries": 3}}',
    };
    expect((await load({ cwd: await tree(files) })).retries.value).toBe(1);
  });

  it.each(['', '\n\n', '{}', 'null'])('an empty one %j', async (text) => {
    expect((await load({ cwd: await tree(json(text)) })).retries.origin.from).toBe('default');
  });

  it.each(['# nothing\n', '---\n', '~', '{}'])('an empty one in YAML %j', async (text) => {
    expect((await load({ cwd: await tree(yaml(text)) })).retries.origin.from).toBe('default');
  });

  it.each([
    ['no key of ours', '{"name": "hf-doctor"}'],
    ['a list', '[1]'],
    ['null', 'null'],
    ['broken, and no word of us', '{"name": '],
    ['an inherited name', '{"__proto__": {"hf-doctor": {"retries": 5}}}'],
  ])('package.json with %s is passed over', async (_, text) => {
    expect((await load({ cwd: await tree({ 'package.json': text }) })).retries.origin.from).toBe('default');
  });

  it('package.json keeps its other habits', async () => {
    const text = `{"a": 1, "a": 2, "hf-doctor": {"retries": 5}}`;
    expect((await load({ cwd: await tree({ 'package.json': text }) })).retries.value).toBe(5);
  });
});

describe('searched', () => {
  const nested = { 'hf-doctor.config.yaml': 'retries: 3', 'a/b/file': '' };

  it('upward to home, and home itself', async () => {
    const home = await tree(nested);
    expect((await load({ cwd: join(home, 'a/b'), home })).retries.value).toBe(3);
  });

  it('the nearest wins', async () => {
    const home = await tree({ ...nested, 'a/package.json': '{"hf-doctor": {"retries": 4}}' });
    expect((await load({ cwd: join(home, 'a/b'), home })).retries.value).toBe(4);
  });

  it('not above home', async () => {
    const root = await tree(nested);
    const home = join(root, 'a');
    expect((await load({ cwd: join(home, 'b'), home })).retries.value).toBe(1);
  });

  it('not above the top of the repository', async () => {
    const home = await tree({ ...nested, 'a/.git/HEAD': '' });
    expect((await load({ cwd: join(home, 'a/b'), home })).retries.value).toBe(1);
  });

  it('to the top of a repository outside of home', async () => {
    const root = await tree({ ...nested, '.git': 'gitdir: elsewhere' });
    expect((await load({ cwd: join(root, 'a/b'), home: '/nobody' })).retries.value).toBe(3);
  });

  it.each(['/nobody', '/'])('only in place when neither is above: home %s', async (home) => {
    const root = await tree(nested);
    expect((await load({ cwd: join(root, 'a/b'), home })).retries.value).toBe(1);
    expect((await load({ cwd: root, home })).retries.value).toBe(3);
  });

  it('not at all when told so', async () => {
    const cwd = await tree(yaml('{{{'));
    expect((await load({ cwd, flags: { config: false } })).retries.value).toBe(1);
  });
});

describe('--config', () => {
  it.each(['other.yaml', './sub/../other.yaml'])('%s', async (config) => {
    const cwd = await tree({ 'other.yaml': 'retries: 2', 'sub/x': '', ...json('{"retries": 5}') });
    const { value, origin } = (await load({ cwd, flags: { config } })).retries;
    expect({ value, origin }).toEqual({
      value: 2,
      origin: { from: 'file', name: 'other.yaml: retries', path: join(cwd, 'other.yaml') },
    });
  });

  it.each([
    ['gone.yaml', /does not exist/],
    ['dir.yaml', /regular file/],
    ['code.js', /data only/],
    ['code.mjs', /data only/],
    ['code.cjs', /data only/],
    ['code.ts', /data only/],
    ['none', /data only/],
    ['list.json', /must hold keys and values/],
    ['package.json', /has no key "hf-doctor"/],
  ])('%s is refused', async (config, text) => {
    const files = Object.fromEntries(
      ['code.js', 'code.mjs', 'code.cjs', 'code.ts', 'none'].map((name) => [name, 'throw new Error("ran")']),
    );
    const cwd = await tree({ ...files, 'list.json': '[]', 'dir.yaml/x': '', 'package.json': '{}' });
    expect(await refusal({ cwd, flags: { config } })).toMatch(text);
  });
});

describe('code', () => {
  it.each(['js', 'mjs', 'cjs', 'ts', 'mts', 'cts'])('hf-doctor.config.%s is never run', async (ending) => {
    const ran = 'globalThis.configRan = true; export default {}; module.exports = {}';
    const cwd = await tree({ [`hf-doctor.config.${ending}`]: ran });
    expect(await refusal({ cwd })).toMatch(/is not read.\n.*data only/);
    expect(await refusal({ cwd, flags: { config: `hf-doctor.config.${ending}` } })).toMatch(/data only/);
    expect(globalThis).not.toHaveProperty('configRan');
  });
});

describe('faults of the text give the position and nothing of the text', () => {
  it.each([
    [json(`{"task": ${secret}}`), 'hf-doctor.config.json:1:10: This is not valid JSON.'],
    [json(`{\n  "task": "${secret}",\n}`), 'hf-doctor.config.json:3:1: This is not valid JSON.'],
    [json(`{\r\n"task": "${secret}"\r\n"x": 1}`), 'hf-doctor.config.json:3:1: This is not valid JSON.'],
    [json(`// ${secret}\n{}`), 'hf-doctor.config.json:1:1: This is not valid JSON.'],
    [json(`{"task": "${secret}", "task": "b"}`), ':1:38: The same key stands here a second time.'],
    [json('['.repeat(100_000)), ':1:65: This is nested too deeply.'],
    [yaml(`task: "${secret}`), 'hf-doctor.config.yaml:1:'],
    [yaml(`retries: 1\ntask: [${secret}`), 'hf-doctor.config.yaml:2:'],
    [
      yaml(`retries: 1\ntask: a\n${secret}: 1\n${secret}: 2`),
      ':4:1: The same key stands here a second time.',
    ],
    [yaml(`task: {${secret}: 1, ${secret}: 2}`), ':1:37: The same key'],
    [yaml(`retries: 1\n\ttask: ${secret}`), ':2:'],
    [yaml(`\tretries: 1`), ':1:1: A tab stands here.'],
    [yaml(`task: ${secret}\n---\nretries: 1`), ':2:1: A second document'],
    [yaml(`task: !!js/function "${secret}"`), ':1:7: Tags are not read here.'],
    [yaml(`task: !${secret} x`), ':1:7: Tags are not read here.'],
    [yaml(`task: &a ${secret}\nbillTo: *a`), ':2:9: Aliases are not read here.'],
    [yaml(`task: *${secret}`), ':1:7: Aliases are not read here.'],
    [yaml(`task: &a\n  x: *a`), ':2:6: Aliases are not read here.'],
    [yaml(`? [${secret}]\n: 1`), ':1:1: A key is a plain word.'],
    [yaml(`%${secret}\n---\ntask: x`), ':1:1: This is not valid YAML.'],
    [yaml('- '.repeat(50_000)), 'This is nested too deeply.'],
    [yaml('['.repeat(200_000)), 'This is nested too deeply.'],
    [yaml(`task: ${'['.repeat(63)}${']'.repeat(63)}`), 'task takes a text'],
    [yaml(`task: ${'['.repeat(65)}${']'.repeat(65)}`), ':1:70: This is nested too deeply.'],
    [yaml(Array.from({ length: 100 }, (_, i) => `${' '.repeat(i)}a:`).join('\n')), ':65: This is nested'],
    [yaml('a: '.repeat(50_000)), 'This is nested too deeply.'],
    [yaml('? '.repeat(50_000)), 'This is nested too deeply.'],
    [{ 'package.json': `{"hf-doctor": {"task": ${secret}}}` }, 'package.json:1:24: This is not valid JSON.'],
  ])('%#', async (files, text) => {
    const told = await refusal({ cwd: await tree(files) });
    expect(told).toContain(text);
    expect(told).not.toContain('Canary');
  });
});

describe('hostile files', () => {
  const bomb = ['a: &a [x, x, x, x, x, x, x, x, x]']
    .concat([...'bcdefgh'].map((name, i) => `${name}: &${name} [${`*${'abcdefgh'[i]}, `.repeat(9)}]`))
    .join('\n');

  it.each([
    ['an alias bomb', bomb, 'Aliases are not read here.'],
    ['20,000 keys', Array.from({ length: 20_000 }, (_, i) => `k${i}: 1`).join('\n'), 'is not known'],
    ['80,000 anchors', '&a '.repeat(80_000), 'not valid YAML'],
    ['a long list', `models: [${'a/b,'.repeat(60_000)}]\nretries: 9`, 'retries takes'],
    ['a merge key', '<<: {retries: 1}', '"<<" is not known'],
    ['a merged prototype', '<<: {__proto__: {retries: 1}}', '"<<" is not known'],
    ['a prototype', '__proto__: {retries: 5}', '"__proto__" is not known'],
    ['a constructor', 'constructor: {prototype: {x: 1}}', '"constructor" is not known'],
    ['a list', '- retries: 5', 'must hold keys and values'],
    ['a word', 'retries', 'must hold keys and values'],
    ['a NUL', '\0', 'must hold keys and values'],
    ['a binary', 'task: !!binary aGk=', 'task takes a text'],
    ['a terminal sequence', '"\\e[31m\\u202e": 1', '"\\x1b[31m\\u{202e}" is not known'],
    ['a long key', `${'k'.repeat(900)}: 1`, 'kkk… (+'],
    ['a date', 'retries: 2024-01-01', 'retries takes a whole number'],
    ['a word for no', 'anonymous: no', 'anonymous takes true or false'],
    ['an infinity', 'retries: .inf', 'retries takes a whole number'],
    ['an octal', 'concurrency: 0o200', 'concurrency takes a whole number'],
  ])('%s', async (_, text, expected) => {
    expect(await refusal({ cwd: await tree(yaml(text)) })).toContain(expected);
    expect({}).not.toHaveProperty('retries');
  });

  it.each([
    ['{"__proto__": {"retries": 5}}', '"__proto__" is not known'],
    ['{"constructor": {"prototype": {"x": 1}}}', '"constructor" is not known'],
    ['{"toString": 1}', '"toString" is not known'],
    ['{"timeout": 1e999}', 'timeout takes a number'],
    ['{"timeout": "20"}', 'Write it without quotes.'],
    ['"text"', 'must hold keys and values'],
  ])('%s', async (text, expected) => {
    expect(await refusal({ cwd: await tree(json(text)) })).toContain(expected);
  });

  it('5 MB are refused before they are read', async () => {
    const cwd = await tree(yaml('retries: 1\n'));
    await truncate(join(cwd, 'hf-doctor.config.yaml'), 5_000_000);
    expect(await refusal({ cwd })).toContain('at most 256 KiB');
  });

  it('256 KiB are still read, one byte more is not', async () => {
    const text = '{"retries": 3}';
    const cwd = await tree(json(text + ' '.repeat(256 * 1024 - text.length)));
    expect((await load({ cwd })).retries.value).toBe(3);
    await writeFile(join(cwd, 'hf-doctor.config.json'), text + ' '.repeat(256 * 1024 - text.length + 1));
    expect(await refusal({ cwd })).toContain('at most 256 KiB');
  });

  it('a huge package.json is passed over', async () => {
    const cwd = await tree({ 'package.json': `{"hf-doctor": {"retries": 5}}${' '.repeat(300_000)}` });
    expect((await load({ cwd })).retries.value).toBe(1);
  });

  it('a pipe, a device and a directory do not hold the run', async () => {
    for (const make of [
      (path: string) => execFileSync('mkfifo', [path]),
      (path: string) => symlink('/dev/zero', path),
      (path: string) => mkdir(path),
    ]) {
      const cwd = await tree();
      await make(join(cwd, 'hf-doctor.config.yaml'));
      expect(await refusal({ cwd })).toContain('must be a regular file');
    }
  });

  it('a package.json that is a pipe is passed over', async () => {
    const cwd = await tree();
    execFileSync('mkfifo', [join(cwd, 'package.json')]);
    expect((await load({ cwd })).retries.value).toBe(1);
  });

  it('a link to nowhere is no file', async () => {
    const cwd = await tree();
    await symlink('nowhere', join(cwd, 'hf-doctor.config.yaml'));
    expect((await load({ cwd })).retries.value).toBe(1);
  });

  it('a link to a secret shows nothing of it', async () => {
    const cwd = await tree();
    const elsewhere = await tree({ token: `hf_${secret}\n` });
    await symlink(join(elsewhere, 'token'), join(cwd, 'hf-doctor.config.yaml'));
    expect(await refusal({ cwd })).not.toContain('Canary');
  });
});

describe('keys', () => {
  it.each([
    'token',
    'hfToken',
    'HF_TOKEN',
    'hf_token',
    'access-token',
    'tokens',
    'tokenFile',
    'token_stdin',
    'apiKey',
    'api_key',
    'gatewayKey',
    'key',
    'password',
    'secret',
    'authorization',
    'headers',
    'header',
    'cookie',
  ])('%s is refused as a secret, its value unread', async (key) => {
    const told = await refusal({ config: { [key]: `hf_${secret}` } });
    expect(told).toContain(`"${key}" is not allowed. Secrets are never read from a config file.`);
    expect(told).not.toContain('Canary');
  });

  it.each([
    ['proxy', 'HTTPS_PROXY'],
    ['httpProxy', 'HTTPS_PROXY'],
    ['no_proxy', 'HTTPS_PROXY'],
    ['insecure', 'NODE_EXTRA_CA_CERTS'],
    ['rejectUnauthorized', 'NODE_EXTRA_CA_CERTS'],
    ['caFile', 'NODE_EXTRA_CA_CERTS'],
    ['plugins', 'data only'],
    ['command', 'data only'],
    ['extends', 'data only'],
    ['require', 'data only'],
    ['preset', 'data only'],
    ['modelsFile', 'under "models"'],
    ['models-file', 'under "models"'],
    ['timout', 'Did you mean timeout?'],
    ['max-cost', 'Did you mean maxCost?'],
    ['timeoutMs', 'Did you mean timeout?'],
    ['--retries', 'Did you mean retries?'],
    ['outputs', 'Did you mean output?'],
    ['max_tokens', 'Known keys: models, routes'],
    ['description', 'Known keys: models, routes'],
    ['', 'Known keys: models, routes'],
  ])('%s is refused with %s', async (key, text) => {
    expect(await refusal({ config: { [key]: 1 } })).toContain(text);
  });

  it('says where', async () => {
    const cwd = await tree({ 'package.json': '{"hf-doctor": {"timout": 1}}' });
    expect(await refusal({ cwd })).toContain('package.json: hf-doctor: "timout" is not known');
  });

  it('tells a fault of the file even where a flag overrules it', async () => {
    const flags = { timeout: '5' };
    expect(await refusal({ flags, config: { timeout: 0 } })).toContain(
      'hf-doctor.config.json: timeout takes',
    );
  });
});
