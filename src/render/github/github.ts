import { whyNotCounted } from '../../report/counts.js';
import type { Finding, Report } from '../../report/model.js';
import type { Safe } from '../../safety/safe.js';
import { faultOf, fixText } from '../human/findings.js';
import { matrix } from '../human/matrix.js';
import { flatLook } from '../look.js';
import { signOf, verdictOf } from '../verdict.js';
import { withoutToken } from '../without-token.js';
import { annotation, type Kind, plain } from './escape.js';

/** GitHub shows no more of a kind for one step. */
const MOST = 10;
const KINDS = ['error', 'warning', 'notice'] as const satisfies readonly Kind[];

/** Annotations, the worst first, and the matrix as lines of the log. */
export function renderGithub(report: Safe<Report>): Iterable<string> {
  return [`${lines(report).join('\n')}\n`];
}

function lines(report: Report): string[] {
  const look = { ...flatLook(), width: 250 };
  const verdict = verdictOf(report, look);
  const all = annotationsOf(report, verdict);
  const shown = KINDS.flatMap((kind) => {
    const own = all.filter((a) => a.kind === kind);
    // The last notice is kept for the number of those that are left out.
    return own.slice(0, kind === 'notice' ? MOST - 1 : MOST);
  });
  const left = KINDS.map((kind) => {
    const n = count(all, kind) - count(shown, kind);
    return n > 0 ? `${n} ${kind}${n === 1 ? '' : 's'}` : '';
  }).filter((text) => text !== '');
  const rest = all.length - shown.length;
  return [
    plain(`${signOf(report, look)} ${verdict}`),
    ...matrix(report, look).map((line) => plain(line).trimEnd()),
    ...shown.map((a) => annotation(a.kind, a.title, a.message)),
    ...(rest > 0
      ? [
          annotation(
            'notice',
            `${rest} more`,
            `${left.join(', ')}: they stand in the summary and in the report.`,
          ),
        ]
      : []),
    plain(`exit code ${report.exitCode}`),
  ];
}

interface Annotation {
  kind: Kind;
  title: string;
  message: string;
}

const count = (list: readonly Annotation[], kind: Kind) => list.filter((a) => a.kind === kind).length;

function annotationsOf(report: Report, verdict: string): Annotation[] {
  const own = withoutToken(report).findings.map(annotationOf);
  // What makes the step red is said in red, also where no finding is.
  const isSilent = report.exitCode !== 0 && !own.some((a) => a.kind === 'error');
  const said: Annotation = { kind: 'error', title: `Exit code ${report.exitCode}`, message: verdict };
  return isSilent ? [said, ...own] : own;
}

const KIND_OF = { error: 'error', warning: 'warning', info: 'notice' } as const;

/** What does not count for the exit code is a notice, and says why. */
function annotationOf(f: Finding): Annotation {
  const why = whyNotCounted(f);
  const [fix] = f.fixes;
  const message = [
    ...(why === null ? [] : [`Does not count: ${why}.`]),
    f.explanation,
    `Fault: ${faultOf(f)} (${f.rule}, ${f.confidence})`,
    ...(fix ? [`Do now: ${fixText(fix)}`, ...fix.commands, ...fix.links] : []),
  ];
  return { kind: why === null ? KIND_OF[f.severity] : 'notice', title: f.title, message: message.join('\n') };
}
