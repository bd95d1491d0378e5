import type { Report } from '../../report/model.js';
import type { Safe } from '../../safety/safe.js';
import { chunks } from '../json.js';
import { flatLook } from '../look.js';
import { verdictOf } from '../verdict.js';
import { withoutToken } from '../without-token.js';
import { type Case, caseOfCell, caseOfFinding, findingsByCell, type Result } from './cases.js';
import { attribute, xml } from './escape.js';

/** A suite a model, a case a route; what is about no cell stands in the suites `token` and `run`. */
export function renderJunit(report: Safe<Report>): Iterable<string> {
  return chunks(document(withoutToken(report)));
}

interface Suite {
  name: string;
  cases: Case[];
}

function* document(report: Report): Generator<string> {
  const suites = suitesOf(report);
  const all = suites.flatMap((s) => s.cases);
  yield '<?xml version="1.0" encoding="UTF-8"?>\n';
  yield `<testsuites name="hf-doctor" ${counts(all)} time="${seconds(report.durationMs / 1_000)}">\n`;
  const at = attribute(report.startedAt.replace(/(?:\.\d{1,9})?Z$/, ''));
  for (const { name, cases } of suites) {
    const time = seconds(cases.reduce((sum, c) => sum + c.time, 0));
    yield `  <testsuite name="${attribute(name)}" ${counts(cases)} time="${time}" timestamp="${at}">\n`;
    for (const one of cases) yield caseText(one);
    yield '  </testsuite>\n';
  }
  yield '</testsuites>\n';
}

function suitesOf(report: Report): Suite[] {
  const by = findingsByCell(report);
  const suites = new Map<string, Case[]>(report.models.map((m) => [m.id, []]));
  report.cells.forEach((c, i) => {
    if (c.control || c.instead) return;
    const own = suites.get(c.model);
    const one = caseOfCell(c, by.get(i) ?? []);
    if (own) own.push(one);
    else suites.set(c.model, [one]);
  });
  const apart = report.findings.filter((f) => !f.cells.some((i) => isOwn(report.cells[i])));
  const ofToken = apart.filter((f) => f.blame === 'token');
  const others = apart.filter((f) => f.blame !== 'token');
  return [
    { name: 'run', cases: [verdictCase(report), ...others.map((f) => caseOfFinding(f, 'run'))] },
    ...(ofToken.length > 0 ? [{ name: 'token', cases: ofToken.map((f) => caseOfFinding(f, 'token')) }] : []),
    ...[...suites].flatMap(([name, cases]) => (cases.length > 0 ? [{ name, cases }] : [])),
  ];
}

const isOwn = (c: Report['cells'][number] | undefined) => c !== undefined && !c.control && !c.instead;

/** The exit code as a case: a file without a failure must not stand for a run that was not healthy. */
function verdictCase(report: Report): Case {
  const { exitCode } = report;
  const message = verdictOf(report, flatLook());
  return {
    ...{ classname: 'run', name: 'verdict', time: 0, message },
    result: exitCode === 0 ? 'passed' : exitCode === 1 ? 'failure' : 'error',
    type: `exit-code-${exitCode}`,
    text: exitCode === 0 ? message : `Exit code ${exitCode}.`,
  };
}

function caseText({ classname, name, time, result, type, message, text }: Case): string {
  const open = `    <testcase classname="${attribute(classname)}" name="${attribute(name)}" time="${seconds(time)}"`;
  if (result === 'passed')
    return text === ''
      ? `${open}/>\n`
      : `${open}>\n      <system-out>${xml(text)}</system-out>\n    </testcase>\n`;
  const inner =
    result === 'skipped'
      ? `<skipped message="${attribute(message)}"/>`
      : `<${result} type="${attribute(type)}" message="${attribute(message)}">${xml(text)}</${result}>`;
  return `${open}>\n      ${inner}\n    </testcase>\n`;
}

function counts(cases: readonly Case[]): string {
  const of = (result: Result) => cases.filter((c) => c.result === result).length;
  return `tests="${cases.length}" failures="${of('failure')}" errors="${of('error')}" skipped="${of('skipped')}"`;
}

/** Never an exponent, and a point whatever the locale. */
function seconds(value: number): string {
  return Math.max(0, value).toFixed(3);
}
