import { renderValue } from '../render/json.js';
import { diffOf } from '../report/diff.js';
import { byPlace } from '../report/places.js';
import { makeSafe } from '../safety/safe.js';
import { emit } from '../safety/write.js';
import type { Io } from './io.js';
import { lookFor } from './look.js';
import { reportFrom } from './report-in.js';

export interface DiffFlags {
  format: 'human' | 'json' | 'markdown';
  color?: boolean;
}

/** What changed between two reports. */
export async function diffCommand(old: string, now: string, flags: DiffFlags, io: Io): Promise<number> {
  const [before, after] = [await reportFrom(old, 'diff', io), await reportFrom(now, 'diff', io)];
  const view = makeSafe(diffOf(byPlace(before), byPlace(after)), io.redact, new Set());
  const { renderDiff, renderDiffMarkdown } = await import('../render/diff.js');
  const look = lookFor(io, flags.color);
  const out = {
    human: () => renderDiff(view, look),
    json: () => renderValue(view, 'json'),
    markdown: () => renderDiffMarkdown(view),
  }[flags.format]();
  return (await emit(io.stdout, out)) === 'failed' ? 4 : view.exitCode;
}
