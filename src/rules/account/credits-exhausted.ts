import type { Evidence, WhoamiFacts } from '../../types/evidence.js';
import type { Surface } from '../../types/observation.js';
import { cellRule, fix } from '../define.js';
import { isGood } from '../match.js';
import { askAgain, instead } from '../refusal.js';
import { isBare, madeByProvider, said, throughRouter, viaGateway } from '../said.js';
import { LINKS, list } from '../words.js';
import { checkBilledTo } from './org-refusal.js';

interface Args {
  billTo: string | null;
  whoami: WhoamiFacts | null;
  /** The text of the answer names the cause; else there is only a 402. */
  told: boolean;
}

const SPENT =
  /(?:exceeded|depleted|used up|used all|run out of|reached)\b[^.\n]{0,40}\b(?:included credits|free monthly usage limit|pre-?paid credits)/i;

/** Where a call is charged by Hugging Face. */
const PAID: readonly Surface[] = ['router', 'provider', 'hf-inference'];

/** `model:provider` that the router lists as free and live; never one that failed here. */
function freeOffers(e: Evidence, models: readonly string[]): string[] {
  const failed = (model: string, slug: string) =>
    e.observations.some(
      (o) => o.model === model && (o.provider === slug || o.suffix === slug) && !o.control && !isGood(o),
    );
  return (e.catalog.routerModels ?? [])
    .filter((m) => models.includes(m.id))
    .flatMap((m) => m.providers.map((p) => ({ ...p, id: m.id })))
    .filter((p) => p.isFree && p.status === 'live' && !failed(p.id, p.provider))
    .map((p) => `${p.id}:${p.provider}`);
}

function account(who: WhoamiFacts): string {
  const facts = [
    who.isPro === null ? [] : [who.isPro ? 'a PRO account' : 'an account without PRO'],
    who.billingMode === null ? [] : [`${who.billingMode} billing`],
    who.canPay === null ? [] : [who.canPay ? 'a way to pay' : 'no way to pay yet'],
  ].flat();
  return facts.length > 0 ? ` whoami shows ${list(facts)}.` : '';
}

export const creditsExhausted = cellRule<Args>({
  id: 'credits-exhausted',
  blame: 'account',
  severity: 'error',
  lastVerified: '2026-11-21',
  corrects:
    'A 402 is not a rate limit: waiting an hour, a new token or another model does not refill the month.',
  match(o, e) {
    // A gateway may take calls without a key, and pays from an account of its own.
    const open = o.auth === 'anonymous' && o.surface !== 'gateway';
    if ((o.status !== null && o.status !== 402) || open) return null;
    const sentence = said(o, e, SPENT);
    const bare =
      !sentence &&
      o.status === 402 &&
      PAID.includes(o.surface) &&
      throughRouter(o, e) &&
      isBare(o) &&
      !madeByProvider(o);
    const confidence = sentence ?? (bare ? 'likely' : null);
    if (!confidence) return null;
    const billTo = o.surface === 'gateway' ? null : e.run.billTo;
    const whoami = billTo === null && o.surface !== 'gateway' ? e.token.whoami : null;
    return { confidence, subject: billTo ?? 'account', args: { billTo, whoami, told: sentence !== null } };
  },
  title: ({ args }) =>
    `The monthly credits for Inference Providers are used up${args.billTo ? ` for ${args.billTo}` : ''}`,
  explanation: ({ args, observations }) =>
    `${args.told ? 'Hugging Face says so, before any provider is asked.' : 'Hugging Face answers 402, which it does when the credits are spent.'} ${viaGateway(observations) ? 'It is the account behind the gateway.' : `The token is accepted.${args.whoami ? account(args.whoami) : ''}`}`,
  notThis: () =>
    'A new token or another provider cannot help: all providers draw on the same credits. Waiting helps only when the next month begins.',
  fixes(c) {
    const { args, evidence, models } = c;
    const free = freeOffers(evidence, models);
    const gateway = viaGateway(c.observations);
    return [
      // Called without the gateway, another account pays.
      ...(gateway ? instead(c, models[0] ?? null) : []),
      args.billTo
        ? fix(`Ask an administrator of ${args.billTo} to add credits, or call without X-HF-Bill-To.`)
        : fix(`Add pre-paid credits${gateway ? ' to the account whose token the gateway uses' : ''}.`, {
            links: [LINKS.billing],
          }),
      ...(args.billTo || args.whoami?.isPro
        ? []
        : [fix('Or subscribe to PRO: it includes more each month.', { links: [LINKS.pricing] })]),
      ...(free.length > 0 ? [fix(`Or use ${list(free)}: the router lists it as free for now.`)] : []),
      fix("Or store a provider's own key in your settings: that provider then bills you itself.", {
        links: [LINKS.providers],
      }),
      fix('Or wait for the next month, when the included credits start again.'),
    ];
  },
  verify: (c) => (c.args.billTo ? checkBilledTo(c.args.billTo, c.models) : askAgain(c)),
  page: {
    meaning:
      'Each account has some credits for Inference Providers every month, shared by all models and providers. They are spent, and there are no bought credits to go on with.',
    evidence:
      'Status 402 from Hugging Face, with "You have depleted your monthly included credits", "You have exceeded your monthly included credits" or "You have reached the free monthly usage limit for <provider>".',
    mistakenFor:
      'A rate limit, because a later call sometimes passes; a broken token; a model that became paid. A 403 "exceeded your monthly spending limit" is a ceiling that somebody set, not the credits.',
    repair:
      'Buy credits, subscribe to PRO, let an organization pay (X-HF-Bill-To), store a key of the provider in the settings, or wait for the next month. Models that the router lists as free can still be called.',
    links: [LINKS.billing, LINKS.pricing, LINKS.providers],
  },
});
