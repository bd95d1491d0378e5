import type { Confidence } from '../report/model.js';
import type { Evidence } from '../types/evidence.js';
import type { Observation } from '../types/observation.js';
import { onHuggingFace, says } from './match.js';

export { madeByFrontEnd, madeByProvider } from '../types/made-by.js';

/**
 * A sentence that only Hugging Face writes, in the body or in `X-Error-Message`. A gateway in front of
 * it hands the body on unchanged. Certain only where this run saw Hugging Face itself say it.
 */
export function said(o: Observation, e: Evidence, sentence: RegExp): Confidence | null {
  if (!says(o, sentence) && !sentence.test(o.headers['x-error-message'] ?? '')) return null;
  if (onHuggingFace(o)) return e.run.live ? 'certain' : 'likely';
  return o.surface === 'gateway' ? 'likely' : null;
}

/** Seen through a gateway only: what it says is about the token and the account of the gateway. */
export function viaGateway(observations: readonly Observation[]): boolean {
  return observations.length > 0 && observations.every((o) => o.surface === 'gateway');
}

/** The call went to Hugging Face, not with a provider's own key to its own host. */
export function throughRouter(o: Observation, e: Evidence): boolean {
  if (o.host === null) return true;
  const router = URL.canParse(e.run.endpoints.router) ? new URL(e.run.endpoints.router).host : null;
  return o.host === router || o.host === 'huggingface.co' || o.host.endsWith('.huggingface.co');
}

const STATUS_LINE =
  /(?:^|\d{3}\W{1,3}(?:client error\W{1,3})?(?:message=\W)?)\W?(?:unauthorized|payment required|forbidden|not found|gone|too many requests)\W{0,3}(?:$|for url|url=)/i;

/** As axios and people's own fetch wrappers say it: the number, and nothing that came with it. */
const BY_NUMBER =
  /^\W{0,4}(?:\w{0,20}error: )?(?:request failed with status code|http error!? (?:status:?)?) ?[45]\d\d\b/i;
const DATA = /\b(?:data|body)['"]?\s?:\s?[{['"]/;

/** The body is not shown: nothing there, or only the status line in a client's words. */
export function isBare(o: Observation): boolean {
  const { message, excerpt } = o.body;
  const text = message ?? excerpt;
  if (BY_NUMBER.test(text) && !DATA.test(excerpt)) return true;
  // A second paragraph (also in an escaped log), or a brace further down, is a body to be read instead.
  if (/(?:\n|\\n)\s{0,4}(?:\n|\\n)/.test(text) || excerpt.indexOf('{', 1) > 0) return false;
  return (
    text === '' ||
    STATUS_LINE.test(text) ||
    BY_NUMBER.test(text) ||
    /\bserver response contains error: [45]\d\d\b/i.test(text)
  );
}

/** Seconds until the limit is lifted, as the answer tells: `Retry-After`, or `t=` of `RateLimit`. */
export function secondsToWait(o: Observation): number | null {
  const after = /^\d{1,6}$/.exec(o.headers['retry-after'] ?? '')?.[0];
  // The window of the Hub is on every answer: it counts only when nothing remains in it.
  const window = /\br=0;\s?t=(\d{1,6})/.exec(o.headers.ratelimit ?? '')?.[1];
  const seconds = after ?? window;
  return seconds === undefined ? null : Number(seconds);
}

/** `1 second`, `30 seconds`. */
export function inWords(seconds: number): string {
  return `${seconds} second${seconds === 1 ? '' : 's'}`;
}
