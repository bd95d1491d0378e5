import type { Report } from '../../report/model.js';
import type { Safe } from '../../safety/safe.js';
import type { Look } from '../look.js';
import { baselineLines } from './baseline.js';
import { closing, healthy } from './closing.js';
import { briefLines, findingLines, indent } from './findings.js';
import { gapLines, openLines } from './gaps.js';
import { headerLines } from './header.js';
import { headline } from './headline.js';
import { insteadLines } from './instead.js';
import { restLines, shownOf } from './large.js';
import { matrix } from './matrix.js';

/** What a person sees: what you have, what we saw, what it means, what to do. */
export function renderHuman(report: Safe<Report>, look: Look): string {
  const view = matrix(report, look);
  const lines = [...headerLines(report, look), '', ...(view.length > 0 ? [...view, ''] : [])];
  const told = report.findings.filter((f) => f.severity !== 'info');
  const infos = report.findings.filter((f) => f.severity === 'info');
  const since = baselineLines(report, look);
  if (told.length > 0) {
    const summary = [...headline(report), ...since];
    if (summary.length > 0) lines.push(...summary, '');
    const shown = shownOf(report, told);
    for (const f of shown) lines.push(...findingLines(f, look), '');
    lines.push(...restLines(told.slice(shown.length), look));
    for (const f of shownOf(report, infos)) lines.push(...briefLines(f, look), '');
    lines.push(...insteadLines(report, look));
  } else {
    lines.push(...opening(report, look));
  }
  lines.push(...gapLines(report, look));
  if (told.length === 0) lines.push(...since);
  lines.push(...openLines(report, look));
  lines.push(...closing(report, look));
  if (report.simulated && !report.sources && told.length > 0)
    lines.push(
      ...indent(
        `This was a simulation, and its addresses are closed again. To try them: hf-doctor simulate ${report.simulated}`,
        0,
        look.text,
      ),
    );
  return `${lines.join('\n')}\n`;
}

/** Where no finding follows; a run that is healthy and complete says it in its last line. */
function opening(report: Report, look: Look): string[] {
  if (report.complete && report.depth !== 'catalog') return [];
  const lines = report.exitCode === 0 && report.depth !== 'catalog' ? [healthy(report)] : headline(report);
  return lines.length > 0 ? [...lines.flatMap((l) => indent(l, 0, look.text)), ''] : [];
}
