import type { Marks } from './counts.js';
import type { Report } from './model.js';
import { keyOf } from './state.js';

/** By model and route: `info`, nothing to do about it; `excused`, as the user said beforehand. */
export type Calm = ReadonlyMap<string, 'info' | 'excused'>;

/** Cells that are no reason to be alarmed, whatever they say. */
export function calmCells({ cells, findings }: Report): Calm {
  const isInfo = new Map<number, boolean>();
  for (const f of findings)
    for (const i of f.cells) isInfo.set(i, (isInfo.get(i) ?? true) && f.severity === 'info');
  const calm = new Map<string, 'info' | 'excused'>();
  for (const [i, cell] of cells.entries()) {
    if (cell.control || cell.instead) continue;
    if (isExcused(cell)) calm.set(keyOf(cell), 'excused');
    else if (isInfo.get(i) === true) calm.set(keyOf(cell), 'info');
  }
  return calm;
}

/** Beside a baseline: what was known at another time is judged by the comparison itself. */
export function isExcused({ expected, ignored }: Marks): boolean {
  return expected === true || ignored !== undefined;
}
