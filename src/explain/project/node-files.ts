import { parseJson } from '../../safety/parse.js';
import { type Found, found, linesOf, NODE_CLIENTS, nodeClient } from './found.js';

/* Files of npm, pnpm and yarn. Each reader takes the text and gives what it finds; none throws. */

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};
}

function pick(name: string, version: unknown): Found[] {
  const one = typeof version === 'string' ? found(name, version) : null;
  return one ? [one] : [];
}

export function readPackageJson(text: string): Found[] {
  const parsed = parseJson(text);
  const root = record(parsed.ok ? parsed.value : null);
  return ['dependencies', 'devDependencies', 'optionalDependencies'].flatMap((key) => {
    const wanted = record(root[key]);
    return NODE_CLIENTS.flatMap((name) => pick(name, Object.hasOwn(wanted, name) ? wanted[name] : null));
  });
}

/** The package.json of an installed package: its own version. */
export function readInstalled(name: string, text: string): Found[] {
  const parsed = parseJson(text);
  const root = record(parsed.ok ? parsed.value : null);
  return root.name === name ? pick(name, root.version) : [];
}

/** Lock files of npm: `packages` since version 2, `dependencies` before. */
export function readPackageLock(text: string): Found[] {
  const parsed = parseJson(text);
  const root = record(parsed.ok ? parsed.value : null);
  const [packages, dependencies] = [record(root.packages), record(root.dependencies)];
  return NODE_CLIENTS.flatMap((name) => {
    const path = `node_modules/${name}`;
    if (Object.hasOwn(packages, path)) return pick(name, record(packages[path]).version);
    return Object.hasOwn(dependencies, name) ? pick(name, record(dependencies[name]).version) : [];
  });
}

/** `  '@huggingface/inference@4.13.0':`, with a slash before it or between in older files. */
const PNPM = /^ {2}['"]?\/?(@?[\w.-]{1,60}(?:\/[\w.-]{1,60})?)[@/](\d[\w.+-]{0,60})[('":]/;

export function readPnpmLock(text: string): Found[] {
  return linesOf(text).flatMap((line) => {
    const [, name, version] = PNPM.exec(line) ?? [];
    return name && version && nodeClient(name) ? pick(name, version) : [];
  });
}

/** `"@huggingface/inference@^4.0.0":`, and in the lines below it `version "4.13.0"` or `version: 4.13.0`. */
const YARN_HEAD = /^["']?(@?[\w.-]{1,60}(?:\/[\w.-]{1,60})?)@/;
const YARN_VERSION = /^ {2}version:? ["']?(\d[\w.+-]{0,60})["']?$/;

export function readYarnLock(text: string): Found[] {
  let name: string | null = null;
  return linesOf(text).flatMap((line) => {
    if (/^\S/.test(line)) name = nodeClient(YARN_HEAD.exec(line)?.[1] ?? '');
    const version = YARN_VERSION.exec(line)?.[1];
    return name && version ? pick(name, version) : [];
  });
}
