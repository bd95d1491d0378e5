import type { Confidence } from '../../report/model.js';
import type { Evidence, WhoamiFacts } from '../../types/evidence.js';
import type { Observation } from '../../types/observation.js';
import { isGood, onHuggingFace } from '../match.js';
import { said } from '../said.js';

/* Questions about what was sent and what the token may do, asked by several rules of this group. */

const INFERENCE = 'inference.serverless.write';

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

/** An inference call went through, with or without a token. */
export function somethingWorks(e: Evidence): boolean {
  return e.observations.some((o) => o.purpose === 'inference' && !o.control && onHuggingFace(o) && isGood(o));
}

const NO_PERMISSION =
  /sufficient permissions? to (?:call|use) (?:the )?(?:serverless )?inference (?:providers|api)(?: on behalf of (user|org))?/i;

/** Whom the call was for, where Hugging Face says that the token may not call for them. */
export function refusedFor(
  o: Observation,
  e: Evidence,
): { on: 'user' | 'org'; confidence: Confidence } | null {
  if (o.status !== null && o.status !== 403) return null;
  const confidence = said(o, e, NO_PERMISSION);
  if (!confidence) return null;
  const texts = [o.body.message, o.body.excerpt, o.headers['x-error-message']];
  const org = texts.some((text) => NO_PERMISSION.exec(text ?? '')?.[1]?.toLowerCase() === 'org');
  return { on: org ? 'org' : 'user', confidence };
}

/** A box for dedicated endpoints is ticked, and the one for Inference Providers is nowhere. */
export function hasOtherBoxOnly({ token }: Evidence): boolean {
  if (token.role !== 'fineGrained' || token.whoami === null) return false;
  const boxes = [...token.whoami.global, ...token.whoami.scoped.flatMap((s) => s.permissions)];
  return !boxes.includes(INFERENCE) && boxes.some((id) => id.startsWith('inference.endpoints.'));
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
