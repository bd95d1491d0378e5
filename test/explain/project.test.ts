import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { projectReader } from '../../src/explain/project/reader.js';
import { readProject } from '../../src/explain/project.js';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function project(files: Record<string, string | object> = {}): string {
  const dir = mkdtempSync(join(tmpdir(), 'hf-doctor-project-'));
  folders.push(dir);
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(dir, name)), { recursive: true });
    writeFileSync(join(dir, name), typeof content === 'string' ? content : JSON.stringify(content));
  }
  return dir;
}

const JS = '@huggingface/inference';
const read = (files: Record<string, string | object>) => readProject(project(files), projectReader);

describe('one file', () => {
  it.each<[string, string | object, string, string]>([
    ['package.json', { dependencies: { [JS]: '4.0.0' } }, JS, '4.0.0'],
    ['package-lock.json', { packages: { [`node_modules/${JS}`]: { version: '4.13.0' } } }, JS, '4.13.0'],
    [
      'package-lock.json',
      { lockfileVersion: 1, dependencies: { openai: { version: '4.1.0' } } },
      'openai',
      '4.1.0',
    ],
    ['pnpm-lock.yaml', `packages:\n\n  '${JS}@4.13.1':\n    resolution: {}\n`, JS, '4.13.1'],
    ['pnpm-lock.yaml', `packages:\n  /${JS}@3.1.3:\n`, JS, '3.1.3'],
    ['pnpm-lock.yaml', `packages:\n  /${JS}/2.6.4:\n`, JS, '2.6.4'],
    ['pnpm-lock.yaml', 'snapshots:\n  openai@6.9.1(zod@4.0.0):\n', 'openai', '6.9.1'],
    ['yarn.lock', `"${JS}@^4.0.0":\n  version "4.13.2"\n  resolved "x"\n`, JS, '4.13.2'],
    ['yarn.lock', `"${JS}@npm:^4.0.0, ${JS}@npm:^4.1.0":\r\n  version: 4.13.3\r\n`, JS, '4.13.3'],
    [`node_modules/${JS}/package.json`, { name: JS, version: '4.13.28' }, JS, '4.13.28'],
    [
      'requirements.txt',
      'flask\nhuggingface_hub[inference]==0.27.1 ; python_version > "3.8"\n',
      'huggingface_hub',
      '0.27.1',
    ],
    ['requirements-dev.txt', '# tools\nHuggingFace-Hub == 1.0.0rc1 # soon\n', 'huggingface_hub', '1.0.0rc1'],
    ['requirements-package.txt', 'openai==1.40.0', 'openai', '1.40.0'],
    [
      'uv.lock',
      'version = 1\n\n[[package]]\nname = "huggingface-hub"\nversion = "0.36.0"\nsource = {}\n',
      'huggingface_hub',
      '0.36.0',
    ],
    [
      'poetry.lock',
      '[[package]]\nname = "langchain-huggingface"\nversion = "0.1.2"\n',
      'langchain-huggingface',
      '0.1.2',
    ],
    ['pyproject.toml', '[project]\ndependencies = ["litellm==1.80.0", "flask"]\n', 'litellm', '1.80.0'],
    [
      'pyproject.toml',
      '[tool.poetry.dependencies]\nhuggingface-hub = "0.28.1"\n',
      'huggingface_hub',
      '0.28.1',
    ],
    [
      'pyproject.toml',
      '[tool.poetry.dependencies]\nlitellm = { extras = ["proxy"], version = "1.2.3" }\n',
      'litellm',
      '1.2.3',
    ],
    [
      '.venv/lib/python3.12/site-packages/huggingface_hub-1.28.0.dist-info/METADATA',
      '',
      'huggingface_hub',
      '1.28.0',
    ],
    ['venv/Lib/site-packages/openai-2.0.0.dist-info/METADATA', '', 'openai', '2.0.0'],
  ])('%s', async (file, content, name, version) => {
    const { clients, notes } = await read({ [file]: content });
    expect(clients).toEqual([{ name, version, from: expect.stringMatching(/^[\w./@-]{4,60}$/) }]);
    expect(file.startsWith(clients[0]?.from ?? '?')).toBe(true);
    expect(notes).toEqual([]);
  });
});

describe('several files', () => {
  it('what is installed wins, and the difference is told', async () => {
    const { clients, notes } = await read({
      'package.json': { dependencies: { [JS]: '^4.0.0' } },
      'package-lock.json': { packages: { [`node_modules/${JS}`]: { version: '4.13.0' } } },
      [`node_modules/${JS}/package.json`]: { name: JS, version: '3.1.3' },
    });
    expect(clients).toEqual([{ name: JS, version: '3.1.3', from: `node_modules/${JS}/package.json` }]);
    expect(notes).toEqual([
      `package-lock.json says ${JS} 4.13.0, and node_modules/${JS}/package.json says 3.1.3.`,
    ]);
  });

  it('a range is no version', async () => {
    const { clients, notes } = await read({
      'package.json': { dependencies: { [JS]: '^4.0.0' } },
      'requirements.txt': 'huggingface_hub>=0.24,<1\nhuggingface_hub\n',
    });
    expect(clients).toEqual([]);
    expect(notes).toEqual([
      expect.stringContaining(`${JS} ^4.0.0`),
      expect.stringContaining('huggingface_hub >=0.24,<1'),
    ]);
  });

  it('one name in two languages is two clients', async () => {
    const { clients } = await read({
      'package-lock.json': { packages: { 'node_modules/openai': { version: '6.9.1' } } },
      'requirements.txt': 'openai==1.40.0',
    });
    expect(clients.map((c) => c.version)).toEqual(['6.9.1', '1.40.0']);
  });

  it('nothing is found in a folder that is empty or not there, and that is said', async () => {
    const nothing = {
      clients: [],
      notes: ['The files of the project name no client of Hugging Face, so no version is known.'],
    };
    expect(await read({})).toEqual(nothing);
    expect(await readProject(join(tmpdir(), 'hf-doctor-is-not-here'), projectReader)).toEqual(nothing);
  });
});

