import { type CheckInput, check } from '../check/check.js';
import { planOnly } from '../check/plan-only.js';
import { RENDERERS } from '../render/index.js';
import { makeLook } from '../render/look.js';
import { MULTILINE } from '../report/multiline.js';
import { makeSafe } from '../safety/safe.js';
import { emit, writeAtomic } from '../safety/write.js';
import { notACommand } from './commands.js';
import type { Io } from './io.js';
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
  const quiet = settings.quiet.value;
  if (!quiet) await notes(session, io);
  const progress = await startProgress(io, quiet);
  const { report } = await check({ ...input, onProgress: progress.tell }, session.world).finally(
    progress.stop,
  );
  const safe = makeSafe(report, redact, MULTILINE);
  const look = makeLook({
    flag: flags.color,
    env: io.env,
    isTTY: io.stdout.isTTY === true,
    columns: io.stdout.columns,
  });
  let { exitCode } = report;
  for (const path of settings.outputs.value) {
    const written = await writeAtomic(path, (await RENDERERS.json())(safe, look));
    if (written.ok) continue;
    await emit(io.stderr, `hf-doctor: the report could not be written: ${written.reason}\n`);
    exitCode = 4;
  }
  const render = await RENDERERS[settings.format.value]();
  const state = await emit(io.stdout, render(safe, look));
  return state === 'failed' ? 4 : exitCode;
}

/** What was put right, and what the token search wants to say. */
async function notes(session: Session, io: Io): Promise<void> {
  const { safeText } = await import('../safety/safe.js');
  for (const note of [...session.settings.notes, ...session.search.notes])
    await emit(io.stderr, `Note: ${safeText(note, session.redact)}\n`);
}

async function showPlan(input: CheckInput, session: Session, flags: CheckFlags, io: Io): Promise<number> {
  const { renderPlan } = await import('../render/plan.js');
  const view = await planOnly(input, new Date(session.world.now()).toISOString());
  const look = makeLook({
    flag: flags.color,
    env: io.env,
    isTTY: io.stdout.isTTY === true,
    columns: io.stdout.columns,
  });
  const text = renderPlan(makeSafe(view, session.redact, MULTILINE), input.settings.format.value, look);
  await emit(io.stdout, text);
  return 0;
}
