import { whyNotCounted } from '../../report/counts.js';
import type { Cell, Finding, Report } from '../../report/model.js';
import { isLate, isReached } from '../human/cell.js';
import { worstFirst } from '../human/large.js';
import { gauge, type Sample } from './family.js';

/* Metric names are a contract: dashboards and alerts are made of them. */

const INFO = gauge('hf_doctor_info', 'What made this, as labels; value 1.');
const EXIT_CODE = gauge(
  'hf_doctor_exit_code',
  'Exit code of the run: 0 healthy, 1 findings, 3 nothing, or not all, could be checked.',
);
const COMPLETE = gauge('hf_doctor_run_complete', '1 where all was asked that was meant to be, 0 where not.');
const TIMESTAMP = gauge('hf_doctor_run_timestamp_seconds', 'When the run ended, Unix time.');
const DURATION = gauge('hf_doctor_run_duration_seconds', 'How long the run took.');
const REQUESTS = gauge('hf_doctor_requests', 'Requests that the run sent.');
const COST = gauge('hf_doctor_cost_usd', 'US dollars that the run cost at most, as far as prices are known.');
const MODELS = gauge('hf_doctor_models', 'Models that were looked at.');
const FINDING = gauge(
  'hf_doctor_finding',
  'Number of findings; counts="false" are those that a baseline, an expectation or --ignore takes out of the count.',
);
const USABLE = gauge(
  'hf_doctor_model_usable',
  '1 where a model can be used on some route, 0 where it cannot; no sample where that is not known.',
);
const UP = gauge(
  'hf_doctor_up',
  '1 where a model answers on a route, 0 where it fails; no sample where that is not known.',
);
const VERDICT = gauge('hf_doctor_verdict', 'What was seen of a model on a route, as labels; value 1.');
const EXCUSED = gauge(
  'hf_doctor_excused',
  '1 for what does not count: a model on a route, or with an empty route the model as a whole.',
);
const LATENCY = gauge(
  'hf_doctor_latency_seconds',
  'Time of an answer; no sample where none was made, or where this machine was busy.',
);

/** What holds for the run as a whole, and its findings by kind. */
export function* runSamples(report: Report): Generator<Sample> {
  const { tool, simulated, summary, cost } = report;
  yield of(INFO, { version: tool.version, simulated: simulated ?? '' }, 1);
  yield of(EXIT_CODE, {}, report.exitCode);
  yield of(COMPLETE, {}, Number(report.complete));
  yield of(TIMESTAMP, {}, (Date.parse(report.startedAt) + report.durationMs) / 1_000);
  yield of(DURATION, {}, report.durationMs / 1_000);
  yield of(REQUESTS, {}, cost.measured.requests);
  yield of(COST, {}, cost.measured.usd ?? 0);
  yield of(MODELS, {}, summary.models);
  yield* findingSamples(report.findings);
}

function* findingSamples(findings: readonly Finding[]): Generator<Sample> {
  const kinds = new Map<string, { labels: Sample['labels']; n: number }>();
  for (const f of findings) {
    const { rule, severity, blame } = f;
    const labels = { rule, severity, blame, counts: String(whyNotCounted(f) === null) };
    const key = JSON.stringify(labels);
    kinds.set(key, { labels, n: (kinds.get(key)?.n ?? 0) + 1 });
  }
  for (const { labels, n } of kinds.values()) yield of(FINDING, labels, n);
}

/** What holds for one model, and for it on one route; the worst first. */
export function* samplesOf(report: Report): Generator<Sample> {
  const providers = new Map(report.routes.map((r) => [r.id, r.provider ?? '']));
  const cells = new Map<string, Cell[]>();
  for (const c of report.cells) {
    if (c.control || c.instead || c.outcome === 'skipped') continue;
    const own = cells.get(c.model);
    if (own) own.push(c);
    else cells.set(c.model, [c]);
  }
  const rank = (c: Cell) => ['fault', 'unknown', 'flaky', 'ok'].indexOf(c.outcome);
  for (const m of worstFirst(report)) {
    const { id, usable, checked } = m;
    // Nothing that is not known may look like a fault, and no alert come of it.
    if (usable || checked) yield of(USABLE, { model: id }, Number(usable));
    if (whyNotCounted(m) !== null) yield of(EXCUSED, { model: id, route: '', provider: '' }, 1);
    for (const c of (cells.get(id) ?? []).sort((a, b) => rank(a) - rank(b)))
      yield* cellSamples(c, {
        ...{ model: id, route: c.route, provider: providers.get(c.route) ?? '' },
        ...vantageOf(c.vantage ?? report.vantage),
      });
  }
}

/** From where it was asked: a label only where somebody named it. */
function vantageOf(vantage: string | undefined): Sample['labels'] {
  return vantage === undefined ? {} : { vantage };
}

function* cellSamples(c: Cell, labels: Sample['labels']): Generator<Sample> {
  if (c.outcome !== 'unknown') yield of(UP, labels, Number(c.outcome !== 'fault'));
  if (whyNotCounted(c) !== null) yield of(EXCUSED, labels, 1);
  yield of(VERDICT, { ...labels, outcome: c.outcome, rule: c.rule ?? '' }, 1);
  if (c.outcome === 'ok' && c.latencyMs !== null && !isReached(c) && !isLate(c))
    yield of(LATENCY, labels, c.latencyMs / 1_000);
}

function of(family: Sample['family'], labels: Sample['labels'], value: number): Sample {
  return { family, labels, value };
}
