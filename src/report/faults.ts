interface FaultCell {
  model: string;
  outcome: string;
  rule: string | null;
  control?: boolean | undefined;
  instead?: boolean | undefined;
}

/** The cells that tell against a model; the retired host says nothing about one. */
export function faultsOf<C extends FaultCell>(model: string, cells: readonly C[]): C[] {
  return cells.filter(
    (c) =>
      c.model === model && !c.control && !c.instead && c.outcome === 'fault' && c.rule !== 'legacy-host-gone',
  );
}
