import { failed } from '../diagnose/claim.js';
import type { Recorded } from '../report/record.js';
import type { Skip } from '../types/evidence.js';
import { isMismeasured, type Observation } from '../types/observation.js';
import { joinCatalogs, joinRuns, joinTokens } from './facts.js';
import { canonical, larger } from './order.js';

/**
 * What was seen from one place, however many runs saw it: one answer for each question. Joining is
 * commutative, associative and idempotent, because each part is the largest of a total order or a union.
 */
export interface View extends Pick<Recorded, 'token' | 'catalog' | 'run'> {
  observations: ReadonlyMap<string, Observation>;
  skips: ReadonlyMap<string, Skip>;
  /** Model as asked for, to the keys of the calls that may prove something else for it. */
  proofs: ReadonlyMap<string, ReadonlySet<string>>;
}

/** `source`: the run that saw it, unless it is merged already and each row names its own. */
export function viewOf(record: Recorded, source: string | null): View {
  const own = <T extends { sources?: readonly string[] }>(row: T): T =>
    source === null ? row : { ...row, sources: [source] };
  const all = [...record.observations, ...record.instead.observations].map(own);
  const keys = new Map(all.map((o) => [o.id, keyOf(o)]));
  const proofs = [...record.instead.proofs].flatMap(([model, id]) => {
    const key = keys.get(id);
    return key === undefined ? [] : [[model, new Set([key])] as const];
  });
  return uncovered({
    token: record.token,
    // With itself: in the order that every joined one has.
    catalog: joinCatalogs(record.catalog, record.catalog),
    run: joinRuns(record.run, record.run),
    observations: collect(all, keyOf, worse),
    skips: collect(record.skips.map(own), skipKey, laterSkip),
    proofs: new Map(proofs),
  });
}

export function joinViews(a: View, b: View): View {
  const proofs = new Map(a.proofs);
  for (const [model, keys] of b.proofs) proofs.set(model, new Set([...(proofs.get(model) ?? []), ...keys]));
  return uncovered({
    token: joinTokens(a.token, b.token),
    catalog: joinCatalogs(a.catalog, b.catalog),
    run: joinRuns(a.run, b.run),
    observations: collect([...a.observations.values(), ...b.observations.values()], keyOf, worse),
    skips: collect([...a.skips.values(), ...b.skips.values()], skipKey, laterSkip),
    proofs,
  });
}

/** The question: two answers to it are about the same cell. Ids and times are no part of it. */
function keyOf(o: Observation): string {
  const model = o.ref ?? (o.suffix ? `${o.model}:${o.suffix}` : o.model);
  return JSON.stringify([
    ...[o.purpose, o.route, model, o.auth, o.control, o.instead === true, o.capability ?? null],
    // Look-ups have no route.
    o.route === null ? o.surface : null,
    o.instead ? o.task : null,
  ]);
}

function skipKey({ model, route, auth }: Skip): string {
  return JSON.stringify([model, route, auth]);
}

function collect<T>(
  rows: readonly T[],
  key: (row: T) => string,
  choose: (a: T, b: T) => T,
): ReadonlyMap<string, T> {
  const out = new Map<string, T>();
  for (const row of rows) {
    const k = key(row);
    const before = out.get(k);
    out.set(k, before === undefined ? row : choose(before, row));
  }
  return out;
}

/** The worst verdict wins; what tells nothing loses against any answer. Both runs are named. */
function worse(a: Observation, b: Observation): Observation {
  return named(larger(a, b, badness, answerText), a, b);
}

/** Without its number and who saw it: both change when it is merged. */
function answerText({ id: _, sources: __, ...answer }: Observation): string {
  return canonical(answer);
}

function badness(o: Observation): number {
  if (o.error === 'run.cancelled' || isMismeasured(o)) return 0;
  if (!failed(o)) return o.retry === null ? 1 : 2;
  return o.retry?.status && o.retry.status >= 200 && o.retry.status < 300 ? 2 : 3;
}

/** Of two reasons why nothing was asked, the one that can end: it may be asked yet. */
function laterSkip(a: Skip, b: Skip): Skip {
  return named(
    larger(a, b, (s) => (s.unfinished ? 1 : 0)),
    a,
    b,
  );
}

function named<T extends { sources?: readonly string[] }>(chosen: T, a: T, b: T): T {
  return { ...chosen, sources: [...new Set([...(a.sources ?? []), ...(b.sources ?? [])])].sort() };
}

/** What one run left out and another one asked is no gap. */
function uncovered(v: View): View {
  const asked = new Set(
    [...v.observations.values()].flatMap((o) =>
      o.route === null || o.control || o.instead
        ? []
        : skipKey({
            model: o.ref ?? (o.suffix ? `${o.model}:${o.suffix}` : (o.model ?? '')),
            route: o.route,
            auth: o.auth === 'anonymous' ? 'anonymous' : 'token',
            depth: o.depth,
            reason: '',
          }),
    ),
  );
  return { ...v, skips: new Map([...v.skips].filter(([key]) => !asked.has(key))) };
}

/** As a record again, in an order that does not tell how it was joined. */
export function recordOf(v: View): Recorded {
  const sorted = [...v.observations].sort(([a], [b]) => (a < b ? -1 : 1));
  const ids = new Map(sorted.map(([key], id) => [key, id]));
  const rows = sorted.map(([key, o]) => ({ ...o, id: ids.get(key) ?? 0 }));
  const good = new Set(rows.filter((o) => o.instead && !failed(o)).map((o) => o.id));
  const proofs = [...v.proofs].flatMap(([model, keys]) => {
    const id = [...keys]
      .sort()
      .map((key) => ids.get(key))
      .find((n) => n !== undefined && good.has(n));
    return id === undefined ? [] : [[model, id] as const];
  });
  const skips = [...v.skips].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, skip]) => skip);
  return {
    ...{ token: v.token, catalog: v.catalog, skips },
    run: { ...v.run, unasked: skips.filter((s) => s.because !== undefined) },
    observations: rows.filter((o) => !o.instead),
    instead: { observations: rows.filter((o) => o.instead), proofs: new Map(proofs.sort()) },
  };
}

/** What tells whether two views are the same. */
export function textOf(v: View): string {
  const { observations, skips, instead, ...rest } = recordOf(v);
  const proofs = [...instead.proofs];
  return canonical({ ...rest, observations, skips, instead: { ...instead, proofs } });
}
