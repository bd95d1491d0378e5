import { planOnly } from '../check/plan-only.js';
import { chunks } from '../render/json.js';
import { renderLines } from '../render/ndjson.js';
import type { Line } from '../report/lines.js';
import { MULTILINE } from '../report/multiline.js';
import { makeSafe } from '../safety/safe.js';
import { type Emitted, emit, emitAll } from '../safety/write.js';
import { refuseBesideReplay } from './beside-replay.js';
import { checked, checkedInLines, inputOf } from './checked.js';
import { notACommand } from './commands.js';
import { deliver, keepsEvidence, prepareDelivery } from './deliver.js';
import { shortFormat } from './format.js';
import type { Io } from './io.js';
import { judgeFor } from './judged.js';
import { lookFor } from './look.js';
import { openSession, type Session, type SessionFlags } from './session.js';

export interface CheckFlags extends SessionFlags {
  plan?: boolean;
  printConfig?: boolean;
  /** An earlier report, or the history of a watch: what stands there does not count. */
  baseline?: string;
  /** An earlier report, diagnosed again in the place of a run. */
  replay?: string;
}

export async function checkCommand(models: string[], flags: CheckFlags, io: Io): Promise<number> {
  notACommand(models, io.argv);
  if (flags.replay !== undefined) refuseBesideReplay(models, flags);
  const session = await openSession({ ...flags, ...(models.length > 0 ? { models } : {}) }, io);
  try {
    if (flags.printConfig) return await (await import('./print-config.js')).printConfig(session, flags, io);
    if (flags.plan) return await showPlan(session, flags, io);
    const { format, outputs } = session.settings;
    // Lines can leave as they become known, where nothing needs the whole.
    const lines =
      format.value === 'ndjson' &&
      outputs.value.length === 0 &&
      flags.baseline === undefined &&
      flags.replay === undefined;
    if (lines) return await streamed(session, flags, io);
    return await runCheck(session, flags, io);
  } finally {
    await session.close();
  }
}

async function runCheck(session: Session, flags: CheckFlags, io: Io): Promise<number> {
  const { settings, redact } = session;
  const delivery = await prepareDelivery(settings.format.value, settings, io);
  const earlier =
    flags.baseline === undefined
      ? null
      : await (await import('./baseline.js')).baselineFrom(flags.baseline, io);
  const keep = keepsEvidence(delivery);
  const found =
    flags.replay === undefined
      ? (await checked(session, flags, io, { keep })).report
      : await (await import('./replay.js')).replayed(flags.replay, settings.failOn.value, keep, io);
  const judge = judgeFor(session, earlier);
  const report = judge.of(found);
  await judge.close(io);
  return deliver(report, delivery, { redact, color: flags.color }, io);
}

async function streamed(session: Session, flags: CheckFlags, io: Io): Promise<number> {
  const states: Emitted[] = [];
  const write = async (lines: readonly Line[]) => {
    const state = await emitAll(io.stdout, chunks(renderLines(makeSafe(lines, session.redact, MULTILINE))));
    if (state !== 'written') states.push(state);
    return state === 'written';
  };
  const judge = judgeFor(session, null);
  const exitCode = await checkedInLines(session, flags, io, write, judge.of);
  await judge.close(io);
  return states.includes('failed') ? 4 : exitCode;
}

async function showPlan(session: Session, flags: CheckFlags, io: Io): Promise<number> {
  const format = shortFormat(session.settings, '--plan');
  const { renderPlan } = await import('../render/plan.js');
  const view = await planOnly(inputOf(session, io), new Date(session.world.now()).toISOString());
  const look = lookFor(io, flags.color);
  const text = renderPlan(makeSafe(view, session.redact, MULTILINE), format, look);
  await emit(io.stdout, text);
  return 0;
}
