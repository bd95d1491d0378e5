import type { Evidence } from '../../types/evidence.js';
import type { ErrorCode, Observation } from '../../types/observation.js';
import type { Blame } from '../../report/model.js';
import { answeredBy, sentenceCase } from '../answered-by.js';
import { cellRule, fix } from '../define.js';
import { isPage, pageMaker } from '../gateway/page.js';
import { onHuggingFace, says } from '../match.js';
import { checkAgain } from '../serving.js';
import { LINKS } from '../words.js';
import { mayBeNetwork } from './reach.js';

interface Args {
  who: string;
  blame: Blame;
  /** No connection at all, or a connection and no answer. */
  connected: boolean;
  status: number | null;
  /** Another call to the same side was answered in this run. */
  othersAnswer: boolean;
}

const CODES: readonly ErrorCode[] = ['net.deadline', 'net.no-answer', 'net.stalled', 'net.connect-timeout'];

const SENTENCES =
  /timed? ?-?out\b|ReadTimeout|ConnectTimeout|TimeoutError|ETIMEDOUT|UND_ERR_(?:HEADERS|BODY|CONNECT)_TIMEOUT|CONNECTION_TIMEOUT|deadline exceeded/i;
const CONNECT = /connect(?:ion)?[ _]?time(?:d )?[ _]?out|ConnectTimeout|ETIMEDOUT|UND_ERR_CONNECT_TIMEOUT/i;

function isTimeout(o: Observation): boolean {
  if (o.error !== null) return CODES.includes(o.error);
  if (o.status === 504) return !(isPage(o) && pageMaker(o) !== 'unknown');
  return o.status === null && says(o, SENTENCES);
}

function judge(o: Observation, e: Evidence): Omit<Args, 'connected' | 'status'> {
  const there = answeredBy(o, e);
  const same = (x: Observation) => (onHuggingFace(o) ? onHuggingFace(x) && x.surface !== 'legacy' : x.host === o.host);
  const othersAnswer = e.observations.some((x) => x.id !== o.id && x.status !== null && x.status !== 504 && same(x));
  if (o.status === 504) return { ...there, othersAnswer };
  if (!e.run.live) return { ...there, blame: there.blame === 'provider' ? 'provider' : 'unknown', othersAnswer };
  // All paths of the router share one host: no connection to it is never a provider's doing.
  const noWay = o.error === 'net.connect-timeout' && onHuggingFace(o);
  if (!othersAnswer && onHuggingFace(o)) return { who: 'your network', blame: 'network', othersAnswer };
  return noWay ? { who: 'the way to Hugging Face', blame: 'network', othersAnswer } : { ...there, othersAnswer };
}

export const timeout = cellRule<Args>({
  id: 'timeout',
  blame: 'unknown',
  severity: 'error',
  outcome: 'unknown',
  lastVerified: '2026-11-21',
  match(o, e) {
    if (!isTimeout(o) || !mayBeNetwork(o, e)) return null;
    const args = { ...judge(o, e), status: o.status, connected: o.error !== 'net.connect-timeout' && !(o.error === null && says(o, CONNECT)) };
    const likely = o.status === 504 || (e.run.live && (args.othersAnswer || args.blame === 'network'));
    return { confidence: likely ? 'likely' : 'possible', subject: args.who, blame: args.blame, args };
  },
  title: ({ args }) =>
    args.blame === 'network' && !args.othersAnswer
      ? 'Nothing of Hugging Face answers in time from this network'
      : args.status === 504
        ? `${sentenceCase(args.who)} did not finish in time (504)`
        : `No answer in time from ${args.who}`,
  explanation({ args, evidence }) {
    const saw =
      args.status === 504
        ? 'The server in front waited for the one behind it and gave up.'
        : args.connected
          ? 'The connection stood and the answer did not come.'
          : 'No connection could be made, and nobody refused it: packets are dropped on the way, or the host is overloaded.';
    if (args.blame === 'network')
      return args.othersAnswer
        ? `${saw} Other calls to Hugging Face were answered in this run, so the way there is unsteady.`
        : `${saw} No call of this run got an answer from Hugging Face, so the network is likelier than the model.`;
    if (args.othersAnswer && evidence.run.live) return `${saw} Other calls were answered in the same run, so your network and your token are fine.`;
    return `${saw} A long answer that is not streamed, a busy model and a slow network look the same from here.`;
  },
  notThis: ({ args }) => (args.blame === 'network' ? 'Another model or a new token cannot help.' : 'A new token cannot help: a refused token is answered at once.'),
  fixes: ({ args, models, proven }) => {
    const other = proven.find((p) => p.model === models[0]);
    if (args.blame === 'network')
      return [
        fix('Try from another network, and check the VPN, the firewall and HTTPS_PROXY.', { commands: ['env | grep -i _proxy'] }),
        fix('Look whether Hugging Face has an incident.', { links: [LINKS.status] }),
      ];
    return [
      ...(other ? [fix(`Use ${other.model} on ${other.route}: it answered in this run.`)] : []),
      fix('Ask for a streamed answer, or for fewer tokens: the first bytes then come before a limit on the way is reached.'),
      fix('Give the call more time, and ask again: a model that sleeps is loaded first.', { commands: [`${checkAgain(models)} --timeout 120`] }),
    ];
  },
  verify: ({ models }) => checkAgain(models),
  page: {
    meaning: 'A connection or an answer did not come in the time that the program, or a server on the way, allows.',
    evidence: 'The clock of the client, or a 504. When other calls of the run are answered, the slow party is named; when none is, the network is likelier.',
    mistakenFor: 'A wrong token or a missing permission: those are answered at once.',
    repair: 'Stream long answers, allow more time, use another provider of the model, and rule out the network.',
    links: [LINKS.status],
  },
});
