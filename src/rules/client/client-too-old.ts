import { cellRule, fix } from '../define.js';
import { says } from '../match.js';
import { isClientText, languageOf, upgradeCommand, versionCommand, versionSeen } from './client-text.js';
import { JS, type Lack, lackOf } from './lack.js';

interface Args extends Lack {
  version: string | null;
}

export const clientTooOld = cellRule<Args>({
  id: 'client-too-old',
  blame: 'client',
  severity: 'error',
  lastVerified: '2026-11-21',
  corrects: 'An old client cannot call a new route or provider, however good the token is.',
  match(o) {
    if (!isClientText(o) || says(o, /partially initialized module/i)) return null;
    const lack = lackOf(o);
    return (
      lack && {
        confidence: 'likely',
        subject: `${lack.client} ${lack.lacks}`,
        args: { ...lack, version: versionSeen(o, lack.client) },
      }
    );
  },
  title: ({ args }) =>
    `The installed ${args.client}${args.version ? ` ${args.version}` : ''} is too old: it lacks ${args.lacks}`,
  explanation: ({ args }) =>
    `The code asks for ${args.lacks}, and the installed ${args.client} does not have it.${
      args.since ? ` It came with ${args.since}.` : ' Newer versions have it.'
    } The call ended on this machine: no server was asked.`,
  notThis: () => 'Another token or another model cannot help.',
  fixes: (c) => [
    fix(
      `Upgrade ${c.args.client}${c.args.since ? ` to ${c.args.since} or newer` : ''}, then restart the program.`,
      {
        commands: [upgradeCommand(c.args.client, languageOf(c))],
      },
    ),
    fix(
      'If the version is new already, the program runs in another environment: look there.',
      languageOf(c) === 'node' || c.args.client === JS
        ? { commands: [`npm ls ${c.args.client}`] }
        : { commands: [`python -m pip show ${c.args.client}`] },
    ),
    ...(c.args.lacks.startsWith('the provider')
      ? [
          fix(
            'Without an upgrade: call https://router.huggingface.co/v1 with an OpenAI client and the bare model id.',
          ),
        ]
      : []),
  ],
  verify: (c) => versionCommand(c.args.client, languageOf(c)),
  page: {
    meaning:
      'The installed client library predates what the code asks of it: a route, a provider, a method or an argument.',
    evidence:
      'An AttributeError, TypeError or ImportError about a name that newer versions have, or a refused provider that joined later than the installed version.',
    mistakenFor:
      'A typing mistake, a provider that left, a model that is not served. A name that newer versions dropped is client-api-removed.',
    repair: 'Upgrade the library in the environment that runs the program, and restart it.',
    links: ['https://huggingface.co/docs/huggingface_hub/installation'],
  },
});
