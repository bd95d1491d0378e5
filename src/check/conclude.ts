import { diagnose } from '../diagnose/diagnose.js';
import { reportOf } from '../diagnose/report-of.js';
import { whyAborted } from '../probe/run.js';
import type { Cost } from '../probe/spec.js';
import { columns } from '../report/build.js';
import { endingOf } from '../report/exit-code.js';
import type { Report } from '../report/model.js';
import type { Settings } from '../settings/model.js';
import type { Evidence, TokenFacts } from '../types/evidence.js';
import type { Observation } from '../types/observation.js';
import { findAlternatives } from './alternatives.js';
import { isTokenSent, type Run } from './begin.js';
import { keptBack, type Seen } from './inspect.js';

export interface CheckResult {
  report: Report;
  evidence: Evidence;
}

/** What was seen, as a report: the diagnosis, and what works instead. */
export async function conclude(run: Run, seen: Seen): Promise<CheckResult> {
  const { i, w } = run;
  const s = i.settings;
  const evidence = evidenceOf(run, seen);
  i.onProgress?.({ text: 'looking for what works instead', done: 0, total: 0 });
  const found = diagnose(evidence, seen.skips);
  const spent = { requests: run.requests, usd: seen.planned.usd, search: run.search };
  const spare = { requests: 0, usd: 0 };
  const probing = { ...run.probing, spare };
  const alternatives = await findAlternatives(i, evidence, found, spent, probing, run.limits, w);
  const aborted = w.signal.aborted ? whyAborted(w.signal) : null;
  const { proofs, observations } = alternatives;
  const recorded = { ...evidence, skips: seen.skips, instead: { proofs, observations } };
  const about = {
    version: i.version,
    startedAt: new Date(run.startedAt).toISOString(),
    durationMs: w.clock() - run.startedClock,
    simulated: i.simulated,
    tokenSent: isTokenSent(i),
    cost: {
      planned: withWanted(sum(seen.planned, alternatives.planned), seen, s.maxCost.value),
      measured: {
        requests: run.requests(),
        ...(run.unsent() > 0 ? { unsent: run.unsent() } : {}),
        retries: seen.sent.retries,
        billable: seen.sent.billable + alternatives.billable,
        usd: seen.sent.usd + alternatives.usd,
      },
    },
    unsearched: alternatives.unsearched,
    complete: aborted === null && seen.unread === 0 && !seen.skips.some((x) => x.unfinished),
    interrupted: endingOf(w.signal),
    failOn: s.failOn.value,
    keep: i.keep ?? false,
  };
  const isKnown = proofs.size + observations.length === 0;
  const report = reportOf(recorded, about, isKnown ? found : null);
  return { report: { ...report, ...placeOf(s) }, evidence };
}

function sum(a: Cost, b: Cost): Cost {
  return {
    requests: a.requests + b.requests,
    billable: a.billable + b.billable,
    usd: a.usd + b.usd,
    ...keptBack(a, b),
  };
}

/** Models that nobody looked up may be dearer than those that were: so much more is reckoned for them. */
const MARGIN = 1.1;

/** With what all would cost, where the limit of dollars is too small for it. */
function withWanted({ usdWanted, ...cost }: Cost, seen: Seen, maxUsd: number): Cost {
  const planned = seen.planned.usdWanted ?? seen.planned.usd;
  const read = seen.models.length - seen.unread;
  const unread = read > 0 ? (planned / read) * seen.unread * MARGIN : 0;
  const isLess = cost.stoppedShort !== undefined || seen.skips.some((x) => x.reason.startsWith('--max-cost'));
  return isLess || planned + unread > maxUsd
    ? { ...cost, usdWanted: (usdWanted ?? cost.usd) + unread }
    : cost;
}

/** From where, and which part of all. */
function placeOf({ vantage, shard }: Settings): Pick<Report, 'vantage' | 'shard'> {
  return {
    ...(vantage.value ? { vantage: vantage.value } : {}),
    ...(shard.value ? { shard: `${shard.value.index}/${shard.value.of}` } : {}),
  };
}

/** A real answer to a call with the token weighs more than a whoami that refused it. */
function afterProbes(token: TokenFacts, observations: readonly Observation[]): TokenFacts {
  const accepted = observations.some(
    (o) =>
      o.auth === 'token' &&
      o.surface !== 'gateway' &&
      o.surface !== 'dedicated' &&
      o.shape === 'ok' &&
      o.error === null,
  );
  if (token.status !== 'invalid' || !accepted) return token;
  const reason = 'The Hub refuses the token, and a call with it was answered in this run.';
  return { ...token, status: 'unverified', permission: { inference: 'granted', reason } };
}

function evidenceOf({ i, startedAt, token, observations: first }: Run, seen: Seen): Evidence {
  const { skips, models } = seen;
  const observations = [...first, ...seen.observations];
  const routes = [...observations.flatMap((o) => o.route ?? []), ...skips.map((s) => s.route)];
  return {
    observations,
    token: afterProbes(token, seen.observations),
    catalog: seen.catalog,
    run: {
      live: true,
      now: new Date(startedAt).toISOString(),
      models: models.map((m) => (m.suffix ? `${m.id}:${m.suffix}` : m.id)),
      routes: columns(routes),
      endpoints: i.bases,
      ...(i.simulated === null ? {} : { simulated: true }),
      billTo: i.settings.billTo.value,
      anonymous: i.settings.anonymous.value,
      depth: i.settings.depth.value,
      unasked: skips.filter((s) => s.because !== undefined),
    },
  };
}
