import { isHuggingFace } from '../safety/trust.js';
import type { Session } from './session.js';

/** What a person should know before the answers come: where the token goes, and what was put right. */
export function notesOf(s: Session): string[] {
  return [
    ...s.settings.notes,
    ...s.search.notes,
    ...(s.simulator ? [] : [...whereTheTokenGoes(s), ...network(s)]),
  ];
}

function whereTheTokenGoes({ bases, search, settings, withheld }: Session): string[] {
  const { winner } = search;
  if (!winner?.secret || settings.anonymous.value) return [];
  const places = [
    { url: bases.hub, origin: settings.hubUrl.origin },
    { url: bases.router, origin: settings.routerUrl.origin },
    { url: bases.legacy, origin: settings.legacyUrl.origin },
  ];
  return places
    .filter(({ url }) => !isHuggingFace(new URL(url)))
    .map(({ url, origin }) => {
      const refused = withheld(url);
      return refused === null
        ? `the token (${winner.source}) is also sent to ${url}, as ${origin.name} says.`
        : `the token is not sent to ${url}: ${refused}`;
    });
}

function network({ network: { facts } }: Session): string[] {
  return facts.tlsVerification
    ? []
    : ['NODE_TLS_REJECT_UNAUTHORIZED=0 is set. hf-doctor verifies certificates all the same.'];
}
