import { along } from '../along.js';
import { sentenceCase } from '../answered-by.js';
import { cellRule, fix } from '../define.js';
import { checkAgain } from '../serving.js';
import { LINKS, proof } from '../words.js';
import { type Late, lateness } from './late.js';
import { mayBeNetwork } from './reach.js';

export const timeout = cellRule<Late>({
  id: 'timeout',
  blame: 'unknown',
  severity: 'error',
  // A status was seen: that much is known, and it is no good news.
  outcome: (o) => ((o.status ?? 0) >= 400 ? 'fault' : 'unknown'),
  lastVerified: '2026-11-21',
  match(o, e) {
    const args = mayBeNetwork(o, e) ? lateness(o, e) : null;
    if (!args) return null;
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
    if (args.othersAnswer && evidence.run.live)
      return `${saw} Other calls were answered in the same run, so your network is fine.`;
    if (args.status === 504) return `${saw} The model is busy or asleep, or its answer takes too long.`;
    return `${saw} A long answer that is not streamed, a busy model and a slow network look the same from here.`;
  },
  notThis: ({ args }) =>
    args.blame === 'network'
      ? 'Another model or a new token cannot help.'
      : 'A new token cannot help: a refused token is answered at once.',
  fixes: ({ args, models, proven, routes, client }) => {
    const other = proven.find((p) => p.model === models[0] && !routes.includes(p.route));
    if (args.blame === 'network')
      return [
        fix('Try from another network, and check the VPN, the firewall and HTTPS_PROXY.', {
          commands: ['env | grep -i _proxy'],
        }),
        fix('Look whether Hugging Face has an incident.', { links: [LINKS.status] }),
      ];
    return [
      ...(other ? [fix(`Use ${other.model} ${along(other, client)}: ${proof(other)} in this run.`)] : []),
      fix(
        'Ask for a streamed answer, or for fewer tokens: the first bytes then come before a limit on the way is reached.',
      ),
      fix('Give the call more time, and ask again: a model that sleeps is loaded first.', {
        commands: [`${checkAgain(models)} --timeout 120`],
      }),
    ];
  },
  verify: ({ models }) => checkAgain(models),
  page: {
    meaning:
      'A connection or an answer did not come in the time that the program, or a server on the way, allows.',
    evidence:
      'The clock of the client, or a 504. When other calls of the run are answered, the slow party is named; when none is, the network is likelier.',
    mistakenFor: 'A wrong token or a missing permission: those are answered at once.',
    repair:
      'Stream long answers, allow more time, use another provider of the model, and rule out the network.',
    links: [LINKS.status],
  },
});
