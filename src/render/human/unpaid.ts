import type { Cell, Report } from '../../report/model.js';

/** Every paid call meets these: the first refusal stands for the rest. */
const SHORT: Readonly<Record<string, string>> = {
  'credits-exhausted': 'no credits',
  'spending-limit-reached': 'spending limit',
};

/** The two words for why the account cannot pay; null where it can. */
export function unpaid({ findings }: Report): string | null {
  const found = findings.find((f) => f.severity !== 'info' && SHORT[f.rule] !== undefined);
  return found ? (SHORT[found.rule] ?? null) : null;
}

/** Refused for money, or not asked any more because another call was. */
export function isUnpaid(c: Cell): boolean {
  if (c.outcome === 'skipped') return /^stopped(?:: no credits| at the first 402)/.test(c.reason ?? '');
  return c.rule !== null && Object.hasOwn(SHORT, c.rule);
}
