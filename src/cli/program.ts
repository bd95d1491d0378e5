import { Command, CommanderError, Option } from 'commander';
import { TARGETS } from '../fallback/targets.js';
import { emit } from '../safety/write.js';
import { UsageError } from '../settings/usage-error.js';
import { errorDocument, internalMessage, usageMessage, wantedJson } from './errors.js';
import { AFTER_HELP, mustMean, NOT_FOR_FALLBACK } from './for-fallback.js';
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

  const check = program
    .command('check', { isDefault: true })
    .description('check the token and the models on each route (the default command)')
    .argument('[models...]', 'model ids, org/name, with an optional :suffix');
  for (const option of networkOptions()) check.addOption(option);
  check
    .addOption(new Option('--plan', 'print each request and its cost, send none'))
    .addOption(
      new Option('--output <file>', 'also write a report, format by its ending (.json, .ndjson)').argParser(
        collect,
      ),
    )
    .addOption(
      new Option(
        '--baseline <file>',
        'an earlier report, or the history of a watch: only what is new counts',
      ),
    )
    .action((models: string[]) =>
      run(async () => (await import('./check.js')).checkCommand(models, check.opts(), io))(),
    );

  const fallback = program
    .command('fallback')
    .description('a chain of models that answer now, as code or configuration')
    .argument('[models...]', 'chat models, org/name, the preferred one first');
  for (const option of networkOptions())
    fallback.addOption(option.long && NOT_FOR_FALLBACK[option.long] ? option.hideHelp() : option);
  fallback
    .addOption(new Option('--for <what>', 'what to print (default: the chain as text)').choices(TARGETS))
    .addHelpText('after', AFTER_HELP)
    .action((models: string[]) =>
      run(async () => {
        mustMean(fallback);
        return (await import('./fallback.js')).fallbackCommand(models, fallback.opts(), io);
      })(),
    );

  const watch = program
    .command('watch')
    .description('repeat a check and print what changes, until it is fixed')
    .argument('[models...]', 'model ids, org/name, with an optional :suffix');
  for (const option of networkOptions()) {
    const own = WATCH_TEXTS[option.long ?? ''];
    if (option.long !== '--format') watch.addOption(own ? new Option(option.flags, own) : option);
  }
  watch
    .addOption(
      new Option('--format <name>', 'human or ndjson, a history that check --baseline reads')
        .choices(['human', 'ndjson'])
        .default('human'),
    )
    .addOption(
      new Option(
        '--every <s>',
        'seconds between two rounds, at least 30, a tenth more or less (default: 300)',
      ),
    )
    .addOption(
      new Option('--until <what>', 'end with the first good round, or the first change').choices([
        'ok',
        'change',
      ]),
    )
    .addOption(new Option('--rounds <n>', 'end after so many rounds'))
    .action((models: string[]) =>
      run(async () => (await import('./watch.js')).watchCommand(models, watch.opts(), io))(),
    );

  const token = program
    .command('token')
    .description('the token alone: where it comes from and what it may do');
  for (const option of tokenOptions()) token.addOption(option);
  token.action(() => run(async () => (await import('./token.js')).tokenCommand(token.opts(), io))());

  const explain = program
    .command('explain')
    .description('the cause and the fix of an error text, or the page of a rule')
    .argument('[rule|file|-]', 'a rule, a file with the text, or - for stdin (the default)')
    .option('--all', 'show every candidate in full')
    .option('--project <dir>', 'read the versions of the clients from the files of a project')
    .addOption(new Option('--format <name>', 'human or json').choices(['human', 'json']).default('human'))
    .addOption(new Option('--color', 'colour, even where it is not usual'))
    .addOption(new Option('--no-color', 'no colour'));
  explain.action((what: string | undefined) =>
    run(async () => (await import('./explain.js')).explainCommand(what, explain.opts(), io))(),
  );

  const rules = program.command('rules').description('the catalogue of faults');
  rules.addOption(
    new Option('--format <name>', 'human, json or markdown')
      .choices(['human', 'json', 'markdown'])
      .default('human'),
  );
  rules.action(() => run(async () => (await import('./rules.js')).rulesCommand(rules.opts(), io))());

  const simulate = program
    .command('simulate')
    .description('run the embedded simulator as a server on 127.0.0.1')
    .argument('[scenario]', 'name of a scenario, or a file of your own', 'healthy')
    .option('--list', 'name the scenarios');
  simulate.action((name: string) =>
    run(async () => (await import('./simulate.js')).simulateCommand(name, simulate.opts(), io))(),
  );

  program
    .command('schema')
    .description('print the JSON Schema of the report, of the config file or of a scenario')
    .argument('[what]', 'report, config or scenario', 'report')
    .action((what: string) => run(async () => (await import('./schema.js')).schemaCommand(what, io))());
  return program;
}

