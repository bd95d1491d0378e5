import { ofShard } from '../check/shard.js';
import { isHuggingFace } from '../safety/trust.js';
import type { Depth } from '../types/observation.js';
import type { Session } from './session.js';

interface Run {
  /** At depth catalog only the Hub gets the token. */
  depth: Depth;
  /** What works in the place of what failed is looked for on the router, whatever the routes. */
  instead: boolean;
}

/** What a person should know before the answers come: where the token goes, and what was put right. */
export function notesOf(s: Session, run: Run = { depth: s.settings.depth.value, instead: true }): string[] {
  return [
    ...s.settings.notes,
    ...s.search.notes,
    ...emptyShard(s),
    ...(s.simulator ? [] : [...whereTheTokenGoes(s, run), ...network(s)]),
  ];
}

/** A part of a short list may be empty; then nothing is checked, and nothing is green. */
function emptyShard({ settings: { models, shard } }: Session): string[] {
  const { value } = shard;
  const all = models.value;
  if (value === null || all.length === 0 || ofShard(all, value).length > 0) return [];
  return [
    `shard ${value.index}/${value.of} has no model: with ${all.length} of them use at most ${all.length} shards.`,
  ];
}

function whereTheTokenGoes({ bases, search, settings, withheld }: Session, run: Run): string[] {
  const { winner } = search;
  if (!winner?.secret || settings.anonymous.value) return [];
  const asked = run.depth === 'catalog' ? [] : settings.routes.value;
  const routed = asked.some((r) => r !== 'legacy' && r !== 'gateway');
  const searched = asked.length > 0 && run.instead;
  const places = [
    { url: bases.hub, origin: settings.hubUrl.origin, when: '' },
    ...(routed || searched
      ? [{ url: bases.router, origin: settings.routerUrl.origin, when: routed ? '' : SEARCH }]
      : []),
    ...(asked.includes('legacy') ? [{ url: bases.legacy, origin: settings.legacyUrl.origin, when: '' }] : []),
  ];
  return places
    .filter(({ url }) => !isHuggingFace(new URL(url)))
    .map(({ url, origin, when }) => {
      const refused = withheld(url);
      return refused === null
        ? `the token (${winner.source}) is also sent to ${url}, as ${origin.name} says${when}.`
        : `the token is not sent to ${url}: ${refused}`;
    });
}

const SEARCH = ', if a model fails and another is looked for';

function network({ network: { facts } }: Session): string[] {
  return facts.tlsVerification
    ? []
    : ['NODE_TLS_REJECT_UNAUTHORIZED=0 is set. hf-doctor verifies certificates all the same.'];
}
