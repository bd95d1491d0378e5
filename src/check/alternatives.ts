import { type Candidate, candidatesFor } from '../catalog/alternatives.js';
import { failed } from '../diagnose/claim.js';
import type { Diagnosis } from '../diagnose/diagnose.js';
import type { World } from '../probe/ask.js';
import { type RunOptions, runProbes } from '../probe/run.js';
import type { Finding } from '../report/model.js';
import type { Evidence, ModelFacts } from '../types/evidence.js';
import { bareId } from '../types/model-ref.js';
import type { Observation, RouteId } from '../types/observation.js';
import { askServed, type Limits } from './gather.js';
import type { CheckInput } from './input.js';
import { planOf } from './plan.js';

/** Ways of the model itself, and other models, that are asked before it is given up: so many of each. */
const MOST_TRIES = 3;
/** Faults of the account that another model would meet as well. */
const WIDE: readonly Finding['rule'][] = [
  'credits-exhausted',
  'spending-limit-reached',
  'org-policy',
  'billing-org-refused',
  'rate-limited',
];

export interface Alternatives {
  /** Model as the user asked for it, to the id of the observation that proves another way. */
  proofs: ReadonlyMap<string, number>;
  observations: Observation[];
  planned: { requests: number; billable: number; usd: number };
  billable: number;
  /** US dollars of the calls that may have been charged. */
  usd: number;
}

/** For each model that failed everywhere: what works in its place, asked for in this run. */
export async function findAlternatives(
  i: CheckInput,
  e: Evidence,
  found: Diagnosis,
  spent: { requests: () => number; usd: number },
  run: RunOptions,
  limits: Limits,
  w: World,
): Promise<Alternatives> {
  const out: Alternatives = {
    proofs: new Map(),
    observations: [],
    planned: { requests: 0, billable: 0, usd: 0 },
    billable: 0,
    usd: 0,
  };
  const proofs = new Map<string, number>();
  const asked = new Map<string, Observation | null>();
  const search = i.instead !== false && e.run.depth !== 'catalog';
  const hopeful = search ? unusable(found, i.settings.task.value) : [];
  const listed = new Map<string, Awaited<ReturnType<typeof askServed>>>();

  const answerOf = async ({ model, route }: Candidate, task: string): Promise<Observation | null> => {
    const key = `${model} ${route} ${task}`;
    const before = asked.get(key) ?? answeredAlready(e, { model, route });
    if (before) return before;
    if (asked.has(key)) return null;
    const { plan } = await planOf(i, {
      models: [{ id: model, suffix: null }],
      catalog: withListed(
        e.catalog,
        listed.get(task)?.find((m) => m.id === model),
      ),
      token: e.token,
      spent: { requests: spent.requests(), usd: spent.usd + out.planned.usd },
      besides: { routes: [route], task },
    });
    const result = await runProbes(plan.specs, { ...run, retries: 0, spare: { requests: 0, usd: 0 } }, w);
    const observation = result.observations[0] ?? null;
    for (const name of ['requests', 'billable', 'usd'] as const)
      out.planned[name] += name === 'requests' ? plan.specs.length : plan.cost[name];
    out.billable += result.sent.billable;
    out.usd += result.sent.usd;
    asked.set(key, observation);
    if (observation) out.observations.push({ ...observation, instead: true });
    return observation;
  };

  // One after the other: what one model proves, the next one need not ask again.
  for (const { ref, id, task } of hopeful) {
    if (w.signal.aborted) break;
    if (task !== 'conversational' && !listed.has(task)) {
      listed.set(task, await askServed(task, i.bases, limits, w));
      out.planned.requests += 1;
    }
    const routes = new Set<RouteId>(
      e.observations.flatMap((o) => (o.ref === ref && o.route ? [o.route] : [])),
    );
    const candidates = candidatesFor({ id, task }, routes, e.catalog, listed.get(task) ?? []).filter(
      (c) => !failedAlready(e, c),
    );
    const own = candidates.filter((c) => c.model === id).slice(0, MOST_TRIES);
    const others = candidates.filter((c) => c.model !== id).slice(0, MOST_TRIES);
    for (const candidate of [...own, ...others]) {
      const o = await answerOf(candidate, task);
      if (!o || failed(o)) continue;
      proofs.set(ref, o.id);
      break;
    }
    // None of its own: better one that was proven for another model than none.
    const known = proofs.has(ref) ? null : anyProof(asked, task);
    if (known) proofs.set(ref, known.id);
  }
  return { ...out, proofs };
}

/** An answer for the same task that was asked for on behalf of another model. */
function anyProof(asked: ReadonlyMap<string, Observation | null>, task: string): Observation | null {
  for (const [key, o] of asked) if (o && key.endsWith(` ${task}`) && !failed(o)) return o;
  return null;
}

/** What the Hub listed for the task is as good as a look-up of the model itself. */
function withListed(catalog: Evidence['catalog'], facts: ModelFacts | undefined): Evidence['catalog'] {
  return facts ? { ...catalog, models: { ...catalog.models, [facts.id]: facts } } : catalog;
}

/** What the run knows costs nothing. */
function answeredAlready(e: Evidence, candidate: Candidate): Observation | undefined {
  return askedAlready(e, candidate).find((o) => !failed(o));
}

/** What failed in this run takes no try from what may answer. */
function failedAlready(e: Evidence, candidate: Candidate): boolean {
  const asked = askedAlready(e, candidate);
  return asked.length > 0 && asked.every(failed);
}

function askedAlready(e: Evidence, { model, route }: Candidate): Observation[] {
  return e.observations.filter(
    (o) => o.model === model && o.route === route && o.suffix === null && !o.control,
  );
}

/** Models that were asked and failed, where another model or route could fare better. */
function unusable({ models, findings }: Diagnosis, wanted: string | null) {
  const none = models.every((m) => !m.usable);
  const hopeless = findings.some(
    (f) =>
      // Nothing more is paid once the money is out, whatever answered before.
      WIDE.includes(f.rule) ||
      (f.severity === 'error' && (f.blame === 'token' || f.blame === 'network') && none),
  );
  if (hopeless) return [];
  return models
    .filter((m) => !m.usable && m.checked)
    .map((m) => ({ ref: m.id, id: bareId(m.id), task: wanted ?? m.task ?? 'conversational' }));
}
