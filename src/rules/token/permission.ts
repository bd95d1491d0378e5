import type { Confidence } from '../../report/model.js';
import type { Evidence } from '../../types/evidence.js';
import { ENDPOINTS_PERMISSION_PREFIX, PERMISSION_ID } from '../../types/home.js';
import type { Observation } from '../../types/observation.js';
import { isBare, said } from '../said.js';

const NO_PERMISSION =
  /sufficient permissions? to (?:call|use) (?:the )?(?:serverless )?inference (?:providers|api)(?: on behalf of (user|org))?/i;

/** Whom the call was for, where Hugging Face says that the token may not call for them. */
export function refusedFor(
  o: Observation,
  e: Evidence,
): { on: 'user' | 'org'; confidence: Confidence; told: boolean } | null {
  if (o.status !== null && o.status !== 403) return null;
  const confidence = said(o, e, NO_PERMISSION);
  if (!confidence) return isUntold(o) ? { on: 'user', confidence: 'possible', told: false } : null;
  const texts = [o.body.message, o.body.excerpt, o.headers['x-error-message']];
  const org = texts.some((text) => NO_PERMISSION.exec(text ?? '')?.[1]?.toLowerCase() === 'org');
  return { on: org ? 'org' : 'user', confidence, told: true };
}

/** A pasted 403 without its words: of all that says so, this is the commonest. */
function isUntold(o: Observation): boolean {
  const routed = ['router', 'hf-inference', 'provider'].includes(o.surface);
  return o.origin === 'text' && o.status === 403 && routed && isBare(o);
}

/** A box for dedicated endpoints is ticked, and the one for Inference Providers is nowhere. */
export function hasOtherBoxOnly({ token }: Evidence): boolean {
  if (token.role !== 'fineGrained' || token.whoami === null) return false;
  const boxes = [...token.whoami.global, ...token.whoami.scoped.flatMap((s) => s.permissions)];
  return !boxes.includes(PERMISSION_ID) && boxes.some((id) => id.startsWith(ENDPOINTS_PERMISSION_PREFIX));
}
