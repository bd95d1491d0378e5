import { describe, expect, it } from 'vitest';
import { startLag } from '../../src/check/lag.js';
import { diagnose } from '../../src/diagnose/diagnose.js';
import { ask, type Question, type World } from '../../src/probe/ask.js';
import type { Outcome } from '../../src/probe/transport.js';
import type { Observation } from '../../src/types/observation.js';
import { evidence } from '../support/evidence.js';

const LATE: Outcome = { kind: 'failure', error: 'net.deadline', detail: null, status: null, ms: 2_000 };
const REFUSED: Outcome = { kind: 'failure', error: 'tls.expired', detail: null, status: null, ms: 20 };
const GOOD: Outcome = {
  kind: 'answer',
  status: 200,
  headers: { 'content-type': 'application/json' },
  duplicates: [],
  body: new TextEncoder().encode('{"choices":[{"message":{"content":"hi"}}]}'),
  bodyError: null,
  detail: null,
  ms: 5,
};

/** `late[n]`: how late this process was during call n. */
function world(answers: Outcome[], late: number[]): World & { calls: () => number } {
  let calls = 0;
  return {
    send: async () => answers[calls++] ?? LATE,
    redact: (t) => t,
    now: () => 0,
    clock: () => calls,
    lateSince: (from) => late[from] ?? 0,
    tidy: () => {},
    random: () => 0,
    sleep: async () => {},
    signal: new AbortController().signal,
    agent: 'test',
    nextId: () => 0,
    calls: () => calls,
  };
}

const { origin: _, ...asked } = evidence({ observations: [{ task: 'conversational' }] })
  .observations[0] as Observation;
const question = (more: Partial<Question> = {}): Question => ({
  asked: { ...asked, origin: 'probe' },
  method: 'POST',
  url: 'http://127.0.0.1:1/v1/chat/completions',
  headers: {},
  body: '{}',
  secret: null,
  timeoutMs: 1_000,
  retries: 1,
  billable: false,
  ...more,
});

describe('a busy machine', () => {
  it('asks again what a clock decided while it was busy; the second answer counts', async () => {
    const w = world([LATE, GOOD], [900, 0]);
    const { observation, sent } = await ask(question(), w);
    expect(observation).toMatchObject({ status: 200, error: null, attempts: 2, suspect: true, retry: null });
    expect(sent).toBe(2);
  });

  it('believes a deadline of a process that was awake', async () => {
    const w = world([LATE, GOOD], [0, 0]);
    const { observation } = await ask(question(), w);
    expect(observation).toMatchObject({ status: null, error: 'net.deadline', attempts: 1 });
    expect(observation.suspect).toBeUndefined();
  });

  it('does not doubt what no clock decided', async () => {
    const { observation, sent } = await ask(question(), world([REFUSED], [900]));
    expect(observation).toMatchObject({ error: 'tls.expired', attempts: 1, suspect: true });
    expect(sent).toBe(1);
  });

  it('never pays twice for it', async () => {
    const w = world([LATE, GOOD], [900, 0]);
    const { observation } = await ask(question({ billable: true }), w);
    expect(observation).toMatchObject({ error: 'net.deadline', suspect: true });
    expect(w.calls()).toBe(1);
  });

  it('accuses nobody of a deadline that it may have missed itself', () => {
    const seen = { model: 'a/b', error: 'net.deadline', status: null } as const;
    const sure = diagnose(evidence({ observations: [seen], run: { models: ['a/b'] } }));
    expect(sure.findings.map((f) => f.rule)).toContain('timeout');
    const doubtful = diagnose(
      evidence({ observations: [{ ...seen, suspect: true }], run: { models: ['a/b'] } }),
    );
    expect(doubtful.findings).toEqual([]);
    expect(doubtful.cells[0]).toMatchObject({ outcome: 'unknown', suspect: true });
    expect(doubtful.models[0]).toMatchObject({ usable: false, checked: false });
  });

  it('is noticed', async () => {
    let now = 0;
    const lag = startLag(() => now);
    expect(lag.since(0)).toBe(0);
    // A tick that should have come at 50 comes at 1,050.
    now = 1_050;
    expect(lag.since(0)).toBe(1_000);
    await new Promise((done) => setTimeout(done, 120));
    expect(lag.since(0)).toBe(1_000);
    expect(lag.since(1_051)).toBe(0);
    lag.stop();
  });
});
