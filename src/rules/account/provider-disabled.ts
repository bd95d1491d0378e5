import type { Evidence } from '../../types/evidence.js';
import type { Observation } from '../../types/observation.js';
import { cellRule, fix } from '../define.js';
import { factsOf, isGood, liveProviders } from '../match.js';
import { said } from '../said.js';
import { LINKS, list } from '../words.js';

interface Args {
  /** Live for this task by the catalogue of the run; empty in a text. */
  live: string[];
  /** The route on which the model answered, where one did. */
  works: string | null;
}

const NOT_ENABLED = /not supported by any provider (?:that )?you have enabled/i;
const POLICIES: readonly (string | null)[] = [null, 'fastest', 'cheapest', 'preferred'];

/** Live providers that the call could have used: all, or the pinned one. */
function couldUse(o: Observation, e: Evidence): string[] {
  const facts = factsOf(o, e);
  const listed = e.catalog.routerModels?.find((m) => m.id === (facts?.canonical ?? o.model))?.providers ?? [];
  const live = [
    ...liveProviders(facts, o.task ?? facts?.task),
    ...listed.filter((p) => p.status === 'live').map((p) => p.provider),
  ];
  return [...new Set(live)].filter((p) => POLICIES.includes(o.suffix) || p === o.suffix);
}

export const providerDisabled = cellRule<Args>({
  id: 'provider-disabled',
  blame: 'account',
  severity: 'error',
  lastVerified: '2026-11-21',
  corrects:
    '"Not supported by any provider you have enabled" may be about your switches, not about the model.',
  match(o, e) {
    if (o.status !== null && o.status !== 400) return null;
    const sentence = said(o, e, NOT_ENABLED);
    if (!sentence) return null;
    if (!e.run.live)
      return { confidence: 'possible', subject: o.model ?? 'model', args: { live: [], works: null } };
    const live = couldUse(o, e);
    if (live.length === 0) return null;
    const good = e.observations.find(
      (x) =>
        x.model === o.model && x.provider !== null && live.includes(x.provider) && !x.control && isGood(x),
    );
    const confidence = good && sentence === 'certain' ? 'certain' : 'likely';
    return { confidence, subject: o.model ?? 'model', args: { live, works: good?.route ?? null } };
  },
  title: ({ args, models }) =>
    args.live.length > 0
      ? `${list(args.live)} ${args.live.length === 1 ? 'serves' : 'serve'} ${models[0] ?? 'the model'}, but ${args.live.length === 1 ? 'is' : 'are'} switched off in ${'your settings'}`
      : 'The providers of this model may be switched off in your settings',
  explanation: ({ args }) =>
    args.live.length > 0
      ? `The catalogue of this run lists ${list(args.live)} as live for the model, while the router finds no provider that you have enabled.${args.works ? ` On ${args.works} the model answered.` : ''}`
      : 'Hugging Face says the same for a model that nobody serves and for one whose providers you have switched off. The list of providers on the model page tells which it is.',
  notThis: () =>
    'A new token or more credits cannot help. A suffix does not unlock a provider that is switched off.',
  fixes: ({ args, evidence, models }) => [
    evidence.run.billTo
      ? fix(
          `Ask an administrator of ${evidence.run.billTo}: the organization that pays decides which providers are on.`,
        )
      : fix(
          `Switch on ${args.live.length > 0 ? list(args.live) : 'a provider of this model'} in your settings.`,
          {
            links: [LINKS.providers],
          },
        ),
    ...(args.works ? [fix(`Until then use the route ${args.works}: it answered in this run.`)] : []),
    ...(args.live.length === 0 && models[0]
      ? [fix('See which providers serve the model.', { links: [`https://huggingface.co/${models[0]}`] })]
      : []),
  ],
  verify: ({ models }) => (models[0] ? `hf-doctor check ${models[0]}` : null),
  page: {
    meaning:
      'Each account, and each organization that pays, can switch providers off. The router then acts as if they did not serve the model.',
    evidence:
      'The router answers 400 "not supported by any provider you have enabled", while the mapping of the Hub or /v1/models lists a live provider for the same task. From the text alone it cannot be told from a model that nobody serves.',
    mistakenFor: 'A model that was withdrawn, an outage, a wrong token.',
    repair:
      'Open the Inference Providers settings and switch the provider on. In an organization an administrator does it. The catalogue changes within hours: where all providers are on, ask again later.',
    links: [LINKS.providers, LINKS.servedModels],
  },
});
