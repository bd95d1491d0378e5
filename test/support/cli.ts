import { spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import type { Io } from '../../src/cli/io.js';
import { execute } from '../../src/cli/program.js';
import { createRedactor, secretValuesOfEnv } from '../../src/safety/redact.js';

export interface Result {
  code: number | null;
  stdout: string;
  stderr: string;
}

export interface CliOptions {
  env?: Record<string, string>;
  cwd?: string;
  home?: string;
  stdin?: string;
  columns?: number;
  signal?: AbortSignal;
}

/** An empty folder of its own: no config, no token, no `.env` of the machine is seen. */
export function emptyFolder(): string {
  return mkdtempSync(join(tmpdir(), 'hf-doctor-test-'));
}

class Sink extends Writable {
  text = '';
  columns: number | undefined = undefined;
  override _write(chunk: Buffer, _: string, done: () => void): void {
    this.text += chunk.toString('utf8');
    done();
  }
}

/** The command line in this process: all but signals and the last step to the exit code. */
export async function run(argv: string[], o: CliOptions = {}): Promise<Result> {
  const stdout = new Sink();
  const stderr = new Sink();
  stdout.columns = o.columns;
  const env = o.env ?? {};
  const folder = emptyFolder();
  const io: Io = {
    argv,
    env,
    cwd: o.cwd ?? folder,
    home: o.home ?? folder,
    stdin: o.stdin === undefined ? new PassThrough().end() : Readable.from([o.stdin]),
    stdout,
    stderr,
    signal: o.signal ?? new AbortController().signal,
    version: '0.0.0-test',
    redact: createRedactor([], secretValuesOfEnv(env)),
  };
  const code = await execute(io);
  return { code, stdout: stdout.text, stderr: stderr.text };
}

export const BIN = fileURLToPath(new URL('../../bin/hf-doctor.js', import.meta.url));

/** The built program, as users run it, with nothing of this machine's environment. */
export function spawnCli(
  argv: string[],
  o: CliOptions & { onStart?: (child: ReturnType<typeof spawn>) => void } = {},
): Promise<Result & { signal: NodeJS.Signals | null }> {
  const folder = emptyFolder();
  const child = spawn(process.execPath, [BIN, ...argv], {
    cwd: o.cwd ?? folder,
    env: { PATH: process.env.PATH ?? '', HOME: o.home ?? folder, ...o.env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (d) => {
    stdout += d;
  });
  child.stderr.on('data', (d) => {
    stderr += d;
  });
  child.stdin.on('error', () => {});
  child.stdin.end(o.stdin ?? '');
  o.onStart?.(child);
  return new Promise((done) => {
    child.on('close', (code, signal) => done({ code, signal, stdout, stderr }));
  });
}
