import type { TokenKind } from '../types/evidence.js';
import { type Found, fault } from './peel.js';

/** Starts of keys that belong to others. The longer start stands first. */
const VENDORS: readonly (readonly [start: string, name: string])[] = [
  ['sk-ant-', 'Anthropic'],
  ['sk-or-', 'OpenRouter'],
  ['sk-', 'OpenAI or a service with the same kind of key'],
  ['gsk_', 'Groq'],
  ['r8_', 'Replicate'],
  ['fw_', 'Fireworks'],
  ['csk-', 'Cerebras'],
  ['nvapi-', 'NVIDIA'],
  ['tgp_', 'Together'],
  ['xai-', 'xAI'],
  ['pplx-', 'Perplexity'],
  ['AIza', 'Google'],
  ['github_pat_', 'GitHub'],
  ['ghp_', 'GitHub'],
  ['gho_', 'GitHub'],
  ['ghs_', 'GitHub'],
  ['glpat-', 'GitLab'],
];

/** What the start of a value tells. `position` is where the value begins in its source. */
export function kindOf(value: string, position: number): { kind: TokenKind; found: Found[] } {
  if (value.startsWith('hf_oauth__refresh_')) {
    const text =
      'The value is an OAuth refresh token. It renews an access token and cannot be sent in its place.';
    return { kind: 'oauth-refresh', found: [fault('refresh-token', position, text)] };
  }
  // OAuth tokens hold dots and dashes: only the start counts.
  if (value.startsWith('hf_oauth_')) return { kind: 'oauth', found: [] };
  if (value.startsWith('hf_jwt_')) {
    const text = 'The value is a Trusted Publisher token. It is made for one repository and lasts an hour.';
    return { kind: 'jwt', found: [fault('trusted-publisher-token', position, text, false)] };
  }
  if (value.startsWith('hf_'))
    return { kind: /^hf_[A-Za-z0-9]+$/.test(value) ? 'user' : 'unknown', found: [] };
  if (value.startsWith('api_org_')) {
    const text =
      'The value is an old organization token. The official clients no longer send it to Hugging Face.';
    return { kind: 'org', found: [fault('org-token', position, text)] };
  }
  const vendor = VENDORS.find(([start]) => value.startsWith(start));
  if (vendor) {
    const text = `The value looks like a key of ${vendor[1]}. The official clients do not send it to Hugging Face.`;
    return { kind: 'provider-key', found: [fault('provider-key', position, text)] };
  }
  const text = "The value does not start with hf_, so the official clients take it for a provider's own key.";
  return { kind: 'unknown', found: [fault('provider-key', position, text)] };
}
