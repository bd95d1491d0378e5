import { resolve } from 'node:path';
import { explainText } from '../explain/explain.js';
import { renderExplained } from '../render/explain.js';
import { stringify } from '../render/json.js';
import { renderRulePage } from '../render/rule-page.js';
import { explainView } from '../report/explain-view.js';
import { MULTILINE } from '../report/multiline.js';
import { RULES, ruleById } from '../rules/index.js';
import { makeSafe } from '../safety/safe.js';
import { emit, readBounded } from '../safety/write.js';
import { nearest } from '../settings/nearest.js';
import { UsageError } from '../settings/usage-error.js';
import type { Io } from './io.js';
import { lookFor } from './look.js';
import { readStdin } from './stdin.js';

export interface ExplainFlags {
  all?: boolean;
  format?: string;
  color?: boolean;
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
  const view = makeSafe(explainView(observations, findings, exitCode), io.redact, MULTILINE);
  await emit(
    io.stdout,
    flags.format === 'json' ? `${stringify(view)}\n` : renderExplained(view, look, flags.all === true),
  );
  return exitCode;
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
