import type { Blame, Confidence, Fix, Severity } from '../report/model.js';
import type { Evidence } from '../types/evidence.js';
import type { Observation, RouteId } from '../types/observation.js';
import type { RuleId } from '../types/rule-id.js';

/**
 * A rule is one file: how a fault is recognised, who is to blame, what to do, and its page.
 *
 * `A` is what the rule learned from the evidence. All texts are made from it, so a sentence can
 * never say more than was seen.
 */
interface RuleBase<A> {
  id: RuleId;
  blame: Blame;
  /**
   * How bad it is when the user has no way around it. `diagnose` lowers an error to a warning when
   * the model works on another route. `info` stays info.
   */
  severity: Severity;
  /** Where the evidence changes how bad it is; not lowered afterwards. Null: `severity`, as above. */
  severityOf?(c: Case<A>): Severity | null;
  /**
   * What a claimed cell becomes. `unknown` where the evidence says nothing about the model, the
   * route or the token (no network); `ok` where the route did its work (a slow answer).
   */
  outcome?: ClaimedOutcome | ((o: Observation) => ClaimedOutcome);
  /** Day on which the facts were last checked, ISO date. */
  lastVerified: string;
  /** The first day on which the fault existed: a text from before is about something else. */
  since?: string;
  /** The belief that this rule puts right, one sentence. */
  corrects?: string;
  page: RulePage;
  /** One line, names who: the provider, the model, your token. */
  title(c: Case<A>): string;
  /** Two to four short sentences: what happened and why we think so. */
  explanation(c: Case<A>): string;
  /** What cannot help, one or two sentences. */
  notThis?(c: Case<A>): string | null;
  /** The most useful first. */
  fixes(c: Case<A>): Fix[];
  /** One command that shows whether it is fixed. */
  verify(c: Case<A>): string | null;
}

export type ClaimedOutcome = 'fault' | 'unknown' | 'ok';

export interface CellRule<A = unknown> extends RuleBase<A> {
  kind: 'cell';
  /** Looks at host, path, status, content type, body and headers, in that order. */
  match(o: Observation, e: Evidence): Hit<A> | null;
}

export interface AcrossRule<A = unknown> extends RuleBase<A> {
  kind: 'across';
  /** Needs several observations, or facts of the run. `cells` are observation ids it explains. */
  match(e: Evidence): readonly (Hit<A> & { cells: readonly number[] })[];
}

export type Rule<A = unknown> = CellRule<A> | AcrossRule<A>;

export interface Hit<A> {
  confidence: Confidence;
  /** Hits of one rule with the same subject are one finding: a provider, a model, `token`. */
  subject: string;
  args: A;
  /** Where no observation names them. */
  models?: readonly string[];
  /** Only where it differs from the rule's own. */
  blame?: Blame;
}

/** One finding in the making: what was learned, and where it was seen. */
export interface Case<A> {
  args: A;
  models: readonly string[];
  routes: readonly RouteId[];
  providers: readonly string[];
  observations: readonly Observation[];
  evidence: Evidence;
  /** Models of this run that answered, with the route that did. Empty: nothing is proven. */
  proven: readonly Proven[];
  /** The client that the user's code uses, as far as known: fixes speak its language. */
  client: 'python' | 'node' | 'curl' | null;
}

/** A route that works. `deep`: it answered; else it was reached, and nothing was generated. */
export interface Proven {
  model: string;
  task: string | null;
  route: RouteId;
  deep: boolean;
  /** The id with this provider as its suffix works too. */
  byId: boolean;
}

/** The page that `hf-doctor explain <rule>` prints. Plain sentences, no markup. */
export interface RulePage {
  /** What it means, one paragraph. */
  meaning: string;
  /** How hf-doctor knows: the evidence that decides. */
  evidence: string;
  /** What it is often mistaken for. */
  mistakenFor: string;
  /** How to repair it, in general. */
  repair: string;
  links: string[];
}

export function cellRule<A>(rule: Omit<CellRule<A>, 'kind'>): CellRule<A> {
  return { kind: 'cell', ...rule };
}

export function acrossRule<A>(rule: Omit<AcrossRule<A>, 'kind'>): AcrossRule<A> {
  return { kind: 'across', ...rule };
}

/** A fix with only the parts that it has. */
export function fix(text: string, more: Partial<Omit<Fix, 'text'>> = {}): Fix {
  return { commands: [], links: [], ...more, text };
}
