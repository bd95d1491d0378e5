import type { Command } from 'commander';
import { UsageError } from '../settings/usage-error.js';

/** Options of check that fallback refuses, and why. A chain is made of real answers of chat models. */
export const NOT_FOR_FALLBACK: Readonly<Record<string, string>> = {
  '--depth': 'each link must answer',
  '--format': '--for says what is printed',
  '--fail-on': 'the exit code tells whether each model has its place',
  '--gateway': 'a chain is asked on the router',
  '--legacy-url': 'the retired host is not asked',
  '--allow-costly': 'a chain is made of chat models',
  '--suffixes': 'each provider is asked anyway',
  '--with': 'a link is proven by a plain answer',
};

export const AFTER_HELP = `
Exit codes: 0 each model that you named is in the chain (named none: there is a chain), 1 one of them is left
out or there is no chain, 2 usage, 3 nothing could be checked.

Of the options of check these have no meaning here:
${Object.entries(NOT_FOR_FALLBACK)
  .map(([option, why]) => `  ${option.padEnd(15)} ${why}\n`)
  .join('')}`;

/** Throws UsageError for the first option that has no meaning for this command. */
export function mustMean(fallback: Command): void {
  for (const option of fallback.options) {
    const why = NOT_FOR_FALLBACK[option.long ?? ''];
    if (why && fallback.getOptionValue(option.attributeName()) !== undefined)
      throw new UsageError(`${option.long} has no meaning for fallback: ${why}.`);
  }
}
