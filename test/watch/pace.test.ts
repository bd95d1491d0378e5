import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Report } from '../../src/report/model.js';
import { brakeOf, costOf, isLonger, waitFor } from '../../src/watch/pace.js';
import { cell, DOWN, finding, report } from './support.js';

const HOUR = 3_600_000;

describe('the wait', () => {
  it('doubles up to an hour and starts again', () => {
    const middle = (slow: number) => waitFor(300_000, slow, () => 0.5);
    expect([0, 1, 2, 3, 4, 90].map(middle)).toEqual([300_000, 600_000, 1_200_000, 2_400_000, HOUR, HOUR]);
  });

  it('is a tenth more or less, and never shorter than asked for because of the hour', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 10_000, max: 86_400_000 }),
        fc.nat(1_000),
        fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
        (every, slow, chance) => {
          const ms = waitFor(every, slow, () => chance);
          expect(ms).toBeGreaterThanOrEqual(Math.floor(every * 0.9));
          expect(ms).toBeLessThanOrEqual(Math.ceil(Math.max(every, HOUR) * 1.1));
        },
      ),
    );
  });
});

describe('the watch slows down', () => {
  const fine = report([cell('a/b', 'router')]);
  const token = (status: Report['token']['status']) => ({ ...fine, token: { ...fine.token, status } });
  it.each<[string, Report, boolean]>([
    ['not after a good round', fine, false],
    ['not after an outage', report([cell('a/b', 'router', DOWN)]), false],
    ['after a 429', report([cell('a/b', 'router', { ...DOWN, status: 429, rule: null })]), true],
    ['without credits', report([cell('a/b', 'router', { ...DOWN, rule: 'credits-exhausted' })]), true],
    [
      'at a limit of a provider',
      report([cell('a/b', 'router', { ...DOWN, rule: 'provider-rate-limited' })]),
      true,
    ],
    ['with a token that is refused', token('invalid'), true],
    ['without a token', token('missing'), true],
    ['not where the token could not be verified', token('unverified'), false],
    [
      'with a token without the permission',
      { ...fine, findings: [finding('token-lacks-inference-permission', { blame: 'token' })] },
      true,
    ],
    [
      'not for a hint about the token',
      { ...fine, findings: [finding('token-shadowed', { blame: 'token', severity: 'info' })] },
      false,
    ],
  ])('%s', (_, input, slow) => {
    expect(brakeOf(input) !== null).toBe(slow);
  });

  it('and says why, and what the user can do', () => {
    const fix = { text: 'Add credits.', commands: [], links: ['https://x.example'] };
    const money = finding('credits-exhausted', { title: 'No credits', blame: 'account', fixes: [fix] });
    expect(brakeOf({ ...fine, findings: [money] })).toEqual({
      rule: 'credits-exhausted',
      title: 'No credits',
      todo: 'Add credits. https://x.example',
    });
  });

  it('is told where the pause grows, and no more at its longest', () => {
    expect([0, 1, 3, 4, 5].map((slow) => isLonger(300_000, slow))).toEqual([false, true, true, true, false]);
    expect(isLonger(7_200_000, 1)).toBe(false);
  });
});

it.each([
  ['all was served', 0.004, 0.004],
  ['it was refused everywhere, or not reached', 0, 0],
  ['the report does not tell', null, 0.004],
])('a round costs what may have been charged: %s', (_, usd, cost) => {
  const planned = { requests: 9, billable: 4, usd: 0.004 };
  const measured = { requests: 9, billable: 4, ...(usd === null ? {} : { usd }) };
  expect(costOf({ ...report([]), cost: { planned, measured } })).toBe(cost);
});
