import { replay } from '../check/replay.js';
import type { FailOn } from '../report/exit-code.js';
import type { Report } from '../report/model.js';
import { echo } from '../settings/echo.js';
import { UsageError } from '../settings/usage-error.js';
import type { Io } from './io.js';
import { NO_EVIDENCE, reportFrom } from './report-in.js';

/** What would ask somebody has no meaning here. */
export function refuseBesideReplay(models: readonly string[], flags: object): void {
  const named = ['modelsFile', 'simulate', 'plan', 'shard', 'vantage', 'tokenStdin'] as const;
  const other = models.length > 0 ? 'a model' : named.find((key) => Reflect.get(flags, key) !== undefined);
  if (other === undefined) return;
  const name = other === 'a model' ? other : `--${other.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`)}`;
  throw new UsageError(
    `--replay asks nobody, so ${name} has no meaning beside it.`,
    'hf-doctor check --replay report.json',
  );
}

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
