import { createHash } from 'node:crypto';
import { inspect } from 'node:util';

/** What an OAuth token says about itself. Nobody has checked it: for display only. */
export interface Claims {
  /** OAuth scopes, or null when the token names none. */
  scopes: string[] | null;
  /** ISO 8601, UTC, or null. */
  expiresAt: string | null;
}

const MASK_AT_LEAST = 20;
const MAX_JWT = 16_384;

let reveal: (secret: Secret) => string;

/**
 * A token or key with the name of the place it came from. Whatever prints it, prints the label:
 * the value leaves this class only in a request header.
 */
export class Secret {
  readonly source: string;
  readonly length: number;
  /** `hf_…AbCd`: the family, and the last four characters of a value of 20 or more. */
  readonly masked: string;
  /** First 8 hex digits of the SHA-256. */
  readonly fingerprint: string;
  readonly #value: string;

  static {
    reveal = (secret) => secret.#value;
  }

  constructor(value: string, source: string) {
    this.#value = value;
    this.source = source;
    this.length = value.length;
    const family = /^hf_(?:oauth_)?/.exec(value)?.[0] ?? '';
    this.masked = `${family}…${value.length >= MASK_AT_LEAST ? value.slice(-4) : ''}`;
    this.fingerprint = createHash('sha256').update(value).digest('hex').slice(0, 8);
  }

  sameAs(other: Secret): boolean {
    return this.#value === other.#value;
  }

  /** A copy of `headers` with this secret as the only authorization. */
  authorize(headers: Record<string, string>): Record<string, string> {
    const others = Object.entries(headers).filter(([name]) => name.toLowerCase() !== 'authorization');
    return { ...Object.fromEntries(others), authorization: `Bearer ${this.#value}` };
  }

  /** Reads the payload of `hf_oauth_<jwt>` offline. Null for every other value. */
  claims(): Claims | null {
    if (this.length > MAX_JWT) return null;
    const payload = /^hf_oauth_[\w-]+\.([\w-]+)\.[\w-]*$/.exec(this.#value)?.[1];
    if (payload === undefined) return null;
    try {
      const claims: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'));
      if (typeof claims !== 'object' || claims === null || Array.isArray(claims)) return null;
      const { scope, exp } = claims as { scope?: unknown; exp?: unknown };
      return { scopes: scopesOf(scope), expiresAt: timeOf(exp) };
    } catch {
      return null;
    }
  }

  toString(): string {
    return `[secret ${this.source}]`;
  }

  toJSON(): string {
    return this.toString();
  }

  [inspect.custom](): string {
    return this.toString();
  }
}

/** The value itself, for the redactor's list. No other file may import this; a test looks. */
export function revealFor(secret: Secret): string {
  return reveal(secret);
}

function scopesOf(scope: unknown): string[] | null {
  if (typeof scope === 'string') return scope.split(' ').filter((name) => name !== '');
  if (Array.isArray(scope)) return scope.filter((name) => typeof name === 'string');
  return null;
}

function timeOf(seconds: unknown): string | null {
  const valid = typeof seconds === 'number' && seconds > 0 && seconds < 1e11;
  return valid ? new Date(seconds * 1000).toISOString() : null;
}
