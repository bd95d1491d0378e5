/*
 * npm run bench -- engine: time and CPU of a whole `check` against the least that is possible and
 * against what people write instead, all on the same loopback server.
 */
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { say, skipped } from './parts/lines.js';
import { against, built, env, node, part, type Server, serve } from './parts/process.js';

const LATENCY = 100;
const AT_ONCE = 32;
const MODELS = 1000;
const PROBES = 200;
const folder = mkdtempSync(join(tmpdir(), 'hf-doctor-bench-'));
const bin = built();

/** A file with so many models; `check` reads it. */
function modelsFile(many: number): string {
  const path = join(folder, `${many}.txt`);
  writeFileSync(path, Array.from({ length: many }, (_, i) => `bench/model-${i}\n`).join(''));
  return path;
}

async function check(server: Server, models: number, routes: string) {
  const { args, env: own } = against(server);
  await server.sent();
  const used = await node(
    [bin, 'check', '--models-file', modelsFile(models), '--routes', routes, '--format', 'json', ...args],
    own,
  );
  return { ...used, requests: await server.sent() };
}

/** P1: 1,000 models on two routes. The limit is what the latency alone takes. */
async function wholeRun(slow: Server, quick: Server): Promise<void> {
  const bare = await check(quick, 1, 'router,novita');
  const run = await check(slow, MODELS, 'router,novita');
  if (run.requests < 2 * MODELS) throw new Error(`only ${run.requests} requests came`);
  const limit = Math.ceil(run.requests / AT_ONCE) * LATENCY;
  say({ what: `P1 ${MODELS} models x 2 routes: seconds`, value: run.ms / 1000, unit: 's', most: null });
  say({
    what: `P1 ${run.requests} requests, ceil(N/C)*L + bare check = 1`,
    value: run.ms / (limit + bare.ms),
    unit: 'x',
    most: 1.1,
  });
}

/** P1: 200 probes, and what a user would write for them. */
async function instead(slow: Server): Promise<void> {
  const ours = await check(slow, PROBES / 2, 'router,novita');
  const perProbe = (ms: number) => (ms / PROBES) * 1000;
  const mine = (ours.ms / ours.requests) * 1000;
  say({
    what: `P1 check of ${PROBES / 2} models, ${ours.requests} requests`,
    value: ours.ms / 1000,
    unit: 's',
    most: null,
  });
  const curls = ['-s', '-S', '-o', '/dev/null', '-H', 'authorization: Bearer bench'];
  const chat = [
    ...curls,
    '-H',
    'content-type: application/json',
    '-d',
    '{"model":"bench/model-1","messages":[]}',
  ];
  const url = `${slow.base}/v1/chat/completions`;
  const compare = (what: string, ms: number, most: number | null) =>
    say({
      what: `P1 check, ms a request, ${what} (${(ms / 1000).toFixed(1)} s) = 1`,
      value: mine / perProbe(ms),
      unit: 'x',
      most,
    });
  if (spawnSync('curl', ['--version'], { env }).status !== 0)
    skipped('P1 against curl', 'curl is not installed');
  else {
    const together = spawnSync('curl', ['--help', 'all'], { encoding: 'utf8', env }).stdout.includes(
      '--parallel-max',
    );
    const pages = Array.from({ length: PROBES }, () => `url=${url}\noutput=/dev/null\n`).join('');
    const all = join(folder, 'urls');
    writeFileSync(all, pages);
    const parallel = await timed(
      together
        ? [
            'curl',
            ...chat.filter((a) => a !== '-o' && a !== '/dev/null'),
            '--parallel',
            '--parallel-max',
            `${AT_ONCE}`,
            '-K',
            all,
          ]
        : ['sh', '-c', `seq ${PROBES} | xargs -P ${AT_ONCE} -I_ curl "$@" ${url}`, 'sh', ...chat],
    );
    compare(together ? 'curl --parallel' : 'xargs -P 32 curl', parallel, 1.25);
    compare(
      'a curl loop',
      await timed(['sh', '-c', `for i in $(seq ${PROBES}); do curl "$@" ${url}; done`, 'sh', ...chat]),
      null,
    );
  }
  const official = (atOnce: number) => node([part('official.mjs'), slow.base, `${PROBES}`, `${atOnce}`]);
  compare('the official client in a loop', (await official(1)).ms, null);
  compare('the official client x 32', (await official(AT_ONCE)).ms, null);
}

/** P2: CPU of 1,000 answers, without the start. */
async function cpu(quick: Server): Promise<void> {
  const few = 32;
  const many = 4032;
  const per1000 = (a: { cpuMs: number }, b: { cpuMs: number }, n: number) => ((b.cpuMs - a.cpuMs) / n) * 1000;
  const loop = async (name: string) =>
    per1000(
      await node([part(name), quick.base, `${few}`, `${AT_ONCE}`]),
      await node([part(name), quick.base, `${many}`, `${AT_ONCE}`]),
      many - few,
    );
  const dispatch = await loop('dispatch.mjs');
  const official = await loop('official.mjs');
  const small = await check(quick, 10, 'router,novita');
  const large = await check(quick, MODELS, 'router,novita');
  const ours = per1000(small, large, large.requests - small.requests);
  say({ what: 'P2 CPU of 1,000 answers: undici dispatch', value: dispatch, unit: 'ms', most: null });
  say({ what: 'P2 CPU of 1,000 answers: the official client', value: official, unit: 'ms', most: null });
  say({ what: 'P2 CPU of 1,000 answers: check', value: ours, unit: 'ms', most: null });
  say({ what: 'P2 check, CPU, undici dispatch = 1', value: ours / dispatch, unit: 'x', most: 1.6 });
  say({ what: 'P2 check, CPU, the official client = 1', value: ours / official, unit: 'x', most: 0.4 });
}

function timed([command = '', ...args]: readonly string[]): Promise<number> {
  const from = performance.now();
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { env, stdio: 'ignore' });
    child.once('error', reject);
    child.once('close', (code) =>
      code === 0 ? resolve(performance.now() - from) : reject(new Error(`${command} ended with ${code}`)),
    );
  });
}

const slow = await serve(LATENCY, MODELS);
const quick = await serve(0, MODELS);
try {
  await wholeRun(slow, quick);
  await instead(slow);
  await cpu(quick);
} finally {
  slow.stop();
  quick.stop();
  rmSync(folder, { recursive: true, force: true });
}
