import { cellRule, fix } from '../define.js';
import { languageOf, upgradeCommand, versionCommand } from './client-text.js';
import { type Removed, removedIn } from './removed-names.js';

export const clientApiRemoved = cellRule<Removed>({
  id: 'client-api-removed',
  blame: 'client',
  severity: 'error',
  lastVerified: '2026-11-21',
  corrects: 'Nothing is wrong with the model or the token here: no request was sent.',
  match(o) {
    const removed = removedIn(o);
    return removed && { confidence: 'likely', subject: removed.name, args: removed };
  },
  title: ({ args }) => `${args.client} no longer has ${args.name}`,
  explanation: ({ args }) =>
    `The code calls ${args.name}, and ${args.client} dropped it${args.since ? ` in ${args.since}` : ''}. The call ended on this machine: no server was asked.`,
  notThis: () => 'Another token, another model or another provider cannot help.',
  fixes: (c) => {
    const { args } = c;
    return [
      ...(args.caller
        ? [
            fix(`If ${args.caller} or another library makes the call, upgrade that library.`, {
              commands: [upgradeCommand(args.caller, 'python')],
            }),
          ]
        : []),
      fix(`In your own code, use ${args.now}.`, {
        ...(args.name === 'InferenceApi' || args.name === 'InferenceClient.post'
          ? {
              snippet: {
                language: 'python',
                code: 'client = InferenceClient()\nclient.chat_completion(messages, model=model)',
              },
            }
          : {}),
      }),
      ...(args.since
        ? [
            fix(
              `Until then, a version before ${args.since} still has it. Many of its routes are retired, so this may not be enough.`,
            ),
          ]
        : []),
    ];
  },
  verify: (c) => versionCommand(c.args.client, languageOf(c)),
  page: {
    meaning:
      'The code uses a name that newer versions of the client library no longer have, such as InferenceClient.post or HfApiModel. The program stops before anything is sent.',
    evidence: 'An AttributeError, ImportError or TypeError that names it, without any answer of a server.',
    mistakenFor:
      'A client that is too old: there the name is newer than the library. Here the library is newer than the code.',
    repair: 'Upgrade the library that makes the call, or change the name in your own code.',
    links: [
      'https://huggingface.co/docs/huggingface_hub/package_reference/inference_client',
      'https://huggingface.co/docs/huggingface_hub/concepts/migration',
    ],
  },
});
