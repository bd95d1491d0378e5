import { describe, expect, it } from 'vitest';
import type { RawFlags } from '../../src/settings/load.js';
import { DEFAULTS, FORMATS, type SettingName } from '../../src/settings/model.js';
import { SETTING_NAMES, SETTINGS } from '../../src/settings/table.js';
import { load, refusal } from './support.js';

interface Row {
  /** What is written there, and what becomes of it. */
  flag: [unknown, unknown];
  env: [string, unknown] | null;
  file: [unknown, unknown];
  /** What no place may hold. */
  bad: string;
}

const model = (id: string) => [{ id, suffix: null }];
const url = (place: string): [string, string] => [`https://${place}.example/`, `https://${place}.example`];

/** Each place says something else where it can, so that a mix-up shows. */
const rows: Record<SettingName, Row> = {
  models: {
    flag: [['f/f'], model('f/f')],
    env: ['e/e', model('e/e')],
    file: [['c'], model('c')],
    bad: 'a//b',
  },
  routes: {
    flag: ['legacy', ['legacy']],
    env: ['router', ['router']],
    file: [['novita'], ['provider:novita']],
    bad: 'legasy',
  },
  gateway: { flag: url('f'), env: url('e'), file: url('c'), bad: 'c.example' },
  task: {
    flag: ['text-generation', 'text-generation'],
    env: ['conversational', 'conversational'],
    file: ['feature-extraction', 'feature-extraction'],
    bad: 'text_generation',
  },
  depth: { flag: ['auth', 'auth'], env: ['catalog', 'catalog'], file: ['live', 'live'], bad: 'deep' },
  allowCostly: { flag: [true, true], env: ['0', false], file: [true, true], bad: 'maybe' },
  suffixes: { flag: [true, true], env: ['0', false], file: [true, true], bad: 'maybe' },
  with: {
    flag: ['tools', ['tools']],
    env: ['json,stream', ['json', 'stream']],
    file: [['stream'], ['stream']],
    bad: 'magic',
  },
  maxCost: { flag: ['1', 1], env: ['2.5', 2.5], file: [0, 0], bad: '-1' },
  maxRequests: { flag: ['1', 1], env: ['2', 2], file: [3, 3], bad: '0' },
  concurrency: { flag: ['1', 1], env: ['2', 2], file: [3, 3], bad: '0' },
  timeoutMs: { flag: ['1', 1_000], env: ['2.5', 2_500], file: [0.1, 100], bad: '0' },
  deadlineMs: { flag: ['1', 1_000], env: ['2', 2_000], file: [86_400, 86_400_000], bad: '1e3' },
  retries: { flag: ['5', 5], env: ['2', 2], file: [0, 0], bad: '6' },
  anonymous: { flag: [true, true], env: ['0', false], file: [true, true], bad: 'maybe' },
  billTo: { flag: ['f-org', 'f-org'], env: ['e-org', 'e-org'], file: ['c-org', 'c-org'], bad: '@org' },
  failOn: { flag: ['never', 'never'], env: ['warning', 'warning'], file: ['error', 'error'], bad: 'info' },
  expect: {
    flag: [{ 'f/f': { router: 500 } }, [{ model: 'f/f', route: 'router', faults: [500] }]],
    env: null,
    file: [{ 'c/c': { '*': 'flaky' } }, [{ model: 'c/c', route: null, faults: ['flaky'] }]],
    bad: '500',
  },
  // What the file ignores stays ignored: here both say the same of it.
  ignore: {
    flag: [['flaky'], [{ rule: 'flaky', model: null, route: null, reason: null }]],
    env: null,
    file: [[{ rule: 'flaky', reason: 'c' }], [{ rule: 'flaky', model: null, route: null, reason: 'c' }]],
    bad: 'flakey',
  },
  shard: {
    flag: ['1/2', { index: 1, of: 2 }],
    env: ['2/2', { index: 2, of: 2 }],
    file: ['3/3', { index: 3, of: 3 }],
    bad: '4/3',
  },
  vantage: { flag: ['f', 'f'], env: ['e', 'e'], file: ['c', 'c'], bad: 'a b' },
  format: { flag: ['json', 'json'], env: ['human', 'human'], file: ['json', 'json'], bad: 'JSON' },
  outputs: { flag: [['f.json'], ['f.json']], env: null, file: ['c.json', ['c.json']], bad: 'c.exe' },
  hubUrl: { flag: url('f'), env: url('e'), file: url('c'), bad: 'https://u:p@c.example' },
  routerUrl: { flag: url('f'), env: url('e'), file: url('c'), bad: 'https://c.example?x' },
  legacyUrl: { flag: url('f'), env: url('e'), file: url('c'), bad: 'ftp://c.example' },
  quiet: { flag: [true, true], env: ['Off', false], file: [true, true], bad: '2' },
  debug: { flag: [true, true], env: ['no', false], file: [true, true], bad: 'y' },
};

