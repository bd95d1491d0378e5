import type { World } from '../probe/ask.js';
import { EXIT, exitCodeOfParts } from '../report/exit-code.js';
import { type End, endLine, type Line, partLines, type Start, startLine, tally } from '../report/lines.js';
import type { Report } from '../report/model.js';
import { reportedToken } from '../report/token.js';
import { begin, isTokenSent, type Run } from './begin.js';
import { conclude } from './conclude.js';
import type { CheckInput } from './input.js';
import { inspect, isOver, keptBack, leftOut, shortened } from './inspect.js';
import { inParts, STREAMED } from './parts.js';
import { remember } from './search.js';

/** Models after which garbage is collected. */
const TIDY_AFTER = 500;

/**
 * A check as lines, part by part. Nothing of a part is kept but its counts, so a list of any length
 * fits into memory; a finding is diagnosed within its part. `write` says false when nobody reads any more.
 */
export async function checkInLines(
  i: CheckInput,
  world: World,
  write: (lines: readonly Line[]) => Promise<boolean>,
): Promise<number> {
  let isRead = true;
  const run = await begin(i, world, async (begun) => {
    isRead = await write([startLine(startOf(begun))]);
  });
  const parts = run.models.length > 0 ? inParts(run.models, i.settings, STREAMED) : [[]];
  let untidy = 0;
  const codes: number[] = [];
  const done = { models: 0, usd: 0, cells: 0 };
  let end: End | null = null;
  for (const models of parts) {
    if (!isRead) break;
    const over = end !== null && isOver(run);
    const seen = over ? leftOut(run, models) : await inspect(run, models, end && done);
    const { report: found } = await conclude(run, seen);
    const report = i.judge?.(found) ?? found;
    codes.push(report.exitCode);
    remember(run.search, shortened(seen).observations);
    isRead = await write(partLines(report, done.cells));
    done.models += models.length;
    done.usd += report.cost.planned.usd;
    done.cells += report.cells.length;
    end = endOf(end, report);
    untidy += models.length;
    if (untidy < TIDY_AFTER) continue;
    world.tidy();
    untidy = 0;
  }
  // Nobody reads, and nothing was asked.
  const exitCode = end === null ? EXIT.inconclusive : exitCodeOfParts(codes, i.settings.failOn.value);
  if (end && isRead) await write([endLine({ ...end, exitCode, ok: exitCode === 0 })]);
  return exitCode;
}

/** What is known before any model is asked. */
function startOf({ i, token, startedAt }: Pick<Run, 'i' | 'token' | 'startedAt'>): Start {
  return {
    tool: { name: 'hf-doctor', version: i.version },
    startedAt: new Date(startedAt).toISOString(),
    simulated: i.simulated,
    depth: i.settings.depth.value,
    endpoints: { ...i.bases },
    token: { ...reportedToken(token), sent: isTokenSent(i) },
  };
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
