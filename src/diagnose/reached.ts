import type { Observation } from '../types/observation.js';

/** What a backend says when it read the request and missed something in it. */
const MISSING =
  /\b(?:required|missing|must (?:be|have|contain|provide|not be)|at least one|cannot be empty|should not be empty|expected|invalid (?:json|input|request body|parameters?)|failed to (?:parse|deserialize|decode)|unexpected end|not valid json|json (?:decode|parse|invalid)|eof while parsing|unprocessable|validation error)\b/i;
/** Refusals that name the model, the account or the route: the request did not get through. */
const TURNED_AWAY =
  /not supported|does not exist|not found|no longer|deprecated|credits|permission|token|gated|not (?:be )?(?:enabled|allowed|available)|unauthori[sz]ed/i;

/**
 * A probe that was meant to be refused, and was: token, route and model passed, nothing was made.
 * Only a complaint about the request itself proves that; a bare 400 does not.
 */
export function isReached(o: Observation): boolean {
  if (o.depth !== 'auth' || o.control || o.auth !== 'token' || o.error !== null) return false;
  if (o.status !== 400 && o.status !== 415 && o.status !== 422) return false;
  const said = `${o.body.message ?? ''} ${o.body.excerpt}`;
  return MISSING.test(said) && !TURNED_AWAY.test(o.body.message ?? '');
}
