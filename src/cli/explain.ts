import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { clientVersions } from '../explain/clients.js';
import { explainText } from '../explain/explain.js';
import { projectReader } from '../explain/project/reader.js';
import { type Project, readProject } from '../explain/project.js';
import { renderExplained } from '../render/explain.js';
import { stringify } from '../render/json.js';
import { renderRulePage } from '../render/rule-page.js';
import { explainView } from '../report/explain-view.js';
import { MULTILINE } from '../report/multiline.js';
import { RULES, ruleById } from '../rules/index.js';
import { makeSafe } from '../safety/safe.js';
import { emit, readBounded } from '../safety/write.js';
import { echo } from '../settings/echo.js';
import { nearest } from '../settings/nearest.js';
import { UsageError } from '../settings/usage-error.js';
import type { Io } from './io.js';
import { lookFor } from './look.js';
import { readStdin } from './stdin.js';

export interface ExplainFlags {
  all?: boolean;
  format?: string;
  color?: boolean;
  /** Folder whose files tell which versions of the clients are used. */
  project?: string;
}

/** Bytes of a text that are read. */
const MOST = 10 * 1024 * 1024;

/** The page of a rule, or the cause of a pasted error. 0 recognised, 1 not recognised. */
export async function explainCommand(what: string | undefined, flags: ExplainFlags, io: Io): Promise<number> {
  const look = lookFor(io, flags.color);
  const rule = what === undefined ? null : ruleById(what);
  if (rule) {
    await emit(io.stdout, renderRulePage(rule, look));
    return 0;
  }
  const text = await textOf(what, io);
  const { observations, findings, exitCode } = explainText(text, { now: Date.now(), redact: io.redact });
  const project = flags.project === undefined ? null : await projectOf(flags.project, io);
  const versions = clientVersions(observations, project);
  const view = makeSafe(explainView(observations, findings, versions, exitCode), io.redact, MULTILINE);
  await emit(
    io.stdout,
    flags.format === 'json' ? `${stringify(view)}\n` : renderExplained(view, look, flags.all === true),
  );
  return exitCode;
}

async function projectOf(folder: string, io: Io): Promise<Project> {
  const path = resolve(io.cwd, folder);
  const found = await stat(path).catch(() => null);
  if (!found?.isDirectory()) throw new UsageError(`--project: there is no folder ${echo(folder)}.`);
  return readProject(path, projectReader);
}

async function textOf(what: string | undefined, io: Io): Promise<string> {
  if (what === undefined || what === '-') {
    if (io.stdin.isTTY === true)
      throw new UsageError(
        'there is no text to explain.',
        'Pipe one in: pbpaste | hf-doctor explain -   or name a file, or a rule that hf-doctor rules lists.',
      );
    const text = await readStdin(io, MOST);
    if (text.trim() === '') throw new UsageError('there is no text to explain: stdin was empty.');
    return text;
  }
  const file = await readBounded(resolve(io.cwd, what), MOST);
  if (file.ok) return file.text;
  const reasons = {
    'too-large': 'that file is larger than 10 MiB.',
    'not-a-file': 'that is no regular file.',
    denied: 'that file may not be read.',
    unreadable: 'that file could not be read.',
  } as const;
  if (file.reason !== 'missing') throw new UsageError(reasons[file.reason]);
  const meant = nearest(
    what,
    RULES.map((r) => r.id),
  );
  throw new UsageError(
    'there is no rule and no file of that name.',
    meant ? `Did you mean ${meant}?` : 'hf-doctor rules lists the rules.',
  );
}
