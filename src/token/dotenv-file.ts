import { join } from 'node:path';
import { candidateOf, type Finds, has, hidden, NOTHING } from './candidate.js';
import { MAX_TOKEN_FILE_BYTES } from './constants.js';
import { type Dotenv, type DotenvEntry, parseDotenv } from './dotenv.js';
import { LOOKALIKES } from './lookalikes.js';
import { tokensIn } from './secrets-in.js';
import { type ReadBounded, readNotes } from './token-file.js';

/** In the order in which huggingface_hub asks for them. */
export const TOKEN_NAMES = ['HF_TOKEN', 'HUGGING_FACE_HUB_TOKEN'] as const;

/**
 * `.env` of the working directory. No official client reads it: it is what the app's own loader
 * would load. `needed` is true when no other source has a token; only then its form is worth notes.
 */
export async function fromDotenv(cwd: string, read: ReadBounded, needed: boolean): Promise<Finds> {
  const path = join(cwd, '.env');
  const answer = await read(path, MAX_TOKEN_FILE_BYTES);
  if (!answer.ok) return { ...NOTHING, notes: readNotes(answer.reason, '.env', false) };
  const dotenv = parseDotenv(answer.text);
  const entries = TOKEN_NAMES.flatMap(
    (name) => dotenv.entries.findLast((entry) => entry.name === name) ?? [],
  );
  const candidates = entries.map(({ name, value }) => {
    const candidate = candidateOf(value, `.env ${name}`, 'tree', path);
    return { candidate, eligible: !has(candidate, 'empty') };
  });
  return {
    candidates,
    notes: needed ? formNotes(dotenv, entries) : [],
    secrets: [
      ...tokensIn(answer.text).flatMap((token) => hidden(token, '.env')),
      ...dotenv.entries.filter((entry) => isOurs(entry.name)).flatMap((entry) => hidden(entry.value, '.env')),
    ],
  };
}

function formNotes(dotenv: Dotenv, entries: readonly DotenvEntry[]): string[] {
  const notes: string[] = [];
  for (const { name, line, value, quirks } of entries) {
    const times = dotenv.entries.filter((entry) => entry.name === name).length;
    if (value === '') notes.push(`.env line ${line}: ${name} is empty, so it counts as not set.`);
    if (times > 1) notes.push(`.env sets ${name} ${times} times; the last one, in line ${line}, counts.`);
    if (quirks.includes('open quote')) {
      notes.push(`.env line ${line}: the quote after ${name}= is never closed.`);
    } else if (quirks.length > 0) {
      notes.push(
        `.env line ${line}: ${name} is written with ${quirks.join(', ')}. The usual loaders accept that, docker --env-file takes it literally.`,
      );
    }
  }
  for (const { name, line } of dotenv.withoutEquals) {
    if (isOurs(name)) notes.push(`.env line ${line}: ${name} has no = after it, so loaders skip the line.`);
  }
  for (const { name, line, value } of dotenv.entries) {
    const swallowed = value.includes('\n')
      ? TOKEN_NAMES.find((ours) => value.includes(`${ours}=`))
      : undefined;
    if (swallowed)
      notes.push(`.env line ${line}: the quote after ${name} stays open and swallows ${swallowed} below it.`);
  }
  const first = dotenv.entries[0];
  if (dotenv.byteOrderMark && first && isOurs(first.name)) {
    notes.push(`.env starts with a byte order mark. Some loaders then do not see ${first.name} in line 1.`);
  }
  if (dotenv.crlf && entries.length > 0) {
    notes.push('.env has Windows line ends. A shell that sources it keeps a line break in the token.');
  }
  for (const { name, line, value } of dotenv.entries) {
    if (name in LOOKALIKES && tokensIn(value).length > 0) {
      notes.push(`.env line ${line} sets ${name}, a name that no official client reads. They read HF_TOKEN.`);
    }
  }
  return notes;
}

function isOurs(name: string): boolean {
  return TOKEN_NAMES.some((ours) => ours === name) || name in LOOKALIKES;
}
