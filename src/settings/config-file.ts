import { stat } from 'node:fs/promises';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { lilconfig } from 'lilconfig';
import { DATA_ONLY, isObject, loaders, NAME, placeOf } from './config-loaders.js';
import { echo } from './echo.js';
import { UsageError } from './usage-error.js';

export interface ConfigFile {
  /** Absolute. */
  path: string;
  /** `hf-doctor.config.yaml`, `package.json: hf-doctor`. */
  place: string;
  /** `place` as it stands before the name of a key. */
  prefix: string;
  values: ReadonlyMap<string, unknown>;
}

const PLACES = [`${NAME}.config.json`, `${NAME}.config.yaml`, `${NAME}.config.yml`, 'package.json'];
const CODE_PLACES = ['js', 'mjs', 'cjs', 'ts', 'mts', 'cts'].map((ending) => `${NAME}.config.${ending}`);
const MAX_BYTES = 256 * 1024;

/**
 * The nearest config file from `cwd` up to the top of the git repository, or up to `home`. Outside of both
 * only `cwd` counts: a directory of everybody like /tmp must not configure a run. Throws UsageError.
 */
export async function findConfig(cwd: string, home: string): Promise<ConfigFile | null> {
  for (const directory of await searched(resolve(cwd), resolve(home))) {
    const places: string[] = [];
    for (const place of PLACES) {
      const path = join(directory, place);
      // A package.json that is odd has other readers to complain.
      if (place === 'package.json' ? await isSmallFile(path) : await mustBeSmallFile(path))
        places.push(place);
    }
    for (const place of CODE_PLACES) {
      if (await exists(join(directory, place))) throw new UsageError(`${place} is not read.`, DATA_ONLY);
    }
    if (places.length === 0) continue;
    const found = await opened(places.join(', '), reader(places, directory).search(directory));
    if (found !== null && found.filepath !== '') return configFile(found.filepath, found.config);
  }
  return null;
}

/** The file that `--config` names. Throws UsageError. */
export async function loadConfig(path: string, cwd: string): Promise<ConfigFile> {
  const absolute = resolve(cwd, path);
  const place = basename(absolute);
  if (!(await mustBeSmallFile(absolute))) throw new UsageError(`--config: ${echo(path)} does not exist.`);
  if (!Object.hasOwn(loaders, extname(place))) {
    throw new UsageError(`--config: ${echo(place)} is not read.`, DATA_ONLY);
  }
  const found = await opened(placeOf(place), reader([place], dirname(absolute)).load(absolute));
  if (found?.config === null) throw new UsageError(`--config: ${echo(path)} has no key "${NAME}".`);
  return configFile(absolute, found?.config ?? {});
}

async function searched(cwd: string, home: string): Promise<string[]> {
  const directories: string[] = [];
  for (let directory = cwd; ; directory = dirname(directory)) {
    const isRoot = directory === dirname(directory);
    directories.push(directory);
    if (await exists(join(directory, '.git'))) return directories;
    // With HOME=/, as in containers, the root is nobody's home.
    if (directory === home && !isRoot) return directories;
    if (isRoot) return [cwd];
  }
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

async function isSmallFile(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isFile() && found.size <= MAX_BYTES,
    () => false,
  );
}

/** False when there is none. A pipe would block for ever, a huge file would take the memory. */
async function mustBeSmallFile(path: string): Promise<boolean> {
  if (await isSmallFile(path)) return true;
  if (!(await exists(path))) return false;
  const hint = 'It must be a regular file of at most 256 KiB.';
  throw new UsageError(`${placeOf(path)} cannot be used as a config file.`, hint);
}

function reader(searchPlaces: string[], stopDir: string) {
  return lilconfig(NAME, { searchPlaces, stopDir, loaders, cache: false });
}

/** What fails here is the reading itself: permissions, a file that has gone. */
async function opened<T>(places: string, reading: Promise<T>): Promise<T> {
  return reading.catch((error: unknown) => {
    throw error instanceof UsageError ? error : new UsageError(`${places} cannot be read.`);
  });
}

function configFile(path: string, config: unknown): ConfigFile {
  const isPackage = basename(path) === 'package.json';
  const place = isPackage ? `package.json: ${NAME}` : placeOf(path);
  if (!isObject(config)) throw new UsageError(`${place} must hold keys and values.`);
  const prefix = isPackage ? `${place}.` : `${place}: `;
  return { path, place, prefix, values: new Map(Object.entries(config)) };
}
