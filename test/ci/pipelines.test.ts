import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { reportSchema } from '../../src/report/model.js';
import { canary, leaks } from '../support/leaks.js';
import { type JobRun, runGithub, runGitlab } from '../support/pipeline.js';
import { obeyed } from '../support/runner.js';

const TOKEN = canary('pipeline');
/** As many letters of a token as nobody may see. */
const LEAK = 6;

const codes = (runs: readonly JobRun[]) => runs.map((r) => [r.job, r.code]);
const reportIn = ({ folder }: JobRun) =>
  reportSchema.parse(JSON.parse(readFileSync(join(folder, 'hf-doctor.json'), 'utf8')));

function keepsSecret(runs: readonly JobRun[]): void {
  const files = runs.flatMap(({ folder }) =>
    readdirSync(folder).map((f) => readFileSync(join(folder, f), 'utf8')),
  );
  expect(leaks(runs.map((r) => r.log).join('\n') + files.join('\n'), [TOKEN])).toBeLessThan(LEAK);
}

const SYSTEMS = {
  github: { run: runGithub, pull: 'pull_request', files: ['hf-doctor.json', 'hf-doctor.md'] },
  gitlab: { run: runGitlab, pull: 'merge_request_event', files: ['hf-doctor.json', 'hf-doctor.xml'] },
} as const;

describe.each(Object.entries(SYSTEMS))(
  'the commands of fixtures/ci/%s.yml',
  (system, { run, pull, files }) => {
    it('check a pull request in one job', async () => {
      const runs = await run(pull, { scenario: 'novita-500', token: TOKEN });
      expect(codes(runs)).toEqual([['health', 1]]);
      const [health] = runs;
      expect(health?.log).toContain('novita answers 500 for Qwen/Qwen2.5-72B-Instruct');
      const annotations = obeyed(health?.log ?? '').map((c) => c.name);
      expect(annotations).toEqual(system === 'github' ? ['error', 'notice'] : []);
      keepsSecret(runs);
    });

    it.each([
      ['novita-500', TOKEN, [0, 0, 0], 1, '2/3'],
      ['healthy', TOKEN, [0, 0, 0], 0, '3/3'],
      ['no-token', undefined, [0, 0, 0], 1, '0/1'],
      // Two models for three parts: one has nothing to ask, says so, and the rest is judged all the same.
      ['provider-disabled', TOKEN, [0, 0, 3], 1, '1/2'],
    ])(
      'on a schedule check %s in parts and judge the whole',
      async (scenario, token, parts, code, usable) => {
        const runs = await run('schedule', { scenario, ...(token === undefined ? {} : { token }) });
        expect(codes(runs)).toEqual([...parts.map((c) => ['shard', c]), ['merge', code]]);
        const merged = runs.at(-1) as JobRun;
        expect(readdirSync(merged.folder).filter((f) => f.startsWith('hf-doctor.'))).toEqual(files);
        const report = reportIn(merged);
        expect(report.exitCode).toBe(code);
        expect(report.missing).toBeUndefined();
        expect(report.sources).toHaveLength(3);
        expect(`${report.summary.usable}/${report.summary.models}`).toBe(usable);
        keepsSecret(runs);
      },
    );
  },
);
