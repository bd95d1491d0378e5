import { concerns } from '../report/about.js';
import type { Report } from '../report/model.js';
import { shortRoute } from '../report/short-route.js';
import { bareId } from '../types/model-ref.js';
import { type Chain, isWide } from './chain.js';
import { TARGETS } from './targets.js';

/* What a person reads: the chain, what is left out of it, why there is none. Lines of safe text. */

/** The chain, best first, and how to get it as code. */
export function chainText({ links }: Chain, report: Report): string {
  if (links.length === 0) return '';
  const width = Math.max(...links.map((l) => l.ref.length));
  const rows = links.map(({ ref, route, cell }, i) => {
    const ms = cell.latencyMs === null ? '' : ` in ${cell.latencyMs} ms`;
    const how = cell.outcome === 'flaky' ? `, only when asked again` : '';
    return `${String(i + 1).padStart(4)}  ${ref.padEnd(width)}  answered${ms} on ${shortRoute(route)}${how}`;
  });
  return [
    report.simulated === null ? 'Proven now, best first:' : 'Proven in a simulation, best first:',
    ...rows,
    '',
    `As code: the same command with --for ${TARGETS.join('|')}`,
    '',
  ].join('\n');
}

/** Sentences about what the chain does not hold. */
export function leftOut({ links, others, missing }: Chain, report: Report): string[] {
  return [
    ...(isStopped(report) ? ['the run was stopped: the chain holds what had answered until then.'] : []),
    ...missing.map(({ model, why }) => `${model} is left out: ${sentence(why)}`),
    ...others.map((o) => `${o.model} is left out: ${elsewhere(o)}`),
    ...unasked(links, report),
    ...(report.simulated !== null && links.length > 0
      ? ['this was a simulation. It proves nothing about Hugging Face.']
      : []),
  ];
}

/** Why there is no chain, and what to do first. `named`: by the user, who may try others. */
export function noChain({ others, missing }: Chain, report: Report, named = true): string[] {
  if (isStopped(report))
    return [
      'it was stopped before there was a proven chain.',
      'What had not answered until then may still work: run it again.',
    ];
  const reasons = report.cells.flatMap((c) => (c.unfinished && !c.control && c.reason ? [c.reason] : []));
  const limit = reasons.find((r) => /^--|time limit/.test(r));
  const left = limit
    ? [`Not all was asked: ${sentence(limit)} A higher limit asks more.`]
    : reasons.slice(0, 1).map((r) => `Not all was asked: ${sentence(r)}`);
  if (others.length > 0 && others.length === report.models.length)
    return [
      'a chain is made of chat models, and none was asked for.',
      ...others.map((o) => `${o.model}: ${elsewhere(o)}`),
      'hf-doctor check <model> shows the address of its route.',
    ];
  if (report.exitCode === 3)
    return ['nothing could be checked, so no chain was proven.', ...left, ...firstFix(missing, report)];
  const off = missing.filter(({ model }) => report.models.some((m) => m.id === model && m.best !== null));
  return [
    off.length > 0
      ? 'what answered in this run cannot be asked for through the router, so there is no chain.'
      : 'no chat model answered in this run, so there is no chain.',
    ...off.map(({ model, why }) => `${model}: ${sentence(why)}`),
    ...left,
    ...firstFix(missing, report),
    ...alsoWrong(missing, report),
    ...(others.length > 0
      ? [`Not for chat, so no part of a chain: ${others.map((o) => o.model).join(', ')}.`]
      : []),
    'hf-doctor check with the same models tells more.',
    // Where the token or the account is refused, no other model is better.
    ...(named && !report.findings.some(isWide)
      ? ['hf-doctor fallback without a model asks models of today.']
      : []),
  ];
}

const isStopped = ({ exitCode }: Report) => exitCode >= 128;

function elsewhere({ task, route, reached }: Chain['others'][number]): string {
  const where = route === null ? '' : shortRoute(route);
  const works = reached ? ` It was reached on ${where}; nothing was generated.` : ` It works on ${where}.`;
  return `its task is ${task}, and a chain is for chat.${route === null ? '' : works}`;
}

/** A model that nobody asked for is never slipped in. */
function unasked(links: Chain['links'], report: Report): string[] {
  const asked = new Set(report.models.map((m) => bareId(m.id)));
  const others = links.map((l) => bareId(l.ref)).filter((id) => !asked.has(id));
  return [...new Set(others)].map(
    (id) => `${id} was not asked for: it answers in the place of what does not.`,
  );
}

/** Said in full up to here: a list of many models fails for few reasons. */
const MOST_REASONS = 5;
const MOST_NAMES = 20;

/** The other reasons why models are missing, beside that of the first fix. */
function alsoWrong(missing: Chain['missing'], report: Report): string[] {
  const first = mainFinding(missing, report)?.title;
  const silent = missing.filter((m) => report.models.some((x) => x.id === m.model && x.best === null));
  const limits = report.cells.flatMap((c) => (c.unfinished ? [c.reason] : []));
  const idle = report.findings.filter(isIdle).map((f) => f.title);
  const reasons = [...new Set(silent.map((m) => m.why))].filter(
    (w) => w !== first && ![...limits, ...idle].includes(w),
  );
  const more = reasons.length - MOST_REASONS;
  return [
    ...reasons.slice(0, MOST_REASONS).map((why) => `Also: ${whole(why, missing)}`),
    ...(more > 0 ? [`and ${more} more reason${more === 1 ? '' : 's'}.`] : []),
  ];
}

/** Advice to wait and see is no way out of having no chain. */
const isIdle = ({ fixes }: Report['findings'][number]) => /^Nothing to do\b/.test(fixes[0]?.text ?? '');

/** The first that keeps a chat model from answering; what is wrong with others comes after it. */
function mainFinding(missing: Chain['missing'], { findings, cells }: Report) {
  const told = findings.filter((f) => f.severity !== 'info' && !isIdle(f));
  const apt = told.filter((f) => f.models.length === 0 || missing.some((m) => concerns(f, m.model, cells)));
  const errors = (list: typeof told) => list.filter((f) => f.severity === 'error');
  return [...told.filter(isWide), ...errors(apt), ...apt, ...errors(told), ...told][0];
}

function firstFix(missing: Chain['missing'], report: Report): string[] {
  const first = mainFinding(missing, report);
  if (!first) return [];
  const fix = first.fixes[0];
  return [
    whole(first.title, missing),
    ...(fix ? [`Do now: ${fix.text}`, ...fix.commands, ...fix.links] : []),
  ];
}

/** Titles count the models that do not fit into a line: here those that are missed are named. */
function whole(why: string, missing: Chain['missing']): string {
  if (!/\band \d{1,6} more\b/.test(why)) return sentence(why);
  const names = missing.filter((m) => m.why === why && !why.includes(m.model)).map((m) => m.model);
  const more = names.length > MOST_NAMES ? ` and ${names.length - MOST_NAMES} more` : '';
  return names.length === 0
    ? sentence(why)
    : `${sentence(why)} Among these: ${names.slice(0, MOST_NAMES).join(', ')}${more}.`;
}

function sentence(text: string): string {
  return /[.?]$/.test(text) ? text : `${text}.`;
}
