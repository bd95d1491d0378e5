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
  if (e.run.billTo === null || o.purpose !== 'inference' || o.control || o.auth === 'anonymous') return false;
  if (!onHuggingFace(o) || madeByProvider(o)) return false;
  if (o.status === 401 && e.token.status === 'valid')
    return isBare(o) || says(o, SAME_AS_BAD_TOKEN) || says(o, ABOUT_ORG);
  return o.status === 403 && says(o, ABOUT_ORG);
}

/** The command that asks again with the same payer. Names come from texts too, so they are quoted. */
export function checkBilledTo(org: string | null, models: readonly string[]): string {
  return org === null ? 'hf-doctor token' : `${checkAgain(models)} --bill-to ${shellQuote(org)}`;
}
