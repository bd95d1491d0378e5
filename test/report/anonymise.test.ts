import { describe, expect, it } from 'vitest';
import { replay } from '../../src/check/replay.js';
import { anonymise } from '../../src/report/anonymise.js';
import { reportSchema } from '../../src/report/model.js';
import { renamed } from '../../src/report/rename.js';
import { reportOf } from '../merge/world.js';
import { cell, finding, report } from '../render/support.js';

/** A fleet, names of organizations, LoRA and media ids of providers, suffixes, endpoints. */
const scenarios = ['all', 'org-policy', 'media', 'stream-broken', 'suffix-502', 'endpoint-paused'];

describe('anonymise', () => {
  it.each(scenarios)('%s: no name is left, and the diagnosis stays', async (name) => {
    const report = await reportOf(name);
    const blind = anonymise(report);
    expect(reportSchema.safeParse(blind).success).toBe(true);
    const text = JSON.stringify(blind).toLowerCase();
    for (const { id } of report.models) {
      const [bare = ''] = id.split(':');
      expect(text).not.toContain(bare.toLowerCase());
    }
    const verdicts = (r: typeof report) =>
      r.cells.map((c) => [c.route, c.outcome, c.rule, c.status, c.error, c.requestId]);
    expect(verdicts(blind)).toEqual(verdicts(report));
    const again = replay(blind, { version: report.tool.version, failOn: 'error', keep: false });
    expect(again?.findings.map((f) => [f.rule, f.blame, f.severity])).toEqual(
      report.findings.map((f) => [f.rule, f.blame, f.severity]),
    );
  });

  it.each([
    ['models--acme--secret-7b/snapshots/1', 'models--org-1--model-1/snapshots/1'],
    ['https://h.test/acme%2Fsecret-7b?x', 'https://host-1/org-1%2Fmodel-1?x'],
    ['https://h.test/ACME%2fSecret-7B', 'https://host-1/org-1%2Fmodel-1'],
    ['accounts/acme/models/secret-7b', 'accounts/org-1/models/model-1'],
    ['{"model":"acme/secret-7b:novita"}', '{"model":"org-1/model-1:novita"}'],
  ])('knows an id in %s', (title, expected) => {
    const told = finding({ title, models: ['acme/secret-7b'] });
    const blind = anonymise(report([cell('acme/secret-7b', 'router')], { findings: [told] }));
    expect(blind.findings[0]?.title).toBe(expected);
  });

  it('gives the same name the same number, and is stable', async () => {
    const report = await reportOf('all');
    expect(anonymise(report)).toEqual(anonymise(report));
    const blind = anonymise(report);
    const pairs = report.cells.map(
      (c, i) => [c.model.split(':')[0], blind.cells[i]?.model.split(':')[0]] as const,
    );
    expect(new Set(pairs.map(([a]) => a)).size).toBe(new Set(pairs.map(([, b]) => b)).size);
  });

  it('hides the host of a gateway, and not those of Hugging Face', async () => {
    const report = await reportOf('healthy');
    const blind = anonymise(
      {
        ...report,
        endpoints: {
          ...report.endpoints,
          hub: 'https://huggingface.co',
          gateway: 'https://llm.corp.example/v1',
        },
        findings: report.findings.map((f) => ({ ...f, explanation: 'llm.corp.example said so.' })),
      },
      ['proxy.corp.example'],
    );
    expect(blind.endpoints).toMatchObject({
      hub: 'https://huggingface.co',
      gateway: expect.stringMatching(/^https:\/\/host-\d\/v1$/),
    });
    expect(JSON.stringify(blind)).not.toContain('corp.example');
  });
});

describe('names', () => {
  const names = new Map([
    ['acme/llama', 'org-1/model-1'],
    ['acme/llama-7b', 'org-1/model-2'],
    ['router', 'org-2'],
    ['a.b*c', 'x'],
  ]);

  it.each([
    [{ title: 'acme/llama-7b and acme/llama' }, { title: 'org-1/model-2 and org-1/model-1' }],
    [{ url: 'http://h/ACME/Llama?x' }, { url: 'http://h/org-1/model-1?x' }],
    [{ title: 'myacme/llama acme/llama2' }, { title: 'myacme/llama acme/llama2' }],
    [
      { route: 'router', title: 'router' },
      { route: 'router', title: 'org-2' },
    ],
    [
      { models: { 'acme/llama': { id: 'acme/llama' } } },
      { models: { 'org-1/model-1': { id: 'org-1/model-1' } } },
    ],
    [
      { providers: [{ provider: 'router', providerId: 'acme/llama' }] },
      { providers: [{ provider: 'router', providerId: 'org-1/model-1' }] },
    ],
    [{ title: 'İ ACME/llama' }, { title: 'İ org-1/model-1' }],
    [{ title: 'a.b*c aXbbc' }, { title: 'x aXbbc' }],
    [{ title: 'router-x acme/llama-turbo' }, { title: 'router-x org-1/model-1-turbo' }],
    [
      { n: 1, z: null, b: true },
      { n: 1, z: null, b: true },
    ],
  ])('%j', (from, to) => {
    expect(renamed<unknown>(from, names)).toEqual(to);
  });
});
