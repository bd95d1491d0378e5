import { faultsOf } from './faults.js';
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

const RANK: Record<Severity, number> = { error: 2, warning: 1, info: 0 };

/**
 * The exit code, from the report alone. Computed once, before rendering, so that each format has the
 * same one. Nothing learned is never green: it is 3.
 */
export function exitCodeOf(
  report: Pick<Report, 'cells' | 'findings' | 'token' | 'models' | 'depth'>,
  failOn: FailOn,
  interrupted: 'SIGINT' | 'SIGTERM' | 'SIGHUP' | null,
): number {
  if (interrupted) return EXIT[interrupted];
  if (isInconclusive(report)) return EXIT.inconclusive;
  if (failOn === 'never') return EXIT.healthy;
  const least = failOn === 'warning' ? 1 : 2;
  const found = report.findings.some((f) => !f.known && RANK[f.severity] >= least);
  if (found || hasDeadModel(report)) return EXIT.findings;
  // Green means that each model was heard of.
  return report.models.every((m) => m.checked) ? EXIT.healthy : EXIT.inconclusive;
}

/** A model that failed wherever it was asked is never healthy, whatever the findings say. */
function hasDeadModel({ models, cells, depth }: Pick<Report, 'models' | 'cells' | 'depth'>): boolean {
  if (depth === 'catalog' && models.some((m) => m.checked && !m.usable)) return true;
  return models.some((m) => !m.usable && !m.known && faultsOf(m.id, cells).length > 0);
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
  const tokenTold = ['invalid', 'missing', 'malformed'].includes(token.status);
  // At depth catalog no cell is asked, and the mapping tells.
  const read = models.some((m) => m.checked);
  const modelTold = findings.some(
    (f) =>
      f.confidence === 'certain' &&
      (f.blame === 'model' || (f.severity === 'error' && (f.blame === 'code' || f.blame === 'provider'))),
  );
  return !told && !tokenTold && !modelTold && !read;
}
