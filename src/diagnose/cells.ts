import type { Cell, CellOutcome } from '../report/model.js';
import type { Catalog, Skip } from '../types/evidence.js';
import { bareId } from '../types/model-ref.js';
import { isMismeasured, type Observation, type RouteId } from '../types/observation.js';
import { type Claim, failed, isExpectedRefusal } from './claim.js';
import { isFor } from './promised.js';
import { isComplaint, isReached } from './reached.js';

const BUSY = 'this machine was busy while it waited: ask again with a lower --concurrency';
const REACHED = 'reached: token, route and model passed; nothing was generated';

/** One cell per probe and per skip. `observationIds[i]` belongs to `cells[i]`, null for a skip. */
export interface Cells {
  cells: Cell[];
  observationIds: (number | null)[];
}

export function toCells(
  observations: readonly Observation[],
  skips: readonly Skip[],
  made: readonly Claim[],
  catalog: Catalog,
): Cells {
  const listed = listedIn(catalog);
  const explained = new Map(made.flatMap((c) => c.observations.map((o) => [o.id, c] as const)));
  const cells: Cell[] = [];
  const observationIds: (number | null)[] = [];
  for (const o of observations) {
    if (o.purpose !== 'inference' || o.route === null || o.model === null) continue;
    const claim = explained.get(o.id) ?? null;
    cells.push({
      model: o.ref ?? (o.suffix ? `${o.model}:${o.suffix}` : o.model),
      route: o.route,
      auth: o.auth === 'anonymous' ? 'anonymous' : 'token',
      depth: o.depth,
      url: o.url,
      status: o.status,
      error: o.error,
      ...judge(o, claim),
      unfinished: false,
      rule: claim?.rule.id ?? null,
      latencyMs: o.latencyMs === null ? null : Math.round(o.latencyMs),
      attempts: o.attempts,
      requestId: o.requestId,
      evidence: o.body.excerpt === '' ? null : [...o.body.excerpt].slice(0, 200).join(''),
      control: o.control,
      listed: listed(o.model, o.route),
      ...(o.instead ? { instead: true } : {}),
      ...(o.suspect ? { suspect: true } : {}),
      ...(o.sources ? { sources: [...o.sources] } : {}),
    });
    observationIds.push(o.id);
  }
  for (const s of skips) {
    cells.push({
      model: s.model,
      route: s.route,
      auth: s.auth,
      depth: s.depth,
      url: null,
      status: null,
      error: null,
      outcome: 'skipped',
      reason: s.reason,
      unfinished: s.unfinished === true,
      rule: null,
      latencyMs: null,
      attempts: 0,
      requestId: null,
      evidence: null,
      control: false,
      listed: listed(bareId(s.model), s.route),
      ...(s.sources ? { sources: [...s.sources] } : {}),
    });
    observationIds.push(null);
  }
  return { cells, observationIds };
}

/** What the mapping says of a provider's route; null for routes that no mapping names. */
function listedIn({ models }: Catalog) {
  return (model: string, route: RouteId): string | null => {
    const slug = route.split('+')[0]?.replace(/^provider:/, '');
    const facts = Object.hasOwn(models, model) ? models[model] : undefined;
    return facts?.providers.find((p) => p.provider === slug && isFor(p, facts.task))?.status ?? null;
  };
}

/** An endpoint that woke up did what it is set to do; its first caller still has to wait. */
const asleep = (claim: Claim | null) => (claim?.rule.id === 'endpoint-scaled-to-zero' ? 'was asleep: ' : '');

function judge(o: Observation, claim: Claim | null): { outcome: CellOutcome; reason: string | null } {
  if (o.control) {
    const reason = isExpectedRefusal(o)
      ? 'control without a token: refused, as it should be'
      : 'control without a token';
    return { outcome: 'unknown', reason };
  }
  if (o.retry?.status && o.retry.status >= 200 && o.retry.status < 300)
    return {
      outcome: 'flaky',
      reason: `${asleep(claim)}first ${o.status ?? o.error}, then ${o.retry.status}`,
    };
  if (isMismeasured(o)) return { outcome: 'unknown', reason: BUSY };
  if (isReached(o)) return { outcome: 'ok', reason: REACHED };
  // A good answer that does not show what it was asked for.
  if (!failed(o)) return { outcome: o.errorDetail === null ? 'ok' : 'unknown', reason: o.errorDetail };
  if (!claim && o.depth === 'auth' && isComplaint(o))
    return { outcome: 'unknown', reason: 'refused in words that do not tell how far it came' };
  const { outcome = 'fault' } = claim?.rule ?? {};
  return { outcome: typeof outcome === 'function' ? outcome(o) : outcome, reason: o.errorDetail };
}
