import { describe, expect, it } from 'vitest';
import type { World } from '../../src/probe/ask.js';
import { retryAfter } from '../../src/probe/retry.js';
import { type RunOptions, runProbes } from '../../src/probe/run.js';
import type { ProbeSpec } from '../../src/probe/spec.js';
import { GO } from '../../src/probe/stop.js';
import { parseRetryAfter } from '../../src/probe/told-wait.js';
import type { Outcome, SendRequest } from '../../src/probe/transport.js';
import { Secret } from '../../src/safety/secret.js';
import { json as answer } from '../check/world.js';
import { evidence } from '../support/evidence.js';

const GOOD = answer(200, { choices: [{ message: { content: 'hi' } }] });

function world(reply: (r: SendRequest, n: number) => Outcome | Promise<Outcome>) {
  const sent: SendRequest[] = [];
  const slept: number[] = [];
  const abort = new AbortController();
  let id = 0;
  const w: World = {
    send: async (r) => {
      sent.push(r);
      return reply(r, sent.length);
    },
    redact: (t) => t,
    now: () => Date.UTC(2026, 10, 21),
    clock: () => performance.now(),
    lateSince: () => 0,
    tidy: () => {},
    random: () => 0,
    sleep: async (ms) => void slept.push(ms),
    signal: abort.signal,
    agent: 'test',
    nextId: () => id++,
  };
  return { w, sent, slept, abort };
}

const spec = (more: Partial<ProbeSpec> = {}): ProbeSpec => ({
  model: 'a/b',
  suffix: null,
  ref: 'a/b',
  capability: null,
  route: 'router',
  surface: 'router',
  provider: null,
  providerId: 'a/b',
  task: 'conversational',
  depth: 'live',
  auth: 'token',
  control: false,
  billable: true,
  usd: 0,
  ifServed: 0.001,
  request: { method: 'POST', url: 'http://127.0.0.1:1/v1/chat/completions', headers: {}, body: '{}' },
  ...more,
});

const options: RunOptions = {
  concurrency: 2,
  timeoutMs: 1000,
  retries: 1,
  secrets: {
    token: new Secret(`hf_${'q'.repeat(34)}`, 'test'),
    gateway: new Secret('gateway-key-000000', 'gateway'),
  },
  billTo: null,
  tokenValid: true,
  spare: { requests: 100, usd: 1 },
};

