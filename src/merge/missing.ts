import type { Source } from '../report/run-model.js';

const MOST = 1_000;

/** Shards that should be there and are not, by place: `3/5`, `eu-west 3/5`. */
export function missingShards(sources: readonly Source[]): string[] {
  const known = new Map<string, Set<number>>();
  for (const { vantage, shard } of sources) {
    const [, index, of] = /^(\d{1,4})\/(\d{1,4})$/.exec(shard ?? '') ?? [];
    if (!index || !of || Number(of) > MOST) continue;
    const key = JSON.stringify([vantage, Number(of)]);
    known.set(key, (known.get(key) ?? new Set()).add(Number(index)));
  }
  return [...known].sort().flatMap(([key, have]) => {
    const [vantage, of] = JSON.parse(key) as [string | null, number];
    const all = Array.from({ length: of }, (_, i) => i + 1);
    return all.filter((i) => !have.has(i)).map((i) => `${vantage === null ? '' : `${vantage} `}${i}/${of}`);
  });
}
