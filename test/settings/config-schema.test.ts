import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { CONFIG_KEYS } from '../../src/settings/config-keys.js';
import { configSchema } from '../../src/settings/config-schema.js';
import { load, refusal } from './support.js';

const schema = z.toJSONSchema(configSchema);
const validate = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(schema);

it('describes every key, and allows no other', () => {
  const properties = schema.properties as Record<string, { description?: string }>;
  expect(Object.keys(properties).toSorted()).toEqual(['$schema', ...CONFIG_KEYS].toSorted());
  for (const [key, { description }] of Object.entries(properties))
    expect(description, key).toMatch(/.{15}\.$/);
  expect(schema).toMatchObject({ type: 'object', additionalProperties: false });
  expect(schema.required ?? []).toEqual([]);
});

const full = {
  $schema: 'https://example.com/schema.json',
  models: ['Qwen/Qwen3-8B', 'gpt2:novita'],
  routes: ['router', 'novita'],
  gateway: 'https://g.example/v1',
  task: 'text-generation',
  depth: 'auth',
  allowCostly: true,
  suffixes: true,
  with: ['stream', 'tools'],
  maxCost: 0.5,
  maxRequests: 10,
  concurrency: 8,
  timeout: 2.5,
  deadline: 60,
  retries: 0,
  anonymous: false,
  billTo: 'my-org',
  failOn: 'warning',
  expect: { 'org/name:novita': { router: 500, 'provider:novita': ['provider-outage', 503], '*': 'flaky' } },
  ignore: [{ rule: 'slow', route: 'hf-inference', reason: 'starts on demand' }],
  shard: '2/5',
  vantage: 'eu-west',
  format: 'json',
  output: 'report.json',
  hubUrl: 'https://hub.example',
  routerUrl: 'https://router.example',
  legacyUrl: 'http://localhost:1',
  quiet: true,
  debug: true,
};

it('accepts a file with everything, as the loader does', async () => {
  expect(validate(full), JSON.stringify(validate.errors)).toBe(true);
  expect(Object.keys(full).toSorted()).toEqual(['$schema', ...CONFIG_KEYS].toSorted());
  const settings = await load({ config: full });
  expect(settings.billTo.origin.from).toBe('file');
  expect(settings.outputs.value).toEqual(['report.json']);
});

describe('what the schema refuses, the loader refuses', () => {
  it.each([
    { timeout: '20' },
    { expect: [] },
    { expect: { 'org/name': 500 } },
    { expect: { 'org/name': { router: 99 } } },
    { expect: { 'org/name': { router: '500' } } },
    { expect: { 'org/name': { router: 'no-rule' } } },
    { expect: { 'org/name': { router: null } } },
    { ignore: 'flaky' },
    { ignore: ['flaky'] },
    { ignore: [{ rule: 'flaky' }] },
    { ignore: [{ rule: 'flaky', reason: ' ' }] },
    { ignore: [{ rule: 'flakey', reason: 'x' }] },
    { ignore: [{ rule: 'flaky', reason: 'x', where: 'y' }] },
    { ignore: [{ rule: 'flaky', reason: 'x', model: 1 }] },
    { timeout: 0 },
    { timeout: 601 },
    { concurrency: 1.5 },
    { concurrency: 65 },
    { retries: -1 },
    { anonymous: 'true' },
    { format: 'xml' },
    { failOn: null },
    { models: [1] },
    { models: [''] },
    { routes: '' },
    { output: true },
    { task: 'Text Generation' },
    { billTo: '-x' },
    { hubUrl: 'huggingface.co' },
    { token: 'x' },
    { timout: 1 },
    [],
  ])('%j', async (config) => {
    expect(validate(config)).toBe(false);
    await refusal({ config });
  });
});
