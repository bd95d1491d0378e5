interface FaultCell {
  model: string;
  outcome: string;
  rule: string | null;
  control?: boolean | undefined;
  instead?: boolean | undefined;
}

/** It tells against its model; the retired host says nothing about one. */
const tells = (c: FaultCell) =>
  !c.control && !c.instead && c.outcome === 'fault' && c.rule !== 'legacy-host-gone';

/** The models that some cell tells against. */
export function faulty(cells: readonly FaultCell[]): ReadonlySet<string> {
  return new Set(cells.filter(tells).map((c) => c.model));
}
