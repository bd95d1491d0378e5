import { Secret } from '../safety/secret.js';
import {
  candidateOf,
  type Find,
  type Finds,
  has,
  hidden,
  NOTHING,
  type TokenCandidate,
} from './candidate.js';
import { fromDotenv, TOKEN_NAMES } from './dotenv-file.js';
import { findLookalikes } from './lookalikes.js';
import { clientPaths, type Env, PATH_NAMES } from './paths.js';
import { tokensIn } from './secrets-in.js';
import { fromStoredTokens, fromTokenFile, type ReadBounded } from './token-file.js';

export type { TokenCandidate } from './candidate.js';
export type { ReadBounded } from './token-file.js';

export interface TokenSearch {
  /** In the order of the official clients. */
  candidates: TokenCandidate[];
  /** The one that is sent, or would be if its value were usable. */
  winner: TokenCandidate | null;
  shadowed: { source: string; sameValue: boolean }[];
  lookalikes: { name: string; readBy: string | null }[];
  /** Sentences for a person: what was found on the way and what to do about it. */
  notes: string[];
  /** Every secret seen, used or not: the redactor needs them all. */
  secrets: Secret[];
}

export interface TokenSearchInput {
  env: Env;
  cwd: string;
  home: string;
  platform?: NodeJS.Platform;
  /** What stood on stdin with `--token-stdin`, else null. */
  stdin: string | null;
  read: ReadBounded;
}

/** Looks where the official clients look, in their order, and then in `.env`. Never throws for a file. */
export async function findTokens(input: TokenSearchInput): Promise<TokenSearch> {
  const { env, cwd, home, read } = input;
  const disk = { home, read, platform: input.platform ?? process.platform };
  const paths = clientPaths(env, home, cwd);

  const clients = [fromStdin(input.stdin), fromEnv(env), await fromTokenFile(paths, disk)];
  const needed = !clients.some((finds) => finds.candidates.some((find) => find.eligible));
  const dotenv = await fromDotenv(cwd, read, needed);
  const stored = await fromStoredTokens(paths, disk);
  const lookalikes = findLookalikes(env);

  const all = [...clients, dotenv, stored];
  const finds = all.flatMap((source) => source.candidates);
  const candidates = finds.map((find) => find.candidate);
  const winner = finds.find((find) => find.eligible)?.candidate ?? null;
  return {
    candidates,
    winner,
    shadowed: winner ? shadowedBy(winner, candidates) : [],
    lookalikes: [...lookalikes.found],
    notes: [
      ...environmentNotes(env, paths.empty),
      ...all.flatMap((source) => source.notes),
      ...outcomeNotes(winner, stored),
    ],
    secrets: distinct([
      ...PATH_NAMES.filter((name) => holdsToken(env[name])).flatMap((name) =>
        hidden(env[name] ?? '', `env ${name}`),
      ),
      ...all.flatMap((source) => source.secrets),
      ...lookalikes.secrets.map(({ value, source }) => new Secret(value, source)),
    ]),
  };
}

/** Asked for explicitly, so it wins even when it is empty: no silent use of another token. */
function fromStdin(stdin: string | null): Finds {
  if (stdin === null) return NOTHING;
  // `echo` ends its output with a line break; that is no fault of the token.
  const raw = stdin.replace(/\r?\n$/, '');
  const find = { candidate: candidateOf(raw, 'stdin', 'stdin', null), eligible: true };
  return { candidates: [find], notes: [], secrets: hidden(raw, 'stdin') };
}

/** `os.environ.get("HF_TOKEN") or os.environ.get("HUGGING_FACE_HUB_TOKEN")`, cleaned only afterwards. */
function fromEnv(env: Env): Finds {
  const candidates: Find[] = [];
  const notes: string[] = [];
  let blanked = false;
  for (const name of TOKEN_NAMES) {
    const raw = env[name];
    if (raw === undefined) continue;
    const candidate = candidateOf(raw, `env ${name}`, 'env', null);
    const empty = has(candidate, 'empty');
    candidates.push({ candidate, eligible: !empty && !blanked });
    if (raw === '') notes.push(`${name} is set but empty, so it counts as not set.`);
    else if (empty) notes.push(`${name} holds only blanks, so it counts as not set.`);
    else if (blanked)
      notes.push(`huggingface_hub does not look at ${name} while HF_TOKEN holds blanks. Unset HF_TOKEN.`);
    // A blank HF_TOKEN still hides the older name: it is not empty until it is cleaned.
    blanked ||= raw !== '' && empty;
  }
  return {
    candidates,
    notes,
    secrets: TOKEN_NAMES.flatMap((name) => hidden(env[name] ?? '', `env ${name}`)),
  };
}

/** Other places with a token. Stand-ins hold none, and the active profile is the token file itself. */
function shadowedBy(winner: TokenCandidate, candidates: readonly TokenCandidate[]): TokenSearch['shadowed'] {
  const file = candidates.find((other) => other.source.startsWith('file '))?.secret;
  return candidates
    .filter((other) => other !== winner && !has(other, 'empty') && !has(other, 'placeholder'))
    .filter((other) => !(other.source.startsWith('stored profile') && same(file, other.secret)))
    .map((other) => ({ source: other.source, sameValue: same(winner.secret, other.secret) }));
}

function environmentNotes(env: Env, emptyPaths: readonly string[]): string[] {
  const notes = emptyPaths.map(
    (name) =>
      `${name} is set but empty. huggingface_hub then looks for its token in the current directory; unset it.`,
  );
  for (const name of PATH_NAMES) {
    if (!holdsToken(env[name])) continue;
    notes.push(`${name} seems to hold a token and should hold a path. The token belongs into HF_TOKEN.`);
  }
  if (env.HF_OIDC_RESOURCE) {
    notes.push(
      'HF_OIDC_RESOURCE is set: huggingface_hub 1.19 and later then gets a token from the CI identity and uses no other.',
    );
  }
  return notes;
}

function outcomeNotes(winner: TokenCandidate | null, stored: Finds): string[] {
  if (winner?.origin === 'tree') {
    return ['The token comes from .env. The official clients do not read that file: the app has to load it.'];
  }
  if (winner === null && stored.candidates.some(({ candidate }) => candidate.secret !== null)) {
    return ['There are stored profiles, and none is active. To choose one: hf auth switch'];
  }
  return [];
}

function holdsToken(path: string | undefined): boolean {
  return tokensIn((path ?? '').replace(/[^\x21-\x7e]/g, '')).length > 0;
}

function same(a: Secret | null | undefined, b: Secret | null | undefined): boolean {
  return a != null && b != null && a.sameAs(b);
}

function distinct(secrets: readonly Secret[]): Secret[] {
  const kept: Secret[] = [];
  for (const secret of secrets) if (!kept.some((other) => other.sameAs(secret))) kept.push(secret);
  return kept;
}
