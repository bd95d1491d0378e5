import type { RENDERERS } from '../../src/render/index.js';
import { MOST_BYTES } from '../../src/render/markdown/markdown.js';
import { exitCodeOf } from '../../src/report/exit-code.js';
import { type Report, reportSchema } from '../../src/report/model.js';
import { readBaseline } from '../../src/watch/history.js';
import { htmlFault } from '../support/html.js';
import { parseJunit } from '../support/junit.js';
import { leaks, runnerCommands, terminalSafe } from '../support/leaks.js';
import { activeIn, tables } from '../support/markdown.js';
import { parsePrometheus } from '../support/prometheus.js';
import { obeyed } from '../support/runner.js';

/* What must hold for every output, whatever a server said. A judge names what is wrong, or is silent. */

export type Fault = 'leak' | 'unsafe byte' | 'runner command' | 'invalid document';
export interface Problem {
  fault: Fault;
  detail: string;
}

const ESC = '\x1b';
/** Codes of our own colours: bold, dim, the colours of the palette, and their ends. */
const SGR = new RegExp(`${ESC}\\[(?:0|1|2|4|22|24|3[0-7]|39|9[0-7])m`, 'g');

/** Bytes that a terminal must not get; no colour at all where none was asked for. */
export function unsafeBytes(text: string, colours: boolean): string[] {
  const left = colours ? text.replace(SGR, '') : text;
  const found = terminalSafe(left);
  return found.length === 0 && left.includes(ESC) ? ['U+001B'] : found;
}

