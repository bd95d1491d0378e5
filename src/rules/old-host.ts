import type { Fix } from '../report/model.js';
import { type Case, fix, type Rule } from './define.js';
import { LINKS } from './words.js';

/*
 * Old answers of the retired host are pasted still. What they say was true, and no retry gets there:
 * whatever else a finding advises, the call must move.
 */

function move({ observations, evidence }: Case<unknown>): Fix {
  const router = evidence.run.endpoints.router || 'https://router.huggingface.co';
  const named = observations.some((o) => o.host !== null);
  return fix(
    named
      ? `Move the call to ${router} first: the host of this answer is retired since.`
      : `If the call goes to api-inference.huggingface.co, move it to ${router}: that host is retired.`,
    { links: [LINKS.docs] },
  );
}

function withMove(fixes: Fix[], c: Case<unknown>): Fix[] {
  if (c.observations.length === 0 || c.observations.some((o) => o.surface !== 'legacy')) return fixes;
  // The words alone make the host likely only.
  const at = c.observations.some((o) => o.host !== null) ? 0 : 1;
  return fixes.toSpliced(at, 0, move(c));
}

/** The rule, whose advice about the retired host says so first or second. */
export function movesOffOldHost<A>(rule: Rule<A>): Rule<A> {
  if (rule.id === 'legacy-host-gone' || rule.blame === 'client') return rule;
  return { ...rule, fixes: (c) => withMove(rule.fixes(c), c) };
}
