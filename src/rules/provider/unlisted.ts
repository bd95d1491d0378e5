import type { Evidence, MappingEntry } from '../../types/evidence.js';
import type { Observation } from '../../types/observation.js';
import { isGood } from '../match.js';
import { pinnedTo } from './who.js';

/**
 * The router leaves out what the Hub lists as failing or staging. When nothing else is listed that the
 * call could use and such a provider answered in this run, its refusal tells of the listing, not of the
 * model.
 */
export function worksUnlisted(o: Observation, e: Evidence): MappingEntry | null {
  if (o.surface !== 'router' || o.model === null || isGood(o)) return null;
  const pin = pinnedTo(o);
  const all = e.catalog.models[o.model]?.providers ?? [];
  const listed = all.filter((p) => pin === null || p.provider === pin);
  if (listed.some((p) => p.status === 'live')) return null;
  const works = (p: MappingEntry) =>
    e.observations.some((x) => x.model === o.model && x.provider === p.provider && !x.control && isGood(x));
  return listed.find(works) ?? null;
}
