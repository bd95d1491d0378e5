import { Option } from 'commander';
import type { Declare } from './declare.js';

/** The commands that ask nobody: explain, rules, simulate, init, schema. */
export const declareOffline: Declare = (program, run, io) => {
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
    run(async () => (await import('../explain.js')).explainCommand(what, explain.opts(), io))(),
  );

  const rules = program.command('rules').description('the catalogue of faults');
  rules.addOption(
    new Option('--format <name>', 'human, json or markdown')
      .choices(['human', 'json', 'markdown'])
      .default('human'),
  );
  rules.action(() => run(async () => (await import('../rules.js')).rulesCommand(rules.opts(), io))());

  const simulate = program
    .command('simulate')
    .description('run the embedded simulator as a server on 127.0.0.1')
    .argument('[scenario]', 'name of a scenario, or a file of your own', 'healthy')
    .option('--list', 'name the scenarios');
  simulate.action((name: string) =>
    run(async () => (await import('../simulate.js')).simulateCommand(name, simulate.opts(), io))(),
  );

  const init = program
    .command('init')
    .description('write a first config file from what a project uses')
    .argument('[dir]', 'the folder of the project (default: this one)')
    .option('--dry-run', 'print it, write nothing');
  init.action((dir: string | undefined) =>
    run(async () => (await import('../init.js')).initCommand(dir, init.opts(), io))(),
  );

  program
    .command('schema')
    .description('print the JSON Schema of the report, of the config file or of a scenario')
    .argument('[what]', 'report, config or scenario', 'report')
    .action((what: string) => run(async () => (await import('../schema.js')).schemaCommand(what, io))());
};
