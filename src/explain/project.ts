import { join } from 'node:path';
import { type Client, type Found, NODE_CLIENTS } from './project/found.js';
import {
  readInstalled,
  readPackageJson,
  readPackageLock,
  readPnpmLock,
  readYarnLock,
} from './project/node-files.js';
import { readDistInfo, readPyproject, readRequirements, readTomlLock } from './project/python-files.js';
import type { ProjectReader } from './project/reader.js';

export interface Project {
  /** Each client once per source of truth: what is installed wins over a lock file, that over a wish. */
  clients: Client[];
  /** Sentences about what could not be read or is not pinned. */
  notes: string[];
}

type Source = readonly [from: string, read: (text: string) => Found[]];

/** `openai` is a package of both languages: the file tells which. */
const NODE_FILE = /^(?:node_modules\/|package(?:-lock)?\.json$|pnpm-lock\.yaml$|yarn\.lock$)/;

const MAX_BYTES = 16 * 1024 * 1024;
const MAX_NAMES = 20_000;

const LOCKS: readonly Source[] = [
  ['package-lock.json', readPackageLock],
  ['pnpm-lock.yaml', readPnpmLock],
  ['yarn.lock', readYarnLock],
  ['uv.lock', readTomlLock],
  ['poetry.lock', readTomlLock],
];
const WISHES: readonly Source[] = [
  ['package.json', readPackageJson],
  ['pyproject.toml', readPyproject],
];
const INSTALLED: readonly Source[] = NODE_CLIENTS.map((name) => [
  `node_modules/${name}/package.json`,
  (text) => readInstalled(name, text),
]);

const FAULT = {
  'not-a-file': 'it is not a regular file',
  'too-large': 'it is too large',
  denied: 'there is no permission',
  unreadable: 'it could not be read',
} as const;

/**
 * Which clients of Hugging Face a project uses, and in which version, from its own files. Nothing is
 * run, nothing is searched deeper than named here, and no file makes it throw.
 */
export async function readProject(dir: string, read: ProjectReader): Promise<Project> {
  const notes: string[] = [];
  const clients = new Map<string, Client>();
  const from = async ([name, find]: Source) => {
    const file = await read.file(join(dir, name), MAX_BYTES);
    if (file.ok) take(name, find(file.text));
    else if (file.reason !== 'missing') notes.push(`${name} was left out: ${FAULT[file.reason]}.`);
  };
  const take = (where: string, all: readonly Found[]) => {
    const language = NODE_FILE.test(where) ? 'node' : 'python';
    for (const { name, version, exact } of all) {
      const key = `${language} ${name}`;
      const known = clients.get(key);
      if (known === undefined && exact) clients.set(key, { name, version, from: where });
      if (known === undefined && !exact)
        notes.push(`${where} asks for ${name} ${version}; which version is installed is not known.`);
      if (known !== undefined && exact && known.version !== version)
        notes.push(`${where} says ${name} ${version}, and ${known.from} says ${known.version}.`);
    }
  };
  for (const source of INSTALLED) await from(source);
  for (const [where, names] of await sitePackages(dir, read)) take(where, readDistInfo(names));
  for (const source of LOCKS) await from(source);
  for (const source of [...WISHES, ...(await requirements(dir, read))]) await from(source);
  if (clients.size === 0 && notes.length === 0)
    notes.push('The files of the project name no client of Hugging Face, so no version is known.');
  return { clients: [...clients.values()], notes: [...new Set(notes)].slice(0, 20) };
}

/** `.venv/lib/python3.12/site-packages`, or `.venv/Lib/site-packages` on Windows. */
async function sitePackages(dir: string, read: ProjectReader): Promise<[string, string[]][]> {
  const found: [string, string[]][] = [];
  for (const env of ['.venv', 'venv']) {
    const pythons = await read.list(join(dir, env, 'lib'), 50);
    const folders = pythons.filter((name) => /^python3[\d.]{0,6}$/.test(name)).slice(0, 3);
    const paths = [...folders.map((name) => ['lib', name, 'site-packages']), ['Lib', 'site-packages']];
    for (const path of paths) found.push([env, await read.list(join(dir, env, ...path), MAX_NAMES)]);
  }
  return found;
}

async function requirements(dir: string, read: ProjectReader): Promise<Source[]> {
  const names = await read.list(dir, MAX_NAMES);
  const files = names.filter((name) => /^requirements[\w.-]{0,40}\.txt$/.test(name)).slice(0, 5);
  return files.map((name) => [name, readRequirements]);
}
