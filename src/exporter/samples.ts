import { type Family, gauge, type Sample } from '../render/prometheus/family.js';
import { ageMs, staleAfterMs, type Watching } from './health.js';

/* What a watch adds to the series of its last report. */

const counter = (name: Family['name'], help: string): Family => ({ name, type: 'counter', help });

const ROUNDS = counter('hf_doctor_watch_rounds_total', 'Rounds since the start, also those that failed.');
const EXIT_CODE = gauge(
  'hf_doctor_watch_exit_code',
  'Exit code of the last round; 4 where it failed because of a fault of hf-doctor itself.',
);
const COST = counter(
  'hf_doctor_watch_cost_usd_total',
  'US dollars that all rounds cost at most, as far as prices are known.',
);
const MOST = gauge('hf_doctor_watch_cost_limit_usd', 'The watch ends before all rounds would cost more.');
const AGE = gauge(
  'hf_doctor_watch_age_seconds',
  'Time since the last round that was completed, or since the start where none was.',
);
const STALE = gauge('hf_doctor_watch_stale_after_seconds', 'From this age on /healthz answers 503.');

export function* watchSamples(watching: Watching, now: number): Generator<Sample> {
  const { known, maxUsd } = watching;
  const of = (family: Sample['family'], value: number): Sample => ({ family, labels: {}, value });
  yield of(AGE, ageMs(watching, now) / 1_000);
  yield of(STALE, staleAfterMs(watching) / 1_000);
  yield of(ROUNDS, known?.round ?? 0);
  if (known?.exitCode != null) yield of(EXIT_CODE, known.exitCode);
  yield of(COST, Number((known?.spent ?? 0).toFixed(9)));
  yield of(MOST, maxUsd);
}
