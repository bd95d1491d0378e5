import { cellRule, fix } from '../define.js';
import { askAgain } from '../refusal.js';
import { madeByProvider, said, viaGateway } from '../said.js';
import { LINKS } from '../words.js';
import { checkBilledTo } from './org-refusal.js';

const LIMIT = /(?:exceeded|reached|hit)\b[^.\n]{0,30}\bspending limit\b/i;
const OURS = /spending limit (?:for|of|on) inference providers/i;

export const spendingLimitReached = cellRule<{ billTo: string | null; prepaid: boolean }>({
  id: 'spending-limit-reached',
  blame: 'account',
  severity: 'error',
  lastVerified: '2026-11-21',
  corrects:
    'This 403 is not a permission: huggingface_hub prints "Make sure your token has the correct permissions" for every 403.',
  match(o, e) {
    if (o.status !== null && o.status !== 403 && o.status !== 402) return null;
    // Providers have spending limits too, with nearly the same words.
    const charged = ['router', 'provider', 'hf-inference'].includes(o.surface) && !madeByProvider(o);
    const sentence = charged ? LIMIT : OURS;
    const confidence = said(o, e, sentence);
    if (!confidence) return null;
    // A gateway pays from an account of its own.
    const billTo = o.surface === 'gateway' ? null : e.run.billTo;
    const prepaid = billTo === null && o.surface !== 'gateway' && e.token.whoami?.billingMode === 'prepaid';
    return { confidence, subject: billTo ?? 'account', args: { billTo, prepaid } };
  },
  title: ({ args }) =>
    `The monthly spending limit for Inference Providers is reached${args.billTo ? ` for ${args.billTo}` : ''}`,
  explanation: ({ args, observations }) =>
    `Hugging Face accepts the token and refuses to spend more this month. ${args.billTo ? 'The limit is set by an administrator of the organization.' : 'The limit is set in the billing settings of the account, or by the organization that pays.'}${args.prepaid ? ' whoami shows pre-paid billing: the balance is a limit too.' : ''}${viaGateway(observations) ? ' It is the account behind the gateway.' : ''}`,
  notThis: () =>
    'The token has the right permission, whatever the client prints. A new token, another model or another provider cannot help.',
  fixes: ({ args }) => [
    args.billTo
      ? fix(`Ask an administrator of ${args.billTo} to raise the limit, or call without X-HF-Bill-To.`)
      : fix('Raise the spending limit, or add credits where billing is pre-paid.', {
          links: [LINKS.billing],
        }),
    fix('Or wait for the next month, when the limit starts again.'),
  ],
  verify: (c) => (c.args.billTo ? checkBilledTo(c.args.billTo, c.models) : askAgain(c)),
  page: {
    meaning:
      'Somebody set a ceiling for what may be spent on Inference Providers in a month, and this month has reached it. It holds for every provider, hf-inference included.',
    evidence: 'Status 403 with "You have exceeded your monthly spending limit for Inference Providers."',
    mistakenFor:
      'A token without permission, because it is a 403 and the Python client adds a sentence about permissions. Spent credits are another answer: 402.',
    repair: 'Raise the limit in the billing settings; in an organization an administrator does it.',
    links: [LINKS.billing, LINKS.pricing],
  },
});
