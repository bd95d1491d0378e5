import { Option } from 'commander';
import { TARGETS } from '../../fallback/targets.js';
import { AFTER_HELP, mustMean, NOT_FOR_FALLBACK } from '../for-fallback.js';
import { collect, type Declare, online } from './declare.js';
import { ignoreOption, networkOptions, OUTPUT_HELP, tokenOptions } from './options.js';

/** The commands that talk to Hugging Face: check, fallback, watch, token. */
export const declareProbing: Declare = (program, run, io) => {
  const check = program
    .command('check', { isDefault: true })
    .description('check the token and the models on each route (the default command)')
    .argument('[models...]', 'model ids, org/name, with an optional :suffix');
  for (const option of networkOptions()) check.addOption(option);
  check
    .addOption(ignoreOption())
    .addOption(new Option('--plan', 'print each request and its cost, send none'))
    .addOption(
      new Option('--print-config', 'print each setting, its value and where it comes from, send nothing'),
    )
    .addOption(new Option('--output <file>', OUTPUT_HELP).argParser(collect))
    .addOption(
      new Option(
        '--baseline <file>',
        'an earlier report, or the history of a watch: only what is new counts',
      ),
    )
    .addOption(
      new Option('--shard <i/n>', 'take one of n parts of the models; hf-doctor merge joins the reports'),
    )
    .addOption(new Option('--vantage <name>', 'a name for the place of this run, told in merged reports'))
    .addOption(new Option('--replay <report.json>', 'diagnose an earlier report again, ask nobody'))
    .action((models: string[]) =>
      run(async () => (await online(() => import('../check.js'))).checkCommand(models, check.opts(), io))(),
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
        return (await online(() => import('../fallback.js'))).fallbackCommand(models, fallback.opts(), io);
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
    .addOption(ignoreOption())
    .addOption(
      new Option(
        '--listen <host:port>',
        'serve /metrics for Prometheus, /healthz and the last report at /; port 0 takes a free one',
      ),
    )
    .action((models: string[]) =>
      run(async () => (await online(() => import('../watch.js'))).watchCommand(models, watch.opts(), io))(),
    );

  const token = program
    .command('token')
    .description('the token alone: where it comes from and what it may do');
  for (const option of tokenOptions()) token.addOption(option);
  token.action(() =>
    run(async () => (await online(() => import('../token.js'))).tokenCommand(token.opts(), io))(),
  );
};

/** Options of check that mean something else where rounds are repeated. */
const WATCH_TEXTS: Readonly<Record<string, string>> = {
  '--max-cost': 'end before all rounds together would cost more (default: 0.01)',
  '--max-requests': 'stop a round before more requests (default: 500)',
  '--deadline': 'seconds for one round (default: 600)',
};
