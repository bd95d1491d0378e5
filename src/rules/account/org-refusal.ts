import { shellQuote } from '../../safety/quote.js';
import type { Evidence } from '../../types/evidence.js';
import type { Observation } from '../../types/observation.js';
import { onHuggingFace, says } from '../match.js';
import { isBare, madeByProvider } from '../said.js';
import { checkAgain } from '../serving.js';

const SAME_AS_BAD_TOKEN = /invalid username or password|invalid credentials in authorization header/i;
const ABOUT_ORG = /organi[sz]ation|not a member|bill(?:ed|ing)? to/i;

/** A refusal that only the paying organization explains: the token itself is accepted. */
export function refusedForOrg(o: Observation, e: Evidence): boolean {
  if (o.status === 401) return e.token.status === 'valid' && mayBeForOrg(o, e);
  return o.status === 403 && isBilled(o, e) && says(o, ABOUT_ORG);
}

/** A 401 that says the same for a bad token and for an organization that the token may not bill. */
export function mayBeForOrg(o: Observation, e: Evidence): boolean {
  const vague = isBare(o) || says(o, SAME_AS_BAD_TOKEN) || says(o, ABOUT_ORG);
  return o.status === 401 && isBilled(o, e) && vague;
}

function isBilled(o: Observation, e: Evidence): boolean {
  if (e.run.billTo === null || o.purpose !== 'inference' || o.control || o.auth === 'anonymous') return false;
  return onHuggingFace(o) && !madeByProvider(o);
}

/** The command that asks again with the same payer. Names come from texts too, so they are quoted. */
export function checkBilledTo(org: string | null, models: readonly string[]): string {
  return org === null ? 'hf-doctor token' : `${checkAgain(models)} --bill-to ${shellQuote(org)}`;
}
