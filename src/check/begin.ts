import { chooseModels } from '../catalog/choose.js';
import type { World } from '../probe/ask.js';
import type { RunOptions } from '../probe/run.js';
import { createSchedule, type Schedule } from '../probe/schedule.js';
import { GO } from '../probe/stop.js';
import { clientProviders } from '../routes/official.js';
import type { Secret } from '../safety/secret.js';
import type { ModelRef } from '../settings/model.js';
import { tokenFacts } from '../token/facts.js';
import type { Catalog, TokenFacts } from '../types/evidence.js';
import type { Observation } from '../types/observation.js';
import { askRouterModels, askWhoami, type Limits } from './gather.js';
import type { CheckInput } from './input.js';
import { type Search, startSearch } from './search.js';
import { ofShard } from './shard.js';

/** What all parts of a run share. */
export interface Run {
  i: CheckInput;
  w: World;
  /** Milliseconds since the epoch. */
  startedAt: number;
  /** Monotonic milliseconds: the wall clock may jump. */
  startedClock: number;
  limits: Limits;
  schedule: Schedule;
  /** As whoami shows it, before anything was asked with it. */
  token: TokenFacts;
  /** For the look-ups; null where it is not sent. */
  hubToken: Secret | null;
  /** What `/v1/models` said; null when it could not be read. */
  routerModels: Catalog['routerModels'];
  models: readonly ModelRef[];
  /** The answers of whoami and of the router's list. */
  observations: readonly Observation[];
  probing: Omit<RunOptions, 'spare'>;
  search: Search;
  /** Requests that were sent so far. */
  requests: () => number;
  /** Those of them for which no connection came about. */
  unsent: () => number;
}

/** Reads what is the same for every model: the token, which `told` hears of at once, and the router's list. */
export async function begin(
  input: CheckInput,
  world: World,
  told: (run: Pick<Run, 'i' | 'token' | 'startedAt'>) => Promise<void> = async () => {},
): Promise<Run> {
  // What ends the run ends its progress: nothing is announced that will not be done.
  const i: CheckInput = {
    ...input,
    onProgress: (p) => {
      if (!world.signal.aborted) input.onProgress?.(p);
    },
  };
  let requests = 0;
  let unsent = 0;
  const send: World['send'] = async (request) => {
    // The plan keeps the limit; what it could not foresee, such as a renamed model, ends here.
    if (requests >= i.settings.maxRequests.value)
      return { kind: 'failure', error: 'run.cancelled', detail: LIMIT, status: null, ms: 0 };
    requests += 1;
    const outcome = await world.send(request);
    if (outcome.kind === 'failure' && UNSENT.test(outcome.error)) unsent += 1;
    return outcome;
  };
  const w = { ...world, send };
  // Before there are connections: they can use up the file descriptors, and then no module loads.
  await clientProviders();
  const startedAt = w.now();
  const s = i.settings;
  const limits = { timeoutMs: s.timeoutMs.value, retries: s.retries.value };
  const schedule = createSchedule(s.concurrency.value, w);

  i.onProgress?.({ text: 'reading the token', done: 0, total: 0 });
  const { token, observations } = await identify(i, w, limits);
  await told({ i, token, startedAt });
  i.onProgress?.({ text: 'reading the catalogue', done: 0, total: 0 });
  const list = await askRouterModels(i.bases, limits, w);
  return {
    i,
    w,
    startedAt,
    startedClock: w.clock(),
    limits,
    schedule,
    token,
    hubToken: token.status === 'valid' || token.status === 'unverified' ? tokenFor(i, i.bases.hub) : null,
    routerModels: list.models,
    models: ofShard(s.models.value.length > 0 ? s.models.value : chosen(list.models), s.shard.value),
    observations: [...observations, list.observation],
    probing: {
      concurrency: s.concurrency.value,
      schedule,
      stop: { now: GO },
      ...limits,
      secrets: { token: i.search.winner?.secret ?? null, gateway: i.gatewayKey },
      billTo: s.billTo.value,
      tokenValid: token.status === 'valid',
      eachRetired: s.routes.value.every((r) => r === 'legacy'),
    },
    search: startSearch(),
    requests: () => requests,
    unsent: () => unsent,
  };
}

/** No connection came about, so the request itself never left. */
const UNSENT =
  /^(?:dns|tls|proxy|config|env)\.|^net\.(?:refused|unreachable|connect-timeout)$|^run\.token-withheld$/;

const LIMIT = 'the limit of requests was reached';

async function identify(i: CheckInput, w: World, limits: Limits) {
  const observations: Observation[] = [];
  const secret = tokenFor(i, i.bases.hub);
  const billTo = i.settings.billTo.value;
  const now = new Date(w.now()).toISOString();
  if (!secret) return { token: tokenFacts(i.search, null, billTo, now), observations };
  const { observation, answer } = await askWhoami(i.bases, secret, limits, w);
  observations.push(observation);
  return { token: tokenFacts(i.search, answer, billTo, now), observations };
}

/** The token, when it is fit to be sent and this host may see it. */
export function tokenFor(i: CheckInput, url: string): Secret | null {
  const secret = i.search.winner?.secret ?? null;
  return secret && !i.settings.anonymous.value && i.withheld(url) === null ? secret : null;
}

/** Somebody got it, or would have. */
export function isTokenSent(i: CheckInput): boolean {
  return tokenFor(i, i.bases.hub) !== null || tokenFor(i, i.bases.router) !== null;
}

function chosen(routerModels: Catalog['routerModels']): ModelRef[] {
  return chooseModels(routerModels ?? []).map((id) => ({ id, suffix: null }));
}
