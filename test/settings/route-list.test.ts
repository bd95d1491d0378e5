import { describe, expect, it } from 'vitest';
import { routeList } from '../../src/settings/route-list.js';
import { load, refusal } from './support.js';

const parse = (raw: unknown) => routeList.parse(raw, { from: 'flag', cwd: '/' });

it.each([
  ['legacy', ['legacy']],
  [
    'legacy,router,hf-inference,providers,gateway',
    ['legacy', 'router', 'hf-inference', 'providers', 'gateway'],
  ],
  [' router , novita ', ['router', 'provider:novita']],
  ['novita,provider:novita', ['provider:novita']],
  ['provider:together', ['provider:together']],
  ['provider:hf-inference,hf-inference', ['hf-inference']],
  ['Router,NOVITA', ['router', 'provider:novita']],
  ['provider:legasy', ['provider:legasy']],
  [
    ['router', 'fal-ai'],
    ['router', 'provider:fal-ai'],
  ],
  ['zai-org', ['provider:zai-org']],
])('%j', (raw, value) => {
  expect(parse(raw)).toEqual({ ok: true, value });
});

describe('refused', () => {
  it.each([
    ['', /no value/],
    [',', /empty place/],
    ['router,,legacy', /empty place/],
    ['router,', /empty place/],
    [[], /no route/],
    [['router', ''], /none of them empty/],
    [['router', 3], /none of them empty/],
    [{ router: true }, /takes a text/],
    [null, /takes a text/],
    ['legasy', /Did you mean legacy\? If it is a provider, write provider:legasy/],
    ['provider', /Did you mean providers/],
    ['gatway', /Did you mean gateway/],
    ['router:novita', /suffix belongs to the model/],
    ['provider:', /needs a provider/],
    ['provider:a/b', /needs a provider/],
    ['provider:../x', /needs a provider/],
    ['provider:a:b', /suffix belongs to the model/],
    ['https://x.example', /suffix belongs/],
    ['../../api', /Known: legacy/],
    ['no vita', /Known: legacy/],
    ['\u001b[31m', /Known: legacy/],
    ['x'.repeat(65), /Known: legacy/],
    [Array(101).fill('router'), /at most 100/],
  ])('%j', (raw, text) => {
    const parsed = parse(raw);
    expect(parsed.ok).toBe(false);
    if (!parsed.ok) expect(`${parsed.problem} ${parsed.hint}`).toMatch(text);
    expect(JSON.stringify(parsed)).not.toContain('\\u001b');
  });
});

describe('the gateway as a route', () => {
  const gateway = 'https://g.example/v1';
  const usual = ['legacy', 'router', 'hf-inference', 'providers'];

  it.each([
    ['joins the usual routes', { flags: { gateway } }, [...usual, 'gateway']],
    ['joins routes of the same place', { flags: { gateway, routes: 'router' } }, ['router', 'gateway']],
    [
      'joins routes of a lesser place',
      { flags: { gateway }, config: { routes: ['router'] } },
      ['router', 'gateway'],
    ],
    [
      'stays out when routes were chosen above it',
      { flags: { routes: 'router' }, config: { gateway } },
      ['router'],
    ],
    ['is there once', { flags: { gateway, routes: 'gateway' } }, ['gateway']],
    ['is not there without an address', {}, usual],
  ])('%s', async (_, given, routes) => {
    expect((await load(given)).routes.value).toEqual(routes);
  });

  it('needs an address', async () => {
    expect(await refusal({ flags: { routes: 'gateway' } })).toContain('Add --gateway <url>.');
  });

  it('never changes the defaults', async () => {
    await load({ flags: { gateway } });
    expect((await load()).routes.value).toEqual(usual);
  });
});
