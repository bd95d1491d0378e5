import { homedir } from 'node:os';
import type { Io } from './cli/io.js';
import { version } from './version.js';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** From argv to exit code. Never calls process.exit: what was written must arrive. */
async function main(): Promise<void> {
  const argv = process.argv.slice(2);
  if (argv.length === 1 && (argv[0] === '--version' || argv[0] === '-V')) {
    process.stdout.write(`${version()}\n`);
    return;
  }
  const abort = new AbortController();
  for (const signal of SIGNALS) process.on(signal, () => onSignal(signal, abort));
  // A reader that went away is not a fault: `hf-doctor rules | head -1`.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
  const [{ execute }, { createRedactor, secretValuesOfEnv }] = await Promise.all([
    import('./cli/program.js'),
    import('./safety/redact.js'),
  ]);
  const io: Io = {
    argv,
    env: process.env,
    cwd: process.cwd(),
    home: homedir(),
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
    signal: abort.signal,
    version: version(),
    redact: createRedactor([], secretValuesOfEnv(process.env)),
  };
  const code = await execute(io);
  // A fault that nobody awaited has been told already.
  process.exitCode ??= code;
}

/** The first signal ends the run with what it has; the second ends the process as the system would. */
function onSignal(signal: (typeof SIGNALS)[number], abort: AbortController): void {
  if (!abort.signal.aborted) {
    abort.abort(signal);
    return;
  }
  process.removeAllListeners(signal);
  process.kill(process.pid, signal);
}

for (const event of ['uncaughtException', 'unhandledRejection'] as const)
  process.on(event, (error: unknown) => {
    const name = error instanceof Error ? error.name : 'unknown';
    process.stderr.write(
      `hf-doctor stopped because of a fault of its own (${name}). Run it again with --debug.\n`,
    );
    process.exitCode = 4;
  });

await main();
