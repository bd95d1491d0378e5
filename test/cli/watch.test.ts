import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough, Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { type WatchFlags, watchCommand } from '../../src/cli/watch.js';
import { reportSchema } from '../../src/report/model.js';
import { createRedactor } from '../../src/safety/redact.js';
import { loadScenario } from '../../src/simulator/find.js';
import { startSimulator } from '../../src/simulator/server.js';
import { emptyFolder, run, spawnCli } from '../support/cli.js';
import { canary, leaks, runnerCommands, terminalSafe } from '../support/leaks.js';

/** Answers as always but for the requests that `answers` catches: one a round. */
function scenario(answers: string): string {
  const path = join(emptyFolder(), 'story.yaml');
  writeFileSync(
    path,
    `title: novita fails for a while
story: It answers, fails and answers again.
check: { models: [a/b], routes: ['provider:novita'] }
models:
  a/b:
    tags: [conversational]
    providers:
      novita: { id: a-b, price: { input: 10, output: 10 } }
answers:
  - when: { provider: novita, auth: token, ${answers} }
    fault: down
`,
  );
  return path;
}

class Sink extends Writable {
  text = '';
  override _write(chunk: Buffer, _: string, done: () => void): void {
    this.text += chunk.toString('utf8');
    done();
  }
}

/** What a spinner asks of a terminal. */
const TERMINAL = {
  ...{ isTTY: true, columns: 90 },
  ...{ clearLine: () => true, cursorTo: () => true, moveCursor: () => true },
};

/** The command with a clock of its own: nothing waits. `stopAt`: Ctrl-C in that wait. */
async function watching(
  flags: WatchFlags,
  stopAt = Infinity,
  env: Record<string, string> = {},
  terminal = false,
) {
  const [stdout, stderr] = [new Sink(), Object.assign(new Sink(), terminal ? TERMINAL : {})];
  const folder = emptyFolder();
  const abort = new AbortController();
  const waits: number[] = [];
  let now = Date.parse('2026-11-21T09:00:00Z');
  const code = await watchCommand(
    [],
    { retries: '0', ...flags },
    {
      ...{
        argv: ['watch'],
        env,
        cwd: folder,
        home: folder,
        stdin: new PassThrough().end(),
        stdout,
        stderr,
      },
      ...{ signal: abort.signal, version: '0.0.0-test', redact: createRedactor([]) },
    },
    {
      now: () => now,
      random: () => 0.5,
      sleep: async (ms) => {
        // Waits within a round are short: they are not of interest here.
        if (ms < 9_000) return;
        waits.push(ms);
        now += ms;
        if (waits.length >= stopAt || waits.length > 20) abort.abort('SIGINT');
      },
    },
  );
  const events = () =>
    stdout.text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
  return { code, stdout: stdout.text, stderr: stderr.text, waits, events };
}

