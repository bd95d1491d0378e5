import { reportOf } from '../diagnose/report-of.js';
import type { FailOn } from '../report/exit-code.js';
import type { Report } from '../report/model.js';
import { readRecord } from '../report/record-schema.js';

/** An earlier report of one run, diagnosed again by the rules of today. Null without evidence. */
export function replay(
  r: Report,
  { version, failOn, keep }: { version: string; failOn: FailOn; keep: boolean },
): Report | null {
  const recorded = readRecord(r.evidence);
  if (!recorded) return null;
  const report = reportOf(recorded, {
    ...{ version, failOn, keep, startedAt: r.startedAt, durationMs: r.durationMs, simulated: r.simulated },
    ...{ tokenSent: r.token.sent ?? true, cost: r.cost, complete: r.complete, interrupted: null },
    ...(r.unsearched ? { unsearched: r.unsearched } : {}),
  });
  return { ...report, ...placeOf(r) };
}

/** From where, which part, and of a bundle on what machine. */
function placeOf({ vantage, shard, support }: Report): Pick<Report, 'vantage' | 'shard' | 'support'> {
  return { ...(vantage ? { vantage } : {}), ...(shard ? { shard } : {}), ...(support ? { support } : {}) };
}
