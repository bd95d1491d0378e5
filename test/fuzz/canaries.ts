import { canary } from '../support/leaks.js';

/** Secrets of one seed, made at run time. The first four stand in the environment or in files. */
export interface Canaries {
  token: string;
  /** Of a stored profile that is not used. */
  profile: string;
  /** Of a provider, in the environment. */
  key: string;
  gateway: string;
  /** What the Hub tells about a person; only whoami says it. */
  person: readonly string[];
}

export function canariesOf(seed: number): Canaries {
  const make = (name: string, prefix?: string) => canary(`fuzz ${seed} ${name}`, prefix);
  return {
    token: make('token'),
    profile: make('profile'),
    key: make('key', 'sk-proj7'),
    gateway: make('gateway', 'gw4'),
    person: [`${make('mail', '')}@x.y`, make('name', 'Zora ')],
  };
}

export function secretsOf(c: Canaries): string[] {
  return [c.token, c.profile, c.key, c.gateway];
}
