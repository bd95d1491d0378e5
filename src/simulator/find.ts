import { readdir, readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { nearest } from './nearest.js';
import { parseScenario, type Scenario } from './scenario.js';

const MAX_BYTES = 1024 * 1024;

/** Names of the scenarios that come with the package, sorted. */
export async function scenarioNames(): Promise<string[]> {
  const files = await readdir(await scenarioFolder());
  return files
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => file.slice(0, -'.yaml'.length))
    .sort();
}

export type Loaded = { ok: true; scenario: Scenario } | { ok: false; problem: string; hint: string | null };

const LIST = 'hf-doctor simulate --list names the scenarios.';
const SCHEMA = 'hf-doctor schema scenario prints what a scenario may hold.';

/** A scenario of the package by name, or a file of the user by path: with a slash or an ending. */
export async function loadScenario(nameOrPath: string): Promise<Loaded> {
  if (/[/\\]|\.ya?ml$/.test(nameOrPath)) return readScenario(nameOrPath, nameOrPath);
  const names = await scenarioNames();
  if (!names.includes(nameOrPath)) return fail(unknownScenario(nameOrPath, names), LIST);
  return readScenario(join(await scenarioFolder(), `${nameOrPath}.yaml`), `${nameOrPath}.yaml`);
}

async function readScenario(path: string, shown: string): Promise<Loaded> {
  try {
    // A pipe or a device would never end.
    const { size, isFile } = await stat(path).then((s) => ({ size: s.size, isFile: s.isFile() }));
    if (!isFile || size > MAX_BYTES) return fail(`${shown}: not a small regular file`, null);
    const parsed = parseScenario(await readFile(path, 'utf8'), shown);
    return parsed.ok ? parsed : fail(parsed.problem, SCHEMA);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown fault';
    return fail(`${shown}: cannot be read (${code})`, null);
  }
}

function fail(problem: string, hint: string | null): Loaded {
  return { ok: false, problem, hint };
}

function unknownScenario(name: string, names: readonly string[]): string {
  const near = nearest(name, names);
  const hint = near.length > 0 ? `Nearest: ${near.join(', ')}.` : `There are ${names.length} others.`;
  return `No scenario is called ${JSON.stringify(name.slice(0, 60))}. ${hint} A file of your own needs its path, such as ./mine.yaml.`;
}

/** Up from this module to the package, so that it holds in `src/` and in an installed `dist/`. */
async function scenarioFolder(): Promise<string> {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!(await isPackageRoot(folder))) {
    const parent = dirname(folder);
    if (parent === folder) throw new Error('hf-doctor: its own package.json was not found');
    folder = parent;
  }
  return join(folder, 'fixtures', 'scenarios');
}

async function isPackageRoot(folder: string): Promise<boolean> {
  try {
    const text = await readFile(join(folder, 'package.json'), 'utf8');
    return Object(JSON.parse(text)).name === 'hf-doctor';
  } catch {
    return false;
  }
}
