import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { clientVersions } from '../explain/clients.js';
import { explainText } from '../explain/explain.js';
import { projectReader } from '../explain/project/reader.js';
import { type Project, readProject } from '../explain/project.js';
import { renderExplained } from '../render/explain.js';
import { stringify } from '../render/json.js';
import { pageView } from '../render/page-view.js';
import { renderRulePage } from '../render/rule-page.js';
import { explainView } from '../report/explain-view.js';
import { MULTILINE } from '../report/multiline.js';
import { RULES, ruleById } from '../rules/index.js';
import { makeSafe } from '../safety/safe.js';
import { emit } from '../safety/write.js';
import { echo } from '../settings/echo.js';
import { UsageError } from '../settings/usage-error.js';
import type { Io } from './io.js';
import { lookFor } from './look.js';
import { pastedText } from './pasted.js';

export interface ExplainFlags {
  all?: boolean;
  format?: string;
  color?: boolean;
  /** Folder whose files tell which versions of the clients are used. */
  project?: string;
}

/** The page of a rule, or the cause of a pasted error. 0 recognised, 1 not recognised. */
export async function explainCommand(what: string | undefined, flags: ExplainFlags, io: Io): Promise<number> {
  const look = lookFor(io, flags.color);
  // A suffix has its page too.
  const rule = what === undefined ? null : ruleById(what.startsWith(':') ? 'wrong-provider-suffix' : what);
  if (rule) {
    const json = flags.format === 'json';
    await emit(io.stdout, json ? `${stringify(pageView(rule))}\n` : renderRulePage(rule, look));
    return 0;
  }
  const ids = RULES.map((r) => r.id);
  const { text, truncated } = await pastedText(what, io, ids);
  const explained = explainText(text, { now: Date.now(), redact: io.redact, truncated });
  if (explained.truncated && !truncated)
    await emit(io.stderr, 'hf-doctor: the text has very many lines: only its last part was read.\n');
  const project = flags.project === undefined ? null : await projectOf(flags.project, io);
  const versions = clientVersions(explained.observations, project);
  const view = makeSafe(explainView(explained, versions, project?.notes), io.redact, MULTILINE);
  await emit(
    io.stdout,
    flags.format === 'json' ? `${stringify(view)}\n` : renderExplained(view, look, flags.all === true),
  );
  return view.exitCode;
}

async function projectOf(folder: string, io: Io): Promise<Project> {
  const path = resolve(io.cwd, folder);
  const found = await stat(path).catch(() => null);
  if (!found?.isDirectory()) throw new UsageError(`--project: there is no folder ${echo(folder)}.`);
  return readProject(path, projectReader);
}
