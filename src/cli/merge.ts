import { resolve } from 'node:path';
import type { Dossier } from '../merge/dossier.js';
import { MOST_PLACES } from '../report/record-schema.js';
import { emit } from '../safety/write.js';
import { echo } from '../settings/echo.js';
import { loadSettings, type RawFlags } from '../settings/load.js';
import { UsageError } from '../settings/usage-error.js';
import { baselineFrom } from './baseline.js';
import { deliver, prepareDelivery } from './deliver.js';
import type { Io } from './io.js';
import { judgeFor } from './judged.js';
import { NO_EVIDENCE, reportIn } from './report-in.js';

export interface MergeFlags
  extends Pick<RawFlags, 'format' | 'output' | 'failOn' | 'ignore' | 'config' | 'quiet'> {
  baseline?: string;
  color?: boolean;
}

const MOST_FILES = 1_000;
const MOST_ROWS = 100_000;

/** Joins the reports of shards and of places into one, and diagnoses it as a whole. */
export async function mergeCommand(paths: readonly string[], flags: MergeFlags, io: Io): Promise<number> {
  if (paths.length > MOST_FILES) throw new UsageError(`merge takes at most ${MOST_FILES} reports.`);
  const { baseline, ...raw } = flags;
  const settings = await loadSettings({
    ...{ flags: raw, env: io.env, cwd: io.cwd, home: io.home },
    readModelsFile: () => Promise.resolve(''),
  });
  const earlier = baseline === undefined ? null : await baselineFrom(baseline, io);
  refuseSame(paths, settings.outputs.value, io);
  const delivery = await prepareDelivery(settings.format.value, settings, io);
  const { whole, problems } = await read(paths, io);
  for (const problem of problems) await emit(io.stderr, `hf-doctor merge: ${problem}\n`);
  if (!whole)
    throw new UsageError(
      'none of the files is a report that can be merged.',
      'It takes what hf-doctor check --output report.json wrote.',
    );
  const { reportOf } = await import('../merge/report.js');
  const judge = judgeFor({ settings, redact: io.redact }, earlier);
  const about = { version: io.version, failOn: settings.failOn.value, unread: problems.length };
  const report = judge.of(reportOf(whole, about));
  await judge.close(io);
  if (!settings.quiet.value && report.missing)
    await emit(io.stderr, `Note: no report of the shards ${report.missing.slice(0, 10).join(', ')}.\n`);
  return deliver(report, delivery, { redact: io.redact, color: flags.color }, io);
}

async function read(
  paths: readonly string[],
  io: Io,
): Promise<{ whole: Dossier | null; problems: string[] }> {
  const { dossierOf, join, MOST_SOURCES } = await import('../merge/dossier.js');
  const problems: string[] = [];
  let whole: Dossier | null = null;
  // One after the other: of each file only what was seen is kept.
  for (const path of paths) {
    const file = await reportIn(path, io);
    const dossier = file.ok ? dossierOf(file.report) : null;
    if (!file.ok) problems.push(file.problem);
    else if (!dossier) problems.push(`${echo(path)} ${NO_EVIDENCE}`);
    else {
      const more: Dossier = whole ? join(whole, dossier) : dossier;
      const tooMuch = [
        ...(more.views.size > MOST_PLACES ? [`${MOST_PLACES} places`] : []),
        ...(more.sources.size > MOST_SOURCES ? [`${MOST_SOURCES} runs`] : []),
        ...(rowsOf(more) > MOST_ROWS ? [`${MOST_ROWS} rows`] : []),
      ];
      if (tooMuch[0]) problems.push(`${echo(path)} is left out: with it there are more than ${tooMuch[0]}.`);
      else whole = more;
    }
  }
  return { whole, problems };
}

/** What reads the merged report again takes no more. */
function rowsOf({ views }: Dossier): number {
  return [...views.values()].reduce((n, v) => n + v.observations.size + v.skips.size, 0);
}

function refuseSame(paths: readonly string[], outputs: readonly string[], io: Io): void {
  const inputs = new Set(paths.map((p) => resolve(io.cwd, p)));
  const same = outputs.find((o) => inputs.has(resolve(io.cwd, o)));
  if (same !== undefined)
    throw new UsageError(
      `--output: ${echo(same)} is one of the reports that are merged.`,
      'Name another file.',
    );
}
