import { resolve } from 'node:path';
import type { Report } from '../report/model.js';
import { MOST_REPORT_BYTES, readReport } from '../report/read.js';
import { readBounded } from '../safety/write.js';
import { echo } from '../settings/echo.js';
import { UsageError } from '../settings/usage-error.js';
import type { Io } from './io.js';

const REASONS = {
  missing: 'does not exist.',
  'not-a-file': 'is no regular file.',
  'too-large': `is larger than ${MOST_REPORT_BYTES / 1024 / 1024} MiB.`,
  denied: 'may not be read.',
  unreadable: 'could not be read.',
} as const;

export type ReportIn = { ok: true; report: Report } | { ok: false; problem: string };

/** A report of an earlier run, as data that nobody vouches for. `problem` is a sentence that names the file. */
export async function reportIn(path: string, io: Io): Promise<ReportIn> {
  const file = await readBounded(resolve(io.cwd, path), MOST_REPORT_BYTES);
  const read = file.ok ? readReport(file.text) : { ok: false as const, problem: REASONS[file.reason] };
  return read.ok ? read : { ok: false, problem: `${echo(path)} ${read.problem}` };
}

/** The same for a command that needs this very file. */
export async function reportFrom(path: string, name: string, io: Io): Promise<Report> {
  const read = await reportIn(path, io);
  if (read.ok) return read.report;
  throw new UsageError(
    `${name}: ${read.problem}`,
    `It takes what hf-doctor check --output report.json wrote.`,
  );
}

/** Why a report cannot be diagnosed again. */
export const NO_EVIDENCE =
  'holds no evidence to diagnose: it was written as ndjson, by an older hf-doctor, or by a run of more than 500 models.';
