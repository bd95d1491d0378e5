import type { Evidence, MappingEntry } from '../../types/evidence.js';
import type { Observation } from '../../types/observation.js';
import type { Hit } from '../define.js';
import { isGood, says } from '../match.js';
import { leftOut } from './left-out.js';
import { onRouterList } from './two-lists.js';
import { worksUnlisted } from './unlisted.js';
import { REFUSED, whoAnswered } from './who.js';

/* Where a list of Hugging Face says one thing of a provider, and a call of the run another. */

export interface Disagreement {
  /** Null where the router answered and does not tell for whom. */
  provider: string | null;
  /** The word of the list that is wrong: `live`, `error`, `staging`; `absent` where it has none. */
  listed: string;
  /**
   * Live on the Hub, and `refused` by the provider, or `left-out` by the router, which asks nobody then.
   * The others work: listed badly there, by the router, or nowhere.
   */
  how: 'refused' | 'left-out' | 'works' | 'router-list' | 'absent';
}

type Found = Hit<Disagreement> & { cells: readonly number[] };

const ROUTED: readonly string[] = ['router', 'hf-inference', 'provider'];

export function disagreements(e: Evidence): Found[] {
  return e.observations.flatMap((o) => {
    if (o.purpose !== 'inference' || o.control || o.model === null || o.auth === 'anonymous') return [];
    const unlisted = worksUnlisted(o, e);
    if (unlisted) return [found(o, 'works', unlisted.provider, unlisted.status)];
    const left = leftOut(o, e);
    if (left) return [found(o, 'left-out', left, 'live')];
    const provider = isGood(o) ? whoAnswered(o) : whoRefused(o, e);
    const entry = e.catalog.models[o.model]?.providers.find(
      (p) => sameTask(p, o.task) && p.provider === provider,
    );
    if (isGood(o)) return worked(o, provider, entry, e);
    const refused = entry?.status === 'live' && (o.status === 400 || o.status === 404) && says(o, REFUSED);
    return refused ? [found(o, 'refused', provider, 'live')] : [];
  });
}

function worked(o: Observation, provider: string | null, entry: MappingEntry | undefined, e: Evidence) {
  if (!entry) return isAbsent(o, provider, e) ? [found(o, 'absent', provider, 'absent')] : [];
  if (['error', 'staging'].includes(entry.status)) return [found(o, 'works', provider, entry.status)];
  const routed =
    o.model && provider && o.task === 'conversational' ? onRouterList(o.model, provider, e) : null;
  return routed === 'error' ? [found(o, 'router-list', provider, routed)] : [];
}

/** The mapping was read, and does not name who answered, for whatever task; or it names nobody. */
function isAbsent(o: Observation, provider: string | null, e: Evidence): boolean {
  const facts = o.model === null ? undefined : e.catalog.models[o.model];
  if (!ROUTED.includes(o.surface) || !facts?.mappingKnown || facts.exists !== 'yes') return false;
  return provider === null
    ? facts.providers.length === 0
    : facts.providers.every((p) => p.provider !== provider);
}

function found(o: Observation, how: Disagreement['how'], provider: string | null, listed: string): Found {
  return {
    confidence: how === 'refused' || how === 'left-out' ? 'likely' : 'certain',
    subject: `${provider ?? 'the router'} ${how} ${listed}`,
    args: { provider, listed, how },
    cells: [o.id],
  };
}

/** The one that was pinned; behind the router the one that it names, or the only one that is live. */
function whoRefused(o: Observation, e: Evidence): string | null {
  const known = whoAnswered(o);
  if (known !== null || o.surface !== 'router' || o.model === null) return known;
  const live = e.catalog.models[o.model]?.providers.filter((p) => p.status === 'live') ?? [];
  return live.length === 1 ? (live[0]?.provider ?? null) : null;
}

function sameTask(p: MappingEntry, task: string | null): boolean {
  return task === null || p.task === '' || p.task === task;
}
