import { check } from '../check/check.js';
import type { CheckInput } from '../check/input.js';
import type { World } from '../probe/ask.js';
import { MULTILINE } from '../report/multiline.js';
import { makeSafe, safeText } from '../safety/safe.js';
import { emit } from '../safety/write.js';
import { listenAddress } from '../settings/listen-address.js';
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
import { type Judge, judgeFor } from './judged.js';
import type { Exporter } from './listen.js';
import { lookFor } from './look.js';
import { notesOf } from './notes.js';
import { type ProgressView, startProgress } from './progress.js';
import { openSession, type Session, type SessionFlags } from './session.js';

export interface WatchFlags extends SessionFlags {
  /** Seconds. */
  every?: string;
  until?: 'ok' | 'change';
  rounds?: string;
  /** `host:port` of a server that shows the last round. */
  listen?: string;
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
  const everyMs = parsed('--every', every, flags.every, io) ?? EVERY_MS;
  const most = parsed('--rounds', rounds, flags.rounds, io);
  const listen = parsed('--listen', listenAddress, flags.listen, io);
  // Its formats are its own.
  const { format = 'human', ...network } = flags;
  const session = await openSession({ ...network, ...(models.length > 0 ? { models } : {}) }, io);
  const world = { ...session.world, ...pace };
  const maxUsd = session.settings.maxCost.value;
  let exporter: Exporter | null = null;
  try {
    const { settings, redact } = session;
    const quiet = settings.quiet.value;
    if (listen)
      exporter = await (await import('./listen.js')).openExporter(
        listen,
        { everyMs, maxUsd, now: world.now },
        session,
        io,
      );
    if (!quiet)
      for (const note of notesOf(session, { depth: settings.depth.value, instead: false }))
        await emit(io.stderr, `Note: ${safeText(note, redact)}\n`);
    const judge = judgeFor(session, null);
    const waiting = () => startProgress(io, quiet, flags.color);
    const once = rounder(session, world, judge, waiting, io);
    const code = await watch(
      { everyMs, until: flags.until ?? null, rounds: most, maxUsd },
      {
        check: once,
        ...(exporter ? { keep: exporter.keep } : {}),
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
    await judge.close(io);
    return code;
  } finally {
    await Promise.all([exporter?.close(), session.close()]);
  }
}

/** One check after the other in one session: the same token, the same models, a time limit each. */
function rounder(session: Session, world: World, judge: Judge, waiting: () => Promise<ProgressView>, io: Io) {
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
      const { report: found } = await check(input, { ...world, signal: limit.signal });
      const report = judge.of(found);
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

function parsed<T>(name: string, parser: Parser<T>, raw: string | undefined, io: Io): T | null {
  if (raw === undefined) return null;
  const result = parser.parse(raw, { from: 'flag', cwd: io.cwd });
  if (!result.ok) throw new UsageError(`${name} ${result.problem}`, result.hint);
  return result.value;
}

/** The time limit of the settings is that of one round. */
function timeLimit(outer: AbortSignal, ms: number): { signal: AbortSignal; clear: () => void } {
  const own = new AbortController();
  const timer = setTimeout(() => own.abort(`--deadline ${ms / 1_000}`), ms);
  return { signal: AbortSignal.any([outer, own.signal]), clear: () => clearTimeout(timer) };
}
