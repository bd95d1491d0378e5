import { describe, expect, it } from 'vitest';
import { afterAnswer, GO, reasonToSkip } from '../../src/probe/stop.js';
import type { Cell, Report } from '../../src/report/model.js';
import { changesBetween, nextState } from '../../src/report/state.js';
import { cell, DOWN, report } from '../watch/support.js';

const changes = (...rounds: Report[]) => {
  let state = nextState(new Map(), rounds[0] as Report);
  return rounds.slice(1).map((r) => {
    const next = nextState(state, r);
    const found = changesBetween(state, next).map(
      ({ route, from, to }) => `${route} ${from?.outcome ?? 'new'} ${to.outcome}`,
    );
    state = next;
    return found;
  });
};
const one = (more: Partial<Cell>) => report([cell('a/b', 'router', more)]);
const skipped = (reason: string, more: Partial<Cell> = {}) =>
  one({ outcome: 'skipped', status: null, reason, ...more });

/** What stop.ts itself says where the credits are gone. */
function stopReason(): string {
  const broke = { status: 402, auth: 'token', surface: 'router', control: false, body: { message: '' } };
  const stop = afterAnswer(GO, broke as never, true);
  return reasonToSkip(stop, { auth: 'token', billable: true, surface: 'router' } as never) ?? 'none';
}

describe('a change', () => {
  it.each([
    ['a fault and its end', [one({}), one(DOWN), one({})], [['router ok fault'], ['router fault ok']]],
    [
      'another cause',
      [one(DOWN), one({ ...DOWN, status: 402, rule: 'credits-exhausted' })],
      [['router fault fault']],
    ],
    ['nothing', [one(DOWN), one(DOWN)], [[]]],
    ['another time, id and wording', [one({}), one({ latencyMs: 900, requestId: 'x', evidence: 'y' })], [[]]],
    ['another status of the same cause', [one(DOWN), one({ ...DOWN, status: 503 })], [[]]],
    [
      'another status of no known cause',
      [one({ ...DOWN, rule: 'unclassified' }), one({ ...DOWN, rule: 'unclassified', status: 418 })],
      [['router fault fault']],
    ],
    ['a good answer with another status', [one({}), one({ status: 201 })], [[]]],
    ['unsteady', [one({}), one({ outcome: 'flaky', rule: 'flaky', status: 500 })], [['router ok flaky']]],
    [
      'a control probe',
      [one({}), report([cell('a/b', 'router'), cell('a/b', 'legacy', { control: true })])],
      [[]],
    ],
    [
      'a new way',
      [one({}), report([cell('a/b', 'router'), cell('a/b', 'provider:x', DOWN)])],
      [['provider:x new fault']],
    ],
    [
      'a new way that was not asked',
      [one({}), report([cell('a/b', 'router'), cell('a/b', 'provider:x', { outcome: 'skipped' })])],
      [[]],
    ],
    [
      'the end of a run',
      [one(DOWN), skipped('--max-cost', { unfinished: true }), one({})],
      [[], ['router fault ok']],
    ],
    [
      'a request that the end of a run cut',
      [one({}), one({ outcome: 'unknown', error: 'run.cancelled' })],
      [[]],
    ],
    [
      'not asked because another was refused',
      [one({}), skipped(stopReason()), one(DOWN)],
      [[], ['router ok fault']],
    ],
    ['not served any more', [one({}), skipped('not in the mapping of this model')], [['router ok skipped']]],
    [
      'a word of the catalogue, where nothing is asked',
      [skipped('', { depth: 'catalog', listed: 'live' }), skipped('', { depth: 'catalog', listed: 'error' })],
      [['router skipped skipped']],
    ],
  ] as const)('%s', (_, rounds, expected) => {
    expect(changes(...rounds)).toEqual(expected);
  });

  it('a way that left the mapping is gone once; one whose mapping could not be read stays', () => {
    const both = report([cell('a/b', 'router'), cell('a/b', 'provider:x')]);
    const left = report([cell('a/b', 'router')]);
    const unread = { ...left, models: left.models.map((m) => ({ ...m, providers: [] })) };
    const cut = { ...left, complete: false };
    expect(changes(both, unread, cut, left, left, both)).toEqual([
      [],
      [],
      ['provider:x ok skipped'],
      [],
      ['provider:x skipped ok'],
    ]);
  });
});
