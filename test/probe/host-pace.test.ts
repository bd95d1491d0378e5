import { describe, expect, it } from 'vitest';
import { type HostPace, paceAfter, pauseAfter, startPace } from '../../src/probe/host-pace.js';
import { afterAnswer, GO } from '../../src/probe/stop.js';
import type { Observation } from '../../src/types/observation.js';
import { evidence, type PartialEvidence } from '../support/evidence.js';

/* Limits of the pace, exactly. */

type Asked = NonNullable<PartialEvidence['observations']>[number];
const o = (more: Asked) => evidence({ observations: [more] }).observations[0] as Observation;
const play = (pace: HostPace, ...answers: Asked[]) => answers.reduce((p, a) => paceAfter(p, o(a)), pace);
const refused: Asked = { error: 'net.refused' };

describe('a host', () => {
  it('is left alone after five faults of the way, and stays so', () => {
    const four = play(startPace(8), refused, refused, refused, refused);
    expect(four).toMatchObject({ faults: 4, broken: null });
    const five = play(four, refused);
    expect(five.broken).toBe('stopped: 5 calls in a row did not reach this host (net.refused)');
    expect(play(five, { status: 200 }).broken).toBe(five.broken);
  });

  it.each<[string, Asked]>([
    ['an answer', { status: 500 }],
    ['a slow answer', { error: 'net.deadline' }],
    ['an answer that ended so', { status: 200, error: 'net.refused' }],
  ])('%s ends the row', (_, answer) => {
    expect(play(startPace(8), refused, refused, refused, refused, answer, refused)).toMatchObject({
      ...{ faults: 1, broken: null },
    });
  });

  it('is asked less where this machine has no descriptor left, and that is no fault of the host', () => {
    expect(play(startPace(8), { error: 'env.fd-limit' })).toMatchObject({ limit: 4, faults: 0, good: 0 });
  });

  it('is asked more after as many good answers as its limit, and never more than at the start', () => {
    const slow = play(startPace(8), { status: 429 }, { status: 429 });
    expect(play(slow, { status: 200 })).toMatchObject({ limit: 2, good: 1 });
    expect(play(slow, { status: 200 }, { status: 200 })).toMatchObject({ limit: 3, good: 0 });
    expect(play(startPace(1), { status: 200 }, { status: 200 }).limit).toBe(1);
  });

  it('is waited for up to a minute', () => {
    const told = (s: number) => pauseAfter(o({ status: 429, headers: { 'retry-after': `${s}` } }), 0);
    expect([told(60), told(61)]).toEqual([60_000, 0]);
  });
});

describe('the retired host', () => {
  const GONE = 'the retired host said for another model that it is gone';
  it.each<[string, Asked, string | null]>([
    ['has no name any more', { surface: 'legacy', error: 'dns.not-found' }, GONE],
    ['says so', { surface: 'legacy', status: 410 }, GONE],
    ['answers', { surface: 'legacy', status: 200 }, null],
    ['is refused', { surface: 'legacy', error: 'net.refused' }, null],
    ['was asked without a token', { surface: 'legacy', status: 410, control: true }, null],
    ['is another host', { status: 410 }, null],
    ['is another name', { error: 'dns.not-found' }, null],
  ])('%s', (_, answer, retired) => {
    expect(afterAnswer(GO, o(answer), true).retired).toBe(retired);
    expect(afterAnswer({ ...GO, retired: 'before' }, o(answer), true).retired).toBe('before');
  });
});
