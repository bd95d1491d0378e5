import { whyNotCounted } from '../../report/counts.js';
import type { Cell, Finding, Report } from '../../report/model.js';
import { faultOf, fixText } from '../human/findings.js';

/*
 * What the readers of JUnit files do with a case: Jenkins calls the build unstable and GitLab counts a
 * failed test for `failure` and `error` alike, and neither looks at anything that was skipped.
 * - a fault is a `failure`, also where the model works elsewhere: somebody should look at it
 * - what could not be learned is an `error`: it is no pass, and no fault of the model either
 * - `skipped` is what was not asked, and what is red but expected: the retired host, what stood in the
 *   baseline, what the user said to ignore. It must not turn a build that is healthy.
 * - what failed and then worked has passed, and its output says so
 */

export type Result = 'passed' | 'failure' | 'error' | 'skipped';

export interface Case {
  classname: string;
  name: string;
  /** Seconds. */
  time: number;
  result: Result;
  /** Rule, or code of the error. */
  type: string;
  message: string;
  text: string;
}

/** Findings by the index of each cell that they are about. */
export function findingsByCell(report: Report): ReadonlyMap<number, readonly Finding[]> {
  const by = new Map<number, Finding[]>();
  for (const f of report.findings)
    for (const i of new Set(f.cells)) {
      const own = by.get(i);
      if (own) own.push(f);
      else by.set(i, [f]);
    }
  return by;
}

export function caseOfCell(c: Cell, findings: readonly Finding[]): Case {
  // That which explains the cell, before others that name it as well.
  const f = findings.find((one) => one.rule === c.rule) ?? findings[0];
  const name = c.vantage === undefined ? c.route : `${c.route} from ${c.vantage}`;
  const base = { classname: c.model, name, time: (c.latencyMs ?? 0) / 1_000 };
  const type = c.rule ?? f?.rule ?? c.error ?? 'unknown';
  const seen = [
    c.status === null ? null : `HTTP ${c.status}`,
    c.error,
    c.reason,
    c.evidence,
    c.requestId === null ? null : `request id ${c.requestId}`,
  ].filter((line) => line !== null && line !== '');
  const message = f?.title ?? seen[0] ?? 'no answer';
  const text = [...seen, ...(f ? adviceOf(f) : [])].join('\n');
  switch (c.outcome) {
    case 'ok':
      return { ...base, result: 'passed', type: '', message: '', text: '' };
    case 'flaky':
      return { ...base, result: 'passed', type, message, text: [message, text].join('\n') };
    case 'skipped':
      return { ...base, result: 'skipped', type: '', message: c.reason ?? 'not asked', text: '' };
    default: {
      const calm = findings.length > 0 ? calmBecause(findings, c) : whyNotCounted(c);
      if (calm !== null)
        return { ...base, result: 'skipped', type, message: `${calm}: ${message}`, text: '' };
      return { ...base, result: c.outcome === 'fault' ? 'failure' : 'error', type, message, text };
    }
  }
}

/** A finding that no cell tells: about the token, the account, the run. */
export function caseOfFinding(f: Finding, classname: string): Case {
  const calm = calmBecause([f]);
  const where = f.models.length > 0 ? ` ${f.models.slice(0, 3).join(' ')}` : '';
  return {
    ...{ classname, name: `${f.rule}${where}`, time: 0, type: f.rule },
    result: calm === null ? 'failure' : 'skipped',
    message: calm === null ? f.title : `${calm}: ${f.title}`,
    text: calm === null ? adviceOf(f).join('\n') : '',
  };
}

/** Why none of them is a reason to be red; null where one is. A finding may count for another cell alone. */
function calmBecause(findings: readonly Finding[], c: Cell | null = null): string | null {
  const ofCell = (f: Finding) => (c !== null && f.rule === c.rule ? whyNotCounted(c) : null);
  const reasons = findings.map(
    (f) => whyNotCounted(f) ?? ofCell(f) ?? (f.severity === 'info' ? 'expected' : null),
  );
  return reasons.includes(null) ? null : (reasons[0] ?? null);
}

function adviceOf(f: Finding): string[] {
  return [
    f.explanation,
    `Fault: ${faultOf(f)} (${f.rule}, ${f.confidence})`,
    ...f.fixes.flatMap((fix, i) => [
      `${i === 0 ? 'Do now' : 'Or'}: ${fixText(fix)}`,
      ...fix.commands,
      ...fix.links,
    ]),
    ...(f.notThis ? [`Not this: ${f.notThis}`] : []),
    ...(f.verify ? [`Verify: ${f.verify}`] : []),
  ];
}
