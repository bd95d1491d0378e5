import type { Report } from '../../report/model.js';
import type { Look } from '../look.js';
import { indent } from './findings.js';
import { count } from './header.js';

/** Recovered cells that are named; the rest is counted. */
const MOST = 5;

/** What is new since the baseline, and what recovered. Empty where none was given. */
export function baselineLines({ summary, recovered = [] }: Report, look: Look): string[] {
  if (!summary.faults) return [];
  const { known, new: fresh } = summary.faults;
  const named = recovered.slice(0, MOST).map(({ model, route }) => `${model} on ${route}`);
  const more = recovered.length > MOST ? [`${recovered.length - MOST} more`] : [];
  return [
    ...indent(`Since the baseline: ${count(known, 'known fault')}, ${fresh} new.`, 0, look.text),
    ...(named.length > 0 ? indent(`Recovered: ${[...named, ...more].join(', ')}.`, 0, look.text) : []),
  ];
}
