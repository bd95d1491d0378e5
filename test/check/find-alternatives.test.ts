import { describe, expect, it } from 'vitest';
import { findAlternatives } from '../../src/check/alternatives.js';
import type { CheckInput } from '../../src/check/input.js';
import { startSearch } from '../../src/check/search.js';
import { diagnose } from '../../src/diagnose/diagnose.js';
import type { World } from '../../src/probe/ask.js';
import type { RunOptions } from '../../src/probe/run.js';
import { GO } from '../../src/probe/stop.js';
import type { Outcome, SendRequest } from '../../src/probe/transport.js';
import { exitCodeOf } from '../../src/report/exit-code.js';
import type { Cell, Report } from '../../src/report/model.js';
import { Secret } from '../../src/safety/secret.js';
import { evidence } from '../support/evidence.js';

/* The search alone, over a world that answers as it is told. */

const DEAD = 'acme/dead';
const URL_OF = 'https://router.huggingface.co';
const sourced = <T>(value: T) => ({ value, origin: { from: 'default', name: '' } });

const input = (more: Partial<CheckInput> = {}, settings: object = {}) =>
  ({
    settings: {
      ...{
        task: sourced(null),
        routes: sourced(['router']),
        anonymous: sourced(false),
        depth: sourced('live'),
      },
      ...{ allowCostly: sourced(false), suffixes: sourced(false), with: sourced([]) },
      ...{ maxRequests: sourced(500), maxCost: sourced(1), billTo: sourced(null) },
      ...settings,
    },
    bases: { hub: 'https://huggingface.co', router: URL_OF, legacy: 'https://x.invalid', gateway: null },
    withheld: () => null,
    ...more,
  }) as unknown as CheckInput;

const entry = (provider: string, task: string) => ({ provider, providerId: 'x', task, status: 'live' });
const offer = (provider: string) => {
  return { provider, status: 'live', price: { input: 1, output: 1 }, isFree: false, throughput: 1 };
};

/** A model that failed, and so many providers of its own and other models that nobody asked yet. */
function failedRun(own: number, others: number, task = 'conversational') {
  const providers = ['novita', 'together', 'cerebras', 'groq', 'nscale', 'deepinfra', 'sambanova'];
  return evidence({
    observations: [
      ...[{ model: DEAD, ref: DEAD, task, status: 500, body: 'Internal Server Error' }],
    ] as Parameters<typeof evidence>[0]['observations'] & object,
    catalog: {
      models: { [DEAD]: { task, providers: providers.slice(0, own).map((p) => entry(p, task)) } },
      routerModels: Array.from({ length: others }, (_, n) => {
        return { id: `other/m${n}`, providers: [offer('together')] };
      }),
    },
  });
}

interface Ways {
  /** Models that answer, by a part of their id. */
  alive?: RegExp;
  /** Milliseconds that each answer takes. */
  takes?: number;
  /** What the run would ask again elsewhere. */
  again?: Partial<RunOptions>;
  retries?: number;
}

async function search(
  e: ReturnType<typeof failedRun>,
  i = input(),
  aborted = false,
  { alive = /^$/, takes = 0, again = {}, retries = 0 }: Ways = {},
) {
  const sent: SendRequest[] = [];
  const abort = new AbortController();
  if (aborted) abort.abort('SIGINT');
  let id = 100;
  let time = 0;
  const w = {
    send: async (r: SendRequest): Promise<Outcome> => {
      sent.push(r);
      time += takes;
      const good = alive.test(String(r.body));
      const text = good ? '{"choices":[{"message":{"content":"a"}}]}' : '{"error":"Internal Server Error"}';
      const body = new TextEncoder().encode(text);
      const head = { headers: { 'content-type': 'application/json' }, duplicates: [], bodyError: null };
      return { kind: 'answer', status: good ? 200 : 500, ...head, body, detail: null, ms: 1 };
    },
    ...{
      redact: (t: string) => t,
      now: () => 0,
      clock: () => time,
      lateSince: () => 0,
      tidy: () => {},
      random: () => 0,
    },
    sleep: async (ms: number) => {
      time += ms;
    },
    ...{ signal: abort.signal, agent: 'test', nextId: () => id++ },
  } as unknown as World;
  const run = {
    ...{ concurrency: 1, timeoutMs: 1000, retries: 0, billTo: null, tokenValid: true },
    secrets: { token: new Secret(`hf_${'x'.repeat(34)}`, 'test'), gateway: null },
    spare: { requests: 0, usd: 0 },
    ...again,
  };
  const limits = { timeoutMs: 1000, retries };
  const spent = { requests: () => sent.length, usd: 0, search: startSearch() };
  const found = await findAlternatives(i, e, diagnose(e), spent, run, limits, w);
  const asked = sent.map((r) => {
    const text = typeof r.body === 'string' ? r.body : new TextDecoder().decode(r.body ?? new Uint8Array());
    return r.method === 'POST' ? `${new URL(r.url).pathname} ${JSON.parse(text).model}` : r.url;
  });
  return { asked, found };
}

