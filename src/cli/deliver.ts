import { stat } from 'node:fs/promises';
import { dirname, extname, resolve } from 'node:path';
import { type Format, loadRenderers } from '../render/index.js';
import { EXIT } from '../report/exit-code.js';
import type { Report } from '../report/model.js';
import { MULTILINE } from '../report/multiline.js';
import { makeSafe } from '../safety/safe.js';
import { emit, emitAll, writeAtomic } from '../safety/write.js';
import { echo } from '../settings/echo.js';
import { OUTPUT_ENDINGS, type Settings } from '../settings/model.js';
import { UsageError } from '../settings/usage-error.js';
import type { Io } from './io.js';
import { lookFor } from './look.js';
import type { Session } from './session.js';

/** Where a report goes: files, each by its ending, and stdout in one format, or not at all. */
export interface Delivery {
  format: Format | null;
  outputs: readonly { path: string; format: Format }[];
  renderers: Awaited<ReturnType<typeof loadRenderers>>;
}

/** Before anything is asked: what cannot be written is said now, and the formats are loaded. */
export async function prepareDelivery(
  format: Format | null,
  { outputs: paths }: Pick<Settings, 'outputs'>,
  io: Io,
): Promise<Delivery> {
  for (const path of paths.value) await mustHaveFolder(path, io);
  const outputs = paths.value.map((path) => ({ path, format: formatOf(path) }));
  // Loaded before there are connections: they can use up the file descriptors, and then no file opens.
  const renderers = await loadRenderers([...(format ? [format] : []), ...outputs.map((o) => o.format)]);
  return { format, outputs, renderers };
}

/** Whether anybody gets the report in a form that can be read again, or that shows what was sent. */
export function keepsEvidence({ format, outputs }: Delivery): boolean {
  const reads = (f: Format) => f === 'json' || f === 'html';
  return (format !== null && reads(format)) || outputs.some((o) => reads(o.format));
}

/** Writes the files, then stdout. Returns the exit code: that of the report, or 4 where a file could not be written. */
export async function deliver(
  report: Report,
  { format, outputs, renderers }: Delivery,
  { redact, color }: { redact: Session['redact']; color?: boolean | undefined },
  io: Io,
): Promise<number> {
  const safe = makeSafe(report, redact, MULTILINE);
  const look = lookFor(io, color);
  let { exitCode } = report;
  const written: string[] = [];
  for (const file of outputs) {
    const path = resolve(io.cwd, file.path);
    const wrote = await writeAtomic(path, renderers[file.format](safe, look));
    if (wrote.ok) {
      written.push(path);
      // Who pressed Ctrl-C must not think that nothing is left.
      if (report.exitCode >= EXIT.SIGHUP)
        await emit(io.stderr, `hf-doctor: the partial report was written to ${echo(file.path)}\n`);
      continue;
    }
    await emit(
      io.stderr,
      `hf-doctor: the report could not be written to ${echo(file.path)}: ${wrote.reason}\n`,
    );
    exitCode = 4;
  }
  if (format === null) return exitCode;
  const state = await emitAll(io.stdout, renderers[format](safe, look));
  if (format === 'github') await (await import('./github.js')).tellRunner(safe, { written, exitCode }, io);
  return state === 'failed' ? 4 : exitCode;
}

function formatOf(path: string): Format {
  return OUTPUT_ENDINGS.get(extname(path).toLowerCase()) ?? 'json';
}

/** Said before anything is sent and paid, not after. */
async function mustHaveFolder(path: string, io: Io): Promise<void> {
  const folder = dirname(resolve(io.cwd, path));
  const found = await stat(folder).catch(() => null);
  if (!found?.isDirectory())
    throw new UsageError(
      `--output: the folder of ${echo(path)} does not exist.`,
      'Make it first, or name another file.',
    );
}
