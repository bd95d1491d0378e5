import type { Finding, Severity } from '../report/model.js';
import type { Case } from '../rules/define.js';
import { RULES } from '../rules/index.js';
import type { Evidence } from '../types/evidence.js';
import { bareId } from '../types/model-ref.js';
import type { Observation, RouteId } from '../types/observation.js';
import type { Claim } from './claim.js';

export const CONFIDENCE_ORDER = { certain: 0, likely: 1, possible: 2 } as const;
const SEVERITY = { error: 0, warning: 1, info: 2 } as const;

/** Whose faults end with one way: another way to the same model may work. */
const OF_A_WAY: readonly Finding['blame'][] = ['provider', 'router', 'gateway', 'hub', 'unknown'];

interface Group {
  claims: Claim[];
}

/** Claims of one rule about one subject become one finding; the worst and most useful come first. */
export function toFindings(
  made: readonly Claim[],
  e: Evidence,
  seen: {
    proven: Case<unknown>['proven'];
    usable: ReadonlyMap<string, boolean>;
    /** Failed as far as they were asked, and a limit left ways out. */
    open?: ReadonlySet<string>;
    cellOf: ReadonlyMap<number, number>;
    client: Case<unknown>['client'];
  },
): Finding[] {
  const groups = new Map<string, Group>();
  for (const claim of made) {
    const key = `${claim.rule.id} ${claim.hit.subject}`;
    const group = groups.get(key);
    if (group) group.claims.push(claim);
    else groups.set(key, { claims: [claim] });
  }
  const order = new Map(RULES.map((rule, i) => [rule.id, i] as const));
  const wayOut = ({ models }: Finding) => (models.some((m) => hasWayOut(m, e, seen.proven)) ? 0 : 1);
  return [...groups.values()]
    .map((group) => finding(group, e, seen))
    .sort(
      (a, b) =>
        SEVERITY[a.severity] - SEVERITY[b.severity] ||
        CONFIDENCE_ORDER[a.confidence] - CONFIDENCE_ORDER[b.confidence] ||
        (order.get(a.rule) ?? 0) - (order.get(b.rule) ?? 0) ||
        wayOut(a) - wayOut(b),
    );
}

/** Something for the same task works: of two findings alike, what can be acted on comes first. */
function hasWayOut(model: string, e: Evidence, proven: Case<unknown>['proven']): boolean {
  const task = e.catalog.models[model]?.task ?? null;
  return proven.some((p) => bareId(p.model) === model || (task !== null && p.task === task));
}

function finding(group: Group, e: Evidence, seen: Parameters<typeof toFindings>[2]): Finding {
  const best = [...group.claims].sort(
    (a, b) => CONFIDENCE_ORDER[a.hit.confidence] - CONFIDENCE_ORDER[b.hit.confidence],
  )[0] as Claim;
  const { rule, hit } = best;
  const observations = group.claims.flatMap((c) => c.observations);
  const inference = observations.filter((o) => !o.control);
  const unique = <T>(values: (T | null)[]): T[] => [...new Set(values.filter((v) => v !== null))] as T[];
  const c: Case<unknown> = {
    args: hit.args,
    models: unique([
      ...inference.map((o) => o.model),
      ...group.claims.flatMap((claim) => claim.hit.models ?? []),
    ]),
    routes: unique<RouteId>(inference.map((o) => o.route)),
    providers: unique(inference.map((o) => o.provider)),
    observations: inference.length > 0 ? inference : observations,
    evidence: e,
    proven: seen.proven,
    client: seen.client,
  };
  return {
    rule: rule.id,
    severity:
      rule.severityOf?.(c) ??
      lowered(rule.severity, c, rule.blame === 'token', seen, hit.blame ?? rule.blame),
    blame: hit.blame ?? rule.blame,
    confidence: hit.confidence,
    title: rule.title(c),
    explanation: rule.explanation(c),
    notThis: rule.notThis?.(c) ?? null,
    models: [...c.models],
    routes: [...c.routes],
    cells: observations.flatMap((o) => seen.cellOf.get(o.id) ?? []),
    requestIds: unique(observations.map((o) => o.requestId)).slice(0, 5),
    fixes: rule.fixes(c),
    verify: rule.verify(c),
  };
}

/**
 * Severity follows what the user can still do: a fault with a working way around it is a warning.
 * Findings name bare ids; that `a` works does not help who asked for `a:groq` as well.
 */
function lowered(
  severity: Severity,
  c: Case<unknown>,
  aboutToken: boolean,
  { usable, open }: Parameters<typeof toFindings>[2],
  blame: Finding['blame'],
): Severity {
  if (severity !== 'error' || aboutToken || !c.evidence.run.live) return severity;
  const asked = [...usable.keys()].filter((ref) => c.models.length === 0 || c.models.includes(bareId(ref)));
  const own = new Set(c.observations.map(refOf));
  const seen = asked.filter((ref) => own.has(ref));
  const meant = seen.length > 0 ? seen : asked;
  return meant.length > 0 &&
    meant.every((ref) => usable.get(ref) === true || (open?.has(ref) && OF_A_WAY.includes(blame)))
    ? 'warning'
    : 'error';
}

/** The model as it was asked for. */
function refOf({ ref, model, suffix }: Observation): string | null {
  return ref ?? (suffix ? `${model}:${suffix}` : model);
}
