import type { Evidence, MappingEntry } from '../../types/evidence.js';
import type { Observation } from '../../types/observation.js';
import { isGood } from '../match.js';

/**
 * The automatic router leaves out what the Hub lists as failing or staging. When nothing else is
 * listed and such a provider answered in this run, its refusal tells of the listing, not of the model.
 */
export function worksUnlisted(o: Observation, e: Evidence): MappingEntry | null {
  if (o.surface !== 'router' || o.suffix !== null || o.model === null || isGood(o)) return null;
  const listed = e.catalog.models[o.model]?.providers ?? [];
  if (listed.some((p) => p.status === 'live')) return null;
  const works = (p: MappingEntry) =>
    e.observations.some((x) => x.model === o.model && x.provider === p.provider && isGood(x));
  return listed.find(works) ?? null;
}
