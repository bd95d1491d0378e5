import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const root = process.cwd();
export const part = (name: string) => join(root, 'bench', 'parts', name);

/** NODE_EXTRA_CA_CERTS costs two starts of its own; a token of the developer has no place here. */
export const env: NodeJS.ProcessEnv = { ...process.env };
for (const name of Object.keys(env))
  if (/^(NODE_EXTRA_CA_CERTS$|HF_|HUGGING)|_proxy$/i.test(name)) delete env[name];

/** A fresh build of its own, so that no other build changes what is measured. Returns its start script. */
export function built(): string {
  execFileSync(process.execPath, ['esbuild.config.mjs'], { cwd: root, env });
  const folder = mkdtempSync(join(tmpdir(), 'hf-doctor-built-'));
  for (const name of ['bin', 'dist', 'fixtures', 'package.json'])
    cpSync(join(root, name), join(folder, name), { recursive: true });
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  return join(folder, 'bin', 'hf-doctor.js');
}

export interface Used {
  ms: number;
  cpuMs: number;
  peakMb: number;
  code: number | null;
  stdout: string;
}

/** Runs a Node program to its end, with what it used. A code that was not expected throws. */
export function node(
  args: readonly string[],
  more: NodeJS.ProcessEnv = {},
  codes = [0],
  patienceMs = 600_000,
): Promise<Used> {
  const from = performance.now();
  const child = spawn(process.execPath, ['--import', part('usage.mjs'), ...args], {
    cwd: root,
    env: { ...env, ...more },
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    timeout: patienceMs,
    killSignal: 'SIGKILL',
  });
  const texts = [1, 2, 3].map((fd) => {
    const chunks: Buffer[] = [];
    child.stdio[fd]?.on('data', (chunk: Buffer) => {
      // What is printed may be large; only its beginning is looked at.
      if (chunks.length < 64) chunks.push(chunk);
    });
    return () => Buffer.concat(chunks).toString('utf8');
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      const [stdout, stderr, usage] = texts.map((text) => text());
      if (code === null) reject(new Error(`did not end in ${patienceMs / 1000} s`));
      else if (!codes.includes(code))
        reject(new Error(`${args.join(' ')} ended with ${code}: ${stderr?.slice(0, 2000)}`));
      else
        resolve({ ms: performance.now() - from, code, stdout: stdout ?? '', ...JSON.parse(usage || '{}') });
    });
  });
}

export interface Server {
  base: string;
  /** Requests since the last time. */
  sent(): Promise<number>;
  stop(): void;
}

/** The loopback server, in a process of its own. */
export const serve = (latencyMs: number, models: number): Promise<Server> =>
  start('server.mjs', String(latencyMs), String(models));

/** The one that answers badly; `mode` as bench/parts/hostile.mjs says. */
export const serveBadly = (mode: 'hang' | 'cap' | 'fixed' | 'flaky'): Promise<Server> =>
  start('hostile.mjs', mode);

async function start(script: string, ...args: string[]): Promise<Server> {
  const child: ChildProcess = spawn(process.execPath, [part(script), ...args], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const port = await new Promise<string>((resolve, reject) => {
    child.stdout?.once('data', (chunk) => resolve(String(chunk).trim()));
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}`)));
  });
  const base = `http://127.0.0.1:${port}`;
  return {
    base,
    sent: async () => Number(await (await fetch(`${base}/sent`)).text()),
    stop: () => void child.kill('SIGTERM'),
  };
}

/** The options that make `check` ask this server, as a user at full speed would. */
export function against({ base }: Server): { args: string[]; env: NodeJS.ProcessEnv } {
  const args = ['--hub-url', base, '--router-url', base, '--legacy-url', base, '--no-config', '--quiet'];
  const fast = ['--concurrency', '32', '--max-requests', '1000000', '--max-cost', '1000', '--retries', '0'];
  return { args: [...args, ...fast], env: { HF_TOKEN: `hf_${'benchBENCH'.repeat(4).slice(0, 34)}` } };
}
