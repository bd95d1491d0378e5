import { describe, expect, it } from 'vitest';
import { ask, type Question, type World } from '../../src/probe/ask.js';
import type { Outcome, SendRequest } from '../../src/probe/transport.js';
import type { ErrorCode, Observation } from '../../src/types/observation.js';
import { evidence } from '../support/evidence.js';

/* One question: how often it is sent, what it may have cost, and which answer stands. */

const CHAT = '{"choices":[{"message":{"content":"hi"}}]}';
const answer = (status: number, body = CHAT, headers = {}): Outcome => ({
  kind: 'answer',
  status,
  headers: { 'content-type': 'application/json', ...headers },
  duplicates: [],
  body: new TextEncoder().encode(body),
  bodyError: null,
  detail: null,
  ms: 5,
});
const failure = (error: ErrorCode): Outcome => ({
  kind: 'failure',
  error,
  detail: null,
  status: null,
  ms: 5,
});
const CROWDED = failure('env.fd-limit');
const GOOD = answer(200);
const DOWN = answer(500, '{"error":"x"}');

const { origin: _, ...asked } = evidence({ observations: [{ task: 'conversational' }] })
  .observations[0] as Observation;

interface Played {
  observation: Observation;
  json: unknown;
  sent: number;
  charged: number;
  slept: number[];
  requests: SendRequest[];
  noted: Observation[];
}

/** `stopAt`: the stop comes during this sleep, the first is 1. `late`: of each call, in ms. */
async function play(
  answers: Outcome[],
  more: Partial<Question> = {},
  { stopAt = 0, late = [] as number[], redact = (t: string) => t } = {},
): Promise<Played> {
  const stop = new AbortController();
  const slept: number[] = [];
  const requests: SendRequest[] = [];
  const noted: Observation[] = [];
  const w: World = {
    send: async (r) => {
      requests.push(r);
      const next = answers[requests.length - 1];
      if (!next) throw new Error('asked once too often');
      return next;
    },
    redact,
    now: () => Date.UTC(2026, 10, 21),
    clock: () => requests.length,
    lateSince: (from) => late[from] ?? 0,
    tidy: () => {},
    random: () => 0.5,
    sleep: async (ms) => {
      slept.push(ms);
      if (slept.length === stopAt) stop.abort();
    },
    signal: stop.signal,
    agent: 'test/1',
    nextId: () => 7,
  };
  const q: Question = {
    asked: { ...asked, origin: 'probe' },
    method: 'POST',
    url: 'http://127.0.0.1:1/v1/chat/completions',
    headers: { 'x-one': '1' },
    body: '{}',
    secret: null,
    timeoutMs: 1_000,
    retries: 2,
    billable: false,
    note: (o) => noted.push(o),
    ...more,
  };
  return { ...(await ask(q, w)), slept, requests, noted };
}

describe('one question', () => {
  it('is sent as it is, and says who asks', async () => {
    const { requests, observation, noted } = await play([GOOD], { maxBytes: 9_000 });
    expect(requests[0]).toMatchObject({
      method: 'POST',
      body: '{}',
      timeoutMs: 1_000,
      maxBytes: 9_000,
      headers: { accept: 'application/json', 'x-one': '1', 'user-agent': 'test/1' },
    });
    expect(observation).toMatchObject({ id: 7, attempts: 1, retry: null, at: '2026-11-21T00:00:00.000Z' });
    expect(observation.suspect).toBeUndefined();
    expect(noted).toHaveLength(1);
    expect((await play([GOOD])).requests[0]).not.toHaveProperty('maxBytes');
  });

  it.each<[string, Outcome[], Partial<Question>, Partial<Played>, Partial<Observation>]>([
    ['a good answer', [GOOD], {}, { sent: 1, slept: [] }, { status: 200, attempts: 1 }],
    ['no retry is left', [DOWN], { retries: 0 }, { sent: 1, slept: [] }, { status: 500, retry: null }],
    [
      'the second try is good',
      [DOWN, GOOD],
      {},
      { sent: 2, slept: [750] },
      { status: 500, attempts: 2, retry: { status: 200, error: null } },
    ],
    [
      'nothing is good',
      [DOWN, DOWN, DOWN],
      {},
      { sent: 3, slept: [750, 750] },
      { attempts: 3, retry: { status: 500, error: null } },
    ],
    [
      'the second try is refused for good',
      [DOWN, answer(404, '{"error":"x"}')],
      {},
      { sent: 2 },
      { status: 500, attempts: 2, retry: { status: 404, error: null } },
    ],
    [
      'the second try shows a page',
      [DOWN, answer(200, '<html></html>', { 'content-type': 'text/html' })],
      {},
      { sent: 2 },
      { attempts: 2, retry: { status: null, error: null } },
    ],
    [
      'the second try finds no way',
      [DOWN, failure('net.refused')],
      {},
      { sent: 2 },
      { attempts: 2, retry: { status: null, error: 'net.refused' } },
    ],
    ['more is not allowed', [DOWN], { mayRetry: () => false }, { sent: 1, slept: [] }, { attempts: 1 }],
  ])('%s', async (_, answers, more, wanted, seen) => {
    const played = await play(answers, more);
    expect(played).toMatchObject(wanted);
    expect(played.observation).toMatchObject(seen);
    expect(played.noted).toHaveLength(played.sent);
  });

  it('waits as long as it is told', async () => {
    expect((await play([answer(429, '{}', { 'retry-after': '3' }), GOOD])).slept).toEqual([3_000]);
  });

  it('sends nothing more after a stop', async () => {
    expect(await play([DOWN], {}, { stopAt: 1 })).toMatchObject({ sent: 1, slept: [750] });
    expect(await play([CROWDED], {}, { stopAt: 1 })).toMatchObject({ sent: 1, slept: [375] });
  });

  it('gives the facts of a second try where facts were asked for', async () => {
    const { observation, json } = await play([DOWN, answer(200, '{"a":1}')], {
      asked: { ...asked, origin: 'probe', purpose: 'mapping' },
    });
    expect(json).toEqual({ a: 1 });
    expect(observation).toMatchObject({ status: 500, attempts: 2 });
    // The evidence of a call is its first answer.
    expect((await play([DOWN, GOOD])).json).toEqual({ error: 'x' });
  });
});

