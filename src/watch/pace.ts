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

/** The round met a limit, an empty account or a token that is not accepted. */
export function mustSlowDown({ token, findings, cells }: Report): boolean {
  return (
    token.status === 'invalid' ||
    token.status === 'malformed' ||
    token.status === 'missing' ||
    cells.some((c) => c.status === 429) ||
    findings.some((f) => LIMITS.has(f.rule) || (f.blame === 'token' && f.severity === 'error'))
  );
}

/**
 * Milliseconds until the next round. Each round in a row that must slow down doubles them, up to an
 * hour; a tenth more or less keeps many watches from asking at the same moment.
 */
export function waitFor(everyMs: number, slowRounds: number, random: () => number): number {
  const most = Math.max(HOUR, everyMs);
  const base = Math.min(most, everyMs * 2 ** Math.min(slowRounds, 20));
  return Math.round(base * (1 - JITTER + 2 * JITTER * random()));
}

/** US dollars of the calls that may have been charged. A refusal and a fault cost nothing. */
export function costOf({ cost: { planned, measured } }: Report): number {
  return measured.usd ?? planned.usd;
}
