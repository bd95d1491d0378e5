import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterAll, describe, expect, it } from 'vitest';
import { execute } from '../../src/cli/program.js';
import { type Report, reportSchema } from '../../src/report/model.js';
import { parseScenario } from '../../src/simulator/scenario.js';
import { type Simulator, startSimulator } from '../../src/simulator/server.js';
import { type CliOptions, emptyFolder, run } from '../support/cli.js';

/* Worlds that once led to a false verdict. Each is played by the simulator, as a user could write it. */

const started: Simulator[] = [];
afterAll(async () => void (await Promise.all(started.map((s) => s.close()))));

async function play(yaml: string): Promise<Simulator> {
  const parsed = parseScenario(`title: a world\nstory: made for a test\n${yaml}`, 'test.yaml');
  if (!parsed.ok) throw new Error(parsed.problem);
  const simulator = await startSimulator(parsed.scenario);
  started.push(simulator);
  return simulator;
}

async function check(
  s: Simulator,
  argv: string[],
  o: CliOptions = {},
): Promise<{ code: number | null; report: Report; stderr: string }> {
  const { hub, router, legacy } = s.endpoints;
  const urls = ['--hub-url', hub, '--router-url', router, '--legacy-url', legacy];
  const env = { ...(s.token === null ? {} : { HF_TOKEN: s.token }), ...o.env };
  const { code, stdout, stderr } = await run(['check', ...argv, ...urls, '--format', 'json'], { ...o, env });
  return { code, report: reportSchema.parse(JSON.parse(stdout)), stderr };
}

const rules = (r: Report) =>
  r.findings.map((f) => `${f.rule} ${f.severity}`).filter((f) => f !== 'legacy-host-gone info');

const ONE = `
check: { models: [org/one] }
models:
  org/one:
    tags: [conversational]
    providers:
      novita: { id: org/one }
`;
const TWO = `
check: { models: [org/one, org/two] }
models:
  org/one: { tags: [conversational], providers: { novita: { id: org/one } } }
  org/two: { tags: [conversational], providers: { together: { id: org/two } } }
`;

describe('a mapping', () => {
  it('with a provider that the client refuses to build for costs that cell only', async () => {
    const s = await play(
      ONE.replace('novita: { id: org/one }', 'novita: { id: org/one }\n      openai: { id: org/one }'),
    );
    const { code, report } = await check(s, ['org/one']);
    expect(code).toBe(0);
    expect(report.cells.find((c) => c.route === 'provider:openai')).toMatchObject({
      outcome: 'skipped',
      reason: expect.stringContaining('openai'),
    });
  });
});

describe('the token', () => {
  it('is not condemned by a whoami when a call with it was answered', async () => {
    const s = await play(
      `${ONE}answers:\n  - when: { surface: hub, path: /api/whoami-v2 }\n    answer: { status: 401, json: { error: Invalid username or password. } }\n`,
    );
    const { report } = await check(s, ['org/one']);
    expect(report.models[0]?.usable).toBe(true);
    expect(rules(report)).not.toContain('token-invalid error');
    expect(report.token.status).toBe('unverified');
  });

  it('that could not be asked about is exit code 3 of `token`', async () => {
    const s = await play(
      `${ONE}answers:\n  - when: { surface: hub, path: /api/whoami-v2 }\n    answer: { status: 404, json: { error: Not found } }\n`,
    );
    const { code } = await run(['token', '--hub-url', s.endpoints.hub, '--router-url', s.endpoints.router], {
      env: { HF_TOKEN: s.token ?? '' },
    });
    expect(code).toBe(3);
  });

  it('is not sent by `token` when the settings say anonymous', async () => {
    const s = await play(ONE);
    await run(['token', '--hub-url', s.endpoints.hub], {
      env: { HF_TOKEN: s.token ?? '', HF_DOCTOR_ANONYMOUS: '1' },
    });
    expect(s.log()).toHaveLength(0);
  });
});

describe('green', () => {
  it('is never said of a model that was not checked', async () => {
    const s = await play(TWO);
    const { code, report } = await check(s, [
      'org/one',
      'org/two',
      '--max-requests',
      '8',
      '--routes',
      'router',
    ]);
    expect(code).toBe(0);
    expect(report.summary.usable).toBe(2);
    const short = await check(s, ['org/one', 'org/two', '--max-requests', '6', '--routes', 'router']);
    expect(short.code).toBe(3);
    expect(short.report).toMatchObject({ complete: false, ok: false, summary: { usable: 1, models: 2 } });
    const poor = await check(s, ['org/one', 'org/two', '--max-cost', '0.00006', '--routes', 'router']);
    expect(poor.code).toBe(3);
  });

  it('is not lost because a free look-up failed', async () => {
    const s = await play(
      `${ONE}answers:\n  - when: { surface: router, path: /v1/models }\n    answer: { status: 404, text: Not Found }\n`,
    );
    const { code, report } = await check(s, ['org/one']);
    expect(code).toBe(0);
    expect(report.findings.every((f) => f.severity !== 'error')).toBe(true);
  });
});

describe('a 402', () => {
  it('of the control without a token stops nothing', async () => {
    const s = await play(
      `${ONE}answers:\n  - when: { surface: router, auth: anonymous, path: /v1/chat/completions }\n    answer: { status: 402, json: { error: You have depleted your monthly included credits. } }\n`,
    );
    const { code, report } = await check(s, ['org/one']);
    expect(code).toBe(0);
    expect(rules(report)).toEqual([]);
  });
});