describe('the search for what answers instead', () => {
  it('tries three ways of the model and three other models, however many there are', async () => {
    const { asked, found } = await search(failedRun(7, 9));
    expect(asked).toHaveLength(6);
    expect(asked.filter((a) => a.endsWith(' x'))).toHaveLength(3);
    expect(asked.filter((a) => a.includes('other/m'))).toHaveLength(3);
    expect(found.proofs.size).toBe(0);
    expect(found.unsearched).toBe(0);
  });

  it.each([
    ['conversational', 1],
    ['feature-extraction', 1],
  ])('sends nothing for %s once the run was stopped', async (task, least) => {
    const e = failedRun(0, 3, task);
    expect((await search(e)).asked.length).toBeGreaterThanOrEqual(least);
    const { asked, found } = await search(e, input(), true);
    expect(asked).toEqual([]);
    expect(found.planned).toEqual({ requests: 0, billable: 0, usd: 0 });
  });

  it('sends nothing where Hugging Face limits the account: another model would meet the same', async () => {
    const e = failedRun(3, 3);
    const limited = { status: 429, headers: { 'x-powered-by': 'huggingface-moon' } };
    const observations = e.observations.map((o) => ({ ...o, ...limited }));
    expect(diagnose({ ...e, observations }).findings.map((f) => f.rule)).toEqual(['rate-limited']);
    expect((await search({ ...e, observations })).asked).toEqual([]);
    expect((await search(e)).asked).not.toEqual([]);
  });

  it('asks each once, whatever the run would ask again', async () => {
    const again = { retries: 3, spare: { requests: 9, usd: 1 } };
    expect((await search(failedRun(7, 9), input(), false, { again })).asked).toHaveLength(6);
  });

  it('pays for no more than --max-cost leaves', async () => {
    // 50 tokens read and 16 written, a dollar per million.
    const maxCost = { value: 2.5 * 66e-6, origin: { from: 'default', name: '' } };
    const { asked, found } = await search(failedRun(0, 9), input({}, { maxCost }));
    expect(asked).toHaveLength(2);
    expect(found.planned).toMatchObject({ requests: 2, billable: 2 });
    expect(found.unsearched).toBe(1);
    expect(found.planned.usd).toBeCloseTo(2 * 66e-6, 9);
  });

  it('takes no control of the run for an answer where nothing could be asked', async () => {
    const e = failedRun(1, 1);
    const [first] = e.observations;
    const control = {
      ...first,
      id: 900,
      control: true,
      auth: 'anonymous',
      status: 200,
      shape: 'ok',
    } as const;
    const observations = [...e.observations, control as (typeof e.observations)[number]];
    const { asked, found } = await search({ ...e, observations }, input({}, { maxCost: sourced(0) }));
    expect(asked).toEqual([]);
    expect(found.observations).toEqual([]);
    expect(found.proofs.size).toBe(0);
  });

  it('pays for nothing where a call that should have been refused used the limit up', async () => {
    const stop = { now: { ...GO, unplanned: 1 } };
    expect((await search(failedRun(0, 9), input(), false, { again: { stop } })).asked).toEqual([]);
    const some = { now: { ...GO, unplanned: 0.5 } };
    expect((await search(failedRun(0, 9), input(), false, { again: { stop: some } })).asked).toHaveLength(3);
  });

  it('counts what it sent to read a list, the second try too', async () => {
    const { asked, found } = await search(failedRun(0, 0, 'feature-extraction'), input(), false, {
      retries: 1,
    });
    expect(asked).toHaveLength(2);
    expect(found.planned.requests).toBe(2);
  });

  const deadOnes = (count: number, tasks: string[] = ['conversational']) => {
    const e = failedRun(0, 0);
    const ids = Array.from({ length: count }, (_, n) => `f${n}/${'abcdefghijklmnopqrstuvwxyz'[n % 26]}${n}`);
    const [first] = e.observations;
    const task = (n: number) => tasks[n % tasks.length] as string;
    return {
      ...e,
      observations: ids.map((id, n) => ({
        ...(first as (typeof e.observations)[number]),
        ...{ id: n, model: id, ref: id, task: task(n) },
      })),
      catalog: {
        ...e.catalog,
        models: Object.fromEntries(
          ids.map((id, n) => {
            const providers = ['novita', 'together', 'groq'].map((p) => entry(p, task(n)));
            return [id, { ...e.catalog.models[DEAD], id, task: task(n), providers }];
          }),
        ),
        routerModels: [{ id: 'other/fine', providers: [offer('together')] }],
      },
      run: { ...e.run, models: ids },
    } as ReturnType<typeof failedRun>;
  };

  it('ends for the whole run after thirty calls in vain, and says for how many models', async () => {
    const { asked, found } = await search(deadOnes(100));
    expect(asked).toHaveLength(30);
    expect(found.proofs.size).toBe(0);
    // Three of its own for each, and one other for all: nine models, and a part of the tenth.
    expect(found.unsearched).toBe(91);
    // Just enough is no end.
    const ten = deadOnes(10);
    const alone = await search({ ...ten, catalog: { ...ten.catalog, routerModels: [] } });
    expect(alone.asked).toHaveLength(30);
    expect(alone.found.unsearched).toBe(0);
  });

  it('gives to all what answered before it ended', async () => {
    const { asked, found } = await search(deadOnes(100), input({}, { maxCost: { value: 1 } }), false, {
      alive: /other\/fine/,
    });
    expect(asked.length).toBeLessThanOrEqual(31);
    expect(found.proofs.size).toBe(100);
    expect(found.unsearched).toBe(0);
  });

  it('ends after a minute', async () => {
    const { asked, found } = await search(deadOnes(9), input(), false, { takes: 25_000 });
    expect(asked).toHaveLength(3);
    expect(found.unsearched).toBe(9);
  });

  it('takes no answer for another task as a proof', async () => {
    const e = deadOnes(2, ['conversational', 'feature-extraction']);
    const { found } = await search(e, input(), false, { alive: /other\/fine/ });
    expect([...found.proofs.keys()]).toEqual(['f0/a0']);
  });

  it('sends nothing where nothing is wanted instead', async () => {
    expect((await search(failedRun(3, 3), input({ instead: false }))).asked).toEqual([]);
  });
});

