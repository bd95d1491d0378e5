import { isOutsider, payingOrg } from '../asked-with.js';
import { cellRule, fix } from '../define.js';
import { said } from '../said.js';
import { LINKS, PERMISSION } from '../words.js';
import { checkBilledTo, refusedForOrg } from './org-refusal.js';

interface Args {
  org: string | null;
  /** What whoami tells: `unlisted`, the role in the organization, or nothing. */
  standing: 'unlisted' | 'member' | 'unknown';
  status: number | null;
}

const ON_BEHALF = /inference providers on behalf of org\b/i;
export const billingOrgRefused = cellRule<Args>({
  id: 'billing-org-refused',
  blame: 'account',
  severity: 'error',
  lastVerified: '2026-11-21',
  corrects:
    'A 401 with X-HF-Bill-To need not be about the token: the same token may be fine for your own account.',
  match(o, e) {
    const org = e.run.billTo;
    const told = (o.status === null || o.status === 403) && said(o, e, ON_BEHALF) !== null;
    if (!told && !refusedForOrg(o, e)) return null;
    const member = payingOrg(e) !== null;
    const standing = isOutsider(e) ? 'unlisted' : member ? 'member' : 'unknown';
    const confidence = org === null ? 'possible' : 'likely';
    return { confidence, subject: org ?? 'org', args: { org, standing, status: o.status } };
  },
  title: ({ args }) =>
    `The organization ${args.org ?? 'named in X-HF-Bill-To'} cannot be billed with this token`,
  explanation: ({ args, evidence }) => {
    const token = evidence.token.status === 'valid' ? 'whoami accepts the token. ' : '';
    const why = {
      unlisted: `It does not list ${args.org} among your organizations, so the name may be wrong or you are no member.`,
      member: 'You are a member, so the plan of the organization or the permissions of the token are left.',
      unknown:
        'You must be a member, the organization needs a Team or Enterprise plan, and the token a permission there.',
    }[args.standing];
    return `The call asked the organization to pay, and Hugging Face refused it${args.status ? ` with ${args.status}` : ''}. ${token}${why}`;
  },
  notThis: () =>
    'Another model or another provider cannot help, nor can a new token with the same permissions.',
  fixes: ({ args }) => [
    fix('Call without the header X-HF-Bill-To (bill_to, billTo): then your own account pays.'),
    ...(args.standing === 'member'
      ? []
      : [fix('Check the name: it is the one in the address of the organization page, not its title.')]),
    fix(`Edit the token: tick "${PERMISSION}" under that organization.`, { links: [LINKS.tokens] }),
    fix('Ask an administrator whether the plan of the organization includes Inference Providers.', {
      links: [LINKS.pricing],
    }),
  ],
  verify: ({ args, models }) => checkBilledTo(args.org, models),
  page: {
    meaning:
      'X-HF-Bill-To makes an organization pay for a call. That works for members of a Team or Enterprise organization, with a token that may call on behalf of it.',
    evidence:
      'The run names a paying organization, whoami accepts the token, and the router answers 401 or 403. Or the 403 says "on behalf of org".',
    mistakenFor: 'A revoked token: the 401 has the same words. Without the header the same token works.',
    repair:
      'Check the name of the organization, your membership, its plan, and the permission of the token on it. Or leave the header away.',
    links: [LINKS.pricing, LINKS.tokens],
  },
});
