import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { reportSchema } from '../../src/report/model.js';
import { emptyFolder, run } from '../support/cli.js';

interface Want {
  exit: number;
  /** `rule blame severity confidence`, the worst first; the retired host is checked apart. */
  findings: string[];
  usable: string;
  /** What the check is asked for besides. */
  args?: string[];
  /** Seconds for one request, where the scenario plays servers that never answer. */
  timeout?: string;
  /** Words that the human view must hold. */
  says?: string[];
  /** Words that no view may hold. */
  never?: string[];
}

const RETIRED = 'legacy-host-gone hub info certain';

/** What each scenario must lead to: the verdict, whose fault, how bad, and the exit code. */
const SCENARIOS: Record<string, Want> = {
  healthy: { exit: 0, findings: [], usable: '3/3', says: ['All 3 models can be used.'], never: ['Do now'] },
  'no-token': {
    exit: 1,
    findings: ['token-missing token error certain'],
    usable: '0/1',
    says: ['inference.serverless.write'],
  },
  'token-invalid': { exit: 1, findings: ['token-invalid token error certain'], usable: '0/2' },
  'token-lacks-permission': {
    exit: 1,
    findings: ['token-lacks-inference-permission token error certain'],
    usable: '0/2',
    says: ['Make calls to Inference Providers'],
  },
  'token-wrong-box': {
    exit: 1,
    findings: ['token-wrong-permission token error certain'],
    usable: '0/1',
    says: ['Make calls to Inference Providers'],
  },
  'org-policy': { exit: 1, findings: ['org-policy account error certain'], usable: '0/1' },
  'credits-exhausted': { exit: 1, findings: ['credits-exhausted account error certain'], usable: '0/2' },
  'spending-limit': { exit: 1, findings: ['spending-limit-reached account error certain'], usable: '0/2' },
  'rate-limited': {
    exit: 1,
    findings: ['provider-rate-limited provider error certain', 'rate-limited account error likely'],
    usable: '1/3',
  },
  'hyperbolic-401': {
    exit: 1,
    findings: ['token-invalid token error certain'],
    usable: '0/2',
    says: [
      'no provider is at fault',
      'Another model or another provider cannot help',
      'Make calls to Inference Providers',
      'inference.serverless.write',
    ],
    never: ['provider-outage'],
  },
  'novita-500': {
    exit: 1,
    findings: ['provider-outage provider error certain'],
    usable: '2/3',
    says: ['novita answers 500', 'Use meta-llama/Llama-3.1-70B-Instruct', 'curl -sS http://127.0.0.1:'],
  },
  'novita-500-failover': { exit: 0, findings: ['provider-outage provider warning certain'], usable: '3/3' },
  'legacy-404': {
    exit: 1,
    findings: ['model-not-served model error certain'],
    usable: '0/4',
    says: [
      'Without a token it answers 401 and with yours 404: that pair shows that the token is accepted.',
      'gpt2',
    ],
  },
  'legacy-410': {
    exit: 1,
    findings: ['model-not-served model error certain'],
    usable: '1/3',
    says: ['StopIteration', '/models/{model} -> http://127.0.0.1:', '/pipeline/feature-extraction'],
  },
  'legacy-no-dns': { exit: 0, findings: [], usable: '1/1' },
  'suffix-502': {
    exit: 0,
    findings: ['gateway-html-error gateway warning certain'],
    usable: '3/3',
    says: ['right for this model, and for this model only', 'would break meta-llama/Llama-3.1-8B-Instruct'],
  },
  'model-not-served': { exit: 1, findings: ['model-not-served model error certain'], usable: '1/3' },
  // The second one has another provider, which takes it: only a warning.
  'model-retired': {
    exit: 1,
    findings: ['model-retired model error certain', 'model-retired model warning certain'],
    usable: '2/3',
  },
  'model-loading': { exit: 1, findings: ['model-loading model error certain'], usable: '1/2' },
  'provider-disabled': {
    exit: 1,
    findings: ['provider-disabled account error likely'],
    usable: '1/2',
    says: ['settings/inference-providers'],
  },
  'stream-broken': {
    exit: 0,
    findings: [
      'capability-broken provider warning certain',
      'capability-broken provider warning certain',
      'capability-broken provider warning certain',
    ],
    usable: '2/2',
    says: ['works plainly at novita, and fails with a stream', 'upstream connection lost'],
  },
  'tools-refused': {
    exit: 0,
    findings: ['tools-unsupported provider warning certain', 'tools-unsupported provider warning certain'],
    usable: '1/1',
    says: ['there it took tools in this run'],
  },
  // Pictures, sounds and videos stop before they are made; one model has a provider that left.
  media: {
    exit: 1,
    findings: ['provider-removed provider error likely', 'provider-outage provider warning certain'],
    usable: '6/7',
    says: ['6 of 7 models can be reached. 1 model could not be checked.', '(since July 2026)'],
    never: ['0 of 7'],
  },
  'catalog-lies': {
    exit: 1,
    findings: [
      'model-not-served model error certain',
      'provider-removed provider error certain',
      'mapping-disagrees hub error likely',
      'mapping-disagrees hub warning certain',
      'mapping-disagrees hub info certain',
    ],
    usable: '3/6',
    says: ['since June 2026', 'lists deepinfra as "error"', 'lists novita as live'],
    never: ['does not exist'],
  },
  'gateway-strips-suffix': {
    exit: 1,
    findings: [
      'provider-outage provider error certain',
      'gateway-misreports gateway error likely',
      'gateway-misreports gateway warning likely',
      'mapping-disagrees hub warning certain',
    ],
    usable: '1/2',
    says: ['takes the suffix away', 'hides a fault of the provider'],
  },
  'new-provider': {
    exit: 0,
    findings: ['provider-outage provider warning certain', 'provider-unknown-to-client client info certain'],
    usable: '2/2',
    says: ['tomorrow-ai is newer than the official client', 'acme/brand-new-70b-instruct'],
  },
  'endpoint-paused': {
    exit: 0,
    findings: ['endpoint-paused account warning likely'],
    usable: '1/1',
    says: ['Resume it on its page', 'Retries do not wake it'],
  },
  'endpoint-asleep': {
    exit: 0,
    findings: ['flaky gateway warning likely'],
    usable: '1/1',
    says: ['was probably asleep'],
  },
  'pay-as-you-go': {
    exit: 1,
    findings: ['provider-billing-unavailable hub error certain'],
    usable: '1/2',
    says: ['Use meta-llama/Llama-3.3-70B-Instruct through the router'],
    never: ['no credits left', 'credits-exhausted'],
  },
  // Two pages of two makers: a wall to sign in, and the web server itself.
  'html-gateway': {
    exit: 0,
    findings: ['gateway-html-error gateway warning certain', 'gateway-html-error gateway warning certain'],
    usable: '2/2',
    says: ['a page to sign in', 'a page of its web server'],
  },
  slow: {
    timeout: '3',
    exit: 1,
    findings: [
      'timeout provider error likely',
      'timeout provider error likely',
      'timeout provider error likely',
    ],
    usable: '1/4',
  },
  truncated: {
    timeout: '3',
    exit: 1,
    findings: [
      'unexpected-shape provider error possible',
      'unclassified unknown error possible',
      'unclassified unknown error possible',
    ],
    usable: '1/4',
  },
  all: {
    exit: 1,
    findings: [
      'model-retired model error certain',
      'model-loading model error certain',
      'model-not-served model error certain',
      'model-overloaded provider error certain',
      'provider-rate-limited provider error certain',
      'provider-outage provider error certain',
      'provider-disabled account error likely',
      'unexpected-shape provider error possible',
      'gateway-html-error gateway warning certain',
    ],
    usable: '2/12',
  },
};

