import { along } from '../along.js';
import { cellRule, fix } from '../define.js';
import { providerBehind, says } from '../match.js';
import { inWords, isBare, madeByFrontEnd, madeByProvider, secondsToWait, throughRouter } from '../said.js';
import { checkAgain, hopeful } from '../serving.js';
import { LINKS, list, proof } from '../words.js';

interface Args {
  provider: string | null;
  /** The answer shows that the provider made it; else the path alone does. */
  told: boolean;
  /** Called with a key of one's own, at the provider's own host. */
  own: boolean;
  /** Tokens or calls in a time, or money. */
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
    const pathOnly = o.path !== null && !words && !marks && !madeByFrontEnd(o) && isBare(o);
    if (!words && !marks && !pathOnly) return null;
    const provider = providerBehind(o, e);
    const sure = words && (marks || provider !== null);
    const own = !throughRouter(o, e);
    return {
      confidence:
        sure && e.run.live ? 'certain' : words || marks || o.surface === 'provider' ? 'likely' : 'possible',
      subject: provider ?? 'provider',
      ...(own ? { blame: 'account' as const } : {}),
      ...(pathOnly && o.surface === 'router' ? { blame: 'unknown' as const } : {}),
      args: {
        provider,
        told: words || marks,
        own,
        kind: balance ? 'balance' : 'rate',
        seconds: secondsToWait(o),
        others: hopeful(o, e).filter((p) => p !== provider),
      },
    };
  },
  title({ args }) {
    if (!args.told && !args.provider) return 'The calls are limited, by a provider or by Hugging Face';
    const whom = args.own ? 'calls with your key' : 'all calls that come through Hugging Face';
    return `${args.provider ?? 'The provider'} limits ${whom}${args.kind === 'balance' ? ': the balance there is used up' : ''}`;
  },
  explanation({ args }) {
    const who = args.provider ?? 'The provider';
    const wait = args.seconds === null ? '' : ` It asks to wait ${inWords(args.seconds)}.`;
    if (args.own)
      return `The call went to ${who} itself, with a key of its own. Its limit is the one of that key.${wait}`;
    const shared =
      'The calls of all users reach it under one shared account, so this need not be your doing.';
    if (!args.told)
      return args.provider
        ? `The call went to ${who}, so the limit is most likely its own: nothing else in the answer tells. ${shared}${wait}`
        : `Only the status is shown. Behind /v1 it is mostly the provider that limits. ${shared} Hugging Face limits the calls of one account too, and then it is yours.${wait}`;
    return `${who} answered 429, not Hugging Face. The calls of all users reach it under one shared account, so this is not your doing. Only with a provider key of your own in the settings would the limit be yours.${wait}`;
  },
  notThis: ({ args }) =>
    args.own || !(args.told || args.provider) ? null : 'A new token, PRO or more credits cannot help.',
  fixes({ args, models, proven, observations, evidence, client }) {
    const pinned =
      !evidence.run.live &&
      !args.own &&
      observations.some((o) => o.suffix !== null || o.surface === 'provider');
    const here = proven.find((p) => models.includes(p.model));
    return [
      ...(here ? [fix(`Use ${here.model} ${along(here, client)}: ${proof(here)} there in this run.`)] : []),
      ...(!here && args.others.length > 0
        ? [fix(`Try ${list(args.others)}: listed as live for this model.`)]
        : []),
      fix(
        args.kind === 'balance'
          ? `Use another provider, or wait: only ${args.own ? 'you' : 'Hugging Face'} can fill the balance at the provider.`
          : 'Try again after some seconds, with a pause that doubles each time.',
      ),
      ...(pinned ? [fix('Call the bare model id on /v1: the router may then choose another provider.')] : []),
      ...(args.own
        ? []
        : [
            fix("Or store a provider's own key in your settings: then its limit is yours alone.", {
              links: [LINKS.providers],
            }),
          ]),
    ];
  },
  verify: ({ models }) => checkAgain(models),
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
