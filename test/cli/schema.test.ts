import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { schemaOf } from '../../src/cli/schema.js';
import { run } from '../support/cli.js';

const published = (name: string) =>
  JSON.parse(readFileSync(new URL(`../../fixtures/schema/${name}.json`, import.meta.url), 'utf8'));

describe('the published schemas', () => {
  // After a change on purpose: hf-doctor schema report > fixtures/schema/report.json
  it.each(['report', 'config'] as const)('%s is the one in the code', async (name) => {
    expect(await schemaOf(name)).toEqual(published(name));
  });

  it.each(['healthy', 'novita-500', 'no-token', 'suffix-502', 'hostile'])(
    'the report of %s fits',
    async (scenario) => {
      const { stdout } = await run(['check', '--simulate', scenario, '--timeout', '3', '--format', 'json']);
      const validate = new Ajv2020({ strict: false }).compile(published('report'));
      expect(validate(JSON.parse(stdout)), JSON.stringify(validate.errors)).toBe(true);
    },
  );

  it('the report may grow, and must keep what it has', async () => {
    const validate = new Ajv2020({ strict: false }).compile(published('report'));
    const { stdout } = await run(['check', '--simulate', 'healthy', '--format', 'json']);
    const report = JSON.parse(stdout);
    expect(validate({ ...report, more: 1 })).toBe(true);
    const { exitCode: _, ...without } = report;
    expect(validate(without)).toBe(false);
  });

  it.each(['report', 'config'])('schema %s prints it', async (name) => {
    const { code, stdout } = await run(['schema', name]);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual(published(name));
  });
});
