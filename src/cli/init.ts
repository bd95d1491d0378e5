import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { configText, type Used, usedBy } from '../init/config-text.js';
import { type Mention, mentionsIn, type Names } from '../init/mentions.js';
import { type Left, sourceFiles } from '../init/walk.js';
import { clientProviders } from '../routes/official.js';
import { TASKS } from '../routes/tasks.js';
import { safeText } from '../safety/safe.js';
import { emit, writeNew } from '../safety/write.js';
import { findConfig } from '../settings/config-file.js';
import { echo } from '../settings/echo.js';
import { UsageError } from '../settings/usage-error.js';
import { exitCodeFor } from './interrupted.js';
import type { Io } from './io.js';

const NAME = 'hf-doctor.config.yaml';
/** Things that are kept of a project; a larger one is no project that somebody wrote. */
const MOST = 20_000;

/** Writes a first config from what the project uses, or prints it. */
export async function initCommand(
  dir: string | undefined,
  flags: { dryRun?: boolean },
  io: Io,
): Promise<number> {
  const root = resolve(io.cwd, dir ?? '.');
  const isFolder = await stat(root).then(
    (found) => found.isDirectory(),
    () => false,
  );
  if (!isFolder) throw new UsageError(`init: ${echo(dir ?? '.')} is no folder.`);
  if (!flags.dryRun) await mustBeNew(root);
  const left: Left = new Map();
  const names = await namesOf();
  const found: Mention[] = [];
  let files = 0;
  for await (const file of sourceFiles(root, left, io.signal)) {
    files += 1;
    if (found.length < MOST) found.push(...clean(mentionsIn(file, names), io));
  }
  const ended = exitCodeFor(io.signal);
  if (ended !== null) return ended;
  const used = usedBy(found);
  const text = configText(used, io.version);
  const told = [...wordsOf(used, files), ...[...left].map(([why, n]) => `Not read: ${n}, ${why}.`)];
  const say = (stream: Io['stdout'], lines: readonly string[]) => emit(stream, `${lines.join('\n')}\n`);
  if (flags.dryRun) {
    await say(io.stderr, told);
    return (await emit(io.stdout, text)) === 'failed' ? 4 : 0;
  }
  const written = await writeNew(join(root, NAME), text);
  const where = safeText(join(dir ?? '', NAME), io.redact);
  if (!written.ok) throw new UsageError(`${where} could not be written: ${written.reason}.`);
  const next = root === resolve(io.cwd) ? 'hf-doctor check' : `hf-doctor check --config ${where}`;
  await say(io.stdout, [`Wrote ${where}.`, ...told, `Next: ${next}`]);
  return 0;
}

/** No secret and no control character of the project gets into what is kept. */
function clean(mentions: readonly Mention[], { redact }: Io): Mention[] {
  return mentions
    .filter(({ value }) => redact(value) === value)
    .map((m) => ({ ...m, at: safeText(m.at, redact, { max: 200 }) }));
}

async function mustBeNew(root: string): Promise<void> {
  const there = await findConfig(root, root);
  if (there !== null)
    throw new UsageError(
      `${there.place} is there already, and is not overwritten.`,
      'hf-doctor init --dry-run prints a config.',
    );
}

async function namesOf(): Promise<Names> {
  const methods = new Map<string, string>();
  for (const [task, { method }] of Object.entries(TASKS)) {
    methods.set(method, task);
    methods.set(
      method.replace(/[A-Z]/g, (c) => `_${c.toLowerCase()}`),
      task,
    );
  }
  return { providers: new Set((await clientProviders()).names), methods };
}

function wordsOf({ models, providers, gateways, variables }: Used, files: number): string[] {
  const count = (n: number, word: string) => `${n} ${word}${n === 1 ? '' : 's'}`;
  const some = variables.slice(0, 5).map(({ value, at }) => `${value} (${at[0]})`);
  return [
    `Read ${count(files, 'file')}: ${count(models.length, 'model')}, ${count(providers.length, 'provider')}, ${count(gateways.length, 'gateway')}.`,
    ...(some.length > 0 ? [`Variables that are set in files: ${some.join(', ')}.`] : []),
  ];
}
