import { Option } from 'commander';
import { collect, type Declare } from './declare.js';

/** The commands that read reports: merge, diff. */
export const declareReports: Declare = (program, run, io) => {
  const merge = program
    .command('merge')
    .description('join the reports of shards and of places into one')
    .argument('<reports...>', 'files that check --output report.json wrote');
  for (const option of reportOptions()) merge.addOption(option);
  merge
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
};

/** How a report is told. */
function reportOptions(): Option[] {
  return [
    new Option('--format <name>', 'as of check (default: human)'),
    new Option('--output <file>', 'also write a report, format by its ending').argParser(collect),
    new Option('--quiet', 'no notes on stderr'),
    new Option('--color', 'colour, even where it is not usual'),
    new Option('--no-color', 'no colour'),
  ];
}
