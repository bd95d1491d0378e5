import type { Sample } from '../render/prometheus/family.js';
import { runSamples, samplesOf } from '../render/prometheus/samples.js';
import { prometheusText } from '../render/prometheus.js';
import type { Report } from '../report/model.js';
import type { Safe } from '../safety/safe.js';
import type { Shown } from './answer.js';
import { healthOf, type Watching } from './health.js';
import { watchSamples } from './samples.js';

/** How often the text of the metrics is made anew, in milliseconds: asking more often costs nothing. */
const FRESH_MS = 1_000;

/**
 * What the server shows of a watch. The work for a report is done once, when it is first asked for,
 * however many ask. `makeSafe` redacts, `render` makes the page.
 */
export function shownOf(
  fixed: Pick<Shown, 'named' | 'policy'>,
  watching: () => Watching,
  now: () => number,
  makeSafe: (report: Report) => Safe<Report>,
  render: (report: Safe<Report>) => Iterable<string>,
): Shown {
  const report = () => watching().known?.last?.report ?? null;
  const safe = oncePer(makeSafe);
  const samples = oncePer((r: Report): Sample[] => [...runSamples(safe(r)), ...samplesOf(safe(r))]);
  const page = oncePer((r: Report) => Buffer.from([...render(safe(r))].join('')));
  let metrics = { of: null as Report | null, at: Number.NEGATIVE_INFINITY, text: '' };
  return {
    ...fixed,
    health: () => healthOf(watching(), now()),
    metrics: () => {
      const [of, at] = [report(), now()];
      if (metrics.of !== of || Math.abs(at - metrics.at) >= FRESH_MS) {
        const all = [...watchSamples(watching(), at), ...(of ? samples(of) : [])];
        metrics = { of, at, text: prometheusText(all) };
      }
      return metrics.text;
    },
    page: () => {
      const last = report();
      return last && page(last);
    },
  };
}

/** Remembers the last answer only. */
function oncePer<A extends object, B>(make: (of: A) => B): (of: A) => B {
  let last: { of: A; made: B } | null = null;
  return (of) => {
    if (last?.of !== of) last = { of, made: make(of) };
    return last.made;
  };
}
