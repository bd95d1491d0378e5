import { bareId } from '../types/model-ref.js';
import type { RouteId } from '../types/observation.js';
import type { Case } from './define.js';

interface Way {
  /** Null where the advice is about several models. */
  model: string | null;
  task: string | null;
  route: RouteId | string;
  /** The id with the provider as its suffix works too. */
  byId?: boolean;
}

/**
 * A route as a person writes it in code, to stand after "use the model": `with provider="novita"`.
 * A suffix pins a provider for chat only, and the router may refuse it where the path answers.
 */
export function along({ model, task, route, byId = false }: Way, client: Case<unknown>['client']): string {
  const [plain = route] = route.split('+');
  const [kind, slug] = plain.split(':');
  if (kind === 'router' && slug === undefined) return 'through the router, by its bare id';
  if (kind === 'router' && model?.endsWith(`:${slug}`)) return 'through the router';
  if (kind === 'router') return `through the router, with ":${slug}" behind its id`;
  const provider = kind === 'provider' ? slug : kind === 'hf-inference' ? kind : undefined;
  if (provider === undefined) return `through the ${plain === 'gateway' ? 'gateway' : `route ${plain}`}`;
  const id =
    byId && task === 'conversational' && model !== null ? `by the id "${bareId(model)}:${provider}"` : null;
  if (client === 'node') return `with provider: "${provider}"`;
  if (client === 'curl') return id ?? `on the path of ${provider}`;
  return client === null && id ? `with provider="${provider}" (or ${id})` : `with provider="${provider}"`;
}
