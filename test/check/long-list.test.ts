import { describe, expect, it } from 'vitest';
import { check } from '../../src/check/check.js';
import { checkInLines } from '../../src/check/stream.js';
import type { Outcome, SendRequest } from '../../src/probe/transport.js';
import { enoughCost, enoughRequests } from '../../src/render/human/gaps.js';
import { Secret } from '../../src/safety/secret.js';
import { chat, inputFor, json, manyModels } from './world.js';

/* More models than a part holds: what one part learned holds for the others. */

const MODELS = 1_000;
const GONE: Outcome = { kind: 'failure', error: 'dns.not-found', detail: null, status: null, ms: 1 };
const WHO = { type: 'user', name: 'x', auth: { type: 'access_token', accessToken: { role: 'write' } } };

/** Every 25th model fails at its provider and at the router; the retired host has no name any more. */
function world(): { w: ReturnType<typeof manyModels>['w']; sent: SendRequest[] } {
  const { w } = manyModels((_, model) =>
    Number(/\d{1,9}$/.exec(model)?.[0]) % 25 === 14 ? json(503, { error: 'busy' }) : chat(model),
  );
  const sent: SendRequest[] = [];
  const { send } = w;
  w.send = async (r) => {
    sent.push(r);
    const { host, pathname } = new URL(r.url);
    if (host === 'old.test') return GONE;
    return pathname === '/api/whoami-v2' ? json(200, WHO) : send(r);
  };
  return { w, sent };
}

const paying = (more: Record<string, unknown> = {}) => ({
  ...inputFor(MODELS, { anonymous: false, routes: ['router', 'providers', 'legacy'], ...more }),
  search: {
    winner: {
      secret: new Secret(`hf_${'a1B2'.repeat(8)}`, 'test'),
      source: 'env HF_TOKEN',
      origin: 'env',
      faults: [],
    },
    ...{ candidates: [], secrets: [], shadowed: [], lookalikes: [], notes: [] },
  } as never,
});

const toLegacy = (sent: readonly SendRequest[]) => sent.filter((r) => r.url.startsWith('https://old.test'));

describe('the retired host, once it is known to be gone', () => {
  it.each([
    ['with enough for all', {}],
    ['with few requests', { maxRequests: 500 }],
    ['with few dollars', { maxCost: 0.002, maxRequests: 5_000 }],
    ['with few of both', { maxCost: 0.002, maxRequests: 500 }],
  ])('is asked no more, %s', async (_, limits) => {
    const { w, sent } = world();
    const { report } = await check(paying(limits), w);
    expect(toLegacy(sent).length).toBeGreaterThan(0);
    // One with the token, which is asked again where it may pass, and one without.
    expect(toLegacy(sent).length).toBeLessThanOrEqual(3);
    expect(report.cells.filter((c) => c.rule === 'legacy-host-gone' && !c.control)).toHaveLength(1);
  });

  it('is asked no more as lines either', async () => {
    const { w, sent } = world();
    await checkInLines(paying({ maxRequests: 500 }), w, async () => true);
    expect(toLegacy(sent).length).toBeLessThanOrEqual(3);
  });

  it('is asked for each model where nothing else is wanted', async () => {
    const { w, sent } = world();
    await check(paying({ routes: ['legacy'] }), w);
    expect(toLegacy(sent).length).toBeGreaterThanOrEqual(MODELS);
  });
});

describe('what a run says would do', () => {
  it.each([
    ['both limits', { maxRequests: 500, maxCost: 0.002 }],
    ['requests alone', { maxRequests: 500, maxCost: 1 }],
    ['dollars, with requests for all', { maxRequests: 20_000, maxCost: 0.002 }],
    ['dollars, with requests for those that were paid', { maxRequests: 2_100, maxCost: 0.002 }],
    ['so few requests that dollars do not show yet', { maxRequests: 60, maxCost: 0.02 }],
  ])('does, after %s', async (_, limits) => {
    const { report } = await check(paying({ ...limits, retries: 1 }), world().w);
    expect(report.complete).toBe(false);
    const number = (text: string | null | undefined) => Number(/[\d.]{1,12}$/.exec(text ?? '')?.[0]);
    const requests = enoughRequests(report)?.text;
    const cost = enoughCost(report);
    const enough = {
      maxRequests: requests ? number(requests) : limits.maxRequests,
      maxCost: cost ? number(cost) : limits.maxCost,
    };
    // What is enough already is not named.
    if (limits.maxCost === 1) expect(cost).toBeNull();
    const again = await check(paying({ ...enough, retries: 1 }), world().w);
    expect(again.report.complete).toBe(true);
    // Honest the other way round too.
    expect(enough.maxCost).toBeLessThan(
      Math.max(limits.maxCost + 0.001, 1.5 * again.report.cost.planned.usd),
    );
  });
});

describe('a run that is ended', () => {
  it('announces nothing any more', async () => {
    const abort = new AbortController();
    const { w } = manyModels((_, model) => chat(model), abort);
    const { send } = w;
    let asked = 0;
    w.send = async (r) => {
      asked += 1;
      if (asked === 20) abort.abort('SIGINT');
      return send(r);
    };
    const after: string[] = [];
    const onProgress = (p: { text: string }) => {
      if (abort.signal.aborted) after.push(p.text);
    };
    await check({ ...inputFor(MODELS), onProgress }, w);
    expect(after).toEqual([]);
  });

  it('names the limit of time, and asks some models before all are looked up', async () => {
    const abort = new AbortController();
    const { w, sent } = manyModels((_, model) => chat(model), abort);
    const { send } = w;
    w.send = async (r) => {
      if (sent.length === 80) abort.abort('--deadline 5');
      return send(r);
    };
    const { report } = await check(inputFor(MODELS), w);
    expect(report.summary.cells.ok).toBeGreaterThan(0);
    const reasons = new Set(report.cells.filter((c) => c.unfinished).map((c) => c.reason));
    expect(reasons).toEqual(new Set(['the time limit of the run was reached (--deadline 5)']));
  });
});

it('counts what could not be sent', async () => {
  const { w } = manyModels((_, model) => chat(model));
  w.send = async () => GONE;
  const { report } = await check(inputFor(3), w);
  const { requests, unsent } = report.cost.measured;
  expect(requests).toBeGreaterThan(0);
  expect(unsent).toBe(requests);
});
