import type { Report } from '../report/model.js';
import type { Chain } from './chain.js';
import { TARGETS } from './targets.js';

/* What a person reads: the chain, what is left out of it, why there is none. Lines of safe text. */

/** The chain, best first, and how to get it as code. */
export function chainText({ links }: Chain, report: Report): string {
  if (links.length === 0) return '';
  const width = Math.max(...links.map((l) => l.ref.length));
  const rows = links.map(({ ref, route, cell }, i) => {
    const ms = cell.latencyMs === null ? '' : ` in ${cell.latencyMs} ms`;
    const how = cell.outcome === 'flaky' ? `, only when asked again` : '';
    return `${String(i + 1).padStart(4)}  ${ref.padEnd(width)}  answered${ms} on ${route}${how}`;
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
    ...missing.map(({ model, why }) => `${model} is left out: ${sentence(why)}`),
    ...others.map(({ model, task, route }) => `${model} is left out: ${elsewhere(task, route)}`),
    ...(report.simulated !== null && links.length > 0
      ? ['this was a simulation. It proves nothing about Hugging Face.']
      : []),
  ];
}

/** Why there is no chain, and what to do first. */
export function noChain({ others, missing }: Chain, report: Report): string[] {
  const limit = report.cells.find((c) => c.unfinished && !c.control)?.reason;
  const left = limit ? [`Not all was asked: ${sentence(limit)} A higher limit asks more.`] : [];
  if (report.exitCode === 3)
    return ['nothing could be checked, so no chain was proven.', ...left, ...firstFix(report)];
  if (others.length > 0 && others.length === report.models.length)
    return [
      'a chain is made of chat models, and none was asked for.',
      ...others.map(({ model, task, route }) => `${model}: ${elsewhere(task, route)}`),
      'hf-doctor check <model> shows the address of its route.',
    ];
  const off = missing.filter(({ model }) => report.models.some((m) => m.id === model && m.best !== null));
  return [
    off.length > 0
      ? 'the router cannot be asked for what answered in this run, so there is no chain.'
      : 'no chat model answered in this run, so there is no chain.',
    ...off.map(({ model, why }) => `${model}: ${sentence(why)}`),
    ...left,
    ...firstFix(report),
    'hf-doctor check tells more. hf-doctor fallback without a model asks models of today.',
  ];
}

function elsewhere(task: string, route: string): string {
  return `its task is ${task}, and a chain is for chat. It works on ${route}.`;
}

/** Advice to wait and see is no way out of having no chain. */
const IDLE = /^Nothing to do\b/;

function firstFix({ findings }: Report): string[] {
  const told = findings.filter((f) => f.severity !== 'info' && !IDLE.test(f.fixes[0]?.text ?? ''));
  const first = told.find((f) => f.severity === 'error') ?? told[0];
  if (!first) return [];
  const fix = first.fixes[0];
  return [sentence(first.title), ...(fix ? [`Do now: ${fix.text}`, ...fix.commands, ...fix.links] : [])];
}

function sentence(text: string): string {
  return /[.?]$/.test(text) ? text : `${text}.`;
}
