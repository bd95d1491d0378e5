import { replay } from '../check/replay.js';
import type { FailOn } from '../report/exit-code.js';
import type { Report } from '../report/model.js';
import { echo } from '../settings/echo.js';
import { UsageError } from '../settings/usage-error.js';
import type { Io } from './io.js';
import { NO_EVIDENCE, reportFrom } from './report-in.js';

/** An earlier report, diagnosed again: nothing is sent. */
export async function replayed(path: string, failOn: FailOn, keep: boolean, io: Io): Promise<Report> {
  const earlier = await reportFrom(path, '--replay', io);
  const about = { version: io.version, failOn, keep };
  const report = earlier.sources ? await merged(earlier, about) : replay(earlier, about);
  if (report) return report;
  throw new UsageError(
    `--replay: ${echo(path)} ${NO_EVIDENCE}`,
    'hf-doctor diff and check --baseline can read it.',
  );
}

async function merged(earlier: Report, about: { version: string; failOn: FailOn }): Promise<Report | null> {
  const [{ dossierOf }, { reportOf }] = await Promise.all([
    import('../merge/dossier.js'),
    import('../merge/report.js'),
  ]);
  const dossier = dossierOf(earlier);
  return dossier && reportOf(dossier, about);
}
