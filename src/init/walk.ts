import { opendir } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { readBounded } from '../safety/write.js';

const MOST_FILES = 2_000;
const MOST_ENTRIES = 50_000;
const MOST_BYTES = 1024 * 1024;
const DEEPEST = 25;

/** Code of others, what is made from code, and tests. Folders whose name begins with a dot are left out as well. */
const SKIPPED = new Set([
  ...['node_modules', 'bower_components', 'dist', 'build', 'out', 'target', 'vendor', 'coverage'],
  ...['venv', 'env', 'site-packages', '__pycache__', '__pypackages__'],
  ...['test', 'tests', '__tests__', 'spec', 'fixtures'],
]);
const CODE = new Set([
  ...['.py', '.ipynb', '.js', '.mjs', '.cjs', '.jsx', '.ts', '.mts', '.cts', '.tsx', '.vue', '.svelte'],
  ...['.yaml', '.yml', '.toml', '.sh'],
]);
const NOT_OURS =
  /^hf-doctor\.config\.|^(?:package-lock|pnpm-lock|npm-shrinkwrap)\b|\.min\.js$|^test_|^conftest\.|[._](?:test|spec)\.\w{2,3}$/;
const ENV = /^\.env(?:\.[\w-]{1,40}){0,3}$/;

export interface SourceFile {
  /** From the folder on, with `/` between. */
  path: string;
  text: string;
}

/** Why files were not read, and how many. */
export type Left = Map<string, number>;

/**
 * The source files below a folder, in the order of their names. No link is followed, nothing but regular
 * files is opened, and the number and the size of what is read are bounded. Never throws.
 */
export async function* sourceFiles(
  root: string,
  left: Left,
  signal: AbortSignal,
): AsyncGenerator<SourceFile> {
  const budget = { files: MOST_FILES, entries: MOST_ENTRIES };
  const open = [{ folder: '', depth: 0 }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { folder, depth } = next;
    const entries = await entriesOf(join(root, folder), budget);
    const names = (kind: 'file' | 'folder') => entries.filter((e) => e.kind === kind).map((e) => e.name);
    for (const name of names('file').filter(isSource)) {
      if (signal.aborted) return;
      const path = folder + name;
      if (budget.files === 0) {
        count(left, `more than ${MOST_FILES.toLocaleString('en')} files`);
        continue;
      }
      budget.files -= 1;
      const read = await readBounded(join(root, path), MOST_BYTES);
      if (read.ok) yield { path, text: read.text };
      else count(left, read.reason === 'too-large' ? 'larger than 1 MiB' : 'could not be read');
    }
    const below = names('folder').filter((name) => !name.startsWith('.') && !SKIPPED.has(name));
    if (depth >= DEEPEST) for (const _ of below) count(left, 'too deep');
    else open.push(...below.reverse().map((name) => ({ folder: `${folder}${name}/`, depth: depth + 1 })));
  }
  if (budget.entries === 0) count(left, 'too many names in the folders');
}

function isSource(name: string): boolean {
  return ENV.test(name) || (CODE.has(extname(name).toLowerCase()) && !NOT_OURS.test(name));
}

async function entriesOf(
  folder: string,
  budget: { entries: number },
): Promise<{ name: string; kind: 'file' | 'folder' }[]> {
  const found: { name: string; kind: 'file' | 'folder' }[] = [];
  try {
    for await (const entry of await opendir(folder)) {
      if (budget.entries === 0) break;
      budget.entries -= 1;
      if (entry.isFile()) found.push({ name: entry.name, kind: 'file' });
      else if (entry.isDirectory()) found.push({ name: entry.name, kind: 'folder' });
    }
  } catch {
    // A folder that cannot be read holds nothing for us.
  }
  return found.sort((a, b) => (a.name < b.name ? -1 : 1));
}

function count(left: Left, why: string): void {
  left.set(why, (left.get(why) ?? 0) + 1);
}
