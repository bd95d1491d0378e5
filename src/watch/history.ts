import * as z from 'zod/mini';
import { applyChange, type Baseline, baselineOf } from '../report/baseline.js';
import { parseJson } from '../safety/parse.js';

/*
 * Reads what `check --format json|ndjson` and `watch --format ndjson` wrote. Only what a baseline needs is
 * asked for, so that a report of a newer version, with rules of its own, can be read as well.
 */

const text = z.string().check(z.maxLength(2_000));
const rule = z.nullable(text);
const models = z.array(text);
/** It tells apart what no rule explains. */
const status = z.optional(z.nullable(z.number()));

const linesSchema = z.looseObject({
  cells: z.array(
    z.looseObject({
      model: text,
      route: text,
      outcome: text,
      rule,
      status,
      control: z.optional(z.boolean()),
      instead: z.optional(z.boolean()),
    }),
  ),
  findings: z.array(z.looseObject({ rule: text, models, cells: z.array(z.int()) })),
  models: z.array(z.looseObject({ id: text, usable: z.boolean() })),
});
const reportSchema = z.extend(linesSchema, {
  schemaVersion: z.literal(1),
  tool: z.looseObject({ name: z.literal('hf-doctor') }),
});
const version = z.literal(1);
const reportLine = z.looseObject({ schemaVersion: version, type: z.literal('report'), report: reportSchema });
const changeLine = z.looseObject({
  schemaVersion: version,
  type: z.literal('change'),
  model: text,
  route: text,
  to: z.looseObject({ outcome: text, rule, status }),
});
const roundLine = z.looseObject({
  schemaVersion: version,
  type: z.literal('round'),
  fault: rule,
  findings: z.array(z.looseObject({ rule: text, models })),
});

export type BaselineRead = { ok: true; baseline: Baseline } | { ok: false; problem: string };

/** The state that a report shows, or a history after its last line. Never throws, never quotes the text. */
export function readBaseline(content: string): BaselineRead {
  const lines = content
    .split('\n')
    .map((line, i) => ({ line: line.trim(), at: i + 1 }))
    .filter(({ line }) => line !== '' && line !== '\ufeff');
  const first = lines[0];
  if (!first) return fail('is empty.');
  const head = parseJson(first.line);
  const type = head.ok ? typeOf(head.value) : null;
  if (type === 'start') return readLines(lines);
  return type === null ? readOne(content) : readHistory(lines, content.endsWith('\n'));
}

/** A check as lines. Without its end it may lack what failed later, so nothing is concluded from it. */
function readLines(lines: readonly { line: string }[]): BaselineRead {
  const parts: Record<string, unknown[]> = { model: [], cell: [], finding: [], end: [] };
  for (const { line } of lines) {
    const parsed = parseJson(line);
    const type = parsed.ok ? typeOf(parsed.value) : null;
    if (parsed.ok && type !== null) parts[type]?.push(parsed.value);
  }
  if (parts.end?.length !== 1) return fail('ends in the middle: its last line, the end, is missing.');
  const report = linesSchema.safeParse({ models: parts.model, cells: parts.cell, findings: parts.finding });
  return report.success
    ? { ok: true, baseline: baselineOf(report.data) }
    : fail('holds a line that is not whole.');
}

function readOne(content: string): BaselineRead {
  const parsed = parseJson(content);
  if (!parsed.ok) return fail('holds no report.');
  const report = reportSchema.safeParse(parsed.value);
  if (report.success) return { ok: true, baseline: baselineOf(report.data) };
  const other = z.looseObject({ schemaVersion: z.number() }).safeParse(parsed.value);
  return other.success && other.data.schemaVersion !== 1
    ? fail('was written by another version of hf-doctor, and this one cannot read it.')
    : fail('holds no report.');
}

function readHistory(lines: readonly { line: string; at: number }[], whole: boolean): BaselineRead {
  let baseline: Baseline | null = null;
  for (const { line, at } of lines) {
    const parsed = parseJson(line);
    // A watch that still runs, or that was killed, may leave half a line at the end.
    if (!parsed.ok && !whole && baseline && at === lines.at(-1)?.at) break;
    const type = parsed.ok ? typeOf(parsed.value) : null;
    if (!parsed.ok || type === null) return fail(`holds no event of a watch in line ${at}.`);
    const next = play(baseline, type, parsed.value);
    if (next === 'wrong') return fail(`holds a line that is not whole: line ${at}.`);
    baseline = next;
  }
  return baseline ? { ok: true, baseline } : fail('holds no report: no round of that watch was completed.');
}

/** One event onto what is known. Events that say nothing of the state change nothing. */
function play(known: Baseline | null, type: string, value: unknown): Baseline | null | 'wrong' {
  switch (type) {
    case 'report': {
      const event = reportLine.safeParse(value);
      return event.success ? baselineOf(event.data.report) : 'wrong';
    }
    case 'change': {
      const event = changeLine.safeParse(value);
      if (!event.success || !known) return 'wrong';
      const { model, route, to } = event.data;
      applyChange(known, { model, route, outcome: to.outcome, rule: to.rule, status: to.status });
      return known;
    }
    case 'round': {
      const event = roundLine.safeParse(value);
      if (!event.success) return 'wrong';
      return known && event.data.fault === null ? { ...known, apart: event.data.findings } : known;
    }
    default:
      return known;
  }
}

function typeOf(value: unknown): string | null {
  const event = z.looseObject({ type: text }).safeParse(value);
  return event.success ? event.data.type : null;
}

function fail(problem: string): BaselineRead {
  return { ok: false, problem };
}
