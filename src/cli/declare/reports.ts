import { Option } from 'commander';
import { collect, type Declare, online } from './declare.js';
import { ignoreOption, networkOptions, OUTPUT_HELP } from './options.js';

/** The commands that make or read reports: merge, diff, bundle. */
export const declareReports: Declare = (program, run, io) => {
  const merge = program
    .command('merge')
    .description('join the reports of shards and of places into one')
    .argument('<reports...>', 'files that check --output report.json wrote');
  for (const option of reportOptions()) merge.addOption(option);
  merge
    .addOption(ignoreOption())
    .addOption(new Option('--baseline <file>', 'an earlier report: only what is new counts'))
    .addOption(new Option('--config <path>', 'config file to use'))
    .addOption(new Option('--no-config', 'look for no config file'))
    .addOption(
      new Option('--fail-on <level>', 'error, warning or never: what makes exit code 1 (default: error)'),
    )
    .action((reports: string[]) =>
      run(async () => (await import('../merge.js')).mergeCommand(reports, merge.opts(), io))(),
    );

  const diff = program
    .command('diff')
    .description('what changed between two reports: exit code 1 when something fails that did not')
    .argument('<old>', 'a report that check --output report.json wrote, such as that of the last green run')
    .argument('<new>', 'a later one')
    .addOption(
      new Option('--format <name>', 'human, json or markdown')
        .choices(['human', 'json', 'markdown'])
        .default('human'),
    )
    .addOption(new Option('--color', 'colour, even where it is not usual'))
    .addOption(new Option('--no-color', 'no colour'));
  diff.action((old: string, now: string) =>
    run(async () => (await import('../diff.js')).diffCommand(old, now, diff.opts(), io))(),
  );

  const bundle = program
    .command('bundle')
    .description('one file for a forum post or a ticket: what was seen and found, not who asked')
    .argument('[models...]', 'model ids, org/name, with an optional :suffix');
  for (const option of networkOptions()) if (option.long !== '--format') bundle.addOption(option);
  bundle
    .addOption(new Option('--output <file>', '.json, or .md for an issue (default: hf-doctor-bundle.json)'))
    .addOption(new Option('--anonymise', 'other names for models, organizations and hosts'))
    .addOption(new Option('--replay <report.json>', 'make it of an earlier report, ask nobody'))
    .action((models: string[]) =>
      run(async () =>
        (await online(() => import('../bundle.js'))).bundleCommand(models, bundle.opts(), io),
      )(),
    );
};

/** How a report is told. */
function reportOptions(): Option[] {
  return [
    new Option('--format <name>', 'as of check (default: human)'),
    new Option('--output <file>', OUTPUT_HELP).argParser(collect),
    new Option('--quiet', 'no notes on stderr'),
    new Option('--color', 'colour, even where it is not usual'),
    new Option('--no-color', 'no colour'),
  ];
}
