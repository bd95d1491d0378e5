import stringWidth from 'string-width';
import type { Report } from '../../report/model.js';
import { rowParts } from '../../report/places.js';
import { shortRoute } from '../../report/short-route.js';
import { shellQuote } from '../../safety/quote.js';
import type { Look } from '../look.js';
import { duration } from './cell.js';
import { indent } from './findings.js';
import { count } from './header.js';

/** Lines of the list of what works instead; the rest is in the report. */
const MOST_INSTEAD = 8;
/** Models that a command to be pasted names. */
const MOST_NAMED = 4;

/** For each model that cannot be used, what answered in its place in this run. */
export function insteadLines(report: Report, look: Look): string[] {
  const { alternatives, cells } = report;
  const left = unsearched(report, look);
  if (alternatives.length === 0) return left.length > 0 ? [...left, ''] : [];
  const lines = alternatives.slice(0, MOST_INSTEAD).flatMap(({ model, instead, provenBy }) => {
    const ms = cells[provenBy]?.latencyMs ?? null;
    const name = instead.model === model ? 'the same model' : instead.model;
    return indent(
      `${model}: ${name} on ${shortRoute(instead.route)}${ms === null ? '' : `, ${duration(ms)}`}`,
      2,
      look.text,
    );
  });
  const rest = alternatives.length - MOST_INSTEAD;
  const chain = chainOf(report);
  const command = `hf-doctor fallback ${chain.join(' ')}`;
  const label = '  Code that falls over to it:';
  const fits = stringWidth(label) + 1 + stringWidth(command) <= look.text;
  return [
    look.paint.bold('What answers instead, asked in this run'),
    ...lines,
    ...(rest > 0 ? [`  and ${rest} more: --format json`] : []),
    ...left,
    // To be pasted: it stays on one line.
    ...(chain.length === 0 ? [] : fits ? [`${label} ${command}`] : [label, `    ${command}`]),
    '',
  ];
}

function unsearched({ unsearched: n = 0 }: Report, look: Look): string[] {
  if (n === 0) return [];
  const text = `What answers instead of ${count(n, 'more model')} was not looked for to the end: the search is short, and keeps the limits of the run.`;
  return indent(text, 0, look.text).map((l) => look.paint.dim(l));
}

/** Each model that fails with the one that answers for it; a chain is made of chat models. */
export function chainOf({ alternatives, models }: Report): string[] {
  const task = new Map(models.map((m) => [rowParts(m.id).model, m.task]));
  const chat = alternatives.filter((a) => task.get(a.model) === 'conversational');
  const names = new Set<string>();
  for (const { model, instead } of chat) {
    if (names.size + 2 > MOST_NAMED) break;
    names.add(model).add(instead.model);
  }
  return [...names].map(shellQuote);
}
