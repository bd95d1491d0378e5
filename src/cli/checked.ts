import { check } from '../check/check.js';
import type { CheckResult } from '../check/conclude.js';
import type { CheckInput } from '../check/input.js';
import { checkInLines } from '../check/stream.js';
import type { Line } from '../report/lines.js';
import type { Report } from '../report/model.js';
import { safeText } from '../safety/safe.js';
import { emit } from '../safety/write.js';
import type { Io } from './io.js';
import { notesOf } from './notes.js';
import { startProgress } from './progress.js';
import type { Session } from './session.js';

/** The check of a session, with its notes and its progress on stderr. */
export async function checked(
  session: Session,
  flags: { color?: boolean },
  io: Io,
  more: Pick<CheckInput, 'bySuffix' | 'keep'> = {},
): Promise<CheckResult> {
  const result = await shown(session, flags, io, (input) => check({ ...input, ...more }, session.world));
  if (session.settings.debug.value) await emit(io.stderr, trace(result.evidence, session));
  return result;
}

/** The same as lines, written as they become known. Returns the exit code. */
export function checkedInLines(
  session: Session,
  flags: { color?: boolean },
  io: Io,
  write: (lines: readonly Line[]) => Promise<boolean>,
  judge: (report: Report) => Report,
): Promise<number> {
  return shown(session, flags, io, (input) => checkInLines({ ...input, judge }, session.world, write));
}

async function shown<T>(
  session: Session,
  flags: { color?: boolean },
  io: Io,
  job: (input: CheckInput) => Promise<T>,
): Promise<T> {
  const quiet = session.settings.quiet.value;
  if (!quiet) await notes(session, io);
  const progress = await startProgress(io, quiet, flags.color);
  return job({ ...inputOf(session, io), onProgress: progress.tell }).finally(progress.stop);
}

export function inputOf(session: Session, io: Io): CheckInput {
  return {
    settings: session.settings,
    bases: session.bases,
    search: session.search,
    gatewayKey: session.gatewayKey,
    withheld: session.withheld,
    simulated: session.simulator?.scenario.name ?? null,
    version: io.version,
  };
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
