import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterEach } from 'vitest';
import { readBounded } from '../../src/safety/write.js';
import { findTokens, type TokenSearch, type TokenSearchInput } from '../../src/token/sources.js';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** Characters without any pattern, the same for the same seed. */
export function letters(seed: number, count = 34): string {
  let state = seed * 7919 + 17;
  return Array.from({ length: count }, () => {
    state = (state * 48271) % 2147483647;
    return ALPHABET[state % ALPHABET.length];
  }).join('');
}

/** A value in the form of a token that is none. */
export const canary = (seed = 1) => `hf_${letters(seed)}`;

/** A shell variable in braces, as it stands when nothing expanded it. */
export const braced = (name: string) => `$\{${name}}`;

/** An OAuth access token: `hf_oauth_` and a JWT with these claims. */
export function oauthCanary(claims: Record<string, unknown>, seed = 5): string {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `hf_oauth_${part({ alg: 'EdDSA' })}.${part(claims)}.${letters(seed, 60)}-_`;
}

/** The longest piece of `secret` (its last four characters excepted) that a text gives away. */
export function longestPiece(text: string, secret: string): string {
  const body = secret.replace(/^(?:hf_oauth_|hf_)/, '').slice(0, -4);
  let longest = '';
  for (let from = 0; from < body.length; from += 1) {
    while (
      from + longest.length < body.length &&
      text.includes(body.slice(from, from + longest.length + 1))
    ) {
      longest = body.slice(from, from + longest.length + 1);
    }
  }
  return longest;
}

/** All that can be printed of a structure, hidden properties included. */
export function everything(value: unknown): string {
  return `${JSON.stringify(value)}\n${inspect(value, { depth: null, showHidden: true, getters: true })}\n${String(value)}`;
}

/** A home and a working directory of their own, removed after the test. */
export function sandbox(): { home: string; cwd: string } {
  const root = mkdtempSync(join(tmpdir(), 'token-'));
  afterEach(() => rmSync(root, { recursive: true, force: true }));
  return { home: root, cwd: root };
}

export function search(
  input: Partial<TokenSearchInput> & { home: string; cwd: string },
): Promise<TokenSearch> {
  return findTokens({ env: {}, stdin: null, read: readBounded, ...input });
}
