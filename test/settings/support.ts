import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { loadSettings, type RawFlags, UsageError } from '../../src/settings/load.js';
import type { Settings } from '../../src/settings/model.js';

/** A directory with these files that is its own home; it is gone after the test. */
export async function tree(files: Readonly<Record<string, string>> = {}): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'settings-'));
  onTestFinished(() => rm(root, { recursive: true, force: true }));
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
  return root;
}

export interface Given {
  flags?: RawFlags;
  env?: Record<string, string | undefined>;
  /** What the config file of the working directory holds. */
  config?: unknown;
  cwd?: string;
  home?: string;
  modelsFile?: string;
}

export async function load(given: Given = {}): Promise<Settings> {
  const files = given.config === undefined ? {} : { 'hf-doctor.config.json': JSON.stringify(given.config) };
  const cwd = given.cwd ?? (await tree(files));
  return loadSettings({
    flags: given.flags ?? {},
    env: given.env ?? {},
    cwd,
    home: given.home ?? cwd,
    readModelsFile: async () => {
      if (given.modelsFile === undefined) throw new Error('ENOENT: no such file');
      return given.modelsFile;
    },
  });
}

/** The refusal as one text: the message and its hint. Fails when there is none, or another error. */
export async function refusal(given: Given): Promise<string> {
  const outcome = await load(given).catch((error: unknown) => error);
  if (!(outcome instanceof UsageError)) throw new Error(`no UsageError but ${JSON.stringify(outcome)}`);
  return [outcome.message, outcome.hint].filter((line) => line !== null).join('\n');
}
