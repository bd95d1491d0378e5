import type { Blame } from '../../report/model.js';
import type { Evidence } from '../../types/evidence.js';
import type { Observation } from '../../types/observation.js';
import { along } from '../along.js';
import { answeredBy, sentenceCase } from '../answered-by.js';
import { cellRule, fix } from '../define.js';
import { isGood } from '../match.js';
import { checkAgain } from '../serving.js';
import { LINKS, list } from '../words.js';
import { quote } from './quote.js';

interface Args {
  who: string;
  first: string;
  then: number;
  attempts: number;
  /** A server without traffic that was stopped answers so: the first call starts it. */
  mayWake: boolean;
}

const NETWORK = /^(?:dns|tls|proxy)\.|^net\.(?:connect-timeout|reset|unreachable)/;

/** A gateway that had nothing behind it at the first call, and was not seen awake before. */
function mayWake(o: Observation, e: Evidence): boolean {
  if (o.surface !== 'gateway' || (o.status !== 502 && o.status !== 503)) return false;
  return !e.observations.some(
    (x) => x.host === o.host && isGood(x) && x.at !== null && o.at !== null && x.at < o.at,
  );
}

export const flaky = cellRule<Args>({
  id: 'flaky',
  blame: 'unknown',
  severity: 'warning',
  lastVerified: '2026-11-21',
  corrects: 'A call that works at the second try is not healthy: without a retry your program fails.',
  match(o, e) {
    const then = o.retry?.status ?? 0;
    if (then < 200 || then >= 300 || o.retry?.error !== null || o.surface === 'other') return null;
    // A limit that passes is a limit, not a fault.
    if (o.status === 429) return null;
    const there = answeredBy(o, e);
    const way = o.error !== null && NETWORK.test(o.error);
    const blame: Blame = way ? 'network' : there.blame;
    const first = o.status !== null ? `HTTP ${o.status}` : (o.error ?? 'no answer');
    const who = way ? `the way to ${o.host ?? 'Hugging Face'}` : there.who;
    const wakes = mayWake(o, e);
    return {
      confidence: wakes ? 'likely' : 'certain',
      subject: wakes ? `${who} wakes` : who,
      blame,
      args: { who, first, then, attempts: o.attempts, mayWake: wakes },
    };
  },
  title: ({ args, models }) =>
    `${sentenceCase(args.who)} ${args.mayWake ? 'was probably asleep: it answered at the second call' : 'fails now and then'}${models.length > 0 ? ` for ${list(models)}` : ''}`,
  explanation({ args, observations }) {
    const words = observations.map((o) => o.errorDetail ?? o.body.message).find(Boolean);
    const said = words ? ` (${quote(words, 120)})` : '';
    if (args.mayWake)
      return `The first try gave ${args.first}${said}, the next one ${args.then}. A server that sleeps without traffic does this: the first call wakes it. One that fails now and then looks the same, so call it again when it has been idle for a while. A program that asks once would have failed.`;
    return `The first try gave ${args.first}${said}, the next one ${args.then}. The first is kept as the evidence: a program that asks once would have failed. Nothing is wrong with the call itself, since it went through unchanged.`;
  },
  notThis: () => 'A new token or another suffix cannot help.',
  fixes: ({ args, models, proven, routes, client }) => {
    const steady = proven.find((p) => models.includes(p.model) && !routes.includes(p.route));
    return [
      args.mayWake
        ? fix('Let your client try again with pauses for some minutes: a large model takes time to start.')
        : fix('Let your client try again after a short pause, two or three times.'),
      ...(steady ? [fix(`${steady.model} ${along(steady, client)} also answered in this run.`)] : []),
      ...(args.mayWake
        ? [
            fix(
              'If that is too slow for your users, let the server keep one replica: an Inference Endpoint has a minimum of replicas.',
              { links: [LINKS.endpoints] },
            ),
          ]
        : []),
      fix(`See how often it happens${args.who.includes(' ') ? '' : ` at ${args.who}`}.`, {
        commands: [checkAgain(models).replace('check', 'watch')],
      }),
    ];
  },
  verify: ({ models }) => checkAgain(models),
  page: {
    meaning: 'The same call failed first and was answered on the next try, in the same run.',
    evidence:
      'Both answers of one cell. The first is what the report shows. A 502 or 503 of a gateway at its first call is more likely a server that slept.',
    mistakenFor: 'A healthy cell, because the second answer was good.',
    repair:
      'Retry with a pause in your client, or use a route that is steady. If it stays, tell the provider with the request id.',
    links: [],
  },
});
