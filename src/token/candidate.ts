import { Secret } from '../safety/secret.js';
import type { TokenFault, TokenKind } from '../types/evidence.js';
import { cleanToken } from './clean.js';
import { LOOKALIKES } from './lookalikes.js';
import { secretsIn } from './secrets-in.js';

/** One place that holds a token, or something in its place. */
export interface TokenCandidate {
  /** `env HF_TOKEN`, `file ~/.cache/huggingface/token`, `.env HF_TOKEN`, `stored profile "name"`, `stdin`. */
  source: string;
  /** `tree` is a file that the author of the project wrote: it may not decide where other tokens go. */
  origin: 'stdin' | 'env' | 'home' | 'tree';
  /** The file as it is on disk; never shown, `source` is. */
  path: string | null;
  /** Null when the value cannot be used as a token; `faults` then says why. */
  secret: Secret | null;
  kind: TokenKind | null;
  faults: TokenFault[];
}

/** What one source gave. */
export interface Finds {
  candidates: Find[];
  notes: string[];
  secrets: Secret[];
}

export interface Find {
  candidate: TokenCandidate;
  /** False where no client takes it: empty, or a profile that is not the active one. */
  eligible: boolean;
}

export const NOTHING: Finds = { candidates: [], notes: [], secrets: [] };

const NAMES = { HF_TOKEN: 1, HUGGING_FACE_HUB_TOKEN: 1, ...LOOKALIKES };

export function candidateOf(
  raw: string,
  source: string,
  origin: TokenCandidate['origin'],
  path: string | null,
): TokenCandidate {
  const { value, kind, faults } = cleanToken(raw);
  const secret = value === null ? null : new Secret(value, source);
  return { source, origin, path, secret, kind, faults };
}

/** Everything in `raw` that must stay hidden, usable or not. */
export function hidden(raw: string, source: string): Secret[] {
  return secretsIn(raw)
    .filter((value) => !isVariableName(value))
    .map((value) => new Secret(value, source));
}

/** `$HF_TOKEN` that nobody expanded: hiding it would hide the name of the variable to repair. */
function isVariableName(value: string): boolean {
  const bare = value.replace(/[^\w-]/g, '').toUpperCase();
  return bare === 'TOKEN' || Object.hasOwn(NAMES, bare);
}

export function has(candidate: TokenCandidate, fault: TokenFault['kind']): boolean {
  return candidate.faults.some((f) => f.kind === fault);
}
