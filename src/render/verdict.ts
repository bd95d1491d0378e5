import type { Report } from '../report/model.js';
import { closing, healthy } from './human/closing.js';
import { headline } from './human/headline.js';
import type { Look } from './look.js';

/** What it comes to, in a sentence or two, for views that begin with it. */
export function verdictOf(report: Report, flat: Look): string {
  const told = headline(report);
  if (told.length > 0) return told.join(' ');
  if (report.exitCode === 0) return healthy(report);
  // Its first line says why there is no verdict.
  return closing(report, flat)[0] ?? `Exit code ${report.exitCode}.`;
}

/** The sign before the verdict, and the words that say the same. */
export function signOf({ exitCode, findings }: Report, { symbols: s }: Look): string {
  if (exitCode === 0) return findings.some((f) => f.severity !== 'info') ? s.warn : s.good;
  return exitCode === 1 ? s.bad : s.unknown;
}
