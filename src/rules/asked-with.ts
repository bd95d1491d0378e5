import type { Evidence, WhoamiFacts } from '../types/evidence.js';
import { isGood, onHuggingFace } from './match.js';
import { madeByProvider } from './said.js';

/* What the run asked with: the token, and who pays. */

/** Ids of the 401s to calls that went out without a token, besides the control probes. */
export function refusedWithoutToken(e: Evidence): number[] {
  return e.observations
    .filter((o) => o.status === 401 && o.auth === 'anonymous' && !o.control)
    .filter((o) => o.purpose === 'inference' && onHuggingFace(o))
    .map((o) => o.id);
}

/** The run asks Hugging Face; a run through a gateway alone needs the gateway's key only. */
export function tokenNeeded(e: Evidence): boolean {
  return e.run.routes.length === 0 || e.run.routes.some((route) => route !== 'gateway');
}

/** A call passed the front end: it was answered, or a provider refused it for reasons of its own. */
export function gotThrough(e: Evidence): boolean {
  const asked = e.observations.filter((o) => o.purpose === 'inference' && !o.control && onHuggingFace(o));
  return asked.some((o) => isGood(o) || madeByProvider(o));
}

/** The token was tried: what whoami alone lets expect does not count then, the answers do. */
export function tokenTried(e: Evidence): boolean {
  return e.observations.some(
    (o) =>
      o.purpose === 'inference' &&
      o.auth === 'token' &&
      o.status !== null &&
      o.surface !== 'legacy' &&
      onHuggingFace(o),
  );
}

/** What whoami tells of the organization that pays; null when nobody else pays or it is not listed. */
export function payingOrg(e: Evidence): WhoamiFacts['orgs'][number] | null {
  const name = e.run.billTo?.toLowerCase();
  return e.token.whoami?.orgs.find((org) => org.name.toLowerCase() === name) ?? null;
}

/** whoami answered and does not list the organization. A resource group id is never listed. */
export function isOutsider(e: Evidence): boolean {
  const { billTo } = e.run;
  if (billTo === null || e.token.whoami === null || /^[0-9a-f]{24}$/i.test(billTo)) return false;
  return payingOrg(e) === null;
}
