import type { Blame } from '../../report/model.js';
import { along } from '../along.js';
import { answeredBy, sentenceCase } from '../answered-by.js';
import { cellRule, fix } from '../define.js';
import { checkAgain } from '../serving.js';
import { list } from '../words.js';
import { quote } from './quote.js';

interface Args {
  who: string;
  first: string;
  then: number;
  attempts: number;
}

const NETWORK = /^(?:dns|tls|proxy)\.|^net\.(?:connect-timeout|reset|unreachable)/;

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
    return { confidence: 'certain', subject: who, blame, args: { who, first, then, attempts: o.attempts } };
  },
  title: ({ args, models }) =>
    `${sentenceCase(args.who)} fails now and then${models.length > 0 ? ` for ${list(models)}` : ''}`,
  explanation({ args, observations }) {
    const words = observations.map((o) => o.errorDetail ?? o.body.message).find(Boolean);
    const sleeps = observations.some(
      (o) => o.surface === 'gateway' && (o.status === 502 || o.status === 503),
    );
    const said = words ? ` (${quote(words, 120)})` : '';
    return `The first try gave ${args.first}${said}, the next one ${args.then}. The first is kept as the evidence: a program that asks once would have failed. Nothing is wrong with the call itself, since it went through unchanged.${sleeps ? ' A server that sleeps without traffic looks the same: the first call wakes it.' : ''}`;
  },
  notThis: () => 'A new token or another suffix cannot help.',
  fixes: ({ args, models, proven, routes, client }) => {
    const steady = proven.find((p) => models.includes(p.model) && !routes.includes(p.route));
    return [
      fix('Let your client try again after a short pause, two or three times.'),
      ...(steady ? [fix(`${steady.model} ${along(steady, client)} also answered in this run.`)] : []),
      fix(`See how often it happens${args.who.includes(' ') ? '' : ` at ${args.who}`}.`, {
        commands: [checkAgain(models).replace('check', 'watch')],
      }),
    ];
  },
  verify: ({ models }) => checkAgain(models),
  page: {
    meaning: 'The same call failed first and was answered on the next try, in the same run.',
    evidence: 'Both answers of one cell. The first is what the report shows.',
    mistakenFor: 'A healthy cell, because the second answer was good.',
    repair:
      'Retry with a pause in your client, or use a route that is steady. If it stays, tell the provider with the request id.',
    links: [],
  },
});
