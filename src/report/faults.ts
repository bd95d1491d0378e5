interface FaultCell {
  model: string;
  outcome: string;
  rule: string | null;
  control?: boolean | undefined;
  instead?: boolean | undefined;
}

/** It tells against its model; the retired host says nothing about one. */
export const tells = (c: FaultCell): boolean =>
  !c.control && !c.instead && c.outcome === 'fault' && c.rule !== 'legacy-host-gone';

interface AskedCell extends FaultCell {
  route: string;
  error: string | null;
  unfinished: boolean;
}

/** Models with a way that was not asked, or not to the end, although it may work. */
export function cutShort(cells: readonly AskedCell[]): ReadonlySet<string> {
  const isCut = (c: AskedCell) =>
    !c.control &&
    !c.instead &&
    (c.unfinished || c.error === 'run.cancelled') &&
    c.route !== 'legacy' &&
    !c.route.includes('+');
  return new Set(cells.filter(isCut).map((c) => c.model));
}

/** The models that some cell tells against. */
export function faulty(cells: readonly FaultCell[]): ReadonlySet<string> {
  return new Set(cells.filter(tells).map((c) => c.model));
}
