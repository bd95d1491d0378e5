import { stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { type CheckInput, type CheckResult, check } from '../check/check.js';
import { planOnly } from '../check/plan-only.js';
import { RENDERERS } from '../render/index.js';
import { MULTILINE } from '../report/multiline.js';
import { makeSafe, safeText } from '../safety/safe.js';
import { emit, writeAtomic } from '../safety/write.js';
import { echo } from '../settings/echo.js';
import { UsageError } from '../settings/usage-error.js';
import { notACommand } from './commands.js';
import type { Io } from './io.js';
import { lookFor } from './look.js';
import { notesOf } from './notes.js';
import { startProgress } from './progress.js';
import { openSession, type Session, type SessionFlags } from './session.js';

export interface CheckFlags extends SessionFlags {
  plan?: boolean;
}

export async function checkCommand(models: string[], flags: CheckFlags, io: Io): Promise<number> {
  notACommand(models, io.argv);
  const session = await openSession({ ...flags, ...(models.length > 0 ? { models } : {}) }, io);
  try {
    const input: CheckInput = {
      settings: session.settings,
      bases: session.bases,
      search: session.search,
      gatewayKey: session.gatewayKey,
      withheld: session.withheld,
      simulated: session.simulator?.scenario.name ?? null,
      version: io.version,
    };
    if (flags.plan) return await showPlan(input, session, flags, io);
    return await runCheck(input, session, flags, io);
  } finally {
    await session.close();
  }
}

async function runCheck(input: CheckInput, session: Session, flags: CheckFlags, io: Io): Promise<number> {
  const { settings, redact } = session;
  for (const path of settings.outputs.value) await mustHaveFolder(path, io);
  const quiet = settings.quiet.value;
  if (!quiet) await notes(session, io);
  const progress = await startProgress(io, quiet, flags.color);
  const { report, evidence } = await check({ ...input, onProgress: progress.tell }, session.world).finally(
    progress.stop,
  );
  if (settings.debug.value) await emit(io.stderr, trace(evidence, session));
  const safe = makeSafe(report, redact, MULTILINE);
  const look = lookFor(io, flags.color);
  let { exitCode } = report;
  for (const path of settings.outputs.value) {
    const written = await writeAtomic(resolve(io.cwd, path), (await RENDERERS.json())(safe, look));
    if (written.ok) continue;
    await emit(io.stderr, `hf-doctor: the report could not be written to ${echo(path)}: ${written.reason}\n`);
    exitCode = 4;
  }
  const render = await RENDERERS[settings.format.value]();
  const state = await emit(io.stdout, render(safe, look));
  return state === 'failed' ? 4 : exitCode;
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

/** Each request and its first answer, one line each. */
function trace({ observations }: CheckResult['evidence'], { redact }: Session): string {
  const lines = observations.map((o) => {
    const came = o.error ? `${o.status ?? ''} ${o.error}`.trim() : String(o.status);
    const text = `${o.method} ${o.url} ${o.auth} -> ${came}, ${Math.round(o.latencyMs ?? 0)} ms, asked ${o.attempts}x`;
    return safeText(text, redact);
  });
  return `${lines.join('\n')}\n`;
}

/** What was put right, and what the token search wants to say. */
async function notes(session: Session, io: Io): Promise<void> {
  for (const note of notesOf(session)) await emit(io.stderr, `Note: ${safeText(note, session.redact)}\n`);
}

async function showPlan(input: CheckInput, session: Session, flags: CheckFlags, io: Io): Promise<number> {
  const { renderPlan } = await import('../render/plan.js');
  const view = await planOnly(input, new Date(session.world.now()).toISOString());
  const look = lookFor(io, flags.color);
  const text = renderPlan(makeSafe(view, session.redact, MULTILINE), input.settings.format.value, look);
  await emit(io.stdout, text);
  return 0;
}