/** Advice that made things worse elsewhere. */
const WRONG_ADVICE = [
  /append ":?hf-inference"/i,
  /inference endpoints" permission/i,
  /hyperbolic (rejects|requires)/i,
  /staging mode/i,
];

describe.each(Object.entries(SCENARIOS))('%s', (name, want) => {
  it('gives its verdict, the same in both', async () => {
    const argv = [
      'check',
      '--simulate',
      name,
      ...(want.args ?? []),
      ...(want.timeout ? ['--timeout', want.timeout] : []),
    ];
    const cwd = emptyFolder();
    const human = await run([...argv, '--output', 'report.json'], { cwd });
    expect(human.code).toBe(want.exit);

    const report = reportSchema.parse(JSON.parse(readFileSync(join(cwd, 'report.json'), 'utf8')));
    expect(report).toMatchObject({
      exitCode: want.exit,
      ok: want.exit === 0,
      complete: true,
      simulated: name,
    });
    const told = report.findings.map((f) => [f.rule, f.blame, f.severity, f.confidence].join(' '));
    expect(told.filter((f) => f !== RETIRED).sort()).toEqual([...want.findings].sort());
    // The retired host is red in each run that asks it, and never more than expected.
    expect(told.filter((f) => f === RETIRED)).toHaveLength(1);
    expect(`${report.summary.usable}/${report.summary.models}`).toBe(want.usable);
    // Whoever can be used has a route to recommend, and a cell that proves it.
    for (const m of report.models)
      expect(
        report.cells.some(
          (c) => c.model === m.id && c.route === m.best && ['ok', 'flaky'].includes(c.outcome),
        ),
      ).toBe(m.usable);
    for (const a of report.alternatives)
      expect(report.cells[a.provenBy]).toMatchObject({ outcome: 'ok', ...a.instead });
    for (const f of report.findings) for (const i of f.cells) expect(report.cells[i]).toBeDefined();

    const text = human.stdout.replace(/\s+/g, ' ');
    for (const phrase of want.says ?? []) expect(text).toContain(phrase);
    for (const phrase of want.never ?? []) expect(text).not.toContain(phrase);
    for (const advice of WRONG_ADVICE) expect(text).not.toMatch(advice);
  });
});