describe('a fault that comes and goes', () => {
  it('is told in one line each', async () => {
    const { code, stdout, stderr, waits } = await watching({
      simulate: scenario('after: 1, times: 2'),
      rounds: '5',
      every: '60',
    });
    expect(stdout.split('\n')).toEqual([
      '✔ a/b  usable on novita',
      '2026-11-21T09:01:00Z  a/b  novita  ok -> 500 provider-outage',
      '2026-11-21T09:01:00Z  exit code 0 -> 1: 0 of 1 model usable',
      '2026-11-21T09:03:00Z  a/b  novita  500 provider-outage -> ok',
      '2026-11-21T09:03:00Z  exit code 1 -> 0: 1 of 1 model usable',
      '2026-11-21T09:04:00Z  5 rounds done. Last state: 1 of 1 model usable. Exit code 0.',
      '',
    ]);
    expect({ code, stderr, waits }).toEqual({ code: 0, stderr: '', waits: [60_000, 60_000, 60_000, 60_000] });
  });

  it('--until ok waits for its end, --until change for its begin', async () => {
    const ok = await watching({ simulate: scenario('times: 3'), until: 'ok' });
    expect([ok.code, ok.waits]).toEqual([0, [300_000, 300_000, 300_000]]);
    const change = await watching({ simulate: scenario('after: 2'), until: 'change' });
    expect([change.code, change.waits.length]).toEqual([1, 2]);
  });

  it('Ctrl-C ends it with 130 and the last state', async () => {
    const { code, stdout } = await watching({ simulate: scenario('after: 1') }, 2);
    expect(code).toBe(130);
    expect(stdout).toMatch(/Stopped after 2 rounds\. Last state: 0 of 1 model usable\. Exit code 130\.\n$/);
  });

  it('an answer that came when asked again is told as such', async () => {
    const { stdout } = await watching({
      simulate: scenario('after: 1, times: 3'),
      rounds: '3',
      retries: '1',
    });
    expect(stdout).toContain('  ok -> 500 provider-outage\n');
    expect(stdout).toContain('  500 provider-outage -> flaky (500, then 200)\n');
  });

  it('a change at depth catalog is one line', async () => {
    const path = join(emptyFolder(), 'story.yaml');
    writeFileSync(
      path,
      `title: A provider is flagged
story: The mapping says live first and error then.
check: { models: [a/b], routes: [providers] }
models:
  a/b:
    tags: [conversational]
    providers:
      novita: { id: a-b, status: error }
      together: { id: a-b }
answers:
  - when: { path: /api/models/a/b, times: 1 }
    answer:
      json:
        id: a/b
        pipeline_tag: text-generation
        tags: [conversational]
        inferenceProviderMapping:
          novita: { status: live, providerId: a-b, task: conversational }
          together: { status: live, providerId: a-b, task: conversational }
`,
    );
    const { stdout, code } = await watching({ simulate: path, depth: 'catalog', rounds: '2' });
    expect(stdout).toContain('a/b  novita  listed as live -> listed as error\n');
    expect(code).toBe(0);
  });

  it('says that --max-cost kept models from being asked', async () => {
    const flags = { simulate: scenario('after: 100'), maxCost: '0.00001' };
    const { stdout, code } = await watching({ ...flags, rounds: '1' });
    expect(stdout).toContain('? a/b  not known; --max-cost 0.00001 would be passed\n');
    expect(stdout).toContain('0 of 1 model usable. Not all was asked: --max-cost would be passed.');
    expect(code).toBe(3);
    const open = await watching(flags);
    expect(open.waits).toEqual([]);
    expect(open.stdout).toContain('Stopped before --max-cost 0.00001 would be passed');
  });

  it('all rounds together stay below --max-cost', async () => {
    const { events, code } = await watching({
      simulate: scenario('after: 100'),
      format: 'ndjson',
      maxCost: '0.005',
    });
    const told = events();
    const end = told.at(-1);
    const costs = told.filter((e) => e.type === 'round').map((e) => e.cost as number);
    expect(end).toMatchObject({ type: 'end', why: 'cost', exitCode: 0 });
    expect(costs.length).toBeGreaterThan(1);
    expect(end.cost).toBeCloseTo(
      costs.reduce((a, b) => a + b),
      9,
    );
    expect(end.cost).toBeLessThanOrEqual(0.005);
    expect(end.cost + (costs[0] ?? 0)).toBeGreaterThan(0.005);
    expect(code).toBe(0);
  });
});

it('pays for no round that was refused', async () => {
  const play = async (rounds: string) => {
    const file = scenario('after: 1');
    const { events } = await watching({ simulate: file, format: 'ndjson', retries: '1', rounds });
    return events();
  };
  const one = (await play('1')).at(-1).cost as number;
  expect(one).toBeGreaterThan(0);
  // From the second round on the provider answers 500: the router, which was not named, is left alone.
  const told = await play('4');
  expect(told.at(-1)).toMatchObject({ why: 'rounds', exitCode: 1 });
  expect(told.at(-1).cost).toBeCloseTo(one, 9);
});

it('asks nothing in the place of what failed, in no round', async () => {
  const loaded = await loadScenario('novita-500');
  if (!loaded.ok) throw new Error(loaded.problem);
  const asked = async (command: (urls: WatchFlags, token: string) => Promise<unknown>) => {
    const simulator = await startSimulator(loaded.scenario);
    const { hub, router, legacy } = simulator.endpoints;
    await command({ hubUrl: hub, routerUrl: router, legacyUrl: legacy }, simulator.token ?? '');
    await simulator.close();
    return simulator.log().flatMap((r) => (r.method === 'POST' && r.model ? [r.model] : []));
  };
  const QWEN = 'Qwen/Qwen2.5-72B-Instruct';
  const LLAMA = 'meta-llama/Llama-3.1-70B-Instruct';
  const watched = await asked((urls, token) =>
    watching({ ...urls, models: [QWEN], rounds: '3' }, Infinity, { HF_TOKEN: token }),
  );
  expect(watched).toContain(QWEN);
  expect(watched).not.toContain(LLAMA);
  const checked = await asked((u, token) =>
    run(['check', QWEN, '--hub-url', `${u.hubUrl}`, '--router-url', `${u.routerUrl}`], {
      env: { HF_TOKEN: token },
    }),
  );
  expect(checked).toContain(LLAMA);
});

