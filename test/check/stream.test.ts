import { describe, expect, it } from 'vitest';
import { check } from '../../src/check/check.js';
import type { CheckInput } from '../../src/check/input.js';
import { checkInLines } from '../../src/check/stream.js';
import type { World } from '../../src/probe/ask.js';
import type { Line } from '../../src/report/lines.js';
import type { Cell, Finding } from '../../src/report/model.js';
import { chat, inputFor, json, manyModels } from './world.js';

const MODELS = 1_200;

/** Every 20th model has a provider that fails; the router always answers. */
const world = (abort?: AbortController) =>
  manyModels(
    (path, model) =>
      path.startsWith('/groq') && Number(/\d{1,9}$/.exec(model)?.[0]) % 20 === 0
        ? json(500, { error: { message: 'upstream failed' } })
        : chat(model),
    abort,
  );
const input = inputFor;

async function inLines(i: CheckInput, w: World, until = Number.POSITIVE_INFINITY) {
  const lines: (Line & Record<string, unknown>)[] = [];
  let writes = 0;
  const exitCode = await checkInLines(i, w, async (more) => {
    lines.push(...(more as typeof lines));
    writes += 1;
    return writes < until;
  });
  const of = <T>(type: Line['type']) => lines.filter((l) => l.type === type) as unknown as T[];
  return { lines, exitCode, of, writes };
}

describe('a check as lines', () => {
  it('says of each cell what the whole report says', async () => {
    const { of, exitCode } = await inLines(input(MODELS), world().w);
    const { report } = await check(input(MODELS), world().w);
    const bare = (c: Cell) => `${c.model} ${c.route} ${c.outcome} ${c.rule} ${c.status}`;
    const cells = of<Cell>('cell');
    expect(
      cells
        .filter((c) => !c.control)
        .map(bare)
        .sort(),
    ).toEqual(
      report.cells
        .filter((c) => !c.control)
        .map(bare)
        .sort(),
    );
    expect(of('model')).toHaveLength(MODELS);
    expect(exitCode).toBe(report.exitCode);
    expect(of<{ summary: unknown }>('end')[0]?.summary).toEqual(report.summary);
  });

  it('a finding points at the lines of its cells', async () => {
    const { of } = await inLines(input(MODELS), world().w);
    const cells = of<Cell>('cell');
    const findings = of<Finding>('finding').filter((f) => f.rule === 'provider-outage');
    // Three parts of 500, 500 and 200 models, each with its own.
    expect(findings).toHaveLength(3);
    for (const f of findings)
      for (const i of f.cells) expect(cells[i]).toMatchObject({ route: 'provider:groq', status: 500 });
    expect(findings.flatMap((f) => f.models)).toHaveLength(MODELS / 20);
    const [end] = of<{ findings: unknown[] }>('end');
    expect(end?.findings).toContainEqual({
      ...{ rule: 'provider-outage', severity: 'warning', blame: 'provider', models: MODELS / 20 },
    });
  });

  it('starts with one line and ends with one, however it ends', async () => {
    const abort = new AbortController();
    const { w } = world(abort);
    const send = w.send;
    let sent = 0;
    w.send = async (r) => {
      sent += 1;
      if (sent === 700) abort.abort('SIGINT');
      return send(r);
    };
    const { lines, exitCode, of } = await inLines(input(MODELS), w);
    expect(exitCode).toBe(130);
    expect(lines[0]?.type).toBe('start');
    expect(lines.at(-1)).toMatchObject({ type: 'end', complete: false, ok: false, exitCode: 130 });
    expect(lines.filter((l) => l.type === 'start' || l.type === 'end')).toHaveLength(2);
    // What the run did not come to is named as well.
    expect(new Set(of<Cell>('cell').map((c) => c.model)).size).toBe(MODELS);
  });

  it('stops paying for a reader that went away', async () => {
    const { w } = world();
    const seen: string[] = [];
    const send = w.send;
    w.send = async (r) => {
      seen.push(r.url);
      return send(r);
    };
    const { writes } = await inLines(input(MODELS), w, 1);
    expect(writes).toBe(2);
    expect(seen.some((url) => url.includes('org/m499'))).toBe(true);
    expect(seen.some((url) => url.includes('org/m500'))).toBe(false);
  });

  it('keeps to the limits over all parts', async () => {
    const { w } = world();
    let sent = 0;
    const send = w.send;
    w.send = async (r) => {
      sent += 1;
      return send(r);
    };
    const { of, exitCode } = await inLines(input(MODELS, { maxRequests: 2_000 }), w);
    expect(sent).toBeLessThanOrEqual(2_000);
    expect(of<{ complete: boolean }>('end')[0]?.complete).toBe(false);
    expect(exitCode).toBe(3);
  });

  it('looks for something else no more in all parts than in one, and says what it left', async () => {
    const dead = manyModels(() => json(500, { error: { message: 'upstream failed' } }));
    const lines = await inLines(input(MODELS), dead.w);
    const posts = dead.sent.filter((r) => r.method === 'POST').length;
    // Two ways to each model, and the search.
    expect(posts).toBeLessThanOrEqual(2 * MODELS + 30);
    const whole = await check(input(MODELS), manyModels(() => json(500, { error: { message: 'no' } })).w);
    const [end] = lines.of<{ unsearched?: number; cost: unknown }>('end');
    expect(end?.unsearched ?? 0).toBe(whole.report.unsearched ?? 0);
  });

  it('counts the second tries of all parts', async () => {
    const world = () => manyModels(() => json(503, { error: 'busy' })).w;
    const i = { ...input(MODELS, { retries: 1, routes: ['router'] }), instead: false };
    const [end] = (await inLines(i, world())).of<{ cost: { measured: { retries?: number } } }>('end');
    const { report } = await check(i, world());
    expect(end?.cost.measured.retries).toBe(MODELS);
    expect(report.cost.measured.retries).toBe(MODELS);
  });
});
