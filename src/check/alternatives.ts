import { type Candidate, candidatesFor } from '../catalog/alternatives.js';
import { failed } from '../diagnose/claim.js';
import type { Diagnosis } from '../diagnose/diagnose.js';
import { withoutFalseProof } from '../diagnose/reached.js';
import type { World } from '../probe/ask.js';
import { type RunOptions, runProbes } from '../probe/run.js';
import type { Finding } from '../report/model.js';
import type { Evidence, ModelFacts } from '../types/evidence.js';
import { bareId } from '../types/model-ref.js';
import type { Observation, RouteId } from '../types/observation.js';
import { askServed, type Limits } from './gather.js';
import type { CheckInput } from './input.js';
import { planOf } from './plan.js';
import { keyOf, type Search } from './search.js';

/** Ways of the model itself, and other models, that are asked before it is given up: so many of each. */
const MOST_TRIES = 3;
/** The search of a whole run ends after so many calls that found nothing, and after so long. */
const MOST_IN_VAIN = 30;
const MOST_MS = 60_000;
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
  /** Models for which nothing was found, and the search or a limit ended before all was tried. */
  unsearched: number;
}

/** What a run used up so far; `search` counts on over its parts. */
export interface Spent {
  requests: () => number;
  /** US dollars. */
  usd: number;
  search: Search;
}

/** For each model that failed everywhere: what works in its place, asked for in this run. */
export async function findAlternatives(
  i: CheckInput,
  e: Evidence,
  found: Diagnosis,
  spent: Spent,
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
    unsearched: 0,
  };
  const proofs = new Map<string, number>();
  const { asked, before, listed } = spent.search;
  const controls = e.observations.filter((o) => o.control);
  const search = i.instead !== false && e.run.depth !== 'catalog';
  const hopeful = search ? unusable(found, i.settings.task.value, i.settings.anonymous.value) : [];
  const seen = byCandidate(e.observations);
  const { search: effort } = spent;
  const here = new Set(e.observations.map((o) => o.id));
  const start = w.clock();
  let cut = false;
  /** Asked before each call: whether the search of the run is over. */
  const ended = () => {
    const over = effort.inVain >= MOST_IN_VAIN || effort.ms + w.clock() - start > MOST_MS;
    cut ||= over;
    return over;
  };

  const answerOf = async ({ model, route }: Candidate, task: string): Promise<Observation | null> => {
    const key = keyOf(model, route, task);
    // What the run knows costs nothing.
    const known = asked.get(key) ?? seen({ model, route }).find((o) => !failed(o)) ?? before.get(key);
    if (known || asked.has(key) || before.has(key) || ended()) return known ?? null;
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
    const left = i.settings.maxCost.value - spent.usd - out.planned.usd - plan.cost.usd;
    const result = await runProbes(plan.specs, { ...run, retries: 0, spare: { requests: 0, usd: left } }, w);
    // The controls of the run tell which refusals prove nothing.
    const judged = withoutFalseProof([...result.observations, ...controls]);
    const observation = result.observations.length > 0 ? (judged[0] ?? null) : null;
    if (!observation || failed(observation)) effort.inVain += 1;
    for (const name of ['requests', 'billable', 'usd'] as const)
      out.planned[name] += name === 'requests' ? plan.specs.length : plan.cost[name];
    out.billable += result.sent.billable;
    out.usd += result.sent.usd;
    // Nobody was asked, because a limit of the run was reached or it was stopped.
    if (plan.skips.some((x) => x.unfinished) || result.skips.length > 0) cut = true;
    else asked.set(key, observation);
    if (observation) out.observations.push({ ...observation, instead: true });
    return observation;
  };

  /** What an earlier part of the run proved stands in this one as well. */
  const prove = (ref: string, o: Observation) => {
    proofs.set(ref, o.id);
    if (here.has(o.id) || out.observations.some((x) => x.id === o.id)) return;
    out.observations.push({ ...o, instead: true });
  };

  // One after the other: what one model proves, the next one need not ask again.
  for (const { ref, id, task } of hopeful) {
    if (w.signal.aborted) break;
    cut = false;
    if (task !== 'conversational' && !listed.has(task) && !ended()) {
      const sent = spent.requests();
      listed.set(task, await askServed(task, i.bases, limits, w));
      out.planned.requests += spent.requests() - sent;
    }
    const routes = new Set<RouteId>(
      e.observations.flatMap((o) =>
        o.ref === ref && o.route ? [i.bySuffix ? byPath(o.route) : o.route] : [],
      ),
    );
    const candidates = candidatesFor({ id, task }, routes, e.catalog, listed.get(task) ?? []).filter(
      // What failed in this run takes no try from what may answer.
      (c) => seen(c).length === 0 || !seen(c).every(failed),
    );
    const own = candidates.filter((c) => c.model === id).slice(0, MOST_TRIES);
    const others = candidates.filter((c) => c.model !== id).slice(0, MOST_TRIES);
    for (const candidate of [...own, ...others]) {
      const o = await answerOf(candidate, task);
      if (!o || failed(o)) continue;
      prove(ref, o);
      break;
    }
    // None of its own: better one that was proven for another model than none.
    const known = proofs.has(ref) ? null : anyProof(asked, task);
    if (known) prove(ref, known);
    if (!proofs.has(ref) && cut) out.unsearched += 1;
  }
  effort.ms += w.clock() - start;
  return { ...out, proofs };
}

/** An answer for the same task that was asked for on behalf of another model. */
function anyProof(asked: ReadonlyMap<string, Observation | null>, task: string): Observation | null {
  for (const [key, o] of asked) if (o && key.endsWith(` ${task}`) && !failed(o)) return o;
  return null;
}

/** The route that names the same provider as a suffix of the router. */
function byPath(route: RouteId): RouteId {
  const slug = /^router:(.+)$/.exec(route)?.[1];
  return slug === undefined ? route : slug === 'hf-inference' ? slug : `provider:${slug}`;
}

/** What the Hub listed for the task is as good as a look-up of the model itself. */
function withListed(catalog: Evidence['catalog'], facts: ModelFacts | undefined): Evidence['catalog'] {
  return facts ? { ...catalog, models: { ...catalog.models, [facts.id]: facts } } : catalog;
}

/** The answers of the run to the plain calls of a candidate. */
function byCandidate(observations: readonly Observation[]): (c: Candidate) => readonly Observation[] {
  const answers = new Map<string, Observation[]>();
  for (const o of observations) {
    if (o.suffix !== null || o.control) continue;
    const key = `${o.model} ${o.route}`;
    answers.set(key, [...(answers.get(key) ?? []), o]);
  }
  return ({ model, route }) => answers.get(`${model} ${route}`) ?? [];
}

/** Models that were asked and failed, where another model or route could fare better. */
function unusable({ models, findings, cells }: Diagnosis, wanted: string | null, anonymous: boolean) {
  // Another account pays behind a gateway, and whoami has limits of its own.
  const isPaidFor = (n: number) => !/^(?:gateway|legacy)/.test(cells[n]?.route ?? 'gateway');
  const none = models.every((m) => !m.usable);
  const hopeless = findings.some(
    (f) =>
      // Nothing more is paid once the money is out, whatever answered before.
      (WIDE.includes(f.rule) && f.cells.some(isPaidFor)) ||
      (f.severity === 'error' && (f.blame === 'token' || f.blame === 'network') && none),
  );
  if (hopeless || (anonymous && none)) return [];
  return models
    .filter((m) => !m.usable && m.checked)
    .map((m) => ({ ref: m.id, id: bareId(m.id), task: wanted ?? m.task ?? 'conversational' }));
}
