import { describe, expect, it } from 'vitest';
import { load, refusal } from './support.js';

const expecting = async (value: unknown) => (await load({ config: { expect: value } })).expect.value;
const ignoring = async (flags: string[]) => (await load({ flags: { ignore: flags } })).ignore.value;

describe('expect', () => {
  it.each([
    ['router', 'router'],
    ['provider:novita', 'provider:novita'],
    ['novita', 'provider:novita'],
    [':fastest', 'router:fastest'],
    ['router:novita', 'router:novita'],
    ['router+stream', 'router+stream'],
    ['provider:novita+tools', 'provider:novita+tools'],
    ['hf-inference', 'hf-inference'],
    ['*', null],
  ])('takes the route %s', async (written, route) => {
    expect(await expecting({ 'a/b:x': { [written]: 500 } })).toEqual([
      { model: 'a/b:x', route, faults: [500] },
    ]);
  });

  it('takes a status, a rule or a list, each once', async () => {
    const value = { 'a/b': { router: [500, 'provider-outage', 500], legacy: 'legacy-host-gone' }, 'c/d': {} };
    expect(await expecting(value)).toEqual([
      { model: 'a/b', route: 'router', faults: [500, 'provider-outage'] },
      { model: 'a/b', route: 'legacy', faults: ['legacy-host-gone'] },
    ]);
  });

  it.each<[unknown, string]>([
    [{ 'a/b': { router: 'provider-outrage' } }, 'Did you mean provider-outage?'],
    [{ 'a/b': { router: 'qqqqqqqq' } }, 'hf-doctor rules'],
    [{ 'a/b': { routr: 500 } }, 'Did you mean router?'],
    [{ 'a/b': { providers: 500 } }, 'provider:novita'],
    [{ 'a/b': { 'a/b': 500 } }, 'does not know the route'],
    [{ 'a/b': { 'router:a:b': 500 } }, 'does not know the route'],
    [{ 'a/b': { 'router+a+b': 500 } }, 'does not know the route'],
    [{ 'a/b': { router: '500' } }, 'without quotes'],
    [{ 'a/b': { router: 5000 } }, 'from 100 to 599'],
    [{ 'a/b': { router: 500.5 } }, 'from 100 to 599'],
    [{ 'a/b': { router: [] } }, 'empty list'],
    [{ 'a/b': { router: true } }, 'status or a rule'],
    [{ 'a/b': { router: { status: 500 } } }, 'status or a rule'],
    [{ 'a/b': [500] }, 'routes'],
    [{ 'a b': { router: 500 } }, 'has a space in it'],
    [{ '': { router: 500 } }, 'empty'],
    ['provider-outage', 'models with their routes'],
  ])('refuses %j', async (value, text) => {
    expect(await refusal({ config: { expect: value } })).toContain(text);
  });

  it('is no way to a prototype', async () => {
    const file = '{"expect": {"__proto__": {"router": 500}}}';
    const { tree } = await import('./support.js');
    const cwd = await tree({ 'hf-doctor.config.json': file });
    expect(await refusal({ cwd })).toContain('is not a model id');
    const inner = await tree({
      'hf-doctor.config.json': '{"expect": {"a/b": {"__proto__": 500, "constructor": 500}}}',
    });
    expect(await refusal({ cwd: inner })).toContain('does not know the route');
    const named = await tree({
      'hf-doctor.config.json': '{"expect": {"a/constructor": {"constructor": 500}}}',
    });
    expect((await load({ cwd: named })).expect.value).toEqual([
      { model: 'a/constructor', route: 'provider:constructor', faults: [500] },
    ]);
    expect(Object.hasOwn(Object.prototype, 'router')).toBe(false);
  });

  it('is bounded', async () => {
    const many = (n: number) =>
      Object.fromEntries(Array.from({ length: n }, (_, i) => [`o/m${i}`, { '*': 500 }]));
    expect(await expecting(many(1_000))).toHaveLength(1_000);
    expect(await refusal({ config: { expect: many(5_000) } })).toContain('at most 1,000');
    const tooLarge = await refusal({ config: { expect: many(20_000) } });
    expect(tooLarge).toContain('256 KiB');
  });

  it('does not repeat a token', async () => {
    const token = `hf_${'aB3'.repeat(12)}`;
    const values = [{ [token]: { router: 500 } }, { 'a/b': { [token]: 500 } }, { 'a/b': { router: token } }];
    for (const value of values) expect(await refusal({ config: { expect: value } })).not.toContain(token);
    expect(await refusal({ flags: { ignore: [token] } })).not.toContain(token);
  });
});

describe('ignore', () => {
  it.each([
    ['flaky', { rule: 'flaky', model: null, route: null, reason: null }],
    ['flaky@a/b', { rule: 'flaky', model: 'a/b', route: null, reason: null }],
    ['flaky@a/b:x', { rule: 'flaky', model: 'a/b:x', route: null, reason: null }],
    ['flaky@novita', { rule: 'flaky', model: null, route: 'provider:novita', reason: null }],
    ['flaky@a/b@router', { rule: 'flaky', model: 'a/b', route: 'router', reason: null }],
    ['flaky@router@a/b', { rule: 'flaky', model: 'a/b', route: 'router', reason: null }],
    ['flaky=a@b = c/d', { rule: 'flaky', model: null, route: null, reason: 'a@b = c/d' }],
    ['flaky@router=', { rule: 'flaky', model: null, route: 'router', reason: null }],
  ])('takes %s', async (flag, entry) => {
    expect(await ignoring([flag])).toEqual([entry]);
  });

  it.each([
    ['', 'does not know the rule'],
    ['flakey', 'Did you mean flaky?'],
    ['flaky@', 'does not know the route'],
    ['flaky@a/b@c/d', 'one model and one route'],
    ['flaky@router@legacy', 'one model and one route'],
    ['flaky@a//b', 'a//b'],
    ['flaky@providers', 'provider:novita'],
    [`flaky=${'x'.repeat(301)}`, 'at most 300'],
    ['__proto__', 'does not know the rule'],
  ])('refuses %s', async (flag, text) => {
    expect(await refusal({ flags: { ignore: [flag] } })).toContain(text);
  });

  it.each<[unknown, string]>([
    [[{ rule: 'flaky' }], 'reason'],
    [[{ rule: 'flaky', reason: 5 }], 'reason'],
    [[{ rule: 'flaky', because: 'x' }], 'because'],
    [[{ rule: 'flaky', reasons: 'x' }], 'Did you mean reason?'],
    [[{ reason: 'x' }], 'names no rule'],
    [[{ rule: 'flaky', reason: 'x', model: 5 }], 'names no model'],
    [[{ rule: 'flaky', reason: 'x', route: [] }], 'names no route'],
    [['flaky=why'], 'list of entries'],
    [{ flaky: 'x' }, 'takes a list'],
    [Array.from({ length: 201 }, () => ({ rule: 'flaky', reason: 'x' })), 'at most 200'],
  ])('refuses %j in a file', async (value, text) => {
    expect(await refusal({ config: { ignore: value } })).toContain(text);
  });

  it('of the command line comes on top of that of the file', async () => {
    const config = {
      ignore: [
        { rule: 'slow', reason: 'file' },
        { rule: 'flaky', reason: 'file' },
      ],
    };
    const { ignore } = await load({ config, flags: { ignore: ['flaky=flag', 'timeout'] } });
    expect(ignore.value.map((i) => `${i.rule} ${i.reason}`)).toEqual([
      'flaky flag',
      'timeout null',
      'slow file',
    ]);
    expect(ignore.origin.name).toBe('--ignore and hf-doctor.config.json: ignore');
  });
});
