import type { Report } from '../report/model.js';

const HOUR = 3_600_000;
const JITTER = 0.1;
/** Asking more often makes these worse, or cannot make them better. */
const LIMITS: ReadonlySet<string> = new Set([
  'rate-limited',
  'provider-rate-limited',
  'credits-exhausted',
  'spending-limit-reached',
]);

/** Why the next round comes later. */
export interface Brake {
  /** Null where no rule names it. */
  rule: string | null;
  /** One line without a full stop. */
  title: string;
  /** What the user can do; null where it is to wait. */
  todo: string | null;
}

/** What the round met: a limit, an empty account or a token that is not accepted. Null: none of these. */
export function brakeOf({ token, findings, cells }: Report): Brake | null {
  const found = findings.find((f) => LIMITS.has(f.rule) || (f.blame === 'token' && f.severity === 'error'));
  if (found) {
    const fix = found.fixes[0];
    const todo = fix ? [fix.text, ...fix.commands, ...fix.links].join(' ') : null;
    return { rule: found.rule, title: found.title, todo };
  }
  const bad = token.status === 'invalid' || token.status === 'malformed' || token.status === 'missing';
  if (bad) return { rule: null, title: 'No token is accepted', todo: 'hf-doctor token tells more.' };
  if (cells.some((c) => c.status === 429))
    return { rule: null, title: 'A server answers 429: it is asked too often', todo: null };
  return null;
}

/**
 * Milliseconds until the next round. Each round in a row that must slow down doubles them, up to an
 * hour; a tenth more or less keeps many watches from asking at the same moment.
 */
export function waitFor(everyMs: number, slowRounds: number, random: () => number): number {
  return Math.round(pauseOf(everyMs, slowRounds) * (1 - JITTER + 2 * JITTER * random()));
}

/** The pause after this round is longer than the one before it. */
export function isLonger(everyMs: number, slowRounds: number): boolean {
  return slowRounds > 0 && pauseOf(everyMs, slowRounds) > pauseOf(everyMs, slowRounds - 1);
}

/** Milliseconds between two rounds, as they are meant to be. */
export function pauseOf(everyMs: number, slowRounds: number): number {
  return Math.min(Math.max(HOUR, everyMs), everyMs * 2 ** Math.min(slowRounds, 20));
}

/** US dollars of the calls that may have been charged. A refusal and a fault cost nothing. */
export function costOf({ cost: { planned, measured } }: Report): number {
  return measured.usd ?? planned.usd;
}
