import { bareId } from '../../types/model-ref.js';
import type { Observation } from '../../types/observation.js';
import { cellRule, fix } from '../define.js';
import { onHuggingFace, says } from '../match.js';
import { inWords, isBare, madeByFrontEnd, madeByProvider, secondsToWait } from '../said.js';
import { checkAgain } from '../serving.js';
import { LINKS } from '../words.js';

const LIMITS = 'https://huggingface.co/docs/hub/rate-limits';

interface Args {
  what: 'whoami' | 'hub' | 'legacy' | 'inference';
  seconds: number | null;
  /** Anonymous calls have the smallest limit. */
  anonymous: boolean;
}

const WHOAMI = /rate limit for the ['"`]?\/?whoami/i;
const LOG_IN = /please log in or use a hf access token/i;
const OWN = /free usage limit \(reset|rate limit reached\. (?:you reached|please log in)/i;

/** What of Hugging Face limited the caller; null where a provider did, or nothing tells. */
function whatLimits(o: Observation): { what: Args['what']; sure: boolean } | null {
  if (says(o, WHOAMI)) return { what: 'whoami', sure: true };
  if (o.status !== 429 && !(o.status === null && (says(o, LOG_IN) || says(o, OWN)))) return null;
  if (o.purpose === 'whoami' || /^\/api\/whoami/.test(o.path ?? '')) return { what: 'whoami', sure: true };
  if (o.surface === 'hub') {
    // In a text a 429 of huggingface.co is a download or a git push more often than not.
    const api = o.purpose !== 'inference' || /^\/api\/(?:models|partners|tasks)\b/.test(o.path ?? '');
    return api ? { what: 'hub', sure: /\br=0\b/.test(o.headers.ratelimit ?? '') } : null;
  }
  if (o.surface === 'legacy') return { what: 'legacy', sure: says(o, LOG_IN) || says(o, OWN) };
  if (madeByProvider(o)) return null;
  if (says(o, LOG_IN) || says(o, OWN)) return { what: 'inference', sure: true };
  if (madeByFrontEnd(o)) return { what: 'inference', sure: false };
  // A text without an address: the limit may be anybody's.
  const vague = o.origin === 'text' && o.host === null;
  return (o.surface === 'hf-inference' || vague) && isBare(o) ? { what: 'inference', sure: false } : null;
}

export const rateLimited = cellRule<Args>({
  id: 'rate-limited',
  blame: 'account',
  severity: 'error',
  severityOf({ args, models, proven }) {
    const works = models.length > 0 && models.every((m) => proven.some((p) => bareId(p.model) === m));
    return works || args.what === 'whoami' || args.what === 'hub' ? 'warning' : 'error';
  },
  lastVerified: '2026-11-21',
  corrects:
    'A RateLimit header is on every answer of the Hub: only r=0 in it means that the limit is used up.',
  match(o, e) {
    const found = onHuggingFace(o) ? whatLimits(o) : null;
    if (!found) return null;
    const vague = o.surface === 'router' && !found.sure && o.origin === 'text';
    const confidence = found.sure && e.run.live ? 'certain' : vague ? 'possible' : 'likely';
    const anonymous = o.auth === 'anonymous' || says(o, LOG_IN);
    return {
      confidence,
      subject: found.what,
      args: { what: found.what, seconds: secondsToWait(o), anonymous },
    };
  },
  title: ({ args }) =>
    ({
      whoami: 'Hugging Face limits how often whoami may be asked',
      hub: 'Hugging Face limits the calls to its Hub API for now',
      legacy: 'The old serverless API limited the caller',
      inference: 'Hugging Face limits your calls for now',
    })[args.what],
  explanation({ args }) {
    const wait = args.seconds === null ? '' : ` It asks to wait ${inWords(args.seconds)}.`;
    return {
      whoami: `whoami has a strict limit of its own, and inference does not share it.${wait}`,
      hub: `The Hub counts calls in windows of five minutes. Calls to the router are not counted there.${wait}`,
      legacy: `${args.anonymous ? 'It let anonymous callers ask very little. ' : 'Its free calls were counted by the hour. '}That API is retired by now.`,
      inference: `Hugging Face's own front end answered 429; no provider did.${wait}`,
    }[args.what];
  },
  notThis: ({ args }) =>
    args.what === 'inference' ? 'Another provider or a new token of the same account need not help.' : null,
  fixes: ({ args, evidence }) => [
    ...(args.anonymous
      ? [fix('Send a token: anonymous calls have the smallest limit.', { links: [LINKS.newToken] })]
      : []),
    {
      whoami: fix('Ask whoami once and keep the answer. In Python: whoami(cache=True).'),
      hub: fix('Wait for the next window, and ask the Hub less often: keep what it said.', {
        links: [LIMITS],
      }),
      legacy: fix(`Nobody counts these calls any more: ${evidence.run.endpoints.router} takes their place.`),
      inference: fix(
        `Wait ${args.seconds === null ? 'a minute' : inWords(args.seconds)}, then send fewer calls at once. Honour Retry-After.`,
      ),
    }[args.what],
  ],
  verify: ({ args, models }) =>
    args.what === 'whoami' || models.length === 0 ? 'hf-doctor token' : checkAgain(models),
  page: {
    meaning:
      'Hugging Face itself counts calls: on its Hub API in windows of five minutes, on whoami much stricter, and once by the hour on the retired serverless API.',
    evidence:
      'Status 429 made by Hugging Face: from huggingface.co, from the legacy host, or from the router without any mark of a provider (cf-ray, x-ratelimit-*).',
    mistakenFor:
      "Spent credits (402), or a provider that throttles Hugging Face's shared account (also 429, with the provider's own words).",
    repair:
      'Send a token, keep the answers of whoami and of the Hub, call less in parallel, and wait as long as Retry-After or RateLimit says.',
    links: [LIMITS, LINKS.tokenDocs],
  },
});
