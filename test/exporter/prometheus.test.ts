import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, it } from 'vitest';
import { loadScenario } from '../../src/simulator/find.js';
import { startSimulator } from '../../src/simulator/server.js';
import { debian } from './support.js';
import { startWatch } from './watched.js';

/* The real Prometheus reads a real watch: with the shipped configuration and the shipped alerts. */

const program = debian('prometheus');
const file = (name: string) =>
  readFileSync(fileURLToPath(new URL(`../../fixtures/${name}`, import.meta.url)), 'utf8');
const QWEN = 'Qwen/Qwen2.5-72B-Instruct';

let child: ChildProcess | null = null;
const open: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  child?.kill('SIGKILL');
  await Promise.all(open.splice(0).map((close) => close()));
});

function freePort(): Promise<number> {
  const server = createServer();
  return new Promise((done) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => done(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

/** What users get, but that it looks every second and alerts at once. */
function configuration(target: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'hf-doctor-prometheus-'));
  const quick = (text: string) =>
    text.replace(/\bfor: \d+m/g, 'for: 0s').replace('scrape_interval: 1m', 'scrape_interval: 1s');
  const scrape = quick(file('prometheus/scrape.yml')).replaceAll('127.0.0.1:9469', target);
  expect(scrape).toContain(`targets: ["${target}"]`);
  writeFileSync(join(folder, 'scrape.yml'), `global: { evaluation_interval: 1s }\n${scrape}`);
  writeFileSync(join(folder, 'alerts.yml'), quick(file('prometheus/alerts.yml')));
  return folder;
}

/** Its base URL; another one may take the port before it does, so it is tried again. */
async function startPrometheus(folder: string): Promise<string> {
  for (let attempt = 0; attempt < 5; attempt++) {
    const address = `127.0.0.1:${await freePort()}`;
    const started = spawn(
      program ?? '',
      [
        `--config.file=${folder}/scrape.yml`,
        `--storage.tsdb.path=${folder}/data`,
        `--web.listen-address=${address}`,
      ],
      { stdio: 'ignore', env: { PATH: process.env.PATH ?? '' } },
    );
    child = started;
    const base = `http://${address}`;
    while (started.exitCode === null) {
      const ready = await fetch(`${base}/-/ready`).catch(() => null);
      await ready?.arrayBuffer();
      if (ready?.status === 200) return base;
      await new Promise((done) => setTimeout(done, 50));
    }
  }
  throw new Error('Prometheus does not start');
}

interface Alert {
  state: string;
  labels: Record<string, string>;
  annotations: Record<string, string>;
}

async function ask<T>(base: string, path: string, data: (data: never) => T): Promise<T> {
  const answer = (await (await fetch(`${base}/api/v1/${path}`)).json()) as { status: string; data: never };
  expect(answer).toMatchObject({ status: 'success' });
  return data(answer.data);
}

/** Asks until it is so. */
async function until<T>(what: () => Promise<T>, is: (found: T) => boolean): Promise<T> {
  for (;;) {
    const found = await what();
    if (is(found)) return found;
    await new Promise((done) => setTimeout(done, 100));
  }
}

it.skipIf(!program)(
  'the alert fires while novita is down, and is gone when it is well',
  { timeout: 120_000 },
  async () => {
    const loaded = await loadScenario('novita-500');
    if (!loaded.ok) throw new Error(loaded.problem);
    const { scenario } = loaded;
    const simulator = await startSimulator(scenario);
    open.push(simulator.close);
    const { hub: hubUrl, router: routerUrl, legacy: legacyUrl } = simulator.endpoints;
    const watch = await startWatch(
      scenario.check.models,
      { hubUrl, routerUrl, legacyUrl, maxCost: '1' },
      { HF_TOKEN: simulator.token ?? '' },
    );
    open.push(watch.stop);
    const target = `${watch.at.address}:${watch.at.port}`;
    const base = await startPrometheus(configuration(target));
    const firing = () =>
      ask(base, 'alerts', ({ alerts }: { alerts: Alert[] }) => alerts.filter((a) => a.state === 'firing'));
    const namesOf = (alerts: Alert[]) => alerts.map((a) => a.labels.alertname).sort();

    const down = await until(firing, (alerts) => alerts.length >= 2);
    expect(namesOf(down)).toEqual(['HfDoctorModelUnusable', 'HfDoctorProviderFault']);
    const [model, provider] = ['HfDoctorModelUnusable', 'HfDoctorProviderFault'].map((name) =>
      down.find((a) => a.labels.alertname === name),
    );
    expect(model).toMatchObject({
      labels: { model: QWEN, severity: 'critical', instance: target },
      annotations: {
        summary: `${QWEN} cannot be used on any route`,
        description: expect.stringMatching(
          /^Rules: provider-outage\. hf-doctor explain .*http:\/\/127\.0\.0\.1:\d+\//,
        ),
      },
    });
    expect(provider).toMatchObject({
      labels: { provider: 'novita', rule: 'provider-outage', severity: 'warning' },
      annotations: { summary: 'novita fails: provider-outage' },
    });

    // Each panel of the dashboard has something to show.
    const queries = (
      JSON.parse(file('grafana/hf-doctor.json')).panels as { title: string; targets: { expr: string }[] }[]
    ).flatMap((p) => p.targets.map((t) => [p.title, t.expr.replace(/\$(?:job|instance)/g, '.*')] as const));
    for (const [title, expr] of queries) {
      const rows = await ask(
        base,
        `query?query=${encodeURIComponent(expr)}`,
        ({ result }: { result: { metric: Record<string, string>; value: [number, string] }[] }) => result,
      );
      expect([title, rows.length > 0]).toEqual([title, true]);
      if (!title.startsWith('Verdicts')) continue;
      const verdicts = Object.fromEntries(
        rows.map((r) => [`${r.metric.model} ${r.metric.route}`, r.value[1]]),
      );
      expect(verdicts).toMatchObject({
        [`${QWEN} provider:novita`]: '3',
        'meta-llama/Llama-3.1-70B-Instruct router': '0',
      });
    }

    delete scenario.models[QWEN]?.providers.novita?.fault;
    await watch.next();
    await until(firing, (alerts) => alerts.length === 0);

    expect(await watch.stop()).toBe(130);
    const gone = await until(firing, (alerts) => alerts.length > 0);
    expect(gone).toMatchObject([{ labels: { alertname: 'HfDoctorDown', instance: target } }]);
  },
);
