import { describe, expect, it } from 'vitest';
import { check } from '../../src/check/check.js';
import type { Outcome, SendRequest } from '../../src/probe/transport.js';
import { chat, inputFor, json, manyModels } from './world.js';

const MODELS = 300;
const input = (more: Record<string, unknown> = {}) => ({
  ...inputFor(MODELS, { routes: ['router'], retries: 1, concurrency: 8, ...more }),
  instead: false,
});
const calls = (sent: readonly SendRequest[]) => sent.filter((r) => r.method === 'POST').length;
const gone = (error: 'net.refused' | 'net.deadline'): Outcome => ({
  ...{ kind: 'failure', error, detail: null, status: null, ms: 5 },
});

describe('when everything fails', () => {
  it.each([
    ['429 without a word', json(429, { error: 'Too Many Requests' })],
    ['503 without a word', json(503, { error: 'Service Unavailable' })],
    ['500', json(500, { error: 'Internal Server Error' })],
  ])('%s: no model is asked more than twice', async (_, answer) => {
    const { w, sent } = manyModels(() => answer);
    const { report } = await check(input(), w);
    expect(calls(sent)).toBeLessThanOrEqual(2 * MODELS);
    expect(report.exitCode).toBe(1);
  });

  it('a pause of an hour is neither waited for nor ignored by asking again', async () => {
    const { w, sent, time } = manyModels(() => json(429, { error: 'slow down' }, { 'retry-after': '3600' }));
    await check(input(), w);
    expect(calls(sent)).toBe(MODELS);
    expect(time()).toBeLessThan(60_000);
  });

  it('a host that cannot be reached is left alone, and the rest is named as not asked', async () => {
    const { w, sent } = manyModels(() => gone('net.refused'));
    const { report } = await check(input(), w);
    expect(calls(sent)).toBeLessThanOrEqual(5 + 8);
    expect(report).toMatchObject({ complete: false, ok: false });
    const left = report.cells.filter((c) => c.outcome === 'skipped');
    expect(left.length).toBeGreaterThan(MODELS - 20);
    expect(left[0]).toMatchObject({ unfinished: true, reason: expect.stringContaining('did not reach') });
  });

  it('a server that is slow for some is asked for all', async () => {
    const { w, sent } = manyModels((_, model) =>
      /[02468]$/.test(model) ? gone('net.deadline') : chat(model),
    );
    const { report } = await check(input({ retries: 0 }), w);
    expect(calls(sent)).toBe(MODELS);
    expect(report.summary.usable).toBe(MODELS / 2);
  });

  it('a Hub that cannot be reached keeps no model from the router', async () => {
    const { w, sent } = manyModels((_, model) => chat(model));
    const send = w.send;
    w.send = async (r) => (r.url.includes('/api/models/') ? gone('net.refused') : send(r));
    const { report } = await check(input(), w);
    expect(calls(sent)).toBe(MODELS);
    expect(report.summary.usable).toBe(MODELS);
    expect(report.cells.some((c) => /--max-requests/.test(c.reason ?? ''))).toBe(false);
  });
});