describe('a task that the mapping does not name', () => {
  it.each([[[]], [['--depth', 'live']], [['--allow-costly']], [['--depth', 'catalog']]])(
    'is the fault of who chose it, %j',
    async (more) => {
      const models = ['meta-llama/Llama-3.1-8B-Instruct', 'katanemo/Arch-Router-1.5B'];
      const argv = [
        'check',
        '--simulate',
        'suffix-502',
        '--task',
        'text-to-image',
        '--routes',
        'hf-inference,providers',
      ];
      const { code, stdout } = await run([...argv, ...more, ...models, '--format', 'json']);
      const report = reportSchema.parse(JSON.parse(stdout));
      expect(report.findings.map((f) => `${f.rule} ${f.blame} ${f.confidence}`)).toEqual([
        'wrong-task code certain',
      ]);
      expect(report.findings[0]?.models.toSorted()).toEqual(models.toSorted());
      expect(report.cells.filter((c) => c.outcome !== 'skipped')).toEqual([]);
      expect([code, report.summary.usable]).toEqual([1, 0]);
    },
  );
});

describe('each cell of the fleet has its own verdict', () => {
  it('all', async () => {
    const { stdout } = await run(['check', '--simulate', 'all', '--format', 'json']);
    const report = reportSchema.parse(JSON.parse(stdout));
    const verdicts = (model: string) =>
      Object.fromEntries(
        report.cells
          .filter((c) => c.model === model && !c.control && c.outcome !== 'skipped' && c.route !== 'legacy')
          .map((c) => [c.route, c.rule ?? c.outcome]),
      );
    expect(Object.fromEntries(report.models.map((m) => [m.id, verdicts(m.id)]))).toEqual({
      'meta-llama/Llama-3.1-8B-Instruct': {
        router: 'ok',
        'provider:novita': 'ok',
        'provider:cerebras': 'ok',
        gateway: 'ok',
      },
      'meta-llama/Llama-3.1-70B-Instruct': {
        router: 'model-overloaded',
        'provider:together': 'model-overloaded',
        gateway: 'model-overloaded',
      },
      'Qwen/Qwen2.5-72B-Instruct': {
        router: 'provider-outage',
        'provider:novita': 'provider-outage',
        gateway: 'provider-outage',
      },
      gpt2: { 'hf-inference': 'model-not-served' },
      'google/flan-t5-base': {},
      'katanemo/Arch-Router-1.5B': { router: 'ok', 'hf-inference': 'ok', gateway: 'gateway-html-error' },
      'acme/llama-support-finetune': {
        router: 'model-not-served',
        'hf-inference': 'model-not-served',
        gateway: 'model-not-served',
      },
      'intfloat/e5-large-v2': { 'hf-inference': 'model-retired' },
      'mixedbread-ai/mxbai-embed-large-v1': { 'hf-inference': 'model-loading' },
      'meta-llama/Llama-3.3-70B-Instruct': {
        router: 'provider-rate-limited',
        'provider:groq': 'provider-rate-limited',
        gateway: 'provider-rate-limited',
      },
      'mistralai/Mistral-Small-24B-Instruct-2501': {
        router: 'provider-disabled',
        'provider:scaleway': 'provider-disabled',
        gateway: 'provider-disabled',
      },
      'deepseek-ai/DeepSeek-V3': {
        router: 'unexpected-shape',
        'provider:deepinfra': 'unexpected-shape',
        gateway: 'unexpected-shape',
      },
    });
  });
});

describe('each cell of the matrix has the verdict of what is played in it', () => {
  /** Left out: what a provider says of its own capacity has no verdict yet that is right. */
  it('matrix', { timeout: 60_000 }, async () => {
    const limits = ['--max-requests', '1000', '--max-cost', '1', '--retries', '0', '--timeout', '2'];
    const { stdout, code } = await run(['check', '--simulate', 'matrix', ...limits, '--format', 'json']);
    const report = reportSchema.parse(JSON.parse(stdout));
    const file = new URL('../../fixtures/scenarios-expected/matrix.json', import.meta.url);
    const expected: Record<string, Record<string, string>> = JSON.parse(readFileSync(file, 'utf8'));
    const told = new Map(
      report.cells.filter((c) => !c.control).map((c) => [`${c.model} ${c.route}`, c.rule ?? c.outcome]),
    );
    const wanted = Object.entries(expected).flatMap(([model, routes]) =>
      Object.entries(routes).map(([route, verdict]) => [`${model} ${route}`, verdict] as const),
    );
    expect(wanted).toHaveLength(40 * 13);
    const wrong = wanted.filter(([cell, verdict]) => told.get(cell) !== verdict);
    expect(wrong.map(([cell, verdict]) => `${cell}: ${verdict}, not ${told.get(cell)}`)).toEqual([]);
    expect([code, report.summary.usable, report.summary.models]).toEqual([1, 36, 40]);
  });
});
