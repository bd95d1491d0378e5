import type { Observation } from '../../types/observation.js';
import { says } from '../match.js';

/* The providers that left, and how a call can name one. */

export interface Pinned {
  slug: string;
  how: 'path' | 'suffix' | 'client' | 'route' | 'mapping';
}

/** Month in which each left the providers of Hugging Face. */
export const REMOVED: Readonly<Record<string, readonly [iso: string, month: string]>> = {
  nebius: ['2026-01', 'January 2026'],
  hyperbolic: ['2026-06', 'June 2026'],
  sambanova: ['2026-06', 'June 2026'],
  'black-forest-labs': ['2026-07', 'July 2026'],
  clarifai: ['2026-07', 'July 2026'],
  nvidia: ['2026-07', 'July 2026'],
};

/** Null for a provider that did not leave. */
export function goneSince(slug: string): readonly [iso: string, month: string] | null {
  return Object.hasOwn(REMOVED, slug) ? (REMOVED[slug] ?? null) : null;
}

/** The provider that a sentence refuses: never one of the names that an old client lists after it. */
const REFUSED =
  /\bprovider[:=\s]{1,3}['"`]?(hyperbolic|nebius|sambanova|black-forest-labs|clarifai|nvidia)\b['"`]?/i;
const REFUSAL =
  /not (?:currently )?(?:supported|available|found)|unknown provider|unsupported|invalid provider/i;

/** A provider is a path segment, a suffix or a client's argument; an organization in a model id is not. */
export function pinned(o: Observation): Pinned | null {
  // Its own host, called directly, has no such segment: that is not the business of Hugging Face.
  const routed = o.provider !== null && (o.path ?? '').split('/').slice(1, 4).includes(o.provider);
  if (o.surface === 'provider' && o.provider && routed) return { slug: o.provider, how: 'path' };
  if (o.surface === 'router' && o.suffix) return { slug: o.suffix, how: 'suffix' };
  // The provider was known, and its task was not the one that was called.
  if (says(o, /supported for task/i)) return null;
  const named = says(o, REFUSAL)
    ? (REFUSED.exec(o.body.message ?? '') ?? REFUSED.exec(o.body.excerpt))
    : null;
  return named?.[1] ? { slug: named[1].toLowerCase(), how: 'client' } : null;
}

/** Hugging Face answers 401, 402, 403 and 429 before a provider is chosen: not about the provider. */
export function refuses(o: Observation, how: Pinned['how']): boolean {
  if (o.status === null) return how === 'client' && o.error === null;
  return [400, 404, 405, 410].includes(o.status) || o.status >= 500;
}
