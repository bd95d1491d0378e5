import { describe, expect, it } from 'vitest';
import { retryAfter } from '../../src/probe/retry.js';
import type { ErrorCode, Observation } from '../../src/types/observation.js';
import { body, evidence } from '../support/evidence.js';

const o = (more: Partial<Observation>) =>
  ({ ...(evidence({ observations: [{}] }).observations[0] as Observation), ...more }) as Observation;
const waits = (more: Partial<Observation>, billable = false, random = 0) =>
  retryAfter(o(more), { billable }, () => random, 0);

describe('asking once more', () => {
  it.each([408, 429, 500, 502, 503, 504, 599])('%i', (status) => {
    expect(waits({ status })).toBe(500);
    // An answer says that it was not served: it may be asked again even where it is paid.
    expect(waits({ status }, true)).toBe(500);
  });

  it.each([200, 301, 400, 401, 402, 403, 404, 407, 409, 410, 422, 428, 430, 499, 600])(
    'never %i',
    (status) => {
      expect(waits({ status })).toBeNull();
    },
  );

  it.each<[ErrorCode, number | null, number | null]>([
    ['dns.temporary', 500, 500],
    ['net.connect-timeout', 500, 500],
    ['net.closed-early', 500, null],
    ['net.reset', 500, null],
    ['http.truncated', 500, null],
    ['net.deadline', null, null],
    ['net.no-answer', null, null],
    ['net.stalled', null, null],
    ['net.refused', null, null],
    ['dns.not-found', null, null],
  ])('%s: %s, and %s where it is paid', (error, free, paid) => {
    expect(waits({ error, status: null })).toBe(free);
    expect(waits({ error, status: null }, true)).toBe(paid);
  });

  it.each([
    'net.deadline',
    'net.no-answer',
    'net.stalled',
    'net.closed-early',
    'net.reset',
    'http.truncated',
  ] as const)('a 500 that ends in %s is not paid twice', (error) => {
    expect(waits({ error, status: 500 }, true)).toBeNull();
    expect(waits({ error, status: 500 })).toBe(500);
  });

  it.each<[string, Partial<Observation>, number | null]>([
    ['a model that loads for 5 s', { status: 503, body: body({ estimatedTime: 5 }) }, 500],
    ['a model that loads for longer', { status: 503, body: body({ estimatedTime: 5.1 }) }, null],
    ['told', { status: 429, headers: { 'retry-after': '7' } }, 7_000],
    ['told nothing to wait for', { status: 429, headers: { 'retry-after': '0' } }, 0],
    ['told a minute', { status: 429, headers: { 'retry-after': '60' } }, 60_000],
    ['told more', { status: 429, headers: { 'retry-after': '61' } }, null],
  ])('%s', (_, more, ms) => {
    expect(waits(more)).toBe(ms);
  });

  it('comes at a time of its own, within a second', () => {
    expect(waits({ status: 500 }, false, 0.25)).toBe(625);
    expect(waits({ status: 500 }, false, 0.9999)).toBe(1_000);
  });
});
