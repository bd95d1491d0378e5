import type { RuleId } from './rule-id.js';

/* What the user says beforehand about faults. Models and routes as the report names them. */

/** A fault that is no news. */
export interface Expectation {
  /** `org/name`, with its `:suffix`. */
  model: string;
  /** Null: every route. */
  route: string | null;
  /** Statuses of HTTP, and rules: any of them. */
  faults: readonly (number | RuleId)[];
}

/** Findings that do not count. */
export interface Ignore {
  rule: RuleId;
  /** Null: every model, or every route. */
  model: string | null;
  route: string | null;
  /** Null only on the command line. */
  reason: string | null;
}
