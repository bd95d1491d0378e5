import type { Report } from '../report/model.js';
import type { Safe } from '../safety/safe.js';
import { type Family, gauge, type Sample } from './prometheus/family.js';
import { runSamples, samplesOf } from './prometheus/samples.js';

/* The text format 0.0.4: for the textfile collector of the node exporter, and for an exporter of our own. */

/** Time series that one report may make. Those of what works are left out first, and are counted. */
export const MOST_SERIES = 1_000;

const DROPPED = gauge(
  'hf_doctor_series_dropped',
  'Series left out to keep this short; those of models that work go first.',
);

/** The series of a report, the worst first where there is no room for all. */
export function renderPrometheus(report: Safe<Report>): Iterable<string> {
  return [prometheusText([...runSamples(report), ...samplesOf(report)])];
}

/** Samples as text, at most `MOST_SERIES`: the first are kept. The same series twice stands once. */
export function prometheusText(samples: Iterable<Sample>): string {
  const series = new Map<string, Sample>();
  for (const sample of samples) {
    const name = seriesOf(sample);
    if (Number.isFinite(sample.value) && !series.has(name)) series.set(name, sample);
  }
  const kept = [...series].slice(0, MOST_SERIES - 1);
  const dropped = { family: DROPPED, labels: {}, value: series.size - kept.length };
  const families = new Map<Family, string[]>();
  for (const [name, { family, value }] of [...kept, [seriesOf(dropped), dropped] as const]) {
    const lines = families.get(family) ?? [
      `# HELP ${family.name} ${family.help}`,
      `# TYPE ${family.name} ${family.type}`,
    ];
    // Without the last digits, which sums of binary fractions are off by.
    lines.push(`${name} ${Number(value.toPrecision(15))}`);
    families.set(family, lines);
  }
  return `${[...families.values()].flat().join('\n')}\n`;
}

/** `name{label="value"}`: names are ours, values are data. */
function seriesOf({ family, labels }: Sample): string {
  const pairs = Object.entries(labels).map(([label, value]) => `${label}="${escapeLabel(value)}"`);
  return pairs.length === 0 ? family.name : `${family.name}{${pairs.join(',')}}`;
}

/** Code points of a label: ids are shorter. */
const LONGEST_LABEL = 200;

/** Backslash, quote and line break are all that this format knows to escape. */
export function escapeLabel(value: string): string {
  const points = [...value.slice(0, 2 * LONGEST_LABEL + 2)];
  const short = points.length > LONGEST_LABEL ? `${points.slice(0, LONGEST_LABEL - 1).join('')}…` : value;
  return short.replace(/[\\"]/g, '\\$&').replace(/\r\n|\n|\r/g, '\\n');
}
