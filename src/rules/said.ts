import type { Confidence } from '../report/model.js';
import type { Evidence } from '../types/evidence.js';
import type { Observation } from '../types/observation.js';
import { onHuggingFace, says } from './match.js';

/**
 * A sentence that only Hugging Face writes, in the body or in `X-Error-Message`. A gateway in front of
 * it hands the body on unchanged. Certain only where this run saw Hugging Face itself say it.
 */
export function said(o: Observation, e: Evidence, sentence: RegExp): Confidence | null {
  if (!says(o, sentence) && !sentence.test(o.headers['x-error-message'] ?? '')) return null;
  if (onHuggingFace(o)) return e.run.live ? 'certain' : 'likely';
  return o.surface === 'gateway' ? 'likely' : null;
}

/** Made by the provider behind the router: Hugging Face's own edge is CloudFront, never Cloudflare. */
export function madeByProvider(o: Observation): boolean {
  const { headers } = o;
  return (
    headers['cf-ray'] !== undefined ||
    headers.server === 'cloudflare' ||
    Object.keys(headers).some((name) => name.startsWith('x-ratelimit')) ||
    o.requestId?.startsWith('req_') === true
  );
}

/** The front end of Hugging Face signs its answers; who answers behind it adds marks of its own. */
export function madeByFrontEnd(o: Observation): boolean {
  const { headers } = o;
  return headers['x-powered-by'] === 'huggingface-moon' && !headers['x-compute-type'] && !madeByProvider(o);
}

const STATUS_LINE =
  /(?:^|\d{3}\W{1,3}(?:client error\W{1,3})?(?:message=\W)?)\W?(?:unauthorized|payment required|too many requests)\W{0,3}(?:$|for url|url=)/i;

/** The body is not shown: nothing there, or only the status line in a client's words. */
export function isBare(o: Observation): boolean {
  const { message, excerpt } = o.body;
  const text = message ?? excerpt;
  // A second paragraph, or a brace further down, is a body that should be read instead.
  if (/\n\s{0,4}\n/.test(text) || excerpt.indexOf('{', 1) > 0) return false;
  return text === '' || STATUS_LINE.test(text);
}

/** Seconds until the limit is lifted, as the answer tells: `Retry-After`, or `t=` of `RateLimit`. */
export function secondsToWait(o: Observation): number | null {
  const after = /^\d{1,6}$/.exec(o.headers['retry-after'] ?? '')?.[0];
  const window = /;\s?t=(\d{1,6})/.exec(o.headers.ratelimit ?? '')?.[1];
  const seconds = after ?? window;
  return seconds === undefined ? null : Number(seconds);
}
