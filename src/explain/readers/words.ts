import { CLASSES } from '../classes.js';
import type { Facts, Reader } from '../facts.js';
import { failureIn } from '../failures.js';
import { exceptionIn, statusIn } from '../heads.js';

/** The status as clients and people write it down. */
export const statusOf: Reader = ({ said, text }): Facts => {
  for (const part of [said, text])
    for (const line of part.split('\n')) {
      const status = statusIn(line);
      if (status !== null) return { status };
    }
  const code = CLASSES.find(([pattern]) => pattern.test(said))?.[1];
  return code === undefined ? {} : { status: code };
};

/** The last exception is the one that the user sees; `[cause]` and `Caused by` stand below it in Node. */
export const exceptionOf: Reader = ({ said }): Facts => {
  const names = said.split('\n').flatMap((line) => exceptionIn(line) ?? []);
  const exception = names.at(-1);
  return exception ? { exception } : {};
};

/** No answer came. An answer beside it wins. */
export const failureOf: Reader = ({ said }): Facts => {
  const code = failureIn(said)?.code;
  return code ? { error: code } : {};
};

/** What a person wrote beside it: with the token or without one. */
export const sentWithOf: Reader = ({ said }): Facts => {
  if (/\b(?:without|no) (?:auth|authentication|(?:a )?token|api key):/i.test(said))
    return { auth: 'anonymous' };
  return /^\W{0,4}with (?:auth|authentication|(?:a )?token|api key):/im.test(said) ? { auth: 'token' } : {};
};

const REQUEST_ID =
  /\brequest[ _-]?id['"]?\s{0,2}[:=]\s{0,2}['"]?([\w=;.-]{4,120})|\b(Root=1-[\da-f]{8}-[\da-f]{24}(?:;[\da-f-]{36})?)/i;

export const requestIdOf: Reader = ({ said }): Facts => {
  const found = REQUEST_ID.exec(said);
  const requestId = found?.[1] ?? found?.[2];
  return requestId ? { requestId } : {};
};

const ID = '[A-Za-z0-9][\\w.-]{0,95}/[A-Za-z0-9][\\w-]{0,95}(?:\\.[\\w-]{1,60}){0,4}';
const MODEL = new RegExp(
  `\\bmodel(?:_name|_id|Id|Name)?['"]?[\\s:=]{0,5}['"\`]?(?:huggingface/)?(${ID})(?::([a-z0-9-]{2,40}))?(?=['"\`\\s,;)}.]|$)`,
  'i',
);

const BEFORE = new RegExp(`(?:^|[\\s'"\`(])(${ID})['"\`]? model\\b`, 'i');

export const modelOf: Reader = ({ said, text }): Facts => {
  const model = (MODEL.exec(said) ?? MODEL.exec(text) ?? BEFORE.exec(said))?.[1]?.replace(/\.$/, '');
  return model && !/\.(?:py|js|ts|json)$/.test(model) ? { model } : {};
};

const PATHS: readonly (readonly [RegExp, string])[] = [
  [/\/chat\/completions\b|\bchat_?completion(?:_?stream)?\b/i, 'conversational'],
  [/\/pipeline\/feature-extraction\b|\bfeature_?extraction\b/i, 'feature-extraction'],
  [/\btext_?to_?image\b/i, 'text-to-image'],
  [/\btext_?generation(?:_?stream)?\(|in text_generation\b|\btextGeneration(?:Stream)?\b/, 'text-generation'],
];

export const taskOf: Reader = ({ text }): Facts => {
  const task = PATHS.find(([pattern]) => pattern.test(text))?.[1];
  return task ? { task } : {};
};

/** ISO 8601: the epoch in a request id of Hugging Face, else the time before the line. */
export const timeOf: Reader = ({ said, at }): Facts => {
  const epoch = /\bRoot=1-([\da-f]{8})-/i.exec(said)?.[1];
  const seconds = epoch ? Number.parseInt(epoch, 16) : 0;
  if (seconds > 1.5e9 && seconds < 2.5e9) return { at: new Date(seconds * 1000).toISOString() };
  return at ? { at } : {};
};
