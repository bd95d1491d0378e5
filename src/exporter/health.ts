import { pauseOf } from '../watch/pace.js';
import type { Watched } from '../watch/round.js';

/** What the exporter knows of the watch. Times are Unix milliseconds. */
export interface Watching {
  /** When the watch began. */
  begun: number;
  everyMs: number;
  /** US dollars, for all rounds together. */
  maxUsd: number;
  /** Null before the end of the first round. */
  known: Watched | null;
}

export type Health = { ok: true; text: string } | { ok: false; reason: string };

/** Well as long as the last round is not too old. What the round found makes no difference. */
export function healthOf(watching: Watching, now: number): Health {
  const { known } = watching;
  const age = Math.round(ageMs(watching, now) / 1_000);
  const failed = known !== null && known.exitCode !== known.verdict ? ' The last round failed.' : '';
  if (!known?.last)
    return { ok: false, reason: `No round was completed yet, ${age} seconds after the start.${failed}` };
  if (ageMs(watching, now) > staleAfterMs(watching))
    return {
      ok: false,
      reason: `The last round that was completed is ${age} seconds old: more than ${Math.round(staleAfterMs(watching) / 1_000)}.${failed}`,
    };
  return { ok: true, text: `ok: round ${known.round}, ${age} seconds ago.` };
}

/** Since the end of the last round that was completed, or since the start. */
export function ageMs({ known, begun }: Watching, now: number): number {
  return Math.max(0, now - (known?.last ? Date.parse(known.last.at) : begun));
}

/** Three times what a round and the pause after it take now. */
export function staleAfterMs({ known, everyMs }: Watching): number {
  return 3 * (pauseOf(everyMs, known?.slow ?? 0) + (known?.last?.report.durationMs ?? 0));
}
