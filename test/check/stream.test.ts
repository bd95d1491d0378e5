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
    // Parts of 50, then of 100 models, each with its own.
    expect(findings).toHaveLength(13);
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

  it('says that it started before any model is asked, then each part as it is known', async () => {
    const { w, sent } = world();
    const at: { types: string; asked: number }[] = [];
    await checkInLines(input(MODELS), w, async (lines) => {
      const asked = new Set(
        sent.filter((r) => r.method === 'POST').map((r) => JSON.parse(String(r.body)).model),
      );
      at.push({ types: [...new Set(lines.map((l) => l.type))].join(' '), asked: asked.size });
      return true;
    });
    expect(at[0]).toEqual({ types: 'start', asked: 0 });
    expect(at[1]?.types).toMatch(/^model cell/);
    expect(at.slice(1, 4).map((x) => x.asked)).toEqual([50, 150, 250]);
  });

  it.each([
    ['the start', 1, 0],
    ['the first part', 2, 50],
    ['the second part', 3, 150],
  ])('stops asking for a reader that went away at %s', async (_, until, asked) => {
    const { w, sent } = world();
    const { writes, exitCode } = await inLines(input(MODELS), w, until);
    expect(writes).toBe(until);
    const models = sent.filter((r) => r.method === 'POST').map((r) => JSON.parse(String(r.body)).model);
    expect(new Set(models).size).toBe(asked);
    if (asked === 0) expect(exitCode).toBe(3);
  });

  it('asks nothing twice, whichever part it belongs to, and shows what is proven elsewhere', async () => {
    const dead = (model: string) => Number(/\d{1,9}$/.exec(model)?.[0]) % 20 === 7;
    const { w, sent } = manyModels((_, model) =>
      dead(model) ? json(500, { error: { message: 'upstream failed' } }) : chat(model),
    );
    const { send } = w;
    const offer = { provider: 'groq', status: 'live' };
    w.send = async (r) =>
      new URL(r.url).pathname === '/v1/models'
        ? json(200, {
            data: [
              { id: 'org/m3', providers: [offer] },
              { id: 'else/x', providers: [offer] },
            ],
          })
        : send(r);
    const { of } = await inLines(input(600), w);
    const keys = sent.map((r) => `${r.method} ${r.url} ${r.body ?? ''}`);
    expect(keys.filter((k, n) => keys.indexOf(k) !== n)).toEqual([]);
    const cells = of<Cell>('cell');
    const proven = of<{ model: string; provenBy: number; instead: { model: string } }>('alternative');
    expect(proven).toHaveLength(600 / 20);
    for (const a of proven)
      expect(cells[a.provenBy]).toMatchObject({ model: a.instead.model, outcome: 'ok' });
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
