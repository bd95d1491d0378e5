import type { Rule } from '../rules/define.js';

/** What `explain <rule> --format json` prints, schema version 1. Additions are free. */
export interface PageView {
  schemaVersion: 1;
  rule: Pick<Rule, 'id' | 'blame' | 'severity' | 'lastVerified' | 'page'> & {
    /** A belief of earlier days that the rule corrects. */
    corrects: string | null;
  };
}

export function pageView({ id, blame, severity, lastVerified, page, corrects }: Rule): PageView {
  return { schemaVersion: 1, rule: { id, blame, severity, lastVerified, page, corrects: corrects ?? null } };
}
