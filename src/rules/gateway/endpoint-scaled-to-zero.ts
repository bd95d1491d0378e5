import type { Observation } from '../../types/observation.js';
import { cellRule, fix } from '../define.js';
import { says } from '../match.js';
import { LINKS } from '../words.js';
import { askEndpoint } from './ask-endpoint.js';

const WAKING =
  /scaled?[- ]to[- ](?:zero|0)|no (?:healthy |ready )?(?:replica|upstream)|endpoint is (?:initializing|starting|not ready)|waking up/i;
/** A container that runs and has a complaint of its own. */
const SPEAKS =
  /overloaded|too busy|out of memory|currently loading|error_type|traceback|payload|timed? ?out/i;
/** The bare words that a proxy writes when nothing is behind it. */
const BARE =
  /^\W{0,40}(?:error\W{1,6})?(?:50[23]\W{0,3})?(?:service (?:temporarily )?unavailable|bad gateway)?\W{0,6}$/i;

/** The same words inside a line of a log. */
const LOGGED =
  /\b50[23]\b[^a-z]{1,12}(?:error\W{1,6}50[23] )?(?:service (?:temporarily )?unavailable|bad gateway)/i;

function isBare(o: Observation): boolean {
  if (o.origin === 'text' && says(o, LOGGED)) return true;
  return o.body.kind === 'empty' || o.body.kind === 'html' || BARE.test(o.body.message ?? o.body.excerpt);
}

/** Words of scaling alone: other servers have replicas and upstreams too. */
const SCALES =
  /scal(?:ed?|ing)[- ](?:up from|to)[- ](?:zero|0)|waking up|endpoint is (?:initializing|starting)/i;

export const endpointScaledToZero = cellRule<{
  status: number;
  said: boolean;
  woke: boolean;
  /** Seen through a gateway: whose endpoint it is, the answer does not tell. */
  behind: boolean;
}>({
  id: 'endpoint-scaled-to-zero',
  blame: 'account',
  severity: 'warning',
  lastVerified: '2026-11-21',
  corrects: 'The first 502 or 503 of an endpoint that sleeps is the price of scaling to zero, not an outage.',
  match(o) {
    if (o.status !== 502 && o.status !== 503) return null;
    const behind = o.surface === 'gateway';
    if (o.surface !== 'dedicated' && !(behind && says(o, SCALES))) return null;
    const said = behind || says(o, WAKING);
    if (!said && (says(o, SPEAKS) || !isBare(o))) return null;
    const again = o.retry?.status ?? 0;
    const woke = again >= 200 && again < 300;
    return {
      confidence: said || woke ? 'likely' : 'possible',
      subject: o.host ?? 'endpoint',
      args: { status: o.status, said, woke, behind },
    };
  },
  title: ({ args }) =>
    args.woke
      ? `${args.behind ? 'The endpoint behind the gateway' : 'Your dedicated endpoint'} was asleep and woke up`
      : `${args.behind ? 'The endpoint behind the gateway' : 'Your dedicated endpoint'} has no replica that answers: it is probably waking up`,
  explanation: ({ args }) =>
    `${args.behind ? 'The gateway' : 'The proxy before the endpoint'} answered ${args.status}, so no container took the request. ${
      args.woke
        ? 'A second call was answered.'
        : args.said
          ? 'Its words say that a replica is being started. That takes minutes for a large model.'
          : 'An endpoint that scaled to zero does this until its replica runs. An endpoint that crashes looks the same from here: its page tells which.'
    }`,
  notThis: () => 'A new token or another path cannot help.',
  fixes: ({ args }) => [
    ...(args.woke
      ? []
      : [fix('Ask again for some minutes, with pauses. The first call has already started it.')]),
    fix(
      'Let the proxy hold the request until a replica runs: send the header X-Scale-Up-Timeout with the seconds to wait.',
      {
        links: [LINKS.endpoints],
      },
    ),
    fix('If that is too slow for your users, set the minimum of replicas to 1.', {
      links: ['https://endpoints.huggingface.co'],
    }),
    fix('If it fails for more than ten minutes, read the log of the endpoint.', {
      commands: ['hf endpoints describe <name>'],
    }),
  ],
  verify: (c) => askEndpoint(c),
  page: {
    meaning:
      'The dedicated endpoint had no traffic, so its last replica was stopped. The first call starts one and fails until it runs.',
    evidence:
      'A host below endpoints.huggingface.cloud answers 502 or 503 without words of a container, or a gateway answers so and says that it scales up or wakes up.',
    mistakenFor:
      'An outage, a wrong path, a payload that is too large. An endpoint that crashes on start looks the same: its log tells.',
    repair: 'Retry for some minutes, send X-Scale-Up-Timeout, or keep one replica running.',
    links: [LINKS.endpoints],
  },
});
