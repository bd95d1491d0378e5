import { endLine, type Line, partLines, startLine, tally } from '../report/lines.js';
import type { Report } from '../report/model.js';
import type { Safe } from '../safety/safe.js';
import { chunks, oneLine } from './json.js';

/** The whole report, one line for each thing in it. */
export function renderNdjson(report: Safe<Report>): Iterable<string> {
  return chunks(lines(report));
}

function* lines(report: Safe<Report>): Generator<string> {
  yield oneLine(startLine(report));
  yield* renderLines(partLines(report, 0));
  yield oneLine(endLine({ ...report, findings: tally([], report.findings) }));
}

export function* renderLines(list: readonly Line[]): Generator<string> {
  for (const line of list) yield oneLine(line);
}
