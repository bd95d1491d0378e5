import type { Evidence } from '../../types/evidence.js';
import type { Observation } from '../../types/observation.js';
import { acrossRule, fix } from '../define.js';
import { onHuggingFace, says } from '../match.js';
import { checkAgain } from '../serving.js';
import { mayBeNetwork } from './reach.js';

interface Args {
  /** Milliseconds that this clock is ahead of the servers'; negative when it is behind. Null: not measured. */
  ahead: number | null;
  expired: boolean;
}

/** Wide enough for slow answers and caches. Milliseconds. */
const TOLERANCE = 5 * 60_000;

const NOT_YET = /certificate is not yet valid|CERT_NOT_YET_VALID/i;
const EXPIRED = /certificate has expired|CERT_HAS_EXPIRED/i;

/** The smallest difference of this run: one answer with the right time clears the clock. */
function measured(e: Evidence): number | null {
  const ahead = e.observations.flatMap((o) => {
    // Over plain http a cache on the way may have dated it; a recording was dated long ago.
    if (o.origin !== 'probe' || !o.url?.startsWith('https:')) return [];
    const server = Date.parse(o.headers.date ?? '');
    const here = Date.parse(o.at ?? e.run.now);
    return Number.isNaN(server) || Number.isNaN(here) ? [] : [here - server];
  });
  return ahead.sort((a, b) => Math.abs(a) - Math.abs(b))[0] ?? null;
}

function aboutTime(o: Observation, e: Evidence): 'expired' | 'not-yet' | null {
  if ((!onHuggingFace(o) && o.surface !== 'dedicated') || !mayBeNetwork(o, e)) return null;
  const told = o.status === null && (o.error === null || o.error === 'tls.other');
  if (o.error === 'tls.clock' || (told && says(o, NOT_YET))) return 'not-yet';
  return o.error === 'tls.expired' || (told && says(o, EXPIRED)) ? 'expired' : null;
}

export const clockSkew = acrossRule<Args>({
  id: 'clock-skew',
  blame: 'network',
  severity: 'error',
  severityOf: ({ observations }) => (observations.length > 0 ? 'error' : 'warning'),
  outcome: 'unknown',
  lastVerified: '2026-11-21',
  corrects:
    'A certificate of Hugging Face that is "expired" or "not yet valid" for you alone tells about the clock of your machine.',
  match(e) {
    const skew = e.run.live ? measured(e) : null;
    const off = skew !== null && Math.abs(skew) > TOLERANCE;
    const hits = e.observations.filter((o) => aboutTime(o, e) !== null);
    // A right clock beside an expired certificate: the certificate is somebody else's.
    if (hits.length === 0 ? !off : skew !== null && !off) return [];
    const expired = hits.some((o) => aboutTime(o, e) === 'expired');
    return [
      {
        confidence: off ? 'certain' : expired ? 'possible' : 'likely',
        subject: 'clock',
        args: { ahead: off ? skew : null, expired },
        cells: hits.map((o) => o.id),
      },
    ];
  },
  title: ({ args }) =>
    args.ahead === null
      ? 'The clock of this machine seems to be wrong'
      : `The clock of this machine is ${span(args.ahead)} ${args.ahead > 0 ? 'ahead' : 'behind'}`,
  explanation({ args, observations }) {
    const clock =
      args.ahead === null
        ? ''
        : 'It was compared with the time that the servers wrote into their answers in this run. ';
    if (observations.length === 0)
      return `${clock}Calls still get through. Certificates and tokens that expire will be judged wrongly.`;
    return args.expired
      ? `${clock}The certificate that came counts as expired here. Hugging Face renews its own in time, so either this clock runs ahead, or something on the way shows an old certificate.`
      : `${clock}The certificate that came counts as not valid yet here, which happens when the clock is behind.`;
  },
  notThis: () => 'A new token cannot help, and switched off verification would hide it.',
  fixes: ({ args }) => [
    fix('Compare the time of this machine with a good clock, and switch on its automatic setting.', {
      commands: ['date -u'],
    }),
    fix('A container takes the time of its host; a virtual machine that slept often lags behind.'),
    ...(args.expired && args.ahead === null
      ? [
          fix(
            'If the time is right, a proxy that inspects TLS shows an old certificate: see hf-doctor explain tls-interception.',
          ),
        ]
      : []),
  ],
  verify: ({ models }) => checkAgain(models),
  page: {
    meaning:
      'The clock of the machine is minutes, days or years off, so certificates seem expired or not valid yet.',
    evidence:
      'A certificate of Hugging Face that is not valid yet, or the Date header of its answers against the time of the run, more than five minutes apart.',
    mistakenFor: 'An expired certificate of Hugging Face, a TLS inspecting proxy, an expired token.',
    repair: 'Set the clock, best by NTP, and run the program again.',
    links: [],
  },
});

/** `12 minutes`, `3 hours`, `40 days`. */
function span(ms: number): string {
  const minutes = Math.round(Math.abs(ms) / 60_000);
  if (minutes < 120) return `${minutes} minutes`;
  return minutes < 48 * 60 ? `${Math.round(minutes / 60)} hours` : `${Math.round(minutes / 1440)} days`;
}
