import { shellQuote } from '../safety/quote.js';
import type { Observation } from '../types/observation.js';

/* Links and sentences that several rules share. */

export { PERMISSION_NAME as PERMISSION } from '../types/home.js';

export const LINKS = {
  newToken:
    'https://huggingface.co/settings/tokens/new?ownUserPermissions=inference.serverless.write&tokenType=fineGrained',
  tokens: 'https://huggingface.co/settings/tokens',
  providers: 'https://huggingface.co/settings/inference-providers',
  billing: 'https://huggingface.co/settings/billing',
  servedModels: 'https://huggingface.co/models?inference_provider=all',
  status: 'https://status.huggingface.co',
  docs: 'https://huggingface.co/docs/inference-providers/index',
  tokenDocs: 'https://huggingface.co/docs/hub/security-tokens',
  pricing: 'https://huggingface.co/docs/inference-providers/pricing',
  endpoints: 'https://huggingface.co/docs/inference-endpoints/index',
} as const;

/** The request again, as a line to paste. The token stays a variable. */
export function curlFor(o: Observation): string | null {
  if (!o.url) return null;
  // A text rarely shows what was sent: half a request would answer something else.
  if (o.origin === 'text' && o.method !== 'GET' && !o.requestBody)
    return o.model && /^[\w./-]{1,200}$/.test(o.model) ? `hf-doctor check ${o.model}` : 'hf-doctor check';
  // What was left out on purpose, or is a picture, says little in a shell.
  const odd = o.origin === 'probe' && (o.depth === 'auth' || /^<\d{1,12} bytes>$/.test(o.requestBody ?? ''));
  if (odd && o.model && /^[\w./-]{1,200}$/.test(o.model))
    return `hf-doctor check ${o.model}${o.depth === 'auth' ? ' --depth auth' : ''}`;
  const parts = [`curl -sS ${shellQuote(o.url)}`];
  if (o.method && o.method !== 'GET' && !(o.method === 'POST' && o.requestBody)) parts.push(`-X ${o.method}`);
  if (o.auth !== 'anonymous')
    parts.push(
      `-H "Authorization: Bearer $${o.surface === 'gateway' ? 'HF_DOCTOR_GATEWAY_KEY' : 'HF_TOKEN'}"`,
    );
  if (o.requestBody) parts.push("-H 'Content-Type: application/json'", `-d ${shellQuote(o.requestBody)}`);
  return parts.join(' \\\n  ');
}

/** `a`, `a and b`, `a, b and 3 more`. */
export function list(names: readonly string[], most = 3): string {
  if (names.length <= 1) return names[0] ?? '';
  if (names.length <= most) return `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
  return `${names.slice(0, most - 1).join(', ')} and ${names.length - most + 1} more`;
}

/** `it answered`, or what a probe that stops before the answer can prove. */
export function proof({ deep }: { deep: boolean }): string {
  return deep ? 'it answered' : 'it was reached';
}
