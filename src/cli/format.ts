import type { Settings } from '../settings/model.js';
import { UsageError } from '../settings/usage-error.js';

const SHORT = ['human', 'json', 'ndjson'] as const;
type Short = (typeof SHORT)[number];

/**
 * The format for what is no report of a check. One that only a report has is refused on the command
 * line; where the environment or a config file sets it, it was meant for check.
 */
export function shortFormat({ format }: Pick<Settings, 'format'>, what: string): Short {
  const known = SHORT.find((name) => name === format.value);
  if (known) return known;
  if (format.origin.from !== 'flag') return 'human';
  throw new UsageError(
    `--format ${format.value} is for the report of hf-doctor check. ${what} has: ${SHORT.join(', ')}.`,
  );
}
