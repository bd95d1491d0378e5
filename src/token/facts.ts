import type { Claims } from '../safety/secret.js';
import type { TokenFacts, WhoamiFacts } from '../types/evidence.js';
import { permissionFor } from './permission.js';
import type { TokenSearch } from './sources.js';
import { idsOnly, readWhoami } from './whoami.js';

/** The answer of `GET /api/whoami-v2`, or the transport code of why none came. */
export interface WhoamiAnswer {
  status: number | null;
  error: string | null;
  body: unknown;
}

/**
 * What is known of the token. `invalid` needs a 401 of whoami; anything else that is no answer
 * leaves the token `unverified`. `now` (ISO 8601) lets an expired OAuth token be named as such.
 */
export function tokenFacts(
  search: TokenSearch,
  whoami: WhoamiAnswer | null,
  billTo: string | null,
  now: string | null = null,
): TokenFacts {
  const { winner } = search;
  const secret = winner?.secret ?? null;
  const reading = secret && whoami?.status === 200 && whoami.error === null ? readWhoami(whoami.body) : null;
  const read = reading?.ok ? reading : null;
  const status =
    winner === null
      ? 'missing'
      : secret === null
        ? 'malformed'
        : read
          ? 'valid'
          : whoami?.status === 401
            ? 'invalid'
            : 'unverified';
  const kind = winner?.kind ?? null;
  const role = read?.role ?? null;
  const facts = read && withClaims(read.facts, kind === 'oauth' ? (secret?.claims() ?? null) : null);
  return {
    status,
    source: winner?.source ?? null,
    masked: secret?.masked ?? null,
    kind,
    faults: winner
      ? winner.faults
      : search.candidates.flatMap((c) => c.faults.filter((f) => f.kind === 'empty')),
    shadowed: search.shadowed,
    lookalikes: search.lookalikes,
    role,
    whoami: facts,
    permission: permissionFor({ status, kind, role, whoami: facts, billTo, now }),
  };
}

/** The published shape of whoami has no scopes; an OAuth token carries them itself, unproven. */
function withClaims(facts: WhoamiFacts, claims: Claims | null): WhoamiFacts {
  return {
    ...facts,
    scopes: facts.scopes ?? (claims?.scopes ? idsOnly(claims.scopes) : null),
    expiresAt: facts.expiresAt ?? claims?.expiresAt ?? null,
  };
}
