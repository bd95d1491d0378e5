import { parseJson } from '../safety/parse.js';
import { columns, kindOf, providerOf } from './build.js';
import { type Report, reportSchema } from './model.js';

/** Bytes of a report that is read again. */
export const MOST_REPORT_BYTES = 10 * 1024 * 1024;
const MOST_ROWS = 100_000;

export type ReportRead = { ok: true; report: Report } | { ok: false; problem: string };

/** A report from outside: a document, or the lines of one. Never throws, never quotes the text. */
export function readReport(content: string): ReportRead {
  const body = content.replace(/^\ufeff/, '').trim();
  if (body === '') return fail('is empty.');
  if (body.startsWith('\u001f\ufffd')) return fail('is compressed. Unpack it first.');
  if (body.includes('\0')) return fail('is no UTF-8 text. Save it as UTF-8.');
  if (body.split('\n', 1)[0]?.includes('"type":"start"')) return readLines(body);
  const parsed = parseJson(body);
  if (!parsed.ok) return fail(PROBLEMS[parsed.reason]);
  return checked(parsed.value);
}

const PROBLEMS = {
  syntax: 'holds no JSON, or only the start of it.',
  'too-deep': 'is nested more than 64 levels deep.',
} as const;

function readLines(body: string): ReportRead {
  const parts: Record<'start' | 'model' | 'cell' | 'finding' | 'alternative' | 'end', object[]> = {
    ...{ start: [], model: [], cell: [], finding: [], alternative: [], end: [] },
  };
  for (const line of body.split('\n')) {
    const parsed = parseJson(line);
    // A run that was killed may leave half a line; without its end it is refused below.
    const value = parsed.ok ? parsed.value : null;
    if (typeof value !== 'object' || value === null || !('type' in value)) continue;
    const { type, ...rest } = value;
    if (typeof type === 'string' && Object.hasOwn(parts, type)) parts[type as keyof typeof parts].push(rest);
  }
  const [start, end] = [parts.start[0], parts.end[0]];
  if (!start || !end || parts.end.length > 1)
    return fail('ends in the middle: its last line, the end, is missing.');
  const cells = parts.cell as { route?: unknown; instead?: unknown }[];
  const routes = columns(cells.flatMap((c) => (typeof c.route === 'string' && !c.instead ? [c.route] : [])));
  return checked({
    ...start,
    ...end,
    routes: routes.map((id) => ({ id, kind: kindOf(id), provider: providerOf(id) })),
    models: parts.model,
    cells,
    findings: parts.finding,
    alternatives: parts.alternative,
  });
}

function checked(value: unknown): ReportRead {
  if (rowsOf(value) > MOST_ROWS) return fail(`holds more than ${MOST_ROWS} rows.`);
  const read = reportSchema.safeParse(value);
  if (read.success) return { ok: true, report: read.data };
  const version = typeof value === 'object' && value !== null ? Reflect.get(value, 'schemaVersion') : null;
  if (typeof version === 'number' && version !== 1)
    return fail('was written by another version of hf-doctor, and this one cannot read it.');
  const [issue] = read.error.issues;
  const where = issue?.path
    .filter((p) => typeof p !== 'symbol')
    .join('.')
    .replace(/[^\w.-]/g, '?')
    .slice(0, 80);
  return fail(
    where ? `is no report of hf-doctor: ${where} is not as expected.` : 'is no report of hf-doctor.',
  );
}

function rowsOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  const of = (key: string) => {
    const list: unknown = Reflect.get(value, key);
    return Array.isArray(list) ? list.length : 0;
  };
  return of('cells') + of('models') + of('findings');
}

function fail(problem: string): ReportRead {
  return { ok: false, problem };
}
