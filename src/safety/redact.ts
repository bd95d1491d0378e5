import { type KnownValue, knownFinder } from './known.js';
import { patternSpans } from './patterns.js';
import { revealFor, type Secret } from './secret.js';
import { cover, type Span } from './span.js';
import { views } from './unwrap.js';

/** Takes secrets out of a text. Idempotent; the cost is linear in the length of the text. */
export type Redact = (text: string) => string;

export interface LabelledValue {
  value: string;
  label: string;
}

/** Shorter than any secret or piece of one. */
const NOTHING_BELOW = 6;
/** What is left after one pass may only now look like a secret; this often is enough. */
const MAX_PASSES = 6;

/**
 * Takes out the known secrets, whole, in pieces of six or more characters and encoded, and all that
 * looks like a secret. Values shorter than 8 characters are only found by their form.
 */
export function createRedactor(known: readonly Secret[], values: readonly LabelledValue[] = []): Redact {
  const all = [...known.map(revealFor), ...values.map(({ value }) => value)];
  const find = knownFinder([...new Set(all)].map(withPiece));
  const spansOf = (text: string): Span[] => [...find(text), ...patternSpans(text)];
  const pass = (text: string): string => {
    const spans = spansOf(text);
    for (const view of views(text)) {
      for (const { from, to, mark } of spansOf(view.text)) {
        const [start, end] = view.origin(from, to);
        spans.push({ from: start, to: end, mark });
      }
    }
    return spans.length === 0 ? text : cover(text, spans);
  };
  return (text) => {
    if (text.length < NOTHING_BELOW) return text;
    let out = text;
    for (let i = 0; i < MAX_PASSES; i++) {
      const next = pass(out);
      if (next === out) break;
      out = next;
    }
    return out;
  };
}

/** Pieces only of what looks random: a piece of a word or a path would spoil honest texts. */
function withPiece(value: string): KnownValue {
  const key = /^(?:hf_|api_org_)/.test(value) || (/\d/.test(value) && /[a-z]/i.test(value));
  const text = /^[./~]|:\/\/|\s|^[\w.-]{1,96}\/[\w.:-]{1,96}$/.test(value);
  const random = value.length >= 16 && key && !text && new Set(value).size > 4;
  return random ? { value, piece: NOTHING_BELOW } : { value };
}

const SECRET_NAME = /TOKEN|KEY|SECRET|PASS|AUTH/i;
/** Names that fit and hold paths, people or settings. */
const HARMLESS_NAME =
  /(?:_SOCK|_FILE|_PATH|_DIR|_HOME|_URL|_TYPE|_METHOD|_MODE|_PROVIDER|_BACKEND|_ENABLED|_LAYOUT)$|ASKPASS|XAUTHORITY|AUTHOR|COMPASS|KEYBOARD|KEYWORD|TOKENIZERS_|_IMPLICIT_TOKEN$/i;
const HARMLESS_VALUE =
  /^(?:true|false|none|null|undefined|disabled|required|optional|anonymous|password|huggingface|[\d.]{1,10}|(?:https:\/\/)?(?:[a-z-]{1,32}\.)?huggingface\.co\/?)$/i;
const SHORTEST = 8;

/** Values of environment variables that a report must not show, and passwords inside their URLs. */
export function secretValuesOfEnv(env: Readonly<Record<string, string | undefined>>): LabelledValue[] {
  const found: LabelledValue[] = [];
  for (const [label, text = ''] of Object.entries(env)) {
    const values = passwordsOf(text, /_proxy$/i.test(label));
    if (SECRET_NAME.test(label) && !HARMLESS_NAME.test(label)) values.push(text.trim());
    for (const value of values) {
      if (value.length < SHORTEST || HARMLESS_VALUE.test(value) || namesVariable(value, env)) continue;
      found.push({ value, label });
    }
  }
  return found;
}

/** `$HF_TOKEN` that nobody expanded: hiding it would hide the name of the variable to repair. */
function namesVariable(value: string, env: Readonly<Record<string, string | undefined>>): boolean {
  return Object.hasOwn(env, value.replace(/[^\w]/g, '').toUpperCase());
}

/** `scheme://user:password@host`, or a token alone before the `@`; as it stands and decoded. */
function passwordsOf(text: string, isProxy: boolean): string[] {
  const [, scheme, user] = /^([a-z][a-z0-9+.-]{0,15}:\/\/)?([^\s/?#]{1,1024})@[^\s@]/i.exec(text) ?? [];
  if (user === undefined || (scheme === undefined && !isProxy)) return [];
  const raw = user.slice(user.indexOf(':') + 1);
  try {
    return [...new Set([raw, decodeURIComponent(raw)])];
  } catch {
    return [raw];
  }
}
