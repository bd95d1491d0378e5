import { check } from '../check/check.js';
import type { CheckInput } from '../check/input.js';
import type { World } from '../probe/ask.js';
import { MULTILINE } from '../report/multiline.js';
import { makeSafe, safeText } from '../safety/safe.js';
import { emit } from '../safety/write.js';
import { number } from '../settings/number.js';
import type { Parser } from '../settings/parser.js';
import { UsageError } from '../settings/usage-error.js';
import type { WatchEvent } from '../watch/events.js';
import { watch } from '../watch/loop.js';
import { tell } from '../watch/text.js';
import { inputOf } from './checked.js';
import { internalMessage } from './errors.js';
import { exitCodeFor } from './interrupted.js';
import type { Io } from './io.js';
import { lookFor } from './look.js';
import { notesOf } from './notes.js';
import { type ProgressView, startProgress } from './progress.js';
import { openSession, type Session, type SessionFlags } from './session.js';

export interface WatchFlags extends SessionFlags {
  /** Seconds. */
  every?: string;
  until?: 'ok' | 'change';
  rounds?: string;
}

const EVERY_MS = 300_000;
const every = number({ min: 30, max: 86_400, unit: 'seconds', scale: 1_000 });
const rounds = number({ min: 1, max: 1_000_000, integer: true });

/** Repeats a check and says what changes. `pace`: the time of a test. */
export async function watchCommand(
  models: string[],
  flags: WatchFlags,
  io: Io,
  pace: Partial<Pick<World, 'now' | 'random' | 'sleep'>> = {},
): Promise<number> {
  const everyMs = flags.every === undefined ? EVERY_MS : numberOf('--every', every, flags.every, io);
  const most = flags.rounds === undefined ? null : numberOf('--rounds', rounds, flags.rounds, io);
  // Its formats are its own.
  const { format = 'human', ...network } = flags;
  const session = await openSession({ ...network, ...(models.length > 0 ? { models } : {}) }, io);
  try {
    const { settings, redact } = session;
    const world = { ...session.world, ...pace };
    const quiet = settings.quiet.value;
    if (!quiet)
      for (const note of notesOf(session, { depth: settings.depth.value, instead: false }))
        await emit(io.stderr, `Note: ${safeText(note, redact)}\n`);
    const waiting = () => startProgress(io, quiet, flags.color);
    const once = rounder(session, world, waiting, io);
    return await watch(
      { everyMs, until: flags.until ?? null, rounds: most, maxUsd: settings.maxCost.value },
      {
        check: once,
        say: sayer(format, flags.color, redact, io),
        now: world.now,
        random: world.random,
        sleep: async (ms, round) => {
          const progress = await waiting();
          const at = new Date(world.now() + ms).toISOString().slice(11, 19);
          progress.tell({ text: `round ${round} done, next at ${at} UTC`, done: 0, total: 0 });
          await world.sleep(ms, io.signal).finally(progress.stop);
        },
        stopped: () => exitCodeFor(io.signal),
      },
    );
  } finally {
    await session.close();
  }
}

/** One check after the other in one session: the same token, the same models, a time limit each. */
function rounder(session: Session, world: World, waiting: () => Promise<ProgressView>, io: Io) {
  const { settings } = session;
  let { models } = settings;
  return async (round: number, usd: number) => {
    const progress = await waiting();
    const limit = timeLimit(io.signal, settings.deadlineMs.value);
    const input: CheckInput = {
      ...inputOf(session, io),
      settings: { ...settings, models, maxCost: { ...settings.maxCost, value: usd } },
      // Who waits for a fix wants the model itself: check and fallback look for another one.
      instead: false,
      onProgress: ({ text, done, total, cost }) =>
        progress.tell({
          ...{ done, total, text: `round ${round}: ${text}` },
          ...(cost && round === 1 ? { cost: { ...cost, each: 'round' } } : {}),
        }),
    };
    try {
      const { report } = await check(input, { ...world, signal: limit.signal });
      // What the live catalogue chose first is what is watched.
      if (models.value.length === 0)
        models = { ...models, value: report.models.map(({ id }) => ({ id, suffix: null })) };
      return report;
    } catch (error) {
      if (settings.debug.value) await emit(io.stderr, internalMessage(error, io));
      throw error;
    } finally {
      limit.clear();
      progress.stop();
    }
  };
}

function sayer(format: string, colour: boolean | undefined, redact: Session['redact'], io: Io) {
  const look = lookFor(io, colour);
  return async (event: WatchEvent) => {
    const safe = makeSafe(event, redact, MULTILINE);
    if (format === 'ndjson') return emit(io.stdout, `${JSON.stringify(safe)}\n`);
    const told = tell(safe, look);
    if (!told) return 'written';
    const state = await emit(told.aside ? io.stderr : io.stdout, told.text);
    return told.aside ? 'written' : state;
  };
}

function numberOf(name: string, parser: Parser<number>, raw: string, io: Io): number {
  const parsed = parser.parse(raw, { from: 'flag', cwd: io.cwd });
  if (!parsed.ok) throw new UsageError(`${name} ${parsed.problem}`, parsed.hint);
  return parsed.value;
}

/** The time limit of the settings is that of one round. */
function timeLimit(outer: AbortSignal, ms: number): { signal: AbortSignal; clear: () => void } {
  const own = new AbortController();
  const timer = setTimeout(() => own.abort('deadline'), ms);
  return { signal: AbortSignal.any([outer, own.signal]), clear: () => clearTimeout(timer) };
}
