import { describe, expect, it } from 'vitest';
import { chainOf, exitCodeFor, type Proof } from '../../src/fallback/chain.js';
import { leftOut, noChain } from '../../src/fallback/words.js';
import type { Cell, Finding, Report } from '../../src/report/model.js';
import { shortRoute } from '../../src/report/short-route.js';

const cell = (model: string, route: string, more: Partial<Cell> = {}): Cell => ({
  model,
  route,
  auth: 'token',
  depth: 'live',
  url: null,
  status: 200,
  error: null,
  outcome: 'ok',
  reason: null,
  unfinished: false,
  rule: null,
  latencyMs: 5,
  attempts: 1,
  requestId: null,
  evidence: null,
  listed: route === 'router' ? null : 'live',
  control: false,
  ...more,
});

type Models = Record<string, { task?: string | null; best?: string | null }>;

/** Only what a chain is made of. */
function report(models: Models, cells: Cell[], more: Partial<Report> = {}): Report {
  const list = Object.entries(models).map(([id, { task = 'conversational', best = null }]) => {
    return { id, task, providers: [], usable: best !== null, checked: true, best };
  });
  return { exitCode: 0, models: list, cells, findings: [], alternatives: [], ...more } as unknown as Report;
}

/** Each cell of a model that is ok, in the order of the report. */
const proofsIn =
  (r: Report) =>
  (model: string): Proof[] =>
    r.cells.flatMap((c, i) =>
      c.model === model && c.outcome === 'ok' ? [{ model, route: c.route, cell: i }] : [],
    );

const refs = (r: Report, task: string | null = null) => chainOf(r, proofsIn(r), task).links.map((l) => l.ref);

const finding = (models: string[], more: Partial<Finding> = {}) =>
  ({ severity: 'error', title: 'It is down', models, cells: [], fixes: [], ...more }) as unknown as Finding;

describe('the chain', () => {
  it('keeps the order of the user, and that of the proofs in a model', () => {
    const r = report({ 'b/b': { best: 'router' }, 'a/a': { best: 'router' } }, [
      cell('a/a', 'router'),
      cell('b/b', 'router'),
      cell('b/b', 'router:novita'),
    ]);
    expect(refs(r)).toEqual(['b/b', 'b/b:novita', 'a/a']);
  });

  it.each([
    ['the path of a provider', cell('a/a', 'provider:x'), 'not through the router'],
    ['the path of hf-inference', cell('a/a', 'hf-inference'), 'not through the router'],
    ['a refusal', cell('a/a', 'router', { depth: 'auth', status: 400 }), 'no real answer was asked for'],
    ['the retired host', cell('a/a', 'legacy'), 'not through the router'],
    ['a gateway', cell('a/a', 'gateway'), 'not through the router'],
    ['what is no id', cell('a/a"]; import os', 'router'), 'no name was found'],
    ['what is no suffix', cell('a/a', 'router:x\ny'), 'no name was found'],
  ])('does not take %s, and says why', (_, only, why) => {
    const r = report({ [only.model]: { best: only.route } }, [only]);
    const chain = chainOf(r, proofsIn(r));
    expect(chain.links).toEqual([]);
    expect(chain.missing).toEqual([{ model: only.model, why: expect.stringContaining(why) }]);
    expect(chain.missing[0]?.why).toContain(`it answers on ${shortRoute(only.route)}, `);
    expect(exitCodeFor(r, chain, false)).toBe(1);
  });

  it('takes a flagged provider that answered, behind those that are listed as live', () => {
    const r = report({ 'a/a': { best: 'router:x' }, 'b/b': { best: 'router' } }, [
      cell('a/a', 'router:x'),
      cell('a/a', 'router:y'),
      cell('b/b', 'router'),
    ]);
    r.models[0]?.providers.push({ provider: 'x', status: 'error' }, { provider: 'y', status: 'live' });
    expect(refs(r)).toEqual(['a/a:y', 'a/a:x', 'b/b']);
  });

  it('says that a limit left ways out, and not that others do not exist', () => {
    const skipped = { outcome: 'skipped', status: null } as const;
    const cells = [
      cell('a/a', 'hf-inference', { ...skipped, reason: 'not in the mapping of this model' }),
      cell('a/a', 'router', { ...skipped, reason: '--max-cost 0.01 would be passed', unfinished: true }),
    ];
    const why = (findings: Finding[]) => {
      const r = report({ 'a/a': {} }, cells, { findings });
      return chainOf(r, proofsIn(r)).missing[0]?.why;
    };
    expect(why([])).toBe('--max-cost 0.01 would be passed');
    expect(why([finding([])])).toBe('--max-cost 0.01 would be passed');
    expect(why([finding(['a/a'])])).toBe('It is down');
  });

  it('names each way once, also when it was asked for twice', () => {
    const r = report({ 'a/a': { best: 'router' }, 'a/a:novita': { best: 'router:novita' } }, [
      cell('a/a', 'router'),
      cell('a/a', 'router:novita'),
      cell('a/a:novita', 'router:novita'),
    ]);
    expect(refs(r)).toEqual(['a/a', 'a/a:novita']);
    expect(exitCodeFor(r, chainOf(r, proofsIn(r)), true)).toBe(0);
  });

  it('ends with what works in the place of the dead', () => {
    const r = report(
      { 'a/dead': {}, 'b/b': { best: 'router' } },
      [
        cell('a/dead', 'router', { outcome: 'fault', status: 500 }),
        cell('b/b', 'router'),
        cell('c/c', 'router'),
      ],
      {
        alternatives: [{ model: 'a/dead', instead: { model: 'c/c', route: 'router' }, provenBy: 2 }],
        findings: [finding(['a/dead'])],
      },
    );
    const chain = chainOf(r, proofsIn(r));
    expect(chain.links.map((l) => l.ref)).toEqual(['b/b', 'c/c']);
    expect(chain.missing).toEqual([{ model: 'a/dead', why: 'It is down' }]);
    expect([exitCodeFor(r, chain, true), exitCodeFor(r, chain, false)]).toEqual([1, 0]);
  });

  it('holds chat models only, and says where the others work', () => {
    const cells = [cell('a/vectors', 'hf-inference'), cell('b/b', 'router')];
    const r = report(
      { 'a/vectors': { task: 'feature-extraction', best: 'hf-inference' }, 'b/b': { best: 'router' } },
      cells,
    );
    const chain = chainOf(r, proofsIn(r));
    expect(chain.links.map((l) => l.ref)).toEqual(['b/b']);
    const works = { route: 'hf-inference', reached: false };
    expect(chain.others).toEqual([{ model: 'a/vectors', task: 'feature-extraction', ...works }]);
    // Who named it misses it.
    expect([exitCodeFor(r, chain, true), exitCodeFor(r, chain, false)]).toEqual([1, 0]);
    expect(refs(r, 'feature-extraction')).toEqual([]);
  });
});

