import type { Report } from '../../report/model.js';
import type { Look } from '../look.js';
import { indent } from './findings.js';
import { count } from './header.js';

/** Recovered cells that are named; the rest is counted. */
const MOST = 5;

/** What does not count, what is new, and what recovered. Empty where nobody said anything beforehand. */
export function baselineLines({ summary, recovered = [] }: Report, look: Look): string[] {
  const { faults, excused } = summary;
  const named = recovered.slice(0, MOST).map(({ model, route }) => `${model} on ${route}`);
  const more = recovered.length > MOST ? [`${recovered.length - MOST} more`] : [];
  const gone = recovered.some((r) => r.expected) ? ' What was expected there can leave the config.' : '';
  const aside = excused
    ? [
        ...(excused.expected > 0 ? [count(excused.expected, 'expected fault')] : []),
        ...(excused.ignored > 0 ? [`${excused.ignored} ignored`] : []),
      ]
    : [];
  return [
    ...(faults ? [`Since the baseline: ${count(faults.known, 'known fault')}, ${faults.new} new.`] : []),
    ...(aside.length > 0 ? [`Not counted: ${aside.join(', ')}.`] : []),
    ...(named.length > 0 ? [`Recovered: ${[...named, ...more].join(', ')}.${gone}`] : []),
  ].flatMap((line) => indent(line, 0, look.text));
}
