import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { parse } from 'yaml';
import { bash, folderWith, ROOT } from './action.js';
import { BIN, emptyFolder } from './cli.js';

/*
 * The two workflows of fixtures/ci, run as GitHub and GitLab run them, as far as they need it: jobs in their
 * order, each in an empty folder, and the files that one hands to the next. What is not understood throws.
 */

export interface JobRun {
  job: string;
  code: number | null;
  log: string;
  /** What it left for people. */
  folder: string;
}

interface Play {
  scenario: string;
  /** HF_TOKEN, where the project has one. */
  token?: string;
}

export const readPipeline = (name: 'github' | 'gitlab') =>
  parse(readFileSync(join(ROOT, 'fixtures', 'ci', `${name}.yml`), 'utf8'));

/** `npx --yes hf-doctor@…`, with this program and a scenario in the place of Hugging Face. */
function environment({ scenario, token }: Play): Record<string, string> {
  const npx = folderWith(
    'npx',
    [
      '[ "$1 $2" = "--yes hf-doctor@0" ] || { echo "npx $*" >&2; exit 99; }',
      'shift 2',
      `[ "$1" != check ] || set -- "$@" --simulate ${scenario}`,
      `exec "${process.execPath}" "${BIN}" "$@"`,
    ].join('\n'),
  );
  const PATH = [npx, process.env.PATH ?? ''].join(delimiter);
  return { PATH, HOME: emptyFolder(), CI: 'true', ...(token === undefined ? {} : { HF_TOKEN: token }) };
}

const matching = (folder: string, pattern: string) =>
  readdirSync(folder).filter((name) =>
    new RegExp(`^${pattern.replaceAll('.', '\\.').replaceAll('*', '.*')}$`).test(name),
  );

function hand(from: string, patterns: readonly string[], to: string): void {
  mkdirSync(to, { recursive: true });
  for (const name of patterns.flatMap((p) => matching(from, p))) cpSync(join(from, name), join(to, name));
}

interface GithubStep {
  uses?: string;
  run?: string;
  if?: string;
  env?: Record<string, string>;
  with?: Record<string, string>;
}
interface GithubJob {
  if?: string;
  needs?: string;
  strategy?: { matrix: { shard: number[] } };
  steps: GithubStep[];
}

/** Conditions of jobs: for which event, and whether also after a failure. */
const CONDITIONS: Record<string, { event: RegExp; always: boolean }> = {
  "github.event_name == 'pull_request' && !github.event.pull_request.head.repo.fork": {
    event: /^pull_request$/,
    always: false,
  },
  "github.event_name != 'pull_request'": { event: /^(?!pull_request$)/, always: false },
  "always() && github.event_name != 'pull_request'": { event: /^(?!pull_request$)/, always: true },
};

export async function runGithub(event: string, play: Play): Promise<JobRun[]> {
  const workflow: { env: Record<string, string>; jobs: Record<string, GithubJob> } = readPipeline('github');
  const artifacts = emptyFolder();
  const { HF_TOKEN = '', ...base } = { ...environment(play), ...workflow.env, GITHUB_ACTIONS: 'true' };
  const ran: JobRun[] = [];
  for (const [name, job] of Object.entries(workflow.jobs)) {
    const condition = CONDITIONS[job.if ?? ''];
    if (!condition) throw new Error(`not understood: ${job.if}`);
    const failed = ran.some((r) => r.job === job.needs && r.code !== 0);
    if (!condition.event.test(event) || (failed && !condition.always)) continue;
    const parts = job.strategy?.matrix.shard ?? [0];
    const value = (text: string, part: number) =>
      String(text).replace(/\$\{\{ ([^}]{1,100}) \}\}/g, (_, expression: string) => {
        if (expression === 'secrets.HF_TOKEN') return HF_TOKEN;
        if (expression === 'matrix.shard') return String(part);
        if (expression === 'strategy.job-total') return String(parts.length);
        throw new Error(`not understood: ${expression}`);
      });
    const one = (part: number) => runGithubJob(name, job, base, artifacts, (text) => value(text, part));
    ran.push(...(await Promise.all(parts.map(one))));
  }
  return ran;
}

async function runGithubJob(
  name: string,
  { steps }: GithubJob,
  base: Record<string, string>,
  artifacts: string,
  value: (text: string) => string,
): Promise<JobRun> {
  const folder = emptyFolder();
  const [output, summary] = ['GITHUB_OUTPUT', 'GITHUB_STEP_SUMMARY'].map((f) => join(emptyFolder(), f));
  for (const file of [output, summary]) writeFileSync(file ?? '', '');
  const ran: JobRun = { job: name, code: 0, log: '', folder };
  for (const step of steps) {
    if (ran.code !== 0 && step.if !== 'always()') continue;
    const given = Object.fromEntries(Object.entries(step.with ?? {}).map(([k, v]) => [k, value(v)]));
    const env = Object.fromEntries(Object.entries(step.env ?? {}).map(([k, v]) => [k, value(v)]));
    if (step.run !== undefined) {
      const files = { GITHUB_OUTPUT: output ?? '', GITHUB_STEP_SUMMARY: summary ?? '' };
      const result = await bash(step.run, folder, { ...base, ...files, ...env });
      ran.code ||= result.code;
      ran.log += result.stdout + result.stderr + readFileSync(summary ?? '', 'utf8');
    } else if (step.uses?.startsWith('actions/upload-artifact@')) {
      hand(folder, [given.path ?? ''], join(artifacts, given.name ?? ''));
    } else if (step.uses?.startsWith('actions/download-artifact@')) {
      for (const found of matching(artifacts, given.pattern ?? ''))
        hand(join(artifacts, found), ['*'], folder);
    } else if (!/^actions\/(?:checkout|setup-node)@/.test(step.uses ?? '')) {
      throw new Error(`not understood: ${step.uses}`);
    }
  }
  return ran;
}

interface GitlabJob {
  stage: string;
  parallel?: number;
  rules: { if: string; when?: string }[];
  script: string[];
  artifacts: { paths: string[]; reports?: { junit: string } };
}

export async function runGitlab(source: string, play: Play): Promise<JobRun[]> {
  const { stages, default: _, variables, ...jobs } = readPipeline('gitlab');
  const base = { ...environment(play), ...variables, CI_PIPELINE_SOURCE: source };
  const ran: JobRun[] = [];
  const handed = emptyFolder();
  for (const stage of stages) {
    const failed = ran.some((r) => r.code !== 0);
    const before = emptyFolder();
    hand(handed, ['*'], before);
    for (const [name, job] of Object.entries<GitlabJob>(jobs)) {
      const rule = job.rules.find((r) => r.if === `$CI_PIPELINE_SOURCE == "${source}"`);
      if (job.stage !== stage || !rule || (failed && rule.when !== 'always')) continue;
      const total = job.parallel ?? 1;
      const one = async (index: number): Promise<JobRun> => {
        const folder = emptyFolder();
        hand(before, ['*'], folder);
        const node = { CI_NODE_INDEX: String(index), CI_NODE_TOTAL: String(total) };
        const { code, stdout, stderr } = await bash(job.script.join('\n'), folder, { ...base, ...node });
        hand(folder, job.artifacts.paths, handed);
        const { junit } = job.artifacts.reports ?? {};
        if (junit !== undefined && code !== 99 && !readdirSync(folder).includes(junit))
          throw new Error(`${name} left no ${junit}`);
        return { job: name, code, log: stdout + stderr, folder };
      };
      ran.push(...(await Promise.all(Array.from({ length: total }, (_, i) => one(i + 1)))));
    }
  }
  return ran;
}
