import { UsageError } from '../settings/usage-error.js';

/** What would ask somebody has no meaning here. */
export function refuseBesideReplay(models: readonly string[], flags: object): void {
  const named = ['modelsFile', 'simulate', 'plan', 'shard', 'vantage', 'tokenStdin'] as const;
  const other = models.length > 0 ? 'a model' : named.find((key) => Reflect.get(flags, key) !== undefined);
  if (other === undefined) return;
  const name = other === 'a model' ? other : `--${other.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`)}`;
  throw new UsageError(
    `--replay asks nobody, so ${name} has no meaning beside it.`,
    'hf-doctor check --replay report.json',
  );
}
