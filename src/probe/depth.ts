import { taskCall } from '../routes/tasks.js';
import type { Depth } from '../types/observation.js';

/** Images, videos and sounds cost cents a call: without leave they are refused before they are made. */
export function depthOf(task: string, wanted: { depth: Depth; allowCostly: boolean }): Depth {
  if (wanted.depth !== 'live' || wanted.allowCostly) return wanted.depth;
  return (taskCall(task)?.usd ?? 0) > 0 ? 'auth' : 'live';
}
