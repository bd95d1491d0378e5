import type { World } from '../probe/ask.js';
import { begin } from './begin.js';
import { type CheckResult, conclude } from './conclude.js';
import type { CheckInput } from './input.js';
import { type Before, inspect, joined, leftOut, type Seen } from './inspect.js';
import { inParts } from './parts.js';

/** The main job: evidence, diagnosis, report. Ends early, with what it has, when the signal aborts. */
export async function check(i: CheckInput, world: World): Promise<CheckResult> {
  const run = await begin(i, world);
  let seen: Seen | null = null;
  for (const models of inParts(run.models)) {
    const over = seen !== null && run.w.signal.aborted;
    const before: Before | null = seen && { models: seen.models.length, usd: seen.planned.usd };
    const part: Seen = over ? leftOut(run, models) : await inspect(run, models, before);
    seen = seen === null ? part : joined(seen, part);
  }
  return conclude(run, seen ?? (await inspect(run, [], null)));
}
