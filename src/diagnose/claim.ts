import type { Hit, Rule } from '../rules/define.js';
import { RULES } from '../rules/index.js';
import type { Evidence } from '../types/evidence.js';
import { isMismeasured, type Observation } from '../types/observation.js';
import { isComplaint, isReached } from './reached.js';

/** A rule that explains some observations. */
export interface Claim {
  rule: Rule;
  hit: Hit<unknown>;
  observations: readonly Observation[];
}

/** Something is wrong with it, or was with its first answer. */
export function failed(o: Observation): boolean {
  const good =
    o.status !== null && o.status >= 200 && o.status < 300 && (o.shape === null || o.shape === 'ok');
  return (!good || o.error !== null) && !isReached(o);
}

/** A control probe that was refused as it should be: expected, so no fault. */
export function isExpectedRefusal(o: Observation): boolean {
  return o.control && (o.status === 401 || o.status === 403);
}

/** At depth auth something is missing on purpose: that is no fault of anybody's code. */
function isOurOwn(o: Observation, rule: Rule): boolean {
  return o.depth === 'auth' && isComplaint(o) && (rule.blame === 'code' || rule.id === 'unclassified');
}

/** A control counts only where nothing was asked with the token: it says little about a real call. */
function isAside(o: Observation, e: Evidence): boolean {
  return o.control && e.observations.some((x) => !x.control && x.surface === o.surface && x.route !== null);
}

/**
 * Runs the catalogue once, in order. The first rule that matches an observation explains it; a rule
 * that looks across the run may explain observations that nobody claimed before, or none at all.
 */
export function claims(e: Evidence, rules: readonly Rule[] = RULES): Claim[] {
  const open = new Map(
    e.observations
      .filter((o) => failed(o) && !isExpectedRefusal(o) && !isMismeasured(o) && !isAside(o, e))
      .map((o) => [o.id, o] as const),
  );
  const passedOn = gatewayEchoes(e.observations);
  for (const id of passedOn.keys()) open.delete(id);
  const all = new Map(e.observations.map((o) => [o.id, o] as const));
  const made: Claim[] = [];
  for (const rule of rules) {
    if (rule.kind === 'cell') {
      for (const o of [...open.values()]) {
        if (isOurOwn(o, rule)) continue;
        const hit = rule.match(o, e);
        if (!hit) continue;
        open.delete(o.id);
        made.push({ rule, hit, observations: [o] });
      }
      continue;
    }
    for (const { cells, ...hit } of rule.match(e)) {
      // What another rule explained stays explained; facts about healthy cells may still be said.
      const free = cells.filter((id) => open.has(id) || !failed(all.get(id) ?? ({} as Observation)));
      if (cells.length > 0 && free.length === 0) continue;
      for (const id of free) open.delete(id);
      made.push({ rule, hit, observations: free.flatMap((id) => all.get(id) ?? []) });
    }
  }
  return made.map((claim) => {
    const echoes = claim.observations.flatMap((o) => [...passedOn].filter(([, twin]) => twin === o.id));
    const more = echoes.flatMap(([id]) => all.get(id) ?? []);
    return more.length > 0 ? { ...claim, observations: [...claim.observations, ...more] } : claim;
  });
}

/**
 * A gateway that gives the very answer of the router for the same model passes it on: one fault, not
 * two. Refusals of a credential are left out, because the gateway may use another one.
 */
function gatewayEchoes(observations: readonly Observation[]): Map<number, number> {
  const same = (o: Observation, g: Observation) =>
    o.model === g.model &&
    o.suffix === g.suffix &&
    o.status === g.status &&
    o.body.message === g.body.message;
  const pairs = observations
    .filter((g) => g.surface === 'gateway' && failed(g) && ![401, 402, 403].includes(g.status ?? 0))
    .flatMap((g) => {
      const twin = observations.find((o) => o.surface === 'router' && !o.control && failed(o) && same(o, g));
      return twin ? [[g.id, twin.id] as const] : [];
    });
  return new Map(pairs);
}
