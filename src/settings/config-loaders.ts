import { basename } from 'node:path';
import { parseJson } from '../safety/parse.js';
import { sanitise } from '../safety/sanitise.js';
import { type ConfigText, readJson } from './config-text.js';
import { UsageError } from './usage-error.js';

export const NAME = 'hf-doctor';
export const DATA_ONLY = 'A config file is data only: .json, .yaml or .yml.';

// Loaded when a YAML file is there: the library is large.
const yaml = async (path: string, text: string) =>
  parsed(path, await (await import('./config-yaml.js')).readYaml(text));

/** How each kind of file is read. Those that lilconfig brings run code: none of them may stay. */
export const loaders = {
  '.json': json,
  '.yaml': yaml,
  '.yml': yaml,
  '.js': code,
  '.mjs': code,
  '.cjs': code,
  noExt: code,
};

export function placeOf(path: string): string {
  return sanitise(basename(path), { max: 80 });
}

export function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function code(path: string): never {
  throw new UsageError(`${placeOf(path)} is not read.`, DATA_ONLY);
}

function json(path: string, text: string): unknown {
  return basename(path) === 'package.json' ? packageJson(path, text) : parsed(path, readJson(text));
}

/** A package.json has other readers: it is refused only where it seems to speak to us. */
function packageJson(path: string, text: string): object {
  const read = parseJson(text);
  if (read.ok) return isObject(read.value) ? read.value : {};
  return text.includes(`"${NAME}"`) ? { [NAME]: parsed(path, readJson(text)) } : {};
}

function parsed(path: string, text: ConfigText): unknown {
  if (text.ok) return text.value ?? {};
  throw new UsageError(`${placeOf(path)}:${text.line}:${text.column}: ${text.problem}`);
}