describe.each(SETTING_NAMES)('%s', (name) => {
  const { key, flag, env } = SETTINGS[name];
  const row = rows[name];
  const flags = { [key]: row.flag[0] } as RawFlags;
  const variables: Record<string, string> = env === null || row.env === null ? {} : { [env]: row.env[0] };
  const config = { [key]: row.file[0] };
  const found = async (given: Parameters<typeof load>[0]) => (await load(given))[name];

  it('takes the command line before all', async () => {
    const origin = { from: 'flag', name: flag };
    expect(await found({ flags, env: variables, config })).toEqual({ value: row.flag[1], origin });
  });

  it.skipIf(env === null)('takes the environment before the file', async () => {
    const origin = { from: 'env', name: env };
    expect(await found({ env: variables, config })).toEqual({ value: row.env?.[1], origin });
  });

  it('takes the file before the default', async () => {
    const { value, origin } = await found({ config });
    expect(value).toEqual(row.file[1]);
    expect(origin).toMatchObject({ from: 'file', name: `hf-doctor.config.json: ${key}` });
    expect(origin.path).toMatch(/^\/.{1,300}\/hf-doctor\.config\.json$/);
  });

  it('has a default, also where a variable is empty', async () => {
    const origin = { from: 'default', name: 'default' };
    const empty = env === null ? {} : { [env]: ' ' };
    expect(await found({ env: empty, config: {} })).toEqual({ value: DEFAULTS[name], origin });
  });

  it('names the place of a bad value', async () => {
    const list = name === 'models' || name === 'outputs' || name === 'ignore';
    const wrong = { [key]: list ? [row.bad] : row.bad } as RawFlags;
    expect(await refusal({ flags: wrong })).toContain(`${flag} `);
    expect(await refusal({ config: { [key]: row.bad }, flags })).toContain(`hf-doctor.config.json: ${key} `);
    if (env === null) return;
    expect(await refusal({ env: { [env]: row.bad } })).toContain(`${env} `);
    // A variable that loses is not looked at.
    expect((await found({ env: { [env]: row.bad }, flags })).value).toEqual(row.flag[1]);
  });

  it.each([null, { a: 1 }, [[]], [null], Number.NaN])('refuses %j in a file', async (value) => {
    expect(await refusal({ config: { [key]: value } })).toContain(`: ${key} `);
  });
});

it('has no setting twice in any place', () => {
  for (const column of ['key', 'flag', 'env'] as const) {
    const names = SETTING_NAMES.map((name) => SETTINGS[name][column]).filter((entry) => entry !== null);
    expect(new Set(names).size).toBe(names.length);
  }
  expect(SETTING_NAMES.toSorted()).toEqual(Object.keys(DEFAULTS).toSorted());
});

it('reads no variable that looks like a setting but is none', async () => {
  const env = {
    HF_DOCTOR_OUTPUT: 'x.json',
    HF_DOCTOR_TOKEN: 'x',
    HUGGINGFACE_ENDPOINT: 'x',
    HF_DOCTOR_: '1',
  };
  expect(await load({ env })).toEqual(await load());
});

it('keeps notes about values that were put right', async () => {
  const settings = await load({ env: { HF_DOCTOR_GATEWAY_URL: 'https://g.example/v1/chat/completions' } });
  expect(settings.gateway.value).toBe('https://g.example/v1');
  expect(settings.notes).toEqual([
    expect.stringMatching(/^HF_DOCTOR_GATEWAY_URL was read as https:\/\/g.example\/v1/),
  ]);
});

it('has no note about a value that lost', async () => {
  const config = { gateway: 'https://g.example/v1/models' };
  expect((await load({ config })).notes).toHaveLength(1);
  expect((await load({ config, flags: { gateway: 'https://f.example' } })).notes).toEqual([]);
});

it('hands out defaults that nobody shares', async () => {
  const first = await load();
  first.routes.value.length = 0;
  expect((await load()).routes.value).toEqual(DEFAULTS.routes);
  expect(DEFAULTS.routes).toHaveLength(4);
});

it.each([
  [{ format: 'jsn' }, 'Did you mean json?'],
  [{ failOn: 'warnings' }, 'Did you mean warning?'],
  [{ format: 'yaml' }, `takes one of: ${FORMATS.join(', ')}.`],
  [{ task: 'Text Generation' }, 'text-generation'],
  [{ billTo: 'https://huggingface.co/my-org' }, 'name of an organization'],
  [{ billTo: 'org\r\nX-Evil: 1' }, 'name of an organization'],
  [{ timeout: '60s' }, 'Write 60.'],
  [{ gateway: '' }, '--gateway has no value.'],
  [{ models: [''] }, '[models...]'],
])('helps with %j', async (flags, text) => {
  expect(await refusal({ flags })).toContain(text);
});
