import { endLine, partLines, startLine, tally } from '../report/lines.js';
import type { Report } from '../report/model.js';
import type { Safe } from '../safety/safe.js';
import { oneLine } from './json.js';

/** The whole report, one line for each thing in it. */
export function renderNdjson(report: Safe<Report>): string {
  const end = endLine({ ...report, findings: tally([], report.findings) });
  return [startLine(report), ...partLines(report, 0), end].map(oneLine).join('');
}
