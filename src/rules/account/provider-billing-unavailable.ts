import { along } from '../along.js';
import { cellRule, fix } from '../define.js';
import { providerBehind } from '../match.js';
import { askAgain } from '../refusal.js';
import { said } from '../said.js';
import { hopeful } from '../serving.js';
import { LINKS, list, proof } from '../words.js';

interface Args {
  provider: string | null;
  /** Other providers that the Hub lists as live for the model. */
  others: string[];
}

const NOT_ENABLED =
  /pay[- ]?as[- ]?you[- ]?go is not (?:yet )?enabled for(?: provider)?(?: ([a-z0-9][a-z0-9-]{1,40}))?/i;

export const providerBillingUnavailable = cellRule<Args>({
  id: 'provider-billing-unavailable',
  blame: 'hub',
  severity: 'error',
  lastVerified: '2026-11-21',
  corrects: 'This 402 is not about your credits: Hugging Face cannot charge for this provider yet.',
  match(o, e) {
    const confidence = said(o, e, NOT_ENABLED);
    if (!confidence) return null;
    const provider = NOT_ENABLED.exec(o.body.message ?? o.body.excerpt)?.[1] ?? providerBehind(o, e);
    const others = hopeful(o, e).filter((p) => p !== provider);
    return { confidence, subject: provider ?? 'provider', args: { provider, others } };
  },
  title: ({ args }) => `Hugging Face cannot charge for calls to ${args.provider ?? 'this provider'} yet`,
  explanation: ({ args, models, evidence }) =>
    `Hugging Face answers that pay-as-you-go is not enabled for ${args.provider ?? 'the provider'}. Credits on your account do not change that.${evidence.run.live && models.length > 0 && args.others.length === 0 ? ' The Hub lists no other live provider for this model.' : ''}`,
  notThis: () =>
    'Buying credits, a new token or PRO need not help: the call is refused before it is charged.',
  fixes({ args, models, proven, client }) {
    const here = proven.find((p) => models.includes(p.model));
    const elsewhere = proven.find((p) => !models.includes(p.model));
    return [
      ...(here ? [fix(`Use ${here.model} ${along(here, client)}: ${proof(here)} there in this run.`)] : []),
      ...(!here && args.others.length > 0
        ? [fix(`Try ${list(args.others)}: listed as live for this model.`)]
        : []),
      ...(!here && elsewhere
        ? [fix(`Use ${elsewhere.model}: ${proof(elsewhere)} in this run ${along(elsewhere, client)}.`)]
        : []),
      ...(args.others.length === 0 && !here
        ? [fix('Look for another provider or model.', { links: [LINKS.servedModels] })]
        : []),
      fix(
        `Or store your own key of ${args.provider ?? 'that provider'} in your settings: it then bills you itself.`,
        {
          links: [LINKS.providers],
        },
      ),
    ];
  },
  verify: (c) => askAgain(c),
  page: {
    meaning:
      'The provider is reachable through Hugging Face, but Hugging Face cannot bill for it beyond the included credits. Calls that would cost money are refused with 402.',
    evidence: 'Status 402 with "Pay-as-you go is not enabled for provider <name> yet."',
    mistakenFor:
      'Spent credits: also a 402, with other words. Accounts with bought credits get this one too.',
    repair: 'Call the model at another provider, or use a key of that provider.',
    links: [LINKS.providers, LINKS.pricing],
  },
});