describe('no descriptor for a connection', () => {
  it('is no answer: asked again up to three times, which is no retry', async () => {
    const { observation, sent, slept, charged } = await play([CROWDED, CROWDED, GOOD]);
    expect({ sent, slept, charged }).toEqual({ sent: 3, slept: [375, 375], charged: 1 });
    expect(observation).toMatchObject({ status: 200, attempts: 1, retry: null });
    const gaveUp = await play([CROWDED, CROWDED, CROWDED, CROWDED], { retries: 0 });
    expect(gaveUp).toMatchObject({ sent: 4, charged: 0, slept: [375, 375, 375] });
  });

  it('is not asked again where that is not allowed', async () => {
    expect((await play([CROWDED], { mayRetry: () => false })).sent).toBe(1);
  });
});

describe('a busy machine', () => {
  const LATE = failure('net.deadline');
  it.each<[string, Partial<Question>, number, number]>([
    ['a little late is no doubt', {}, 200, 1],
    ['late', {}, 201, 2],
    ['late, with no retry', { retries: 0 }, 900, 1],
    ['late, and more is not allowed', { mayRetry: () => false }, 900, 1],
  ])('%s', async (_, more, ms, sent) => {
    const played = await play([LATE, GOOD], more, { late: [ms] });
    expect(played.sent).toBe(sent);
    expect(played.charged).toBe(sent);
  });
});

describe('what may be charged', () => {
  it.each<[string, Outcome, number]>([
    ['an answer', GOOD, 1],
    ['299', answer(299), 1],
    ['a redirect', answer(300), 0],
    ['a refusal', answer(404), 0],
    ...(
      ['net.deadline', 'net.reset', 'net.stalled', 'net.no-answer', 'http.truncated', 'internal'] as const
    ).map((e): [string, Outcome, number] => [e, failure(e), 1]),
    ...(
      [
        ...['dns.not-found', 'dns.temporary', 'tls.expired', 'proxy.refused', 'env.fd-limit'],
        ...['net.refused', 'net.unreachable', 'net.connect-timeout', 'run.token-withheld'],
      ] as ErrorCode[]
    ).map((e): [string, Outcome, number] => [e, failure(e), 0]),
  ])('%s', async (_, outcome, charged) => {
    expect((await play([outcome, outcome, outcome, outcome], { retries: 0 })).charged).toBe(charged);
  });

  it('is counted over all tries', async () => {
    expect((await play([DOWN, GOOD])).charged).toBe(1);
    expect((await play([failure('http.truncated'), failure('http.truncated'), GOOD])).charged).toBe(3);
  });
});

describe('a fault of our own', () => {
  it('costs one cell, and its message is not quoted', async () => {
    const throws = (text: string) => {
      if (text.includes('boom')) throw new TypeError('boom');
      return text;
    };
    const { observation } = await play([answer(404, '{"error":"boom"}')], {}, { redact: throws });
    expect(observation).toMatchObject({ error: 'internal', errorDetail: 'TypeError', status: 404 });
  });
});
