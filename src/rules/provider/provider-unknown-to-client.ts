import { acrossRule, fix } from '../define.js';
import { checkAgain } from '../serving.js';
import { LINKS, list } from '../words.js';
import { REMOVED } from './removed.js';

interface Args {
  provider: string;
  models: string[];
  /** One that it serves for chat, where a suffix can pin it. */
  chat: string | null;
}

export const providerUnknownToClient = acrossRule<Args>({
  id: 'provider-unknown-to-client',
  blame: 'client',
  severity: 'info',
  lastVerified: '2026-11-21',
  match(e) {
    // An empty list was not read, and says nothing about any client.
    if (!e.run.live || e.catalog.clientProviders.length === 0) return [];
    const strange = Object.entries(e.catalog.models).flatMap(([model, facts]) =>
      facts.providers
        .filter((p) => p.status === 'live' && !e.catalog.clientProviders.includes(p.provider))
        // One that left is listed by mistake: it is not new.
        .filter((p) => !Object.hasOwn(REMOVED, p.provider))
        .map(({ provider, task }) => ({ model, provider, task })),
    );
    return [...new Set(strange.map((s) => s.provider))].map((provider) => {
      const served = strange.filter((s) => s.provider === provider);
      const models = [...new Set(served.map((s) => s.model))];
      const chat = served.find((s) => s.task === 'conversational')?.model ?? null;
      return {
        confidence: 'certain' as const,
        subject: provider,
        args: { provider, models, chat },
        cells: [],
      };
    });
  },
  title: ({ args }) => `${args.provider} is newer than the official client that hf-doctor uses`,
  explanation: ({ args }) =>
    `The Hub lists ${args.provider} as live for ${list(args.models)}. The client @huggingface/inference that comes with hf-doctor does not know this provider, so its own path was not checked.${args.chat ? ' The router reaches it all the same.' : ' The router takes chat only, so it cannot be asked there either.'}`,
  fixes: ({ args }) => [
    args.chat
      ? fix('Nothing to do when you call the router with the bare model id.')
      : fix('Use another provider of the model, until your client knows this one.', {
          links: [LINKS.servedModels],
        }),
    fix('A client of your own that names providers needs a version that knows it.', {
      commands: ['npm install @huggingface/inference@latest', 'pip install -U huggingface_hub'],
    }),
    ...(args.chat
      ? [
          fix(
            `To ask this provider alone: the model id ${args.chat}:${args.provider} on https://router.huggingface.co/v1.`,
          ),
        ]
      : []),
  ],
  verify: ({ args }) => checkAgain(args.models),
  page: {
    meaning:
      'A provider serves the model, and the official client does not have it in its table yet, or not any more.',
    evidence: 'The mapping of the model in this run against the table of the bundled client.',
    mistakenFor:
      'A provider that is down. An old huggingface_hub says "Provider \'x\' not supported" for the same reason.',
    repair: 'For chat use the bare model id on the router, else another provider, or upgrade the client.',
    links: [LINKS.docs],
  },
});
