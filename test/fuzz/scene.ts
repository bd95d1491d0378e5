import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable, Writable } from 'node:stream';
import type { Io } from '../../src/cli/io.js';
import type { SessionFlags } from '../../src/cli/session.js';
import { createRedactor, secretValuesOfEnv } from '../../src/safety/redact.js';
import type { Canaries } from './canaries.js';
import { KNOWN_TASKS, MODELS, PROVIDERS } from './documents.js';
import type { Chance } from './random.js';

/* What a user has and asks for: a token from somewhere, models, options. */

export interface Folders {
  plain: string;
  /** With the token file of the official clients. */
  file: string;
  /** With a `.env`. */
  dotenv: string;
}

/** Every home knows a stored profile that is not used. */
export function makeFolders(c: Canaries): Folders {
  const root = mkdtempSync(join(tmpdir(), 'hf-doctor-fuzz-'));
  const folder = (name: string) => {
    const cache = join(root, name, '.cache', 'huggingface');
    mkdirSync(cache, { recursive: true });
    writeFileSync(join(cache, 'stored_tokens'), `[other]\nhf_token = ${c.profile}\n`);
    return join(root, name);
  };
  const folders = { plain: folder('plain'), file: folder('file'), dotenv: folder('dotenv') };
  writeFileSync(join(folders.file, '.cache', 'huggingface', 'token'), c.token);
  writeFileSync(join(folders.dotenv, '.env'), `HF_TOKEN=${c.token}\n`);
  return folders;
}

type Source = 'env' | 'file' | 'dotenv' | 'stdin' | 'broken' | 'none';
const SOURCES: readonly Source[] = [
  ...(['env', 'env', 'env', 'env', 'env', 'env', 'env', 'file', 'file', 'file'] as const),
  ...(['dotenv', 'dotenv', 'stdin', 'stdin', 'stdin', 'broken', 'none'] as const),
];

export interface Scene {
  io: Io;
  flags: SessionFlags;
  /** What the servers know: without a token in reach they cannot send one back. */
  canaries: Canaries;
}

export function sceneOf(
  chance: Chance,
  c: Canaries,
  folders: Folders,
  urls: { hub: string; router: string; legacy: string; gateway: string },
): Scene {
  const source = chance.pick(SOURCES);
  const gateway = chance.chance(35);
  const home = source === 'file' ? folders.file : source === 'dotenv' ? folders.dotenv : folders.plain;
  const broken = chance.pick([
    `"${c.token}"`,
    `Bearer ${c.token}`,
    `${c.token}\u00a0`,
    `${c.token}\n${c.token}`,
  ]);
  const env: Record<string, string> = {
    OPENAI_API_KEY: c.key,
    HF_DOCTOR_GATEWAY_KEY: c.gateway,
    ...(source === 'env' ? { HF_TOKEN: c.token } : {}),
    ...(source === 'broken' ? { HF_TOKEN: broken } : {}),
  };
  const sink = () => new Writable({ write: (_chunk, _encoding, done) => done() });
  return {
    canaries: source === 'none' ? { ...c, token: c.profile } : c,
    io: {
      argv: [],
      env,
      cwd: home,
      home,
      stdin: source === 'stdin' ? Readable.from([`${c.token}\n`]) : new PassThrough().end(),
      stdout: sink(),
      stderr: sink(),
      signal: new AbortController().signal,
      version: '0.0.0-fuzz',
      redact: createRedactor([], secretValuesOfEnv(env)),
    },
    flags: {
      ...flagsOf(chance),
      hubUrl: urls.hub,
      routerUrl: urls.router,
      legacyUrl: urls.legacy,
      ...(gateway ? { gateway: `${urls.gateway}/v1` } : {}),
      ...(source === 'stdin' ? { tokenStdin: true } : {}),
    },
  };
}

function flagsOf(chance: Chance): SessionFlags {
  const models = Array.from({ length: chance.below(6) }, () =>
    chance.chance(15)
      ? `${chance.pick(MODELS)}:${chance.pick([...PROVIDERS, 'fastest'])}`
      : chance.pick(MODELS),
  );
  return {
    ...(models.length > 0 ? { models: [...new Set(models)] } : {}),
    config: false,
    timeout: '0.4',
    maxCost: chance.pick(['0.01', '1', '0']),
    maxRequests: chance.pick(['500', '500', '500', '12']),
    concurrency: '16',
    retries: chance.pick(['1', '1', '0', '3']),
    failOn: chance.pick(['error', 'error', 'warning', 'never']),
    depth: chance.pick(['live', 'live', 'live', 'live', 'live', 'auth', 'catalog']),
    ...(chance.chance(25) ? { suffixes: true } : {}),
    ...(chance.chance(25) ? { with: 'stream,tools,json' } : {}),
    ...(chance.chance(10) ? { task: chance.pick(KNOWN_TASKS) } : {}),
    ...(chance.chance(5) ? { anonymous: true } : {}),
    ...(chance.chance(10) ? { allowCostly: true } : {}),
    ...(chance.chance(15) ? { billTo: 'acme' } : {}),
  };
}
