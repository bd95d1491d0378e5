import { Command, CommanderError } from 'commander';
import { emit } from '../safety/write.js';
import { UsageError } from '../settings/usage-error.js';
import { declareOffline } from './declare/offline.js';
import { declareProbing } from './declare/probing.js';
import { declareReports } from './declare/reports.js';
import { errorDocument, internalMessage, usageMessage, wantedJson } from './errors.js';
import { Interrupted } from './interrupted.js';
import type { Io } from './io.js';

/** Runs one command line. Returns the exit code and never throws. */
export async function execute(io: Io): Promise<number> {
  let code = 0;
  const run = (action: () => Promise<number>) => async () => {
    code = await action();
  };
  const program = build(io, run);
  try {
    await program.parseAsync([...io.argv], { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return 0;
    // Who asked for JSON gets one document, whatever happens.
    const wanted = wantedJson(io.argv);
    if (error instanceof Interrupted) {
      if (wanted) await emit(io.stdout, errorDocument(error.message, error.exitCode, wanted));
      return error.exitCode;
    }
    const usage = error instanceof CommanderError || error instanceof UsageError;
    const message = usage ? usageMessage(error, io) : internalMessage(error, io);
    const exitCode = usage ? 2 : 4;
    if (wanted) await emit(io.stdout, errorDocument(message, exitCode, wanted));
    await emit(io.stderr, message);
    return exitCode;
  }
}

function build(io: Io, run: (action: () => Promise<number>) => () => Promise<void>): Command {
  const program = new Command('hf-doctor')
    .description('Finds out why a Hugging Face inference call fails: token, route, provider or model.')
    .version(io.version, '-V, --version')
    .exitOverride()
    .configureOutput({ writeOut: (t) => void io.stdout.write(t), writeErr: () => {} })
    .showSuggestionAfterError()
    .enablePositionalOptions()
    .addHelpText('after', EXAMPLES);

  for (const declare of [declareProbing, declareReports, declareOffline]) declare(program, run, io);
  return program;
}

const EXAMPLES = `
Examples:
  hf-doctor                                       check the token and three models of today
  hf-doctor check meta-llama/Llama-3.1-8B-Instruct
  hf-doctor check --simulate novita-500           see what an outage looks like, offline
  hf-doctor check --format json | jq .findings
  hf-doctor fallback --for python > chat.py       code that goes on when a model fails
  hf-doctor watch Qwen/Qwen3-8B --until ok        wait until it can be used again
  pbpaste | hf-doctor explain                     the cause of an error text, offline

The token is read from HF_TOKEN, from the files of the official clients or with --token-stdin.
Exit codes: 0 healthy, 1 findings, 2 usage, 3 nothing, or not all, could be checked,
4 internal error.`;