it('what is wrong with the account is the reason of each model that was not asked', () => {
  const skipped = cell('b/b', 'hf-inference', { outcome: 'skipped', reason: 'not in the mapping' });
  const money = finding(['a/a'], { title: 'No credits', blame: 'account' });
  const r = report({ 'a/a': {}, 'b/b': {} }, [skipped], { findings: [money] });
  expect(chainOf(r, proofsIn(r)).missing.map((m) => m.why)).toEqual(['No credits', 'No credits']);
});

it('what nobody asked for is told as such, once', () => {
  const r = report({ 'a/dead': {} }, [cell('c/c', 'router'), cell('c/c', 'router:x')], {
    alternatives: [
      { model: 'a/dead', instead: { model: 'c/c', route: 'router' }, provenBy: 0 },
      { model: 'a/dead', instead: { model: 'c/c', route: 'router:x' }, provenBy: 1 },
    ],
    simulated: null,
  });
  const chain = chainOf(r, proofsIn(r));
  expect(chain.links).toHaveLength(2);
  const told = leftOut(chain, r).filter((t) => t.includes('c/c'));
  expect(told).toEqual(['c/c was not asked for: it answers in the place of what does not.']);
});

describe('without a chain', () => {
  const fix = (text: string) => ({ text, commands: [], links: [] });
  const told = (findings: Finding[], named = true) => {
    const r = { ...report({ 'a/a': {} }, [], { findings, exitCode: 1 }), simulated: null };
    return noChain(chainOf(r, proofsIn(r)), r, named).join('\n');
  };
  const idle = finding(['a/a'], { severity: 'warning', title: 'Idle', fixes: [fix('Nothing to do. Wait.')] });

  it('to do nothing is never the way out', () => {
    expect(told([idle])).not.toMatch(/Nothing to do|Idle/);
    expect(told([idle])).toContain('hf-doctor fallback without a model');
    const real = finding([], { severity: 'warning', title: 'Real', fixes: [fix('Ask again.')] });
    expect(told([idle, real])).toContain('Real.\nDo now: Ask again.');
  });

  it('models of today are no way out for who just asked them, or where the account is refused', () => {
    const down = finding(['a/a'], { blame: 'provider' });
    expect(told([down])).toContain('without a model');
    expect(told([down], false)).not.toContain('without a model');
    expect(told([finding(['a/a'], { blame: 'account' })])).not.toContain('without a model');
  });

  it('begins with what keeps a chat model from answering; another task is no reason', () => {
    const models = { 'a/picture': { task: 'text-to-image' }, 'a/a': {} };
    const findings = [
      finding(['a/picture'], { title: 'Paint fails' }),
      finding(['a/a'], { title: 'Chat fails' }),
    ];
    const r = { ...report(models, [], { findings, exitCode: 1 }), simulated: null };
    const lines = noChain(chainOf(r, proofsIn(r)), r);
    expect(lines[1]).toBe('Chat fails.');
    expect(lines.join()).not.toContain('Paint fails');
    expect(lines).toContain('Not for chat, so no part of a chain: a/picture.');
  });

  it('names the models that a title only counts', () => {
    const title = 'x answers 500 for a/a, a/b and 2 more';
    const ids = ['a/a', 'a/b', 'a/c', 'a/d'];
    const r = {
      ...report(Object.fromEntries(ids.map((id) => [id, {}])), [], {
        findings: [finding(ids, { title })],
        exitCode: 1,
      }),
      simulated: null,
    };
    expect(noChain(chainOf(r, proofsIn(r)), r)[1]).toBe(`${title}. Among these: a/c, a/d.`);
  });

  it('a stopped run gives no reason but that', () => {
    const findings = [finding(['a/a'])];
    const r = { ...report({ 'a/a': {} }, [], { findings, exitCode: 130 }), simulated: null };
    const lines = noChain(chainOf(r, proofsIn(r)), r);
    expect(lines[0]).toContain('stopped');
    expect(lines.join()).not.toMatch(/no chat model answered|Also|It is down/);
    const half = report({ 'a/a': {}, 'b/b': { best: 'router' } }, [
      cell('a/a', 'hf-inference', { outcome: 'skipped', status: null, reason: 'not in the mapping' }),
      cell('a/a', 'router', { outcome: 'unknown', status: null, error: 'run.cancelled' }),
      cell('b/b', 'router'),
    ]);
    const stopped = { ...half, exitCode: 130, simulated: null };
    const told = leftOut(chainOf(stopped, proofsIn(stopped)), stopped);
    expect(told).toEqual([
      'the run was stopped: the chain holds what had answered until then.',
      'a/a is left out: the run ended before it answered.',
    ]);
  });

  it('a reason of the same model with another suffix is not its own', () => {
    const cells = [
      cell('a/a:pro', 'router:pro', { outcome: 'fault', status: 400 }),
      cell('a/a', 'router', { outcome: 'fault', status: 500 }),
    ];
    const findings = [
      finding(['a/a'], { title: 'No such suffix', cells: [0] }),
      finding(['a/a'], { title: 'It is down', cells: [1] }),
    ];
    const r = report({ 'a/a:pro': {}, 'a/a': {} }, cells, { findings });
    expect(chainOf(r, proofsIn(r)).missing.map((m) => m.why)).toEqual(['No such suffix', 'It is down']);
  });

  it('what was only reached is not said to work', () => {
    const r = report({ 'a/picture': { task: 'text-to-image', best: 'provider:fal-ai' } }, [
      cell('a/picture', 'provider:fal-ai', { depth: 'auth', status: 400 }),
    ]);
    expect(noChain(chainOf(r, proofsIn(r)), { ...r, simulated: null })[1]).toMatch(
      /It was reached on fal-ai; nothing was generated\.$/,
    );
  });

  it.each([1, 3])(
    'pictures alone are no chat models that failed, whatever they answered (%i)',
    (exitCode) => {
      const dead = cell('a/picture', 'provider:fal-ai', { outcome: 'fault', status: 500 });
      const r = report({ 'a/picture': { task: 'text-to-image' } }, [dead], { exitCode });
      const told = noChain(chainOf(r, proofsIn(r)), { ...r, simulated: null });
      expect(told[0]).toBe('a chain is made of chat models, and none was asked for.');
      expect(told[1]).toBe('a/picture: its task is text-to-image, and a chain is for chat.');
    },
  );
});

it('without a chain each reason is told once, and how many more there are', () => {
  const ids = Array.from({ length: 10 }, (_, i) => `a/m${i}`);
  const down = ids.slice(1, 9).map((id) => finding([id], { title: `${id} is down` }));
  const r = report(Object.fromEntries(ids.map((id) => [id, {}])), [], {
    ...{ findings: [...down, finding([], { title: 'Both' })], exitCode: 1, simulated: null },
  });
  const told = noChain(chainOf(r, proofsIn(r)), r);
  expect(told.filter((t) => t.startsWith('Also: '))).toEqual([
    'Also: Both.',
    ...[2, 3, 4, 5].map((n) => `Also: a/m${n} is down.`),
  ]);
  expect(told).toContain('and 3 more reasons.');
  expect(told.filter((t) => t.includes('a/m1 is down'))).toHaveLength(1);
});

describe('exit code', () => {
  const none = { links: [], others: [], missing: [] };
  it.each([
    [3, 3],
    [1, 1],
    [0, 1],
    [130, 130],
    [143, 143],
  ])('without a chain, of a check that ended with %i: %i', (exitCode, want) => {
    expect(exitCodeFor(report({}, [], { exitCode }), none, false)).toBe(want);
  });
});