it('watches the models that the catalogue chose first', async () => {
  const path = join(emptyFolder(), 'list.yaml');
  writeFileSync(
    path,
    `title: The list of models is read once
story: Afterwards the router fails to give it.
check: { models: [a/b] }
models:
  a/b:
    tags: [conversational]
    providers:
      novita: { id: a-b, price: { input: 1, output: 1 } }
answers:
  - when: { path: /v1/models, after: 1 }
    answer: { status: 500, text: no }
`,
  );
  const loaded = await loadScenario(path);
  if (!loaded.ok) throw new Error(loaded.problem);
  const simulator = await startSimulator(loaded.scenario);
  const { hub, router, legacy } = simulator.endpoints;
  const { events } = await watching(
    { hubUrl: hub, routerUrl: router, legacyUrl: legacy, format: 'ndjson', rounds: '2' },
    Infinity,
    { HF_TOKEN: simulator.token ?? '' },
  );
  await simulator.close();
  const rounds = events().filter((e) => e.type === 'round');
  expect(rounds).toMatchObject([
    { usable: 1, models: 1 },
    { usable: 1, models: 1 },
  ]);
});

describe('the history', () => {
  it('has a whole report first, then one line an event', async () => {
    const { events } = await watching({
      simulate: scenario('after: 1, times: 1'),
      format: 'ndjson',
      rounds: '3',
    });
    const told = events();
    expect(told.map((e) => e.type)).toEqual(['report', 'round', 'change', 'round', 'change', 'round', 'end']);
    expect(told.every((e) => e.schemaVersion === 1 && /^2026-11-21T09:\d\d:00\.000Z$/.test(e.at))).toBe(true);
    expect(reportSchema.parse(told[0].report).exitCode).toBe(0);
    expect(told[2]).toMatchObject({
      model: 'a/b',
      route: 'provider:novita',
      from: { outcome: 'ok', rule: null, status: 200 },
      to: { outcome: 'fault', rule: 'provider-outage', status: 500 },
    });
    expect(told[3]).toMatchObject({ round: 2, exitCode: 1, before: 0, usable: 0, models: 1 });
  });

  it('so are the lines of a check, as long as they are whole', async () => {
    const { stdout } = await spawnCli(['check', '--simulate', 'novita-500', '--format', 'ndjson']);
    const folder = emptyFolder();
    const [whole, cut] = [join(folder, 'whole.ndjson'), join(folder, 'cut.ndjson')];
    writeFileSync(whole, stdout);
    writeFileSync(cut, stdout.slice(0, stdout.lastIndexOf('{"schemaVersion"')));
    const known = await spawnCli(['check', '--simulate', 'novita-500', '--baseline', whole]);
    expect(known.code).toBe(0);
    expect(known.stdout).toContain('Nothing is new.');
    const refused = await spawnCli(['check', '--simulate', 'novita-500', '--baseline', cut]);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain('its last line, the end, is missing');
  });

  it('is a baseline for check, as a report is', async () => {
    const cwd = emptyFolder();
    const write = (name: string, text: string) => {
      writeFileSync(join(cwd, name), text);
      return name;
    };
    const file = scenario('times: 1000');
    const was = async (answers: string, rounds: string) =>
      (await watching({ simulate: scenario(answers), format: 'ndjson', rounds })).stdout;
    const down = write('down.ndjson', await was('after: 1', '2'));
    const well = write('well.ndjson', await was('times: 1', '2'));
    const check = (baseline: string, ...more: string[]) =>
      run(['check', '--simulate', file, '--baseline', baseline, ...more], { cwd });

    const known = await check(down);
    expect(known.stdout).toContain('Since the baseline: 1 known fault, 0 new.');
    expect(known.stdout).toMatch(/provider-outage · certain · known|provider-outage · likely · known/);
    expect(known.stdout).toContain('Nothing is new.');
    expect(known.code).toBe(0);

    const fresh = await check(well, '--format', 'json');
    expect(fresh.code).toBe(1);
    expect(reportSchema.parse(JSON.parse(fresh.stdout))).toMatchObject({
      ...{ exitCode: 1, recovered: [], summary: { faults: { known: 0, new: 1 } } },
    });

    const report = write('report.json', fresh.stdout);
    expect((await check(report, '--format', 'json')).code).toBe(0);
    const better = await run(['check', '--simulate', scenario('after: 100'), '--baseline', report], { cwd });
    expect(better.stdout).toContain('Recovered: a/b on provider:novita.');
    expect(better.code).toBe(0);
  });

  it.each([
    ['nowhere.json', null, 'does not exist'],
    ['.', null, 'is no regular file'],
    ['text.json', 'hello', 'holds no report'],
    ['cut.ndjson', '{"schemaVersion":1,"type":"report","report":{}}\n', 'line 1'],
  ])('--baseline %s is exit code 2 before anything is sent', async (name, content, says) => {
    const cwd = emptyFolder();
    if (content !== null) writeFileSync(join(cwd, name), content);
    const { code, stdout, stderr } = await run(['check', '--simulate', 'healthy', '--baseline', name], {
      cwd,
    });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(says);
  });
});

