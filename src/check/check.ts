import type { World } from '../probe/ask.js';
import { begin } from './begin.js';
import { type CheckResult, conclude } from './conclude.js';
import type { CheckInput } from './input.js';
import { type Before, inspect, isOver, joined, leftOut, type Seen, shortened } from './inspect.js';
import { inParts } from './parts.js';

/** The main job: evidence, diagnosis, report. Ends early, with what it has, when the signal aborts. */
export async function check(i: CheckInput, world: World): Promise<CheckResult> {
  const run = await begin(i, world);
  let seen: Seen | null = null;
  const parts = inParts(run.models, i.settings);
  for (const models of parts) {
    const over = seen !== null && isOver(run);
    const before: Before | null = seen && { models: seen.models.length, usd: seen.planned.usd };
    const part: Seen = over ? leftOut(run, models) : await inspect(run, models, before);
    const kept = parts.length > 1 ? shortened(part) : part;
    if (parts.length > 1) world.tidy();
    seen = seen === null ? kept : joined(seen, kept);
  }
  return conclude(run, seen ?? (await inspect(run, [], null)));
}