describe('limits', () => {
  it('hold for retries too', async () => {
    const s = await play(ONE.replace('{ id: org/one }', '{ id: org/one, fault: down }'));
    const { report } = await check(s, ['org/one', '--max-requests', '9', '--retries', '5']);
    expect(report.cost.measured.requests).toBeLessThanOrEqual(9);
    // The name that does not resolve is a request of ours that no server saw.
    expect(s.log().length).toBeLessThanOrEqual(9);
  });

  it('are told as they were used: a renamed model costs two look-ups', async () => {
    const s = await play(
      'check: { models: [old/name] }\nmodels:\n  old/name: { renamedTo: new/name }\n  new/name: { tags: [conversational], providers: { novita: { id: n } } }\n',
    );
    const { report } = await check(s, ['old/name', '--routes', 'router']);
    expect(report.cost.measured.requests).toBe(s.log().length);
  });
});

describe('a proxy variable that names no HTTP proxy', () => {
  it('is the network, not the code', async () => {
    const { code, stdout } = await run(['check', 'a/b', '--format', 'json'], {
      env: { HTTPS_PROXY: 'socks5://127.0.0.1:1', HF_TOKEN: `hf_${'q'.repeat(34)}` },
    });
    const report = reportSchema.parse(JSON.parse(stdout));
    expect(report.findings.map((f) => [f.rule, f.blame])).toEqual([['proxy-refused', 'network']]);
    expect(code).toBe(3);
  });
});

describe('a model that the Hub hides', () => {
  it('without a token is possibly missing, private or gated', async () => {
    const s = await play(
      'check: { models: [org/none] }\ntoken: { state: missing }\nmodels:\n  org/one: {}\n',
    );
    const { report } = await check(s, ['org/none']);
    expect(rules(report).sort()).toEqual(['model-not-found error', 'token-missing error']);
    expect(report.findings.find((f) => f.rule === 'model-not-found')?.confidence).toBe('possible');
  });
});

describe('a simulation', () => {
  it.each([
    { HF_DOCTOR_ROUTES: 'legacy' },
    { HF_BILL_TO: 'somebody' },
    { HF_DOCTOR_ANONYMOUS: '1' },
    { HF_DOCTOR_TASK: 'text-to-image' },
    { HF_ENDPOINT: 'http://10.0.0.1' },
    { HTTPS_PROXY: 'http://127.0.0.1:1' },
  ])('is the same with %j', async (env) => {
    const { code, stdout } = await run(['check', '--simulate', 'healthy'], { env });
    expect(stdout).toContain('All 3 models can be used.');
    expect(code).toBe(0);
  });
});

describe('files', () => {
  it('are written where the command runs', async () => {
    const cwd = emptyFolder();
    await run(['check', '--simulate', 'healthy', '--output', 'report.json'], { cwd });
    expect(existsSync(join(cwd, 'report.json'))).toBe(true);
    expect(reportSchema.parse(JSON.parse(readFileSync(join(cwd, 'report.json'), 'utf8'))).exitCode).toBe(0);
  });
});

describe('keys in the place of names', () => {
  const part = (n: number) => 'Qw3'.repeat(n);
  it.each([
    ['a model', ['check', `hf_oauth_eyJ${part(8)}.eyJ${part(8)}.${part(8)}`]],
    ['a model', ['check', `sk-proj-${part(10)}`]],
    ['a model', ['check', `r8_${part(10)}`]],
    ['--bill-to', ['check', 'a/b', '--bill-to', `hf_${part(11)}`]],
  ])('%s: refused before anything is sent', async (_, argv) => {
    const s = await play(ONE);
    const { code } = await run([...argv, '--hub-url', s.endpoints.hub, '--router-url', s.endpoints.router]);
    expect(code).toBe(2);
    expect(s.log()).toHaveLength(0);
  });
});

describe('--debug', () => {
  it('says each request on stderr, and no secret', async () => {
    const s = await play(ONE);
    const { stderr } = await check(s, ['org/one', '--debug']);
    expect(stderr).toContain('/api/whoami-v2 token -> 200');
    expect(stderr).not.toContain(s.token?.slice(0, 12));
  });
});

describe('with --format json', () => {
  it('even what cannot be used is one document', async () => {
    const { code, stdout, stderr } = await run(['check', 'a/b/c', '--format', 'json']);
    expect(code).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({
      ok: false,
      exitCode: 2,
      error: expect.stringContaining('a/b/c'),
    });
    expect(stderr).toContain('a/b/c');
  });
});

describe('an open pipe', () => {
  it.each([['--token-stdin'], ['--models-file', '-']])('%s does not hold back Ctrl-C', async (...argv) => {
    const abort = new AbortController();
    const stdin = new PassThrough();
    const sink = () => new PassThrough().resume();
    const done = execute({
      argv: ['check', ...argv],
      env: {},
      cwd: emptyFolder(),
      home: emptyFolder(),
      stdin,
      stdout: sink(),
      stderr: sink(),
      signal: abort.signal,
      version: '0',
      redact: (t) => t,
    });
    setImmediate(() => abort.abort('SIGINT'));
    expect(await done).toBe(130);
  });
});