it('without credits it says when it goes on, and what helps', async () => {
  const file = scenario('times: 1000').replace('story.yaml', 'money.yaml');
  writeFileSync(
    file,
    `title: No credits
story: The account is empty.
check: { models: [a/b] }
account: { fault: credits-exhausted }
models:
  a/b:
    tags: [conversational]
    providers:
      novita: { id: a-b }
`,
  );
  const { stderr, waits } = await watching({ simulate: file }, 2);
  expect(waits).toEqual([600_000, 1_200_000]);
  expect(stderr).toMatch(
    /credits .* used up\. To ask more often cannot help: the next round is in about 10 minutes, at 09:10 UTC\. Do now: .*https:/,
  );
  expect(stderr).toContain('in about 20 minutes, at 09:30 UTC');
});

it('names the token to hosts that get it alone', async () => {
  const nobody = {
    hubUrl: 'http://127.0.0.1:1',
    routerUrl: 'http://127.0.0.1:2',
    legacyUrl: 'http://127.0.0.1:3',
  };
  const notes = async (more: WatchFlags) => {
    const env = { HF_TOKEN: canary('watch') };
    const { stderr } = await watching({ ...nobody, models: ['a/b'], rounds: '1', ...more }, Infinity, env);
    return [...stderr.matchAll(/is also sent to (\S+),/g)].map((m) => m[1]);
  };
  expect(await notes({})).toEqual(['http://127.0.0.1:1', 'http://127.0.0.1:2', 'http://127.0.0.1:3']);
  expect(await notes({ routes: 'legacy' })).toEqual(['http://127.0.0.1:1', 'http://127.0.0.1:3']);
  expect(await notes({ routes: 'novita' })).toEqual(['http://127.0.0.1:1', 'http://127.0.0.1:2']);
  expect(await notes({ depth: 'catalog' })).toEqual(['http://127.0.0.1:1']);
});

describe('what a watch costs', () => {
  it('is said once at a terminal, before the first round', async () => {
    const { stderr } = await watching({ simulate: scenario('after: 100'), rounds: '2' }, Infinity, {}, true);
    const line =
      /Each round: 1 call may be charged, about \$0\.000\d+\. Never more than \$0\.01 in all rounds together \(--max-cost\)\. That is enough for about \d+ rounds\.\n/g;
    expect(stderr.match(line)).toHaveLength(1);
  });
});

it('--help names the shortest pause', async () => {
  const { stdout } = await run(['watch', '--help']);
  expect(stdout.replace(/\s+/g, ' ')).toContain('at least 30');
});

describe('what cannot be used', () => {
  it.each([
    [['--every', '5'], '--every takes a number of seconds from 30 to 86400'],
    [['--every', '5m'], 'Write 300.'],
    [['--rounds', '0'], '--rounds takes a whole number'],
    [['--until', 'never'], 'ok, change'],
    [['--format', 'xml'], 'human, ndjson'],
  ])('%j is exit code 2', async (argv, says) => {
    const { code, stdout, stderr } = await run(['watch', 'a/b', ...argv]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr.replace(/\s+/g, ' ')).toContain(says);
  });
});

describe('no output holds a secret', () => {
  it.each(['human', 'ndjson'])('%s, with a server that echoes the token', async (format) => {
    const loaded = await loadScenario('hostile');
    if (!loaded.ok) throw new Error(loaded.problem);
    const simulator = await startSimulator(loaded.scenario);
    const { hub, router, legacy } = simulator.endpoints;
    const other = canary('watch');
    const { stdout, stderr } = await run(
      [
        ...['watch', ...loaded.scenario.check.models, '--rounds', '1', '--timeout', '3', '--format', format],
        ...['--hub-url', hub, '--router-url', router, '--legacy-url', legacy],
      ],
      { env: { HF_TOKEN: simulator.token ?? '', OTHER_TOKEN: other } },
    );
    await simulator.close();
    expect(stdout).toContain(loaded.scenario.check.models[0]);
    expect(leaks(stdout + stderr, [simulator.token ?? '', other])).toBeLessThan(6);
    expect(terminalSafe(stdout + stderr)).toEqual([]);
    expect(runnerCommands(stdout + stderr)).toEqual([]);
  });
});

describe('the program', () => {
  it('writes each line at once, and a signal ends the wait', async () => {
    const { code, stdout } = await spawnCli(['watch', '--simulate', 'healthy', '--format', 'ndjson'], {
      onStart: (child) => {
        let seen = '';
        child.stdout?.on('data', (d) => {
          seen += d;
          if (seen.includes('"type":"round"')) child.kill('SIGINT');
        });
      },
    });
    expect(code).toBe(130);
    const types = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line).type);
    expect(types).toEqual(['report', 'round', 'end']);
  });
});
