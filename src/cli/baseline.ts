import { resolve } from 'node:path';
import type { Baseline } from '../report/baseline.js';
import { readBounded } from '../safety/write.js';
import { echo } from '../settings/echo.js';
import { UsageError } from '../settings/usage-error.js';
import { readBaseline } from '../watch/history.js';
import type { Io } from './io.js';

/** Bytes: months of a watch. */
const MOST = 32 * 1024 * 1024;

const REASONS = {
  missing: 'does not exist.',
  'not-a-file': 'is no regular file.',
  'too-large': 'is larger than 32 MiB.',
  denied: 'may not be read.',
  unreadable: 'could not be read.',
} as const;

const TAKES =
  'It takes what hf-doctor check --format json or ndjson, or hf-doctor watch --format ndjson, wrote.';

/** What was known before. Throws UsageError for a file that is none of ours. */
export async function baselineFrom(path: string, io: Io): Promise<Baseline> {
  const name = `--baseline: the file ${echo(path)}`;
  const file = await readBounded(resolve(io.cwd, path), MOST);
  if (!file.ok) throw new UsageError(`${name} ${REASONS[file.reason]}`, TAKES);
  const read = readBaseline(file.text);
  if (read.ok) return read.baseline;
  throw new UsageError(`${name} ${read.problem}`, TAKES);
}
