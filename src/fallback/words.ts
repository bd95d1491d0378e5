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
export function noChain({ others }: Chain, report: Report): string[] {
  if (report.exitCode === 3)
    return ['nothing could be checked, so no chain was proven.', ...firstFix(report)];
  if (others.length > 0 && others.length === report.models.length)
    return [
      'a chain is made of chat models, and none was asked for.',
      ...others.map(({ model, task, route }) => `${model}: ${elsewhere(task, route)}`),
      'hf-doctor check <model> shows the address of its route.',
    ];
  return [
    'no chat model answered in this run, so there is no chain.',
    ...firstFix(report),
    'hf-doctor check tells more.',
  ];
}

function elsewhere(task: string, route: string): string {
  return `its task is ${task}, and a chain is for chat. It works on ${route}.`;
}

function firstFix({ findings }: Report): string[] {
  const told = findings.find((f) => f.severity === 'error') ?? findings.find((f) => f.severity !== 'info');
  const fix = told?.fixes[0];
  return [
    ...(told ? [sentence(told.title)] : []),
    ...(fix ? [`Do now: ${fix.text}`, ...fix.commands, ...fix.links] : []),
  ];
}

function sentence(text: string): string {
  return /[.?]$/.test(text) ? text : `${text}.`;
}
