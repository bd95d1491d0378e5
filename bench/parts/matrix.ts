import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { say, skipped } from './lines.js';
import { against, env, part, serveBadly } from './process.js';

const NODES = ['22', '24'];
const LOCALES = ['C', 'en_US.UTF-8', 'de_DE.UTF-8', 'tr_TR.UTF-8'];
const ZONES = ['UTC', 'Asia/Kolkata', 'America/St_Johns'];
/** No clock but the wall's can stand still: how long a call took differs each time. */
const DURATIONS = /"(?:durationMs|latencyMs)": ?[\d.]+/g;

/** G14: how many different outputs the same inputs give, over locales, time zones and versions of Node. */
export async function matrix(bin: string, folder: string, given: readonly string[]): Promise<void> {
  const server = await serveBadly('fixed');
  const { args, env: token } = against(server);
  const models = Array.from({ length: 24 }, (_, i) => `bench/model-${i}`);
  const run = ['check', ...models, '--routes', 'router,novita', ...args];
  const lines = Array.from(
    { length: 50 },
    (_, i) => `${i}: 503 Service Unavailable: model novita/x-${i} \u00e9\n`,
  );
  const COMMANDS: Record<string, [string[], string]> = {
    'check, json': [[...run, '--format', 'json'], ''],
    'check, ndjson': [[...run, '--format', 'ndjson'], ''],
    'explain, json': [['explain', '--format', 'json'], lines.join('')],
  };
  try {
    const others = given.length > 0 ? given : NODES.flatMap((version) => install(version, folder));
    const nodes = [process.execPath, ...others];
    for (const [name, [argv, stdin]] of Object.entries(COMMANDS)) {
      const outputs = new Set<string>();
      let runs = 0;
      for (const node of nodes)
        for (const [i, LC_ALL] of LOCALES.entries()) {
          const more = { ...token, LANG: LC_ALL, LC_ALL, TZ: ZONES[i % ZONES.length] };
          const out = await output(node, [bin, ...argv], more, stdin);
          if (out.length < 200) throw new Error(`${name} said nothing: ${out}`);
          outputs.add(out.replace(DURATIONS, ''));
          runs += 1;
        }
      const what = `G14 ${name}: different, of ${runs} on ${nodes.length} Node versions`;
      say({ what, value: outputs.size, unit: 'outputs', most: 1 });
    }
  } finally {
    server.stop();
  }
}

/** The npm package `node` in a folder of its own; nothing where it cannot be had. */
function install(version: string, folder: string): string[] {
  const prefix = join(folder, `node-${version}`);
  mkdirSync(prefix);
  try {
    const argv = ['install', '--silent', '--no-audit', '--no-fund', '--prefix', prefix, `node@${version}`];
    execFileSync('npm', argv, { env, stdio: ['ignore', 'ignore', 'inherit'] });
    return [join(prefix, 'node_modules', 'node', 'bin', 'node')];
  } catch {
    skipped(`G14 on Node ${version}`, 'npm could not install it');
    return [];
  }
}

function output(node: string, argv: string[], more: NodeJS.ProcessEnv, stdin: string): Promise<string> {
  const child = spawn(node, ['--import', part('clock.mjs'), ...argv], {
    env: { ...env, ...more },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  child.stdin.on('error', () => {});
  child.stdin.end(stdin);
  const chunks: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  return new Promise((resolve) => {
    child.once('close', (code) => resolve(`${code} ${Buffer.concat(chunks).toString('utf8')}`));
  });
}
