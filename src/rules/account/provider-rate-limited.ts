import { cellRule, fix } from '../define.js';
import { factsOf, liveProviders, providerBehind, says } from '../match.js';
import { isBare, madeByFrontEnd, madeByProvider, secondsToWait } from '../said.js';
import { checkAgain } from '../serving.js';
import { LINKS, list } from '../words.js';

interface Args {
  provider: string | null;
  /** Tokens or calls in a time, or money of the shared account. */
  kind: 'rate' | 'balance';
  seconds: number | null;
  /** Other providers that the Hub lists as live for the model. */
  others: string[];
}

const WORDS =
  /\bin organization `?org_|\bservice tier\b|\b(?:tokens|requests) per (?:minute|hour|day)\b|\((?:TPM|RPM|TPD|RPD)\)|rate limit (?:reached|exceeded) for (?:model|request)|too many (?:concurrent|requests? (?:for|to) (?:this )?model)/i;
const BALANCE = /balance (?:is )?(?:not enough|insufficient)|insufficient balance|"code":\W{0,2}1113\b/i;

export const providerRateLimited = cellRule<Args>({
  id: 'provider-rate-limited',
  blame: 'provider',
  severity: 'error',
  lastVerified: '2026-11-21',
  corrects: "The limit belongs to Hugging Face's shared account at the provider: you did not use it up.",
  match(o, e) {
    if (o.surface !== 'provider' && o.surface !== 'router') return null;
    if (o.status !== 429 && !(o.status === null && says(o, WORDS))) return null;
    const balance = says(o, BALANCE) || o.body.code === '1113';
    const words = balance || says(o, WORDS) || o.body.code === 'rate_limit_exceeded';
    const marks = madeByProvider(o);
    // Without words and marks only the path tells, and a signed answer is Hugging Face's own.
    const pathOnly = !words && !marks && !madeByFrontEnd(o) && isBare(o);
    if (!words && !marks && !pathOnly) return null;
    const provider = providerBehind(o, e);
    const sure = words && (marks || provider !== null);
    return {
      confidence:
        sure && e.run.live ? 'certain' : words || marks || o.surface === 'provider' ? 'likely' : 'possible',
      subject: provider ?? 'provider',
      args: {
        provider,
        kind: balance ? 'balance' : 'rate',
        seconds: secondsToWait(o),
        others: liveProviders(factsOf(o, e), o.task).filter((p) => p !== provider),
      },
    };
  },
  title: ({ args }) =>
    `${args.provider ?? 'The provider'} limits all calls that come through Hugging Face${args.kind === 'balance' ? ', its balance there is used up' : ''}`,
  explanation: ({ args }) =>
    `${args.provider ?? 'The provider'} answered 429, not Hugging Face. Calls of all users reach it under one shared account, so this is not your doing. Only with a provider key of your own in the settings would the limit be yours.${args.seconds === null ? '' : ` It asks to wait ${args.seconds} seconds.`}`,
  notThis: () => 'A new token, PRO or more credits cannot help.',
  fixes({ args, models, proven, observations }) {
    const pinned = observations.some((o) => o.suffix !== null || o.surface === 'provider');
    const here = proven.find((p) => models.includes(p.model));
    return [
      ...(here ? [fix(`Use ${here.model} on ${here.route}: it answered there in this run.`)] : []),
      ...(!here && args.others.length > 0
        ? [fix(`Try ${list(args.others)}: listed as live for this model.`)]
        : []),
      fix(
        args.kind === 'balance'
          ? 'Wait, or use another provider: only Hugging Face or the provider can settle it.'
          : 'Try again after some seconds, with a pause that doubles each time.',
      ),
      ...(pinned ? [fix('Call the bare model id on /v1: the router may then choose another provider.')] : []),
      fix("Or store a provider's own key in your settings: then its limit is yours alone.", {
        links: [LINKS.providers],
      }),
    ];
  },
  verify: ({ models }) => (models.length > 0 ? checkAgain(models) : null),
  page: {
    meaning:
      'A provider counts the calls or tokens that Hugging Face sends for all its users together. When that is used up, each user gets 429 for a while.',
    evidence:
      'Status 429 on a provider path or through the router, in the words of the provider: an organization org_..., a service tier, tokens per minute. Or with its marks: cf-ray, x-ratelimit-*.',
    mistakenFor:
      'Your own limit, or spent credits (402). The x-ratelimit headers describe the shared account, not yours.',
    repair: 'Wait and try again, or call the model at another provider.',
    links: [LINKS.providers, LINKS.status],
  },
});
