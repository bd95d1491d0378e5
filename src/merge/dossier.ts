import { createHash } from 'node:crypto';
import * as z from 'zod/mini';
import type { Report } from '../report/model.js';
import { toRecord } from '../report/record.js';
import { LONGEST_PLACE, type PlaceRecord, readPlaces, readRecord } from '../report/record-schema.js';
import { type Source, sourceSchema } from '../report/run-model.js';
import { canonical, larger } from './order.js';
import { joinViews, recordOf, textOf, type View, viewOf } from './view.js';

/** The runs that were merged, and what was seen from each place. `''`: a place without a name. */
export interface Dossier {
  sources: ReadonlyMap<string, Source>;
  views: ReadonlyMap<string, View>;
}

export const MOST_SOURCES = 1_000;

/** The evidence of a report, of one run or merged before. Null when it holds none that can be read. */
export function dossierOf(report: Report): Dossier | null {
  const merged = readPlaces(report.evidence);
  if (merged) return ofMerged(report, merged);
  const record = readRecord(report.evidence);
  if (!record) return null;
  const bare = viewOf(record, null);
  const source = sourceOf(report, textOf(bare));
  return {
    sources: new Map([[source.id, source]]),
    // No longer than what reads a merged report again takes.
    views: new Map([[(report.vantage ?? '').slice(0, LONGEST_PLACE), viewOf(record, source.id)]]),
  };
}

function ofMerged({ sources: named }: Report, places: readonly PlaceRecord[]): Dossier | null {
  const sources = z.array(sourceSchema).check(z.maxLength(MOST_SOURCES)).safeParse(named);
  if (!sources.success) return null;
  const views = new Map<string, View>();
  for (const { vantage, record } of places) {
    const view = viewOf(record, null);
    const before = views.get(vantage);
    views.set(vantage, before ? joinViews(before, view) : view);
  }
  return { sources: joinSources(new Map(), sources.data), views };
}

/** Two dossiers as one; the order and the number of times do not matter. */
export function join(a: Dossier, b: Dossier): Dossier {
  const views = new Map(a.views);
  for (const [vantage, view] of b.views) {
    const before = views.get(vantage);
    views.set(vantage, before ? joinViews(before, view) : view);
  }
  return { sources: joinSources(a.sources, [...b.sources.values()]), views };
}

function joinSources(known: ReadonlyMap<string, Source>, more: readonly Source[]): Map<string, Source> {
  const out = new Map(known);
  for (const s of more) {
    const before = out.get(s.id);
    out.set(s.id, before ? larger(before, s, () => 0) : s);
  }
  return out;
}

/** A run is known by what it saw and when. */
function sourceOf(r: Report, seen: string): Source {
  const [vantage, shard] = [r.vantage ?? null, r.shard ?? null];
  const about = { vantage, shard, startedAt: r.startedAt, durationMs: r.durationMs };
  const id = createHash('sha256').update(canonical(about)).update(seen).digest('hex').slice(0, 12);
  return {
    ...{ id, ...about, version: r.tool.version, simulated: r.simulated, complete: r.complete },
    ...{ exitCode: r.exitCode, tokenSent: r.token.sent ?? true, cost: r.cost },
  };
}

/** As it stands in a merged report. */
export function toEvidence({ views }: Dossier): unknown {
  const merged = [...views]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([vantage, view]) => ({ vantage, record: toRecord(recordOf(view)) }));
  return { merged };
}

export function recordsOf({ views }: Dossier): PlaceRecord[] {
  return [...views]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([vantage, view]) => ({ vantage, record: recordOf(view) }));
}
