/* A model as people write it: `org/name`, with the suffix of the router behind the last colon. */

/** Suffixes by which the router chooses a provider; any other one is a provider's slug. */
export const POLICIES = ['fastest', 'cheapest', 'preferred'] as const;

export function isPolicy(suffix: string): boolean {
  return (POLICIES as readonly string[]).includes(suffix);
}

/** Ids of the Hub hold no colon. */
export function splitRef(ref: string): { id: string; suffix: string | null } {
  const at = ref.lastIndexOf(':');
  return at === -1 ? { id: ref, suffix: null } : { id: ref.slice(0, at), suffix: ref.slice(at + 1) };
}

/** `org/name` without what stands behind the colon. */
export function bareId(ref: string): string {
  return splitRef(ref).id;
}
