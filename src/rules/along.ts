import { bareId } from '../types/model-ref.js';
import type { RouteId } from '../types/observation.js';
import type { Case } from './define.js';

interface Way {
  /** Null where the advice is about several models. */
  model: string | null;
  task: string | null;
  route: RouteId | string;
}

/**
 * A route as a person writes it in code, to stand after "use the model": `with provider="novita"`.
 * A suffix pins a provider for chat only.
 */
export function along({ model, task, route }: Way, client: Case<unknown>['client']): string {
  const [plain = route] = route.split('+');
  const [kind, slug] = plain.split(':');
  const chat = task === 'conversational' && model !== null;
  if (kind === 'router' && slug === undefined) return 'through the router, by its bare id';
  if (kind === 'router' && model?.endsWith(`:${slug}`)) return 'through the router';
  if (kind === 'router') return `through the router, with ":${slug}" behind its id`;
  const provider = kind === 'provider' ? slug : kind === 'hf-inference' ? kind : undefined;
  if (provider === undefined) return `through the ${plain === 'gateway' ? 'gateway' : `route ${plain}`}`;
  const id = `the id "${bareId(model ?? '')}:${provider}"`;
  // The path of hf-inference is the way to what it serves; its suffix is rarely one.
  const pins = chat && provider !== 'hf-inference';
  if (client === 'node') return `with provider: "${provider}"`;
  if (client === 'curl' && pins) return `by ${id}`;
  return client === null && pins
    ? `with provider="${provider}" (or by ${id})`
    : `with provider="${provider}"`;
}