describe('what was asked in the place of a model', () => {
  const cell = (outcome: string, more: Partial<Cell> = {}) =>
    ({ model: 'a/b', outcome, control: false, rule: null, ...more }) as Cell;
  const code = (cells: Cell[], checked = false) =>
    exitCodeOf(
      {
        ...{ cells, findings: [], token: { status: 'valid' } as Report['token'] },
        models: [{ id: 'a/b', task: null, providers: [], usable: false, checked, best: null }],
      },
      'error',
      null,
    );
  it.each(['ok', 'flaky', 'fault'])('tells nothing of the run itself: %s', (outcome) => {
    expect(code([cell('unknown'), cell(outcome, { model: 'c/d', instead: true })])).toBe(3);
    expect(code([cell('unknown'), cell(outcome, { instead: true })])).toBe(3);
  });

  it.each(['ok', 'fault'])('does not make a finding out of what nobody could check: %s', (outcome) => {
    const cells = [cell('unknown'), cell(outcome, { model: 'c/d', instead: true })];
    const findings = [{ severity: 'error', rule: 'timeout', blame: 'network', confidence: 'likely' }];
    const token = { status: 'valid' };
    expect(exitCodeOf({ cells, findings, token, models: [] } as never, 'error', null)).toBe(3);
  });

  it('is no fault of the model', () => {
    expect(code([cell('ok'), cell('fault', { instead: true })], true)).toBe(0);
    expect(code([cell('ok'), cell('fault')], true)).toBe(1);
  });
});
