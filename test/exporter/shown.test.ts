import { describe, expect, it } from 'vitest';
import { healthOf, type Watching } from '../../src/exporter/health.js';
import { shownOf } from '../../src/exporter/shown.js';
import type { Report } from '../../src/report/model.js';
import { makeSafe } from '../../src/safety/safe.js';
import { afterRound, START } from '../../src/watch/round.js';
import { cell, DOWN, report } from '../watch/support.js';
import { afterRounds, NOW } from './support.js';

const OK = report([cell('a/b', 'router', { latencyMs: 250 })], { durationMs: 2_000 });
const FAULT = report([cell('a/b', 'router', DOWN)], { durationMs: 2_000 });
const LIMIT = report([cell('a/b', 'router', { ...DOWN, status: 429, rule: 'rate-limited' })], {
  durationMs: 2_000,
});

const watching = (more: Partial<Watching> = {}): Watching => ({
  ...{ begun: NOW - 60_000, everyMs: 60_000, maxUsd: 0.01, known: null },
  ...more,
});
/** Three times a minute and two seconds. */
const LIMIT_MS = 186_000;

describe('/healthz', () => {
  it('is bad before the first round', () => {
    expect(healthOf(watching(), NOW)).toEqual({
      ...{ ok: false, reason: 'No round was completed yet, 60 seconds after the start.' },
    });
  });

  it.each([
    ['good', OK],
    ['faulty', FAULT],
    ['nothing reached', { ...OK, exitCode: 3 }],
  ])('is good after a round: %s', (_, last) => {
    const known = afterRounds(last);
    expect(healthOf(watching({ known }), NOW)).toEqual({ ok: true, text: 'ok: round 1, 0 seconds ago.' });
    expect(healthOf(watching({ known }), NOW + LIMIT_MS).ok).toBe(true);
    expect(healthOf(watching({ known }), NOW + LIMIT_MS + 1)).toEqual({
      ok: false,
      reason: 'The last round that was completed is 186 seconds old: more than 186.',
    });
  });

  it('rounds that fail do not make it younger, and are told', () => {
    let known = afterRounds(OK);
    for (let i = 1; i < 5; i++)
      known = afterRound(known, { fault: 'TypeError' }, new Date(NOW + i * 60_000).toISOString()).watched;
    const later = NOW + 240_000;
    expect(healthOf(watching({ known }), later)).toMatchObject({
      ok: false,
      reason: expect.stringMatching(/240 seconds old.* The last round failed\.$/),
    });
    const never = afterRound(START, { fault: 'TypeError' }, new Date(NOW).toISOString()).watched;
    expect(healthOf(watching({ known: never }), NOW)).toMatchObject({
      reason: expect.stringMatching(/^No round was completed yet.* The last round failed\.$/),
    });
  });

  it('a watch that asks less often on purpose is well', () => {
    const known = afterRounds(LIMIT, LIMIT, LIMIT);
    // Eight minutes from round to round by now.
    expect(healthOf(watching({ known }), NOW + 3 * 480_000).ok).toBe(true);
    expect(healthOf(watching({ known }), NOW + 3 * 482_000 + 1).ok).toBe(false);
  });

  it('a clock that was put back makes no negative age', () => {
    expect(healthOf(watching({ known: afterRounds(OK) }), NOW - 5_000)).toMatchObject({
      text: 'ok: round 1, 0 seconds ago.',
    });
  });
});

describe('/metrics', () => {
  const show = (w: Watching, now = NOW, render = (_: Report) => ['<page>'] as Iterable<string>) =>
    shownOf(
      { named: '127.0.0.1', policy: '' },
      () => w,
      () => now,
      (r) => makeSafe(r, (t) => t, new Set()),
      render,
    );
  const value = (text: string, series: string) =>
    text
      .split('\n')
      .filter((l) => l.startsWith(`${series} `))
      .map((l) => Number(l.slice(series.length + 1)));

  it('tells age, rounds, cost and exit code of the watch, and the series of the report', () => {
    const known = afterRounds(OK, FAULT);
    const text = show(watching({ known }), NOW + 7_000).metrics();
    expect(value(text, 'hf_doctor_watch_age_seconds')).toEqual([7]);
    expect(value(text, 'hf_doctor_watch_stale_after_seconds')).toEqual([186]);
    expect(value(text, 'hf_doctor_watch_rounds_total')).toEqual([2]);
    expect(value(text, 'hf_doctor_watch_exit_code')).toEqual([1]);
    expect(value(text, 'hf_doctor_watch_cost_usd_total')).toEqual([0.002]);
    expect(value(text, 'hf_doctor_watch_cost_limit_usd')).toEqual([0.01]);
    expect(value(text, 'hf_doctor_model_usable{model="a/b"}')).toEqual([0]);
    expect(value(text, 'hf_doctor_series_dropped')).toEqual([0]);
    const good = show(watching({ known: afterRounds(FAULT, OK) })).metrics();
    expect(value(good, 'hf_doctor_latency_seconds{model="a/b",route="router",provider=""}')).toEqual([0.25]);
  });

  it('before the first round there is an age and no verdict', () => {
    const text = show(watching()).metrics();
    expect(value(text, 'hf_doctor_watch_age_seconds')).toEqual([60]);
    expect(value(text, 'hf_doctor_watch_rounds_total')).toEqual([0]);
    expect(text).not.toContain('hf_doctor_watch_exit_code');
    expect(text).not.toContain('hf_doctor_model_usable');
  });

  it('a round that failed is told; the report stays, and gets older', () => {
    const { watched } = afterRound(
      afterRounds(OK),
      { fault: 'TypeError' },
      new Date(NOW + 60_000).toISOString(),
    );
    const text = show(watching({ known: watched }), NOW + 60_000).metrics();
    expect(value(text, 'hf_doctor_watch_exit_code')).toEqual([4]);
    expect(value(text, 'hf_doctor_exit_code')).toEqual([0]);
    expect(value(text, 'hf_doctor_watch_age_seconds')).toEqual([60]);
  });

  it('is the same text however often it is asked for within a second', () => {
    const w = watching({ known: afterRounds(OK) });
    let [now, asked] = [NOW, 0];
    const shown = shownOf(
      { named: '', policy: '' },
      () => w,
      () => now,
      (r) => {
        asked += 1;
        return makeSafe(r, (t) => t, new Set());
      },
      () => ['x'],
    );
    const first = shown.metrics();
    now += 999;
    expect(shown.metrics()).toBe(first);
    now += 1;
    expect(shown.metrics()).not.toBe(first);
    w.known = afterRounds(FAULT);
    expect(shown.metrics()).toContain('hf_doctor_model_usable{model="a/b"} 0');
    expect(asked).toBe(2);
  });

  it('the page is made once a report, and not before there is one', () => {
    const w = watching();
    let made = 0;
    const shown = show(w, NOW, () => {
      made += 1;
      return ['<p', '>é'];
    });
    expect([shown.page(), made]).toEqual([null, 0]);
    w.known = afterRounds(OK);
    expect(String(shown.page())).toBe('<p>é');
    expect(shown.page()).toBe(shown.page());
    expect(made).toBe(1);
    w.known = afterRounds(FAULT);
    shown.page();
    expect(made).toBe(2);
  });
});