/** Parts that were looked at before are not looked at again: most of a report is our own text. */
export function leakJudge(secrets: readonly string[]): (text: string) => string | null {
  const clean = new Set<string>();
  return (text) => {
    for (const part of text.split(/\n(?=\n|\s*")/)) {
      if (clean.has(part)) continue;
      const longest = leaks(part, secrets);
      if (longest >= 6) return `${longest} characters of a secret in ${JSON.stringify(part).slice(0, 600)}`;
      if (part.length < 4_000 && clean.size < 50_000) clean.add(part);
    }
    return null;
  };
}

/** Texts that only a value of the wrong kind leaves behind. */
export const HOLE = /\[object \w{1,20}\]|\bundefined\b|\bNaN\b|\[native code\]/;

export function humanText(text: string): string | null {
  if (!text.endsWith('\n')) return 'does not end with a line break';
  if (text.trim() === '') return 'is empty';
  const at = text.search(HOLE);
  return at < 0 ? null : `has a hole: ${JSON.stringify(text.slice(Math.max(0, at - 150), at + 60))}`;
}

export function jsonDocument(text: string): string | null {
  try {
    JSON.parse(text);
    return text.endsWith('\n') ? null : 'does not end with a line break';
  } catch (error) {
    return `is no JSON: ${(error as Error).message}`;
  }
}

type FailOn = 'error' | 'warning' | 'never';

/** The schema, and what it cannot say: each index leads somewhere, each sum is right, a baseline can be read. */
export function reportDocument(text: string, failOn: FailOn): string | null {
  return (
    jsonDocument(text) ??
    wrongIn(JSON.parse(text), failOn) ??
    (readBaseline(text).ok ? null : 'is no baseline')
  );
}

/** The same report line by line: put together again it must be the same document. */
export function reportLines(text: string, failOn: FailOn): string | null {
  const wrong = lines(text);
  if (wrong) return wrong;
  const all = text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as { type: string; findings?: unknown });
  const of = (type: string) => all.filter((line) => line.type === type);
  const [start, end] = [all[0], all.at(-1)];
  if (start?.type !== 'start' || end?.type !== 'end') return 'does not begin with start and stop with end';
  const parts = {
    models: of('model'),
    cells: of('cell'),
    findings: of('finding'),
    alternatives: of('alternative'),
  };
  const known = Object.values(parts).reduce((sum, part) => sum + part.length, 2);
  if (known !== all.length) return 'holds a line of another type';
  return wrongIn({ ...start, ...end, routes: [], ...parts }, failOn);
}

function wrongIn(value: unknown, failOn: FailOn): string | null {
  const parsed = reportSchema.safeParse(value);
  if (!parsed.success) return `does not fit the schema: ${JSON.stringify(parsed.error.issues).slice(0, 300)}`;
  const report: Report = parsed.data;
  const { cells, findings, alternatives, summary, exitCode, cost } = report;
  const own = cells.filter((c) => !c.control && !c.instead);
  const counted = Object.values(summary.cells).reduce((a: number, b) => a + Number(b), 0);
  const proofs = alternatives.map((a) => cells[a.provenBy]?.outcome ?? '');
  const checks: [string, boolean][] = [
    ['an exit code of the contract', [0, 1, 3].includes(exitCode)],
    ['ok for exit code 0 alone', report.ok === (exitCode === 0)],
    ['the exit code that its cells give', exitCode === exitCodeOf(report, failOn, null)],
    ['cells for the findings', findings.every((f) => f.cells.every((i) => cells[i] !== undefined))],
    ['proofs that answered', proofs.every((outcome) => ['ok', 'flaky'].includes(outcome))],
    ['its sums', own.length === counted],
    ['its models', summary.models === report.models.length],
    ['its usable models', summary.usable === report.models.filter((m) => m.usable).length],
    ['a price that is one', (cost.measured.usd ?? 0) >= 0 && cost.planned.usd >= 0],
  ];
  const failed = checks.find(([, ok]) => !ok)?.[0];
  return failed ? `lacks ${failed}` : null;
}

/** One document a line. */
function lines(text: string): string | null {
  if (!text.endsWith('\n')) return 'does not end with a line break';
  for (const line of text.trimEnd().split('\n')) {
    const wrong = jsonDocument(`${line}\n`);
    if (wrong) return wrong;
  }
  return null;
}

/** What a watch writes. */
export function history(text: string): string | null {
  return lines(text) ?? (readBaseline(text).ok ? null : 'is no history that --baseline reads');
}

/** For people who read it on a page: nothing of it is acted on, and each row has the columns of its table. */
function markdownDocument(text: string): string | null {
  const [active] = activeIn(text);
  if (active !== undefined) return `holds ${active.slice(0, 200)}`;
  if (Buffer.byteLength(text) > MOST_BYTES) return `is longer than ${MOST_BYTES} bytes`;
  const [table] = tables(text);
  if (table?.some((row) => row.length !== table[0]?.length)) return 'has a row of other columns';
  return humanText(text);
}

/** Ours and no others, no more of a kind than are shown; everything else is told to nobody. */
function annotations(text: string): string | null {
  const commands = obeyed(text);
  for (const kind of ['error', 'warning', 'notice'])
    if (commands.filter((c) => c.name === kind).length > 10) return `has too many of the kind ${kind}`;
  const wrong = commands.find(
    (c) => !['error', 'warning', 'notice'].includes(c.name) || Object.keys(c.properties).join() !== 'title',
  );
  if (wrong) return `obeys ${JSON.stringify(wrong).slice(0, 200)}`;
  const foreign = text
    .trimEnd()
    .split('\n')
    .find((l) => !/^(?:hf-doctor:|::(?:error|warning|notice) title=)/.test(l));
  return foreign === undefined ? humanText(text) : `has a line of its own: ${foreign.slice(0, 200)}`;
}

/** Elements and attributes of ours alone, and no hole in what a person reads. */
function page(text: string): string | null {
  return htmlFault(text) ?? humanText(text.replace(/<(style|script)>[\s\S]*?<\/\1>/g, ''));
}

function metrics(text: string): void {
  const series = parsePrometheus(text);
  if (series.length > 1_000) throw new Error(`${series.length} series`);
  if (series.some((s) => !s.name.startsWith('hf_doctor_'))) throw new Error('a name that is not ours');
}

function thrownBy(read: (text: string) => unknown): (text: string) => string | null {
  return (text) => {
    try {
      read(text);
      return null;
    } catch (error) {
      return (error as Error).message.slice(0, 300);
    }
  };
}

type FormatJudge = {
  /** The same bytes at every width, with and without colour. */
  fixed: boolean;
  /** Holds commands for the runner, which its judge looks at. */
  commands?: true;
  judge: (text: string, failOn: FailOn) => string | null;
};

/** A new format of the report needs a judge here: without one nothing runs. */
export const FORMAT_JUDGES: Readonly<Record<keyof typeof RENDERERS, FormatJudge>> = {
  human: { fixed: false, judge: humanText },
  json: { fixed: true, judge: reportDocument },
  ndjson: { fixed: true, judge: reportLines },
  markdown: { fixed: true, judge: markdownDocument },
  github: { fixed: true, commands: true, judge: annotations },
  junit: { fixed: true, judge: thrownBy(parseJunit) },
  html: { fixed: true, judge: page },
  prometheus: { fixed: true, judge: thrownBy(metrics) },
};

export function formatsWithoutJudge(formats: readonly string[]): string[] {
  return formats.filter((format) => !Object.hasOwn(FORMAT_JUDGES, format));
}

/** One text to show, and what is to be asked of it besides what is asked of all. */
export interface Output {
  name: string;
  text: string;
  colours: boolean;
  commands?: true | undefined;
  judge: (text: string) => string | null;
}

export function judged(
  { text, colours, commands, judge }: Output,
  leakIn: (text: string) => string | null,
): Problem[] {
  const problems: Problem[] = [];
  const leak = leakIn(text);
  if (leak) problems.push({ fault: 'leak', detail: leak });
  const unsafe = unsafeBytes(text, colours);
  if (unsafe.length > 0) problems.push({ fault: 'unsafe byte', detail: [...new Set(unsafe)].join(', ') });
  const [command] = commands ? [] : runnerCommands(text);
  if (command !== undefined)
    problems.push({ fault: 'runner command', detail: JSON.stringify(command).slice(0, 300) });
  const wrong = judge(text);
  if (wrong) problems.push({ fault: 'invalid document', detail: wrong });
  return problems;
}

/** What was added to the objects that every other object stands on. */
export function prototypes(): string {
  const of = (o: object) => Reflect.ownKeys(o).map(String).sort().join();
  return [Object.prototype, Array.prototype, String.prototype, Function.prototype].map(of).join('; ');
}
