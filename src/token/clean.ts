import type { TokenFault, TokenKind } from '../types/evidence.js';
import { codePointName } from './code-points.js';
import { kindOf } from './kind.js';
import { type Found, fault, peel } from './peel.js';
import { placeholderText } from './placeholder.js';

export interface Cleaned {
  /** What the official clients would send. Null when that cannot be a token. */
  value: string | null;
  kind: TokenKind | null;
  /** Those that break the token first. Never the value, never a part of it. */
  faults: TokenFault[];
}

/** Fewer characters after the prefix cannot be a token. Real lengths differ and are not checked. */
const MIN_BODY = 8;

/**
 * Reads a token as it stands in its source. What huggingface_hub repairs (line breaks, blanks at the
 * ends) is repaired here too; what it sends as it is, although we could repair it, is unusable.
 */
export function cleanToken(raw: string): Cleaned {
  const outer = peel(raw);
  if (outer.start === outer.end) {
    const rest = outer.found.filter((f) => f.breaks);
    if (rest.length === 0) rest.push(fault('empty', null, 'The value is empty.'));
    return { value: null, kind: null, faults: ordered(rest) };
  }
  const inner = raw.slice(outer.start, outer.end);
  const core = withoutLineBreaks(inner);
  const placeholder = placeholderText(core);
  if (placeholder !== null) {
    return {
      value: null,
      kind: null,
      faults: ordered([fault('placeholder', null, placeholder), ...outer.found]),
    };
  }
  const { kind, found: ofKind } = kindOf(core, outer.start);
  const found = [
    ...outer.found,
    ...oddCharacters(raw, outer.start, outer.end),
    ...twice(core, outer.start),
    ...ofKind,
  ];
  if (core.replace(/^(?:hf_oauth_|hf_jwt_|hf_|api_org_)/, '').length < MIN_BODY) {
    found.push(fault('too-short', null, 'The value is far too short for a token: most of it is missing.'));
  }
  return { value: found.some((f) => f.breaks) ? null : core, kind, faults: ordered(found) };
}

export function withoutLineBreaks(text: string): string {
  return text.replace(/[\r\n]/g, '');
}

function oddCharacters(raw: string, start: number, end: number): Found[] {
  const found: Found[] = [];
  for (let at = start; at < end; at += 1) {
    const code = raw.codePointAt(at) ?? 0;
    if (code === 10 || code === 13) {
      found.push(
        fault(
          'newline',
          at,
          'The value is broken over two lines. huggingface_hub joins them, other clients refuse it.',
          false,
        ),
      );
    } else if (code === 9 || code === 32) {
      found.push(
        fault(
          'whitespace',
          at,
          `The value has a blank inside, at position ${at}: only one part of it is the token.`,
        ),
      );
    } else if (code < 32 || (code >= 127 && code < 160)) {
      found.push(fault('control-character', at, controlText(code, at)));
    } else if (code >= 160) {
      found.push(
        fault(
          'non-ascii',
          at,
          `The value has a character that no token holds, at position ${at} (${codePointName(code)}).`,
        ),
      );
    }
  }
  return found;
}

function controlText(code: number, at: number): string {
  if (code === 0) {
    return `The value holds null characters, the first at position ${at}: the file is probably UTF-16, as Windows PowerShell writes it.`;
  }
  return `The value has a control character at position ${at} (${codePointName(code)}).`;
}

/** The same token pasted twice, or two tokens in a row. */
function twice(core: string, start: number): Found[] {
  const dense = core.replace(/\s/g, '');
  const half = dense.length / 2;
  if (dense.length >= 2 * MIN_BODY && dense.slice(0, half) === dense.slice(half)) {
    return [fault('duplicated', start + half, 'The value is the same token twice in a row.')];
  }
  // The second part of an OAuth token is base64url and may hold `hf_` by chance.
  const second = dense.startsWith('hf_oauth_') ? dense.indexOf('hf_oauth_', 1) : dense.indexOf('hf_', 1);
  return dense.startsWith('hf_') && second > 0
    ? [fault('duplicated', start + second, 'The value is two tokens in a row.')]
    : [];
}

/** One fault of each kind, the ones that break the token first. */
function ordered(found: readonly Found[]): TokenFault[] {
  const seen = new Set<string>();
  return found
    .toSorted((a, b) => Number(b.breaks) - Number(a.breaks))
    .filter((f) => !seen.has(f.kind) && seen.add(f.kind))
    .map(({ kind, position, text }) => ({ kind, position, text }));
}
