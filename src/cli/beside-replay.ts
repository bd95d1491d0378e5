import { UsageError } from '../settings/usage-error.js';

const ASKING = [
  ...[
    'modelsFile',
    'simulate',
    'plan',
    'shard',
    'vantage',
    'tokenStdin',
    'routes',
    'gateway',
    'task',
    'depth',
  ],
  ...['allowCostly', 'suffixes', 'with', 'maxCost', 'maxRequests', 'concurrency', 'timeout', 'deadline'],
  ...['retries', 'anonymous', 'billTo', 'hubUrl', 'routerUrl', 'legacyUrl'],
] as const;

/** What would ask somebody has no meaning here. */
export function refuseBesideReplay(models: readonly string[], flags: object): void {
  const other = models.length > 0 ? 'a model' : ASKING.find((key) => Reflect.get(flags, key) !== undefined);
  if (other === undefined) return;
  const name = other === 'a model' ? other : `--${other.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`)}`;
  throw new UsageError(
    `--replay asks nobody, so ${name} has no meaning beside it.`,
    'hf-doctor check --replay report.json',
  );
}
