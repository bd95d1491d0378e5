import type { ModelRef, Shard } from '../settings/model.js';
import { modelRefText } from '../settings/model-id.js';

/**
 * A stable part of the models: the same list gives the same parts on every machine, in whatever order it
 * is written, and no part has two models more than another.
 */
export function ofShard(models: readonly ModelRef[], shard: Shard | null): readonly ModelRef[] {
  if (shard === null) return models;
  const names = [...new Set(models.map(modelRefText))].sort();
  const mine = new Set(names.filter((_, i) => i % shard.of === shard.index - 1));
  return models.filter((m) => mine.has(modelRefText(m)));
}
