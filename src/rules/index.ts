import type { RuleId } from '../types/rule-id.js';
import type { Rule } from './define.js';
import { legacyHostGone } from './hub/legacy-host-gone.js';
import { providerOutage } from './provider/provider-outage.js';
import { tokenInvalid } from './token/token-invalid.js';

/**
 * The catalogue, in order of precedence: the first rule that matches an observation explains it.
 * Specific before general, the cause before its consequences.
 */
// biome-ignore lint/suspicious/noExplicitAny: each rule has its own arguments; nobody reads them here.
export const RULES: readonly Rule<any>[] = [tokenInvalid, legacyHostGone, providerOutage];

export function ruleById(id: string): Rule | null {
  return RULES.find((rule) => rule.id === (id as RuleId)) ?? null;
}
