import { describe, expect, it, vi } from 'vitest';
import type { Line } from '../../src/probe/exchange.js';
import { startTimeLimit, within } from '../../src/probe/time-limit.js';
import { createSend } from '../../src/probe/transport.js';
import { brief } from './raw.js';

/** A server of no distance: the whole answer is there before the request is sent. */
const line = (clock = () => 0): Parameters<typeof createSend>[0] => ({
  dispatcher: {
    dispatch(_, handler) {
      const controller = { rawHeaders: [], abort: () => {} } as unknown as Parameters<
        NonNullable<typeof handler.onRequestStart>
      >[0];
      handler.onRequestStart?.(controller, null);
      handler.onResponseStart?.(controller, 503, {}, 'X');
      handler.onResponseData?.(controller, Buffer.from('packed'));
      handler.onResponseEnd?.(controller, {});
      return true;
    },
  } satisfies Line['dispatcher'],
  stage: () => 'queued',
  breaking: () => false,
  clock,
  mayCarryToken: () => true,
  proxyOn: () => null,
});
const request = { method: 'GET', url: 'http://127.0.0.1:1/', headers: {}, timeoutMs: 20 } as const;
const never = () => new Promise<never>(() => {});

describe('unpacking a body', () => {
  it('is inside the time limit of its request, and the status counts', async () => {
    const outcome = await createSend(line(), never)(request);
    expect(outcome).toMatchObject({ kind: 'failure', status: 503, error: 'net.deadline' });
    expect(outcome.detail).toContain('unpacked');
  });

  it.each([
    ['before it', 0],
    ['during it', 5],
  ])('ends when the run is stopped %s, and leaves no listener', async (_, ms) => {
    const stop = new AbortController();
    let listeners = 0;
    const { signal } = stop;
    const [add, remove] = [signal.addEventListener.bind(signal), signal.removeEventListener.bind(signal)];
    signal.addEventListener = (...args: Parameters<typeof add>) => {
      listeners += 1;
      add(...args);
    };
    signal.removeEventListener = (...args: Parameters<typeof remove>) => {
      listeners -= 1;
      remove(...args);
    };
    const decode = () => {
      if (ms === 0) stop.abort();
      else setTimeout(() => stop.abort(), ms);
      return never();
    };
    const outcome = await createSend(line(), decode)({ ...request, timeoutMs: 1e9, signal });
    expect(brief(outcome)).toMatchObject({ status: 503, error: 'run.cancelled' });
    expect(listeners).toBeLessThanOrEqual(0);
  });

  it('has a moment left when the answer took all the time', async () => {
    let now = 0;
    const late = () => (now += 1_000);
    const decode = async () => {
      await new Promise((done) => setTimeout(done, 1));
      return { body: Buffer.from('whole'), fault: null };
    };
    expect(brief(await createSend(line(late), decode)(request))).toMatchObject({ status: 503, error: null });
  });
});

describe('a time limit', () => {
  it.each([
    ['on time', 10, [10]],
    ['a little late', 60, [10]],
    ['late: it waits once more, as long as it was late', 90, [10, 80]],
    ['very late: a second more at most', 9_010, [10, 1_000]],
  ])('of a process that is %s', async (_, end, waits) => {
    const set = vi.spyOn(globalThis, 'setTimeout');
    // Whatever is asked for, the test does not wait for it.
    set.mockImplementation(((call: () => void) => void setImmediate(call)) as never);
    let now = 0;
    await new Promise<void>((done) => {
      startTimeLimit(10, () => now, done);
      now = end;
    });
    const asked = set.mock.calls.map(([, ms]) => ms);
    set.mockRestore();
    expect(asked).toEqual(waits);
  });

  it('that is stopped never calls', async () => {
    let called = 0;
    startTimeLimit(
      1,
      () => 0,
      () => (called += 1),
    )();
    await new Promise((done) => setTimeout(done, 20));
    expect(called).toBe(0);
  });

  it('gives back what was done in time', async () => {
    expect(await within(Promise.resolve(7), 1e6, () => 0)).toEqual({ done: 7 });
  });
});
