import { stat } from 'node:fs/promises';
import type { readBounded } from '../safety/write.js';
import { candidateOf, type Finds, has, hidden, NOTHING } from './candidate.js';
import { MAX_TOKEN_FILE_BYTES } from './constants.js';
import { homePath, label } from './label.js';
import type { ClientPaths } from './paths.js';
import { parseStoredTokens } from './stored-tokens.js';

export type ReadBounded = typeof readBounded;

export interface Disk {
  home: string;
  platform: NodeJS.Platform;
  read: ReadBounded;
}

/** The file that `hf auth login` writes and huggingface_hub reads. */
export async function fromTokenFile(paths: ClientPaths, disk: Disk): Promise<Finds> {
  const shown = homePath(paths.token, disk.home);
  const answer = await disk.read(paths.token, MAX_TOKEN_FILE_BYTES);
  if (!answer.ok) return { ...NOTHING, notes: readNotes(answer.reason, shown, paths.named) };
  const source = `file ${shown}`;
  const candidate = candidateOf(answer.text, source, 'home', paths.token);
  const empty = has(candidate, 'empty');
  const notes = await exposureNotes(paths.token, disk);
  if (empty) notes.push(`${shown} is empty, so it counts as no token.`);
  return { candidates: [{ candidate, eligible: !empty }], notes, secrets: hidden(answer.text, source) };
}

/** The profiles next to the token file. Clients use only the active one, which the token file holds. */
export async function fromStoredTokens(paths: ClientPaths, disk: Disk): Promise<Finds> {
  const shown = homePath(paths.storedTokens, disk.home);
  const answer = await disk.read(paths.storedTokens, MAX_TOKEN_FILE_BYTES);
  if (!answer.ok) return { ...NOTHING, notes: readNotes(answer.reason, shown, false) };
  const profiles = parseStoredTokens(answer.text).map(({ name, token, refresh }) => {
    const source = `stored profile "${label(name)}"`;
    return { source, token: token ?? '', all: [token ?? '', refresh ?? ''] };
  });
  return {
    candidates: profiles.map(({ source, token }) => ({
      candidate: candidateOf(token, source, 'home', paths.storedTokens),
      eligible: false,
    })),
    notes: await exposureNotes(paths.storedTokens, disk),
    secrets: profiles.flatMap(({ source, all }) => all.flatMap((raw) => hidden(raw, source))),
  };
}

type Reason = Extract<Awaited<ReturnType<ReadBounded>>, { ok: false }>['reason'];

/** What a person should know of a file that could not be read. A missing file is normal unless it was named. */
export function readNotes(reason: Reason, shown: string, named: boolean): string[] {
  switch (reason) {
    case 'missing':
      return named ? [`HF_TOKEN_PATH names ${shown}, and there is no such file.`] : [];
    case 'not-a-file':
      return [`${shown} is not a regular file, so no token was read from it.`];
    case 'too-large':
      return [`${shown} is too large to be read for a token (limit 64 KiB).`];
    case 'denied':
      return [`${shown} exists, but this user may not read it.`];
    case 'unreadable':
      return [`${shown} could not be read.`];
  }
}

/** Other users of the machine can copy a token from a file they can read. Windows has no such modes. */
async function exposureNotes(path: string, disk: Disk): Promise<string[]> {
  if (disk.platform === 'win32') return [];
  const mode = await stat(path).then(
    (stats) => stats.mode,
    () => 0,
  );
  if ((mode & 0o077) === 0) return [];
  const shown = homePath(path, disk.home);
  return [`Other users of this machine can read ${shown}. To close it: chmod 600 ${shown}`];
}
