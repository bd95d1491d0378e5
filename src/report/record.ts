import type { Catalog, Evidence, ModelFacts, RunFacts, Skip, TokenFacts } from '../types/evidence.js';
import type { Observation } from '../types/observation.js';

/*
 * The evidence as it travels inside a report, so that it can be diagnosed again: by a newer version, by
 * somebody else, or together with the evidence of other machines.
 */

/** All that a diagnosis is made of. */
export interface Recorded {
  observations: readonly Observation[];
  skips: readonly Skip[];
  /** Calls that looked for something else that works; `proofs`: model as asked for, id of its observation. */
  instead: { observations: readonly Observation[]; proofs: ReadonlyMap<string, number> };
  token: TokenFacts;
  catalog: Catalog;
  run: RunFacts;
}

/** Longer runs keep no evidence: their report would be larger than what reads it again takes. */
export const MOST_RECORDED_MODELS = 500;

type Plain = Record<string, unknown>;

/** As plain JSON, without what is null, what nobody needs again and who the user is. */
export function toRecord({ observations, skips, instead, token, catalog, run }: Recorded): Plain {
  return {
    run,
    token: { ...token, whoami: token.whoami && nameless(token.whoami, run.billTo) },
    catalog: needed(catalog, [...observations, ...instead.observations]),
    observations: observations.map(withoutNull),
    skips,
    instead: { observations: instead.observations.map(withoutNull), proofs: [...instead.proofs] },
  };
}

export function evidenceOf({ observations, token, catalog, run }: Recorded): Evidence {
  return { observations, token, catalog, run };
}

/** What an observation is that tells nothing: a record leaves out what is the same. */
export const BLANK: Omit<Observation, 'id' | 'origin' | 'purpose' | 'surface'> = {
  ...{ route: null, method: null, url: null, host: null, path: null, auth: 'unknown', control: false },
  ...{ model: null, suffix: null, provider: null, task: null, depth: 'live', status: null, error: null },
  ...{ errorDetail: null, contentType: null, headers: {}, shape: null, client: null, exception: null },
  ...{ count: 1, requestBody: null, latencyMs: null, attempts: 1, retry: null, requestId: null, at: null },
  body: { kind: 'empty', message: null, code: null, type: null, estimatedTime: null, excerpt: '' },
};

function withoutNull(o: Observation): Plain {
  const some = (value: object) => Object.entries(value).filter(([, v]) => v !== null && v !== undefined);
  const own = some(o).filter(([key]) => key !== 'body' && key !== 'headers');
  const ms = o.latencyMs === null ? {} : { latencyMs: Math.round(o.latencyMs) };
  const { length } = Object.keys(o.headers);
  return {
    ...Object.fromEntries(own),
    ...ms,
    ...(length > 0 ? { headers: o.headers } : {}),
    body: Object.fromEntries(some(o.body)),
  };
}

/** Organizations by number; the one that pays was named by the user. */
function nameless(who: NonNullable<TokenFacts['whoami']>, billTo: string | null) {
  const names = [...new Set([...who.orgs, ...who.scoped].flatMap((x) => x.name ?? []))];
  const short = (name: string) => (name === billTo ? name : `org-${names.indexOf(name) + 1}`);
  return {
    ...who,
    scoped: who.scoped.map((s) => ({ ...s, name: s.name === null ? null : short(s.name) })),
    orgs: who.orgs.map((o) => ({ ...o, name: short(o.name) })),
  };
}

/** The router lists each chat model there is. The others only help where an id may be misspelt. */
function needed(catalog: Catalog, observations: readonly Observation[]): Catalog {
  const asked = new Set(observations.flatMap((o) => o.model ?? []));
  for (const m of Object.values(catalog.models)) for (const id of [m.id, m.canonical]) asked.add(id);
  const misspelt = Object.values(catalog.models).some((m: ModelFacts) => m.exists !== 'yes');
  const routerModels =
    catalog.routerModels?.flatMap((m) => {
      if (asked.has(m.id)) return m;
      return misspelt ? { id: m.id, providers: [] } : [];
    }) ?? null;
  return { ...catalog, routerModels };
}
