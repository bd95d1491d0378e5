import { whyNotCounted } from './counts.js';
import { faulty } from './faults.js';
import type { Report, Severity } from './model.js';

export type FailOn = 'error' | 'warning' | 'never';

export const EXIT = {
  healthy: 0,
  findings: 1,
  usage: 2,
  inconclusive: 3,
  internal: 4,
  SIGINT: 130,
  SIGTERM: 143,
  SIGHUP: 129,
} as const;

const ENDINGS = ['SIGINT', 'SIGTERM', 'SIGHUP', 'internal'] as const;
/** What ended a run too early: a signal, or a fault of our own that nobody awaited. */
export type Ending = (typeof ENDINGS)[number];

/** Null while the run goes on, and for its time limit. */
export function endingOf(signal: AbortSignal): Ending | null {
  return (signal.aborted && ENDINGS.find((ending) => ending === signal.reason)) || null;
}

const RANK: Record<Severity, number> = { error: 2, warning: 1, info: 0 };

/**
 * The exit code, from the report alone. Computed once, before rendering, so that each format has the
 * same one. Nothing learned is never green: it is 3.
 */
export function exitCodeOf(
  report: Pick<Report, 'cells' | 'findings' | 'token' | 'models' | 'depth' | 'missing' | 'unread'>,
  failOn: FailOn,
  interrupted: Ending | null,
): number {
  if (interrupted) return EXIT[interrupted];
  if (isInconclusive(report)) return EXIT.inconclusive;
  if (failOn === 'never') return EXIT.healthy;
  const least = failOn === 'warning' ? 1 : 2;
  const found = report.findings.some((f) => whyNotCounted(f) === null && RANK[f.severity] >= least);
  if (found || hasDeadModel(report)) return EXIT.findings;
  // Green means that there was a model, and that each was heard of; what nobody reported may fail.
  const heard = report.models.length > 0 && report.models.every((m) => m.checked) && !isPartial(report);
  return heard ? EXIT.healthy : EXIT.inconclusive;
}

/** A model that failed wherever it was asked is never healthy, whatever the findings say. */
function hasDeadModel({ models, cells, depth }: Pick<Report, 'models' | 'cells' | 'depth'>): boolean {
  const failing = faulty(cells);
  return models.some(
    (m) =>
      !m.usable &&
      whyNotCounted(m) === null &&
      m.checked &&
      // At depth catalog no cell can fail: that nobody serves it is all there is.
      (failing.has(m.id) || depth === 'catalog'),
  );
}

/** No probe told anything about a model or the token. */
function isInconclusive({
  cells,
  token,
  findings,
  models,
}: Pick<Report, 'cells' | 'findings' | 'token' | 'models'>): boolean {
  // The retired host tells nothing about a model, unless it was what was asked.
  const aside = findings.some((f) => f.rule === 'legacy-host-gone' && f.severity === 'info');
  const told = cells.some(
    (c) =>
      !c.control &&
      !c.instead &&
      ['ok', 'flaky', 'fault'].includes(c.outcome) &&
      !(aside && c.rule === 'legacy-host-gone'),
  );
  // With --anonymous a missing token is no news, and no finding names it.
  const tokenTold =
    ['invalid', 'missing', 'malformed'].includes(token.status) && findings.some((f) => f.blame === 'token');
  // At depth catalog no cell is asked, and the mapping tells.
  const read = models.some((m) => m.checked);
  const modelTold = findings.some(
    (f) =>
      f.confidence === 'certain' &&
      (f.blame === 'model' || (f.severity === 'error' && (f.blame === 'code' || f.blame === 'provider'))),
  );
  return !told && !tokenTold && !modelTold && !read;
}

/** The code of a run from those of its parts: a part that told nothing leaves the whole without a promise. */
export function exitCodeOfParts(codes: readonly number[], failOn: FailOn): number {
  const ended = codes.find((c) => c >= EXIT.internal);
  if (ended !== undefined) return ended;
  if (failOn === 'never') return Math.min(...codes, EXIT.inconclusive);
  if (codes.includes(EXIT.findings)) return EXIT.findings;
  return Math.max(EXIT.healthy, ...codes);
}

/** Of a merged report: a part is not there. */
function isPartial({ missing = [], unread = 0 }: Pick<Report, 'missing' | 'unread'>): boolean {
  return missing.length > 0 || unread > 0;
}
