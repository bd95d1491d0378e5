import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { emptyFolder, type Result } from './cli.js';
import { outputsIn } from './runner.js';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

interface Step {
  id?: string;
  shell: string;
  run: string;
  env?: Record<string, string>;
}

/** `action.yml`, as far as a composite action has it. */
export interface Action {
  inputs: Record<string, { description: string; default?: string }>;
  outputs: Record<string, { description: string; value: string }>;
  runs: { using: string; steps: Step[] };
}

export function readAction(): Action {
  return parse(readFileSync(join(ROOT, 'action.yml'), 'utf8'));
}

export interface ActionRun extends Result {
  outputs: Record<string, string>;
  summary: string;
  /** Where it ran: empty before. */
  workspace: string;
}

export interface ActionOptions {
  env?: Record<string, string>;
  /** Folders of programs that come before those of the machine. */
  path?: string;
  /** Where the action was checked out. */
  root?: string;
  workspace?: string;
}

/** Runs the action as the runner of GitHub does, in an empty folder. */
export async function runAction(inputs: Record<string, string>, o: ActionOptions = {}): Promise<ActionRun> {
  const action = readAction();
  const temp = emptyFolder();
  const workspace = o.workspace ?? emptyFolder();
  const [output, summary] = [join(temp, 'output'), join(temp, 'summary')];
  for (const file of [output, summary]) writeFileSync(file, '');
  const all: Result = { code: 0, stdout: '', stderr: '' };
  const outputs: Record<string, string> = {};
  for (const step of action.runs.steps) {
    const ran = await bash(step.run, workspace, {
      PATH: [...(o.path ? [o.path] : []), process.env.PATH ?? ''].join(delimiter),
      HOME: temp,
      CI: 'true',
      GITHUB_ACTIONS: 'true',
      GITHUB_WORKSPACE: workspace,
      GITHUB_ACTION_PATH: o.root ?? ROOT,
      GITHUB_OUTPUT: output,
      GITHUB_STEP_SUMMARY: summary,
      RUNNER_TEMP: temp,
      ...o.env,
      ...Object.fromEntries(
        Object.entries(step.env ?? {}).map(([name, value]) => [name, inputOf(value, inputs, action)]),
      ),
    });
    all.stdout += ran.stdout;
    all.stderr += ran.stderr;
    all.code = ran.code;
    const set = outputsIn(readFileSync(output, 'utf8'));
    for (const [name, { value }] of Object.entries(action.outputs)) {
      const wanted = new RegExp(`^\\$\\{\\{ steps\\.${step.id ?? ' '}\\.outputs\\.([\\w-]+) \\}\\}$`).exec(
        value,
      );
      if (wanted?.[1]) outputs[name] = set[wanted[1]] ?? '';
    }
    if (ran.code !== 0) break;
  }
  return { ...all, outputs, summary: readFileSync(summary, 'utf8'), workspace };
}

/** A value of `env:`; expressions are understood in the one form in which the action may use them. */
function inputOf(value: string, inputs: Record<string, string>, action: Action): string {
  const name = /^\$\{\{ inputs\.([\w-]+) \}\}$/.exec(value)?.[1];
  if (name === undefined || !action.inputs[name]) throw new Error(`not understood: ${value}`);
  return inputs[name] ?? action.inputs[name].default ?? '';
}

/** A script as `shell: bash` runs it, with this environment and no other. */
export function bash(script: string, cwd: string, env: Record<string, string>): Promise<Result> {
  const child = spawn('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', script], {
    cwd,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const result: Result = { code: null, stdout: '', stderr: '' };
  child.stdout.on('data', (d) => {
    result.stdout += d;
  });
  child.stderr.on('data', (d) => {
    result.stderr += d;
  });
  return new Promise((done, failed) => {
    child.on('error', failed);
    child.on('close', (code) => done({ ...result, code }));
  });
}

/** A folder with one program in it, for the front of PATH. */
export function folderWith(name: string, script: string): string {
  const folder = join(emptyFolder(), 'bin');
  mkdirSync(folder);
  writeFileSync(join(folder, name), `#!/usr/bin/env bash\n${script}\n`, { mode: 0o755 });
  return folder;
}
