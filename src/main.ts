import { homedir } from 'node:os';
import type { Io } from './cli/io.js';
import { whyLost } from './safety/lost.js';
import { version } from './version.js';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
/** Ends the run with what it has; the reason tells why. */
const abort = new AbortController();
let isLost = false;
let isFaulty = false;
/** What a fault of our own is told as; more with --debug, as soon as secrets can be taken out of it. */
let faultMessage = (error: unknown): string =>
  `hf-doctor stopped because of a fault of its own: ${error instanceof Error ? error.name : 'unknown'}.\n`;

/** From argv to exit code. Never calls process.exit: what was written must arrive. */
async function main(): Promise<void> {
  const argv = process.argv.slice(2);
  // A reader that went away is not a fault: `hf-doctor rules | head -1`. Lost output is, whoever wrote it.
  process.stdout.on('error', onLost);
  process.stderr.on('error', () => {});
  if (argv.length === 1 && (argv[0] === '--version' || argv[0] === '-V')) {
    process.stdout.write(`${version()}\n`);
    return;
  }
  for (const signal of SIGNALS) process.on(signal, () => onSignal(signal));
  const [{ execute }, { internalMessage }, { createRedactor, secretValuesOfEnv }] = await Promise.all([
    import('./cli/program.js'),
    import('./cli/errors.js'),
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
  faultMessage = (error) => internalMessage(error, io);
  const code = await execute(io);
  // A fault that nobody awaited has been told already.
  process.exitCode ??= code;
}

/** The first signal ends the run with what it has; the second ends the process as the system would. */
function onSignal(signal: (typeof SIGNALS)[number]): void {
  if (!abort.signal.aborted) {
    abort.abort(signal);
    return;
  }
  process.removeAllListeners(signal);
  process.kill(process.pid, signal);
}

/** What was written did not arrive, as on a full disk: said once, and never a success. */
function onLost(error: unknown): void {
  const reason = whyLost(error);
  if (reason === null || isLost) return;
  isLost = true;
  process.exitCode = 4;
  process.stderr.write(`hf-doctor: stdout could not be written (${reason}): what was to be shown is lost.\n`);
}

/** A fault that nobody awaited ends the run as a signal does: what was seen until then is not lost. */
function onFault(error: unknown): void {
  if (isFaulty) return;
  isFaulty = true;
  process.exitCode = 4;
  process.stderr.write(faultMessage(error));
  abort.abort('internal');
}

for (const event of ['uncaughtException', 'unhandledRejection'] as const) process.on(event, onFault);

await main();
