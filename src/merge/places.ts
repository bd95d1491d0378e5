import { claims } from '../diagnose/claim.js';
import type { Diagnosis } from '../diagnose/diagnose.js';
import { toFindings } from '../diagnose/findings.js';
import type { Finding } from '../report/model.js';
import type { Recorded } from '../report/record.js';
import { vantageDiffers } from '../rules/run/vantage-differs.js';
import type { Evidence } from '../types/evidence.js';
import type { Observation } from '../types/observation.js';
import { nameOf } from './combine.js';
import { joinCatalogs, joinRuns, joinTokens } from './facts.js';

/** What only the comparison of places shows. Cells are those of the combined diagnosis. */
export function acrossPlaces(
  records: readonly { vantage: string; record: Recorded }[],
  { models, cells }: Diagnosis,
): Finding[] {
  const cellOf = new Map<number, number>();
  const all: Observation[] = [];
  let cell = 0;
  for (const { vantage, record } of records) {
    for (const o of [...record.observations, ...record.instead.observations]) {
      // As `toCells` takes them, in its order.
      if (o.purpose === 'inference' && o.route !== null && o.model !== null) cellOf.set(all.length, cell++);
      all.push({ ...o, id: all.length, vantage: nameOf(vantage) });
    }
    cell += record.skips.length;
  }
  if (cell !== cells.length) throw new RangeError('the cells are not those of the records');
  const found = records.map((r) => r.record);
  const evidence: Evidence = {
    observations: all,
    token: found.map((r) => r.token).reduce(joinTokens),
    catalog: found.map((r) => r.catalog).reduce(joinCatalogs),
    run: found.map((r) => r.run).reduce(joinRuns),
  };
  return toFindings(claims(evidence, [vantageDiffers]), evidence, {
    proven: [],
    usable: new Map(models.map((m) => [m.id, m.usable])),
    cellOf,
    client: null,
  });
}
