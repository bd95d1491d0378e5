import type { Observation } from '../../types/observation.js';
import { says } from '../match.js';

/** Python clients that stop with a sentence of their own when they have no token for a provider. */
const STRICT = /^(?:huggingface_hub|langchain-huggingface|smolagents)$/;
/** Only huggingface_hub writes the sentence of the server behind the line of the status; others show JSON. */
const LAYOUT = /\bclient error\b[^\n]{0,40}\bfor url\b[^{]{0,400}?\binvalid username or password/i;

/**
 * A pasted call to a provider's path by such a client: it was not made without a token. Other clients,
 * the JavaScript one among them, call it without one too.
 */
export function sendsToken(o: Observation): boolean {
  const strict = STRICT.test(o.client?.name ?? '') || (o.client?.language !== 'node' && says(o, LAYOUT));
  return o.auth === 'unknown' && o.surface === 'provider' && strict;
}