describe('what is not taken', () => {
  it.each<[string, Record<string, string | object>]>([
    ['a package of a like name', { 'requirements.txt': 'huggingface_hub_extra==1.0.0\nmy-openai==1.0.0' }],
    [
      'another name in node_modules',
      { [`node_modules/${JS}/package.json`]: { name: 'other', version: '1.0.0' } },
    ],
    ['an address', { 'package.json': { dependencies: { [JS]: 'https://evil.example/1.0.0.tgz' } } }],
    ['a version that hides a line', { 'package.json': { dependencies: { [JS]: '1.0.0\nnotes: owned' } } }],
    ['a version with a terminal code', { 'package.json': { dependencies: { [JS]: '1.0.0\u001b[31m' } } }],
    [
      'another table of a lock',
      {
        'uv.lock':
          '[[package]]\nname = "flask"\nversion = "3.0.0"\n[[package.wheels]]\nname = "openai"\nversion = "1.0.0"\n',
      },
    ],
    ['a prototype', { 'package.json': '{"__proto__":{"dependencies":{"openai":"1.0.0"}}}' }],
    ['a list for an object', { 'package.json': '{"dependencies":["openai"]}', 'package-lock.json': '[]' }],
    ['broken JSON', { 'package.json': '{"dependencies":{', 'package-lock.json': 'null' }],
    ['JSON that is too deep', { 'package-lock.json': `${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}` }],
    ['an endless line', { 'requirements.txt': `openai==1.0.0${' '.repeat(5000)}` }],
    [
      'a folder that looks like Python',
      { '.venv/lib/python3.12-evil/site-packages/openai-1.0.0.dist-info/x': '' },
    ],
  ])('%s', async (_, files) => {
    expect((await read(files)).clients).toEqual([]);
  });
});

function sparse(path: string): void {
  writeFileSync(path, '');
  truncateSync(path, 3 * 2 ** 30);
}

describe.skipIf(process.platform === 'win32')('hostile files', () => {
  const HOSTILE: [string, (path: string) => void, RegExp][] = [
    ['a pipe', (path) => execFileSync('mkfifo', [path]), /not a regular file/],
    ['a folder', (path) => mkdirSync(path), /not a regular file/],
    ['a device', (path) => symlinkSync('/dev/zero', path), /not a regular file/],
    ['3 GB', sparse, /too large/],
    ['a link to itself', (path) => symlinkSync(path, path), /could not be read/],
  ];
  it.each(HOSTILE)('%s', async (_, make, note) => {
    const dir = project();
    for (const name of ['package.json', 'yarn.lock', 'requirements.txt', 'pyproject.toml'])
      make(join(dir, name));
    const { clients, notes } = await readProject(dir, projectReader);
    expect(clients).toEqual([]);
    expect(notes).toHaveLength(4);
    for (const line of notes) expect(line).toMatch(note);
  });

  it('a site-packages that is a loop of links', async () => {
    const dir = project();
    mkdirSync(join(dir, '.venv/lib'), { recursive: true });
    symlinkSync(join(dir, '.venv/lib/python3.12'), join(dir, '.venv/lib/python3.12'));
    expect((await readProject(dir, projectReader)).clients).toEqual([]);
  });
});

it('no text makes it throw, and only plain words come out', async () => {
  const pieces = fc.constantFrom(
    'openai',
    JS,
    'huggingface_hub',
    '==',
    '@',
    ':',
    '"',
    '  version ',
    '1.0.0',
    '[[package]]',
    '\n',
    '  ',
    'name = ',
    '{',
    '}',
    '"dependencies"',
    ',',
    '/',
    '^',
    '[tool.poetry.dependencies]',
    '\u001b',
    '\u202e',
  );
  const text = fc.oneof(
    fc.array(pieces, { maxLength: 40 }).map((p) => p.join('')),
    fc.string({ unit: 'binary' }),
  );
  await fc.assert(
    fc.asyncProperty(text, async (content) => {
      const { clients, notes } = await readProject('project', {
        file: async () => ({ ok: true, text: content }),
        list: async () => ['requirements.txt', content.slice(0, 60)],
      });
      for (const c of clients) expect(`${c.name}${c.version}${c.from}`).toMatch(/^[\w.@/+!-]{1,200}$/);
      for (const note of notes) expect(note).toMatch(/^[\x20-\x7e]{1,300}$/);
      expect(notes.length).toBeLessThanOrEqual(20);
    }),
    { numRuns: 300 },
  );
});