const collect = (value: string, before: string[] = []) => [...before, value];

/** Options of check that mean something else where rounds are repeated. */
const WATCH_TEXTS: Readonly<Record<string, string>> = {
  '--max-cost': 'end before all rounds together would cost more (default: 0.01)',
  '--max-requests': 'stop a round before more requests (default: 500)',
  '--deadline': 'seconds for one round (default: 600)',
};

function networkOptions(): Option[] {
  return [
    new Option('--models-file <path>', 'model ids from a file, one a line; - reads stdin'),
    new Option('--routes <list>', 'legacy,router,hf-inference,providers,gateway or provider names'),
    new Option('--gateway <url>', 'also check this OpenAI-compatible base URL (key: HF_DOCTOR_GATEWAY_KEY)'),
    new Option('--task <task>', 'task to probe instead of the one the Hub names'),
    new Option('--depth <depth>', 'catalog, auth or live: how far a probe goes (default: live)'),
    new Option('--allow-costly', 'also real calls for images, videos and sounds: cents each'),
    new Option('--suffixes', 'also the suffixes of the router: fastest, cheapest, preferred, each provider'),
    new Option('--with <list>', 'also try chat with stream,tools,json'),
    new Option('--max-cost <usd>', 'stop before the run would cost more (default: 0.01)'),
    new Option('--max-requests <n>', 'stop before more requests (default: 500)'),
    new Option('--concurrency <n>', 'requests at once, per host (default: 4)'),
    new Option('--deadline <s>', 'seconds for the whole run (default: 600)'),
    new Option('--retries <n>', 'tries after the first answer (default: 1)'),
    new Option('--anonymous', 'send no token at all'),
    new Option('--fail-on <level>', 'error, warning or never: what makes exit code 1 (default: error)'),
    ...tokenOptions(),
  ];
}

function tokenOptions(): Option[] {
  return [
    new Option('--format <name>', 'human, json or ndjson (default: human)'),
    new Option('--timeout <s>', 'seconds for one request (default: 20)'),
    new Option('--token-stdin', 'read the token from stdin'),
    new Option('--bill-to <org>', 'organization to bill (HF_BILL_TO)'),
    new Option('--simulate <scenario>', 'run against the embedded simulator'),
    new Option('--hub-url <url>', 'base URL of the Hub (HF_ENDPOINT)'),
    new Option('--router-url <url>', 'base URL of the router (HF_DOCTOR_ROUTER_URL)'),
    new Option('--legacy-url <url>', 'base URL of the legacy host (HF_DOCTOR_LEGACY_URL)'),
    new Option('--config <path>', 'config file to use'),
    new Option('--no-config', 'look for no config file'),
    new Option('--quiet', 'no progress and no notes on stderr'),
    new Option('--debug', 'say more on stderr'),
    new Option('--color', 'colour, even where it is not usual'),
    new Option('--no-color', 'no colour'),
  ];
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
Exit codes: 0 healthy, 1 findings, 2 usage, 3 nothing could be checked, 4 internal error.`;
