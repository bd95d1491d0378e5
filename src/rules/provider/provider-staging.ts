import { acrossRule, fix } from '../define.js';
import { isGood, liveProviders, says } from '../match.js';
import { checkAgain } from '../serving.js';
import { LINKS, list } from '../words.js';

interface Args {
  provider: string;
  models: string[];
  /** Providers that are live for the first model; empty: nobody. Null: not known. */
  live: string[] | null;
}

const WARNING = /is in staging mode for provider ([a-z][a-z0-9-]{1,40})/i;

export const providerStaging = acrossRule<Args>({
  id: 'provider-staging',
  blame: 'provider',
  severity: 'info',
  severityOf: ({ args }) => (args.live !== null && args.live.length === 0 ? 'warning' : 'info'),
  lastVerified: '2026-11-21',
  corrects:
    '"Staging" is a state of the provider\'s listing for one model. It is no mode of your account and has nothing to do with the token.',
  match(e) {
    const pasted = e.run.live
      ? []
      : e.observations.filter((o) => o.surface !== 'other' && o.status === null && says(o, WARNING));
    const fromText = pasted.map((o) => {
      const provider =
        (WARNING.exec(o.body.message ?? '') ?? WARNING.exec(o.body.excerpt))?.[1] ?? 'the provider';
      return {
        confidence: 'likely' as const,
        subject: provider,
        args: { provider, models: o.model === null ? [] : [o.model], live: null },
        cells: [o.id],
      };
    });
    if (!e.run.live) return fromText;
    const staged = Object.entries(e.catalog.models).flatMap(([model, facts]) =>
      facts.providers
        .filter((p) => p.status === 'staging')
        .map((p) => ({ model, provider: p.provider, live: liveProviders(facts, facts.task) })),
    );
    return [...new Set(staged.map((s) => s.provider))].flatMap((provider) => {
      const all = staged.filter((s) => s.provider === provider);
      const asked = e.observations.filter(
        (o) =>
          o.purpose === 'inference' &&
          !o.control &&
          o.provider === provider &&
          all.some((s) => s.model === o.model),
      );
      // One that answers is said by mapping-disagrees.
      const silent = all.filter((s) => !asked.some((o) => o.model === s.model && isGood(o)));
      if (silent.length === 0) return [];
      const worst = silent.find((s) => s.live.length === 0) ?? silent[0];
      const refused = asked.filter((o) => o.status !== null && [400, 403, 404].includes(o.status));
      return {
        confidence: 'certain' as const,
        subject: provider,
        args: { provider, models: silent.map((s) => s.model), live: worst?.live ?? [] },
        cells: refused.map((o) => o.id),
      };
    });
  },
  title: ({ args }) =>
    `${args.provider} does not serve ${list(args.models) || 'this model'} to everybody yet`,
  explanation({ args }) {
    const others =
      args.live === null
        ? ''
        : args.live.length > 0
          ? ` ${list(args.live)} can be used today.`
          : ' No other provider is live for it today.';
    return `The Hub lists it as "staging" for ${args.provider}: the provider still tests it.${others}`;
  },
  notThis: () => 'Your account and your token have no staging mode: a new token or a paid plan cannot help.',
  fixes: ({ args }) => [
    args.live !== null && args.live.length === 0
      ? fix('Choose a model that is live at a provider, or wait until this one is.', {
          links: [LINKS.servedModels],
        })
      : fix('Name no provider: the router then uses one that is live, if there is one.'),
  ],
  verify: ({ args }) => checkAgain(args.models),
  page: {
    meaning:
      'A provider has registered the model and has not released it. The listing has the status "staging"; members of the partner organization can already call it, others usually cannot.',
    evidence:
      'The mapping of the model on the Hub, read in this run, or the warning "Model X is in staging mode for provider Y" of huggingface_hub.',
    mistakenFor: 'A staging account, a sandbox token, an authentication fault.',
    repair: 'Leave the provider out so that the router takes a live one, or choose another model.',
    links: [LINKS.servedModels],
  },
});
