import { expect, it } from 'vitest';
import { CONFIG_KEYS } from '../../src/settings/config-keys.js';
import { describeSettings, originText, valueLines } from '../../src/settings/describe.js';
import { load } from './support.js';

const shown = async (given: Parameters<typeof load>[0]) => {
  const settings = await load(given);
  const rows = describeSettings(settings);
  const lines = rows.map((row) => ({
    name: row.name,
    value: valueLines(settings, row),
    origin: originText(row.origin),
  }));
  return { rows, lines };
};

it('shows each setting once, with its place', async () => {
  const { rows, lines } = await shown({
    flags: { models: ['a/b', 'c/d:x'], timeout: '2.5', output: ['r.json'], shard: '2/5' },
    env: { HF_ENDPOINT: 'https://mirror.example/' },
    config: { retries: 2, routes: ['router', 'novita'] },
  });
  expect(rows.map(({ name }) => name)).toEqual(CONFIG_KEYS);
  expect(lines).toEqual(
    expect.arrayContaining([
      { name: 'models', value: ['a/b, c/d:x'], origin: 'option [models...]' },
      { name: 'routes', value: ['router, provider:novita'], origin: 'hf-doctor.config.json: routes' },
      { name: 'gateway', value: ['none'], origin: 'default' },
      { name: 'timeout', value: ['2.5'], origin: 'option --timeout' },
      { name: 'deadline', value: ['600'], origin: 'default' },
      { name: 'anonymous', value: ['false'], origin: 'default' },
      { name: 'shard', value: ['2/5'], origin: 'option --shard' },
      { name: 'output', value: ['r.json'], origin: 'option --output' },
      { name: 'hubUrl', value: ['https://mirror.example'], origin: 'environment HF_ENDPOINT' },
    ]),
  );
});

it('has a word for lists that are empty', async () => {
  const { lines } = await shown({});
  expect(lines.filter(({ value }) => value[0] === 'none').map(({ name }) => name)).toEqual([
    ...['models', 'gateway', 'task', 'with', 'billTo', 'expect', 'ignore', 'shard', 'vantage', 'output'],
  ]);
});

it('gives values as a config file holds them, and a line for each thing that is said beforehand', async () => {
  const config = {
    expect: { 'a/b': { router: 500, 'provider:x': ['flaky', 502], '*': 'slow' }, 'c/d:x': { legacy: 404 } },
    ignore: [
      { rule: 'slow', model: 'a/b', route: 'router', reason: 'why' },
      { rule: 'flaky', reason: 'known' },
    ],
  };
  const { rows, lines } = await shown({ config });
  expect(rows.find((r) => r.name === 'expect')?.value).toEqual(config.expect);
  expect(rows.find((r) => r.name === 'ignore')?.value).toEqual(config.ignore);
  expect(lines.find((r) => r.name === 'expect')?.value).toEqual([
    'a/b on router: 500',
    'a/b on provider:x: flaky, 502',
    'a/b on *: slow',
    'c/d:x on legacy: 404',
  ]);
  expect(lines.find((r) => r.name === 'ignore')?.value).toEqual(['slow@a/b@router: why', 'flaky: known']);
  // What is shown can be written into a file again.
  const again = await load({
    config: Object.fromEntries(rows.flatMap((r) => (r.origin.from === 'file' ? [[r.name, r.value]] : []))),
  });
  expect(again.expect.value).toEqual((await load({ config })).expect.value);
});
