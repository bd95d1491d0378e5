import type { Evidence } from '../../types/evidence.js';
import { servedBy } from '../serving.js';
import { list } from '../words.js';

/** What the suffix of the well-known wrong advice would do to this model. */
export function aboutSuffix(model: string, e: Evidence): string | null {
  const live = servedBy(model, 'conversational', e);
  if (live === null) return null;
  if (live.length === 0) return `No provider serves ${model} for chat today, and no suffix changes that.`;
  if (!live.includes('hf-inference'))
    return `":hf-inference" would break ${model}: it is served by ${list(live)}, not by hf-inference.`;
  return live.length > 1
    ? `":hf-inference" would tie ${model} to one of its providers and switch failover off.`
    : `${model} is served by hf-inference only, so pinning ${model}:hf-inference on the router is right for this model, and for this model only. It repairs no page that comes from somewhere else.`;
}
