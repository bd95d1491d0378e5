import { type Diagnosis, diagnose } from '../diagnose/diagnose.js';
import { CONFIDENCE_ORDER } from '../diagnose/findings.js';
import { buildReport } from '../report/build.js';
import type { FailOn } from '../report/exit-code.js';
import type { Report } from '../report/model.js';
import { evidenceOf } from '../report/record.js';
import type { Source } from '../report/run-model.js';
import { combine, type Place } from './combine.js';
import { type Dossier, recordsOf, toEvidence } from './dossier.js';
import { joinTokens } from './facts.js';
import { missingShards } from './missing.js';
import { acrossPlaces } from './places.js';

/** The report of all that was merged: each place is diagnosed on its own, then they are compared. */
export function reportOf(
  dossier: Dossier,
  { version, failOn, unread = 0 }: { version: string; failOn: FailOn; unread?: number },
): Report {
  const sources = [...dossier.sources.values()].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  const records = recordsOf(dossier);
  const places: Place[] = records.map(({ vantage, record }) => ({
    vantage,
    found: diagnose(evidenceOf(record), record.skips, null, { ...record.instead }),
  }));
  const found = combine(places);
  const diagnosis: Diagnosis =
    places.length > 1
      ? { ...found, findings: [...acrossPlaces(records, found), ...found.findings].sort(byWeight) }
      : found;
  const tokens = records.map((r) => r.record.token);
  const [first] = records;
  if (!first) throw new RangeError('a dossier holds at least one view');
  const missing = missingShards(sources);
  const simulated = [...new Set(sources.flatMap((s) => s.simulated ?? []))].sort();
  const report = buildReport({
    version,
    startedAt: sources.map((s) => s.startedAt).sort()[0] ?? '',
    durationMs: Math.max(0, ...sources.map((s) => s.durationMs)),
    simulated: simulated.length > 0 ? simulated.join(', ') : null,
    depth: first.record.run.depth,
    endpoints: { ...first.record.run.endpoints },
    token: tokens.reduce(joinTokens),
    tokenSent: sources.some((s) => s.tokenSent),
    diagnosis,
    cost: costOf(sources),
    missing,
    unread,
    complete: missing.length === 0 && unread === 0 && sources.every((s) => s.complete),
    interrupted: null,
    failOn,
  });
  const vantages = places.map((p) => p.vantage);
  return {
    ...report,
    ...(vantages.length === 1 && vantages[0] ? { vantage: vantages[0] } : {}),
    sources,
    evidence: toEvidence(dossier),
  };
}

function keyOf({ vantage, shard, startedAt, id }: Source): string {
  return JSON.stringify([vantage, shard, startedAt, id]);
}

const SEVERITY = ['error', 'warning', 'info'];

function byWeight(a: Report['findings'][number], b: Report['findings'][number]): number {
  return (
    SEVERITY.indexOf(a.severity) - SEVERITY.indexOf(b.severity) ||
    CONFIDENCE_ORDER[a.confidence] - CONFIDENCE_ORDER[b.confidence]
  );
}

/** What somebody made up must not become a number that no report can hold. */
const bounded = (n: number) => Math.min(Math.max(0, n), Number.MAX_SAFE_INTEGER);

/** Each run once. */
function costOf(sources: readonly Source[]): Report['cost'] {
  const sum = (of: (c: Report['cost']) => number | undefined) =>
    // In whole numbers, so that the order of adding does not show.
    bounded(sources.reduce((n, s) => n + Math.round(bounded(of(s.cost) ?? 0) * 1e9), 0) / 1e9);
  return {
    planned: {
      requests: sum((c) => c.planned.requests),
      billable: sum((c) => c.planned.billable),
      usd: sum((c) => c.planned.usd),
    },
    measured: {
      requests: sum((c) => c.measured.requests),
      retries: sum((c) => c.measured.retries),
      billable: sum((c) => c.measured.billable),
      usd: sum((c) => c.measured.usd),
    },
  };
}