describe('a run', () => {
  it('keeps the first answer and marks that the second was good', async () => {
    const { w, slept } = world((_, n) =>
      n === 1 ? answer(500, { error: 'no' }, { 'retry-after': '2' }) : GOOD,
    );
    const { observations, sent } = await runProbes([spec()], options, w);
    expect(observations[0]).toMatchObject({ status: 500, attempts: 2, retry: { status: 200 } });
    expect(slept).toEqual([2000]);
    // The refused one costs nothing.
    expect(sent).toEqual({ requests: 2, retries: 1, billable: 1, usd: 0 });
  });

  it.each([
    ['text-to-image', 0.05],
    ['conversational', 0.001],
  ])('counts %s that was meant to be refused and was served', async (task, usd) => {
    const { w } = world(() => GOOD);
    const { sent } = await runProbes(
      [spec({ depth: 'auth', billable: false, usd: 0, ifServed: usd, task })],
      options,
      w,
    );
    expect(sent).toEqual({ requests: 1, retries: 0, billable: 1, usd });
  });

  it.each([
    [0.01, 1],
    [0.12, 2],
    [1, 4],
  ])(
    'with $%d left, of four that are served though they should be refused it makes %i',
    async (usd, made) => {
      const { w, sent } = world(() => GOOD);
      const image = {
        depth: 'auth' as const,
        billable: false,
        usd: 0,
        ifServed: 0.05,
        task: 'text-to-image',
      };
      const specs = Array.from({ length: 4 }, (_, i) => spec({ ...image, model: `a/${i}` }));
      const stop = { now: GO };
      const run = { ...options, concurrency: 1, spare: { requests: 9, usd }, stop };
      const { skips } = await runProbes(specs, run, w);
      expect(sent).toHaveLength(made);
      expect(skips).toHaveLength(4 - made);
      for (const s of skips) {
        expect(s.reason).toMatch(/^--max-cost would be passed: a call .* was served$/);
        expect(s.unfinished).toBe(true);
      }
      // The next part of a long run knows it too.
      await runProbes([spec({ usd: 0.001 })], { ...run, spare: { requests: 9, usd: 0.01 } }, w);
      expect(sent).toHaveLength(made);
    },
  );

  it('asks no further calls that are meant to be refused after a 402', async () => {
    const { w, sent } = world(() =>
      answer(402, { error: 'You have depleted your monthly included credits.' }),
    );
    const specs = Array.from({ length: 5 }, (_, i) =>
      spec({ depth: 'auth', billable: false, model: `a/${i}` }),
    );
    await runProbes(specs, { ...options, concurrency: 1 }, w);
    expect(sent).toHaveLength(1);
  });

  it.each([
    ['dns.not-found', 0],
    ['net.refused', 0],
    ['tls.untrusted', 0],
    ['proxy.refused', 0],
    ['net.no-answer', 1],
    ['net.stalled', 1],
    ['http.truncated', 1],
  ] as const)('after %s a paid call counts %i: it was sent, or it was not', async (error, billable) => {
    const { w } = world(() => ({ kind: 'failure', error, detail: null, status: null, ms: 1 }));
    const { sent } = await runProbes([spec()], { ...options, retries: 0 }, w);
    expect(sent).toEqual({ requests: 1, retries: 0, billable, usd: 0 });
  });

  it.each([400, 401, 403, 404, 410, 422])('never asks again after %i', async (status) => {
    const { w, sent } = world(() => answer(status, { error: 'no' }));
    await runProbes([spec()], options, w);
    expect(sent).toHaveLength(1);
  });

  it('does not ask again when a paid call got no answer in time', async () => {
    const { w, sent } = world(() => ({
      kind: 'failure',
      error: 'net.deadline',
      detail: null,
      status: null,
      ms: 1000,
    }));
    await runProbes([spec()], options, w);
    expect(sent).toHaveLength(1);
    const free = world(() => ({ kind: 'failure', error: 'net.reset', detail: null, status: null, ms: 1 }));
    await runProbes([spec({ billable: false })], options, free.w);
    expect(free.sent).toHaveLength(2);
  });

  it('stops paying at the first 402, and lets what is free go on', async () => {
    const { w, sent } = world((r) =>
      r.url.includes('paid')
        ? answer(402, { error: 'You have depleted your monthly included credits.' })
        : GOOD,
    );
    const paid = Array.from({ length: 20 }, (_, i) =>
      spec({
        model: `a/${i}`,
        request: { method: 'POST', url: `http://127.0.0.1:1/paid/${i}`, headers: {}, body: '{}' },
      }),
    );
    const { skips } = await runProbes([...paid, spec({ billable: false })], options, w);
    expect(sent.filter((r) => r.url.includes('paid')).length).toBeLessThanOrEqual(options.concurrency);
    expect(sent.filter((r) => !r.url.includes('paid'))).toHaveLength(1);
    expect(skips.every((s) => s.reason.startsWith('stopped: no credits left'))).toBe(true);
    expect(skips.length + sent.length).toBe(21);
  });

  it('stops using a token that is refused twice', async () => {
    const front = { 'x-powered-by': 'huggingface-moon' };
    const { w, sent } = world(() => answer(401, { error: 'Invalid username or password.' }, front));
    const specs = Array.from({ length: 10 }, (_, i) => spec({ model: `a/${i}` }));
    await runProbes(specs, { ...options, concurrency: 1, tokenValid: false }, w);
    expect(sent).toHaveLength(2);
  });

  it('gives the gateway its own key and never the token', async () => {
    const { w, sent } = world(() => GOOD);
    const gateway = spec({
      surface: 'gateway',
      route: 'gateway',
      request: { method: 'POST', url: 'http://127.0.0.1:2/v1/chat/completions', headers: {}, body: '{}' },
    });
    await runProbes(
      [gateway, spec({ auth: 'anonymous', control: true, billable: false }), spec()],
      { ...options, billTo: 'acme' },
      w,
    );
    const by = (port: number, control = false) =>
      sent.find((r) => r.url.includes(`:${port}/`) && (r.auth === null) === control);
    expect(by(2)?.auth?.source).toBe('gateway');
    expect(by(2)?.headers['x-hf-bill-to']).toBeUndefined();
    expect(by(1, true)?.auth).toBeNull();
    expect(by(1)?.auth?.source).toBe('test');
    expect(by(1)?.headers['x-hf-bill-to']).toBe('acme');
  });

  it.each([
    ['router', 'acme'],
    ['provider', 'acme'],
    ['hf-inference', 'acme'],
    ['dedicated', undefined],
    ['legacy', undefined],
    ['gateway', undefined],
  ] as const)('says to %s who pays: %s', async (surface, org) => {
    const { w, sent } = world(() => GOOD);
    await runProbes([spec({ surface })], { ...options, billTo: 'acme' }, w);
    expect(sent.map((r) => r.headers['x-hf-bill-to'])).toEqual([org]);
  });

  it('ends with what it has when it is interrupted', async () => {
    const held = world(() => GOOD);
    const { w, abort } = held;
    const send = w.send;
    w.send = async (r) => {
      abort.abort('SIGINT');
      return send(r);
    };
    const { observations, skips } = await runProbes(
      [spec(), spec({ model: 'c/d' }), spec({ model: 'e/f' })],
      { ...options, concurrency: 1 },
      w,
    );
    expect(observations).toHaveLength(1);
    expect(skips.map((s) => s.reason)).toEqual(['interrupted', 'interrupted']);
  });
});

describe('retryAfter', () => {
  const o = (more: object) => ({ ...evidence({ observations: [{}] }).observations[0], ...more }) as never;
  it('never waits for a model that loads for long, nor for an hour', () => {
    expect(
      retryAfter(o({ status: 503, body: { estimatedTime: 20 } }), { billable: false }, () => 0, 0),
    ).toBeNull();
    expect(
      retryAfter(
        o({ status: 429, body: { estimatedTime: null }, headers: { 'retry-after': '3600' } }),
        { billable: false },
        () => 0,
        0,
      ),
    ).toBeNull();
  });

  it.each([
    ['0', 0],
    ['7', 7000],
    ['Sat, 21 Nov 2026 00:00:09 GMT', 9000],
    ['Sat, 21 Nov 2020 00:00:09 GMT', 0],
    ['-5', null],
    ['1, 2', null],
    ['1e9', null],
    ['0x10', null],
    ['soon', null],
    ['99999999999', null],
  ])('reads %s', (value, ms) => {
    expect(parseRetryAfter(value, Date.UTC(2026, 10, 21))).toBe(ms);
  });
});
