import { bareId } from '../types/model-ref.js';
import type { Cell, Finding, Report } from './model.js';

/** The finding was made of an answer to this model, as it was asked for: with its suffix. */
export function isOf(finding: Finding, ref: string, cells: readonly Cell[]): boolean {
  return finding.cells.some((i) => cells[i]?.model === ref);
}

/** The finding names the model, and was not made of answers to the same model with another suffix alone. */
export function concerns(finding: Finding, ref: string, cells: readonly Cell[]): boolean {
  const bare = bareId(ref);
  const siblings = finding.cells.some((i) => !cells[i]?.control && bareId(cells[i]?.model ?? '') === bare);
  return isOf(finding, ref, cells) || (finding.models.includes(bare) && !siblings);
}

/** Usable, as far as a call tells that stopped on purpose before an answer was made. */
export function isOnlyReached({ id, usable }: Report['models'][number], cells: readonly Cell[]): boolean {
  const good = cells.filter((c) => c.model === id && !c.control && !c.instead && isGood(c));
  return usable && good.length > 0 && good.every((c) => c.depth === 'auth');
}

const isGood = ({ outcome }: Cell) => outcome === 'ok' || outcome === 'flaky';
