import { expect, it } from 'vitest';
import { CONFIG_KEYS } from '../../src/settings/config-keys.js';
import { describeSettings } from '../../src/settings/describe.js';
import { load } from './support.js';

it('shows each setting once, with its place', async () => {
  const settings = await load({
    flags: { models: ['a/b', 'c/d:x'], timeout: '2.5', output: ['r.json'] },
    env: { HF_ENDPOINT: 'https://mirror.example/' },
    config: { retries: 2, routes: ['router', 'novita'] },
  });
  const rows = describeSettings(settings);
  expect(rows.map(({ name }) => name)).toEqual(CONFIG_KEYS);
  expect(rows).toEqual(
    expect.arrayContaining([
      { name: 'models', value: 'a/b, c/d:x', origin: 'option [models...]' },
      { name: 'routes', value: 'router, provider:novita', origin: 'hf-doctor.config.json: routes' },
      { name: 'gateway', value: 'none', origin: 'default' },
      { name: 'timeout', value: '2.5', origin: 'option --timeout' },
      { name: 'deadline', value: '600', origin: 'default' },
      { name: 'anonymous', value: 'false', origin: 'default' },
      { name: 'output', value: 'r.json', origin: 'option --output' },
      { name: 'hubUrl', value: 'https://mirror.example', origin: 'environment HF_ENDPOINT' },
    ]),
  );
});

it('has a word for lists that are empty', async () => {
  const rows = describeSettings(await load());
  expect(rows.filter(({ value }) => value === 'none').map(({ name }) => name)).toEqual([
    'models',
    'gateway',
    'task',
    'with',
    'billTo',
    'output',
  ]);
});
