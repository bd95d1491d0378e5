import { stat } from 'node:fs/promises';
import { dirname, extname, resolve } from 'node:path';
import { planOnly } from '../check/plan-only.js';
import { type Format, loadRenderers } from '../render/index.js';
import { chunks } from '../render/json.js';
import { renderLines } from '../render/ndjson.js';
import { againstBaseline } from '../report/baseline.js';
import type { Line } from '../report/lines.js';
import { MULTILINE } from '../report/multiline.js';
import { makeSafe } from '../safety/safe.js';
import { type Emitted, emit, emitAll, writeAtomic } from '../safety/write.js';
import { echo } from '../settings/echo.js';
import { OUTPUT_ENDINGS } from '../settings/model.js';
import { UsageError } from '../settings/usage-error.js';
import { baselineFrom } from './baseline.js';
import { checked, checkedInLines, inputOf } from './checked.js';
import { notACommand } from './commands.js';
import type { Io } from './io.js';
import { lookFor } from './look.js';
import { openSession, type Session, type SessionFlags } from './session.js';

export interface CheckFlags extends SessionFlags {
  plan?: boolean;
  /** An earlier report, or the history of a watch: what stands there does not count. */
  baseline?: string;
}

export async function checkCommand(models: string[], flags: CheckFlags, io: Io): Promise<number> {
  notACommand(models, io.argv);
  const session = await openSession({ ...flags, ...(models.length > 0 ? { models } : {}) }, io);
  try {
    if (flags.plan) return await showPlan(session, flags, io);
    const { format, outputs } = session.settings;
    // Lines can leave as they become known, where nothing needs the whole.
    const lines = format.value === 'ndjson' && outputs.value.length === 0 && flags.baseline === undefined;
    if (lines) return await streamed(session, flags, io);
    return await runCheck(session, flags, io);
  } finally {
    await session.close();
  }
}

async function runCheck(session: Session, flags: CheckFlags, io: Io): Promise<number> {
  const { settings, redact } = session;
  for (const path of settings.outputs.value) await mustHaveFolder(path, io);
  const earlier = flags.baseline === undefined ? null : await baselineFrom(flags.baseline, io);
  const outputs = settings.outputs.value.map((path) => ({ path, format: formatOf(path) }));
  // Loaded before there are connections: they can use up the file descriptors, and then no file opens.
  const renderers = await loadRenderers([settings.format.value, ...outputs.map((o) => o.format)]);
  const { report: found } = await checked(session, flags, io);
  const report = earlier ? againstBaseline(found, earlier, settings.failOn.value) : found;
  const safe = makeSafe(report, redact, MULTILINE);
  const look = lookFor(io, flags.color);
  let { exitCode } = report;
  for (const { path, format } of outputs) {
    const written = await writeAtomic(resolve(io.cwd, path), renderers[format](safe, look));
    if (written.ok) continue;
    await emit(io.stderr, `hf-doctor: the report could not be written to ${echo(path)}: ${written.reason}\n`);
    exitCode = 4;
  }
  const state = await emitAll(io.stdout, renderers[settings.format.value](safe, look));
  return state === 'failed' ? 4 : exitCode;
}

function formatOf(path: string): Format {
  return OUTPUT_ENDINGS.get(extname(path).toLowerCase()) ?? 'json';
}

async function streamed(session: Session, flags: CheckFlags, io: Io): Promise<number> {
  const states: Emitted[] = [];
  const write = async (lines: readonly Line[]) => {
    const state = await emitAll(io.stdout, chunks(renderLines(makeSafe(lines, session.redact, MULTILINE))));
    if (state !== 'written') states.push(state);
    return state === 'written';
  };
  const exitCode = await checkedInLines(session, flags, io, write);
  return states.includes('failed') ? 4 : exitCode;
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

async function showPlan(session: Session, flags: CheckFlags, io: Io): Promise<number> {
  const { renderPlan } = await import('../render/plan.js');
  const view = await planOnly(inputOf(session, io), new Date(session.world.now()).toISOString());
  const look = lookFor(io, flags.color);
  const text = renderPlan(makeSafe(view, session.redact, MULTILINE), session.settings.format.value, look);
  await emit(io.stdout, text);
  return 0;
}
