import type { World } from '../probe/ask.js';
import { exitCodeOfParts } from '../report/exit-code.js';
import { type End, endLine, type Line, partLines, startLine, tally } from '../report/lines.js';
import type { Report } from '../report/model.js';
import { begin } from './begin.js';
import { conclude } from './conclude.js';
import type { CheckInput } from './input.js';
import { inspect, isOver, keptBack, leftOut } from './inspect.js';
import { inParts } from './parts.js';

/**
 * A check as lines, part by part. Nothing of a part is kept but its counts, so a list of any length
 * fits into memory; a finding is diagnosed within its part. `write` says false when nobody reads any more.
 */
export async function checkInLines(
  i: CheckInput,
  world: World,
  write: (lines: readonly Line[]) => Promise<boolean>,
): Promise<number> {
  const run = await begin(i, world);
  const parts = run.models.length > 0 ? inParts(run.models, i.settings) : [[]];
  const codes: number[] = [];
  const done = { models: 0, usd: 0, cells: 0 };
  let end: End | null = null;
  for (const models of parts) {
    const over = end !== null && isOver(run);
    const seen = over ? leftOut(run, models) : await inspect(run, models, end && done);
    const { report: found } = await conclude(run, seen);
    const report = i.judge?.(found) ?? found;
    codes.push(report.exitCode);
    const first = end === null ? [startLine(report)] : [];
    const read = await write([...first, ...partLines(report, done.cells)]);
    done.models += models.length;
    done.usd += report.cost.planned.usd;
    done.cells += report.cells.length;
    end = endOf(end, report);
    if (!read) break;
    if (parts.length > 1) world.tidy();
  }
  const exitCode = exitCodeOfParts(codes, i.settings.failOn.value);
  if (end) await write([endLine({ ...end, exitCode, ok: exitCode === 0 })]);
  return exitCode;
}

/** What the end line says so far, with one more part. Requests count on over the parts. */
function endOf(before: End | null, r: Report): End {
  if (before === null) return { ...r, findings: tally([], r.findings) };
  const { summary: a, cost } = before;
  const { summary: b } = r;
  return {
    ...r,
    complete: before.complete && r.complete,
    cost: {
      planned: {
        ...r.cost.planned,
        ...paid(cost.planned, r.cost.planned),
        ...keptBack(cost.planned, r.cost.planned),
      },
      measured: {
        ...r.cost.measured,
        ...paid(cost.measured, r.cost.measured),
        retries: (cost.measured.retries ?? 0) + (r.cost.measured.retries ?? 0),
      },
    },
    summary: {
      models: a.models + b.models,
      usable: a.usable + b.usable,
      cells: {
        ok: a.cells.ok + b.cells.ok,
        fault: a.cells.fault + b.cells.fault,
        flaky: a.cells.flaky + b.cells.flaky,
        unknown: a.cells.unknown + b.cells.unknown,
        skipped: a.cells.skipped + b.cells.skipped,
      },
      ...(b.excused ? { excused: added(a.excused, b.excused) } : {}),
    },
    unsearched: (before.unsearched ?? 0) + (r.unsearched ?? 0),
    ...(r.recovered ? { recovered: [...(before.recovered ?? []), ...r.recovered] } : {}),
    findings: tally(before.findings, r.findings),
  };
}

function added(a: Excused | undefined, b: Excused): Excused {
  return { expected: (a?.expected ?? 0) + b.expected, ignored: (a?.ignored ?? 0) + b.ignored };
}
type Excused = NonNullable<Report['summary']['excused']>;

interface Paid {
  billable: number;
  usd?: number | undefined;
}

function paid(a: Paid, b: Paid): { billable: number; usd: number } {
  return { billable: a.billable + b.billable, usd: (a.usd ?? 0) + (b.usd ?? 0) };
}
