import type { Confidence } from '../../report/model.js';
import type { Evidence } from '../../types/evidence.js';
import type { Observation } from '../../types/observation.js';
import { gotThrough, payingOrg, tokenNeeded, tokenTried } from '../asked-with.js';
import { acrossRule, fix, type Hit } from '../define.js';
import { said } from '../said.js';
import { LINKS } from '../words.js';
import { checkBilledTo, refusedForOrg } from './org-refusal.js';

const GUIDE = 'https://huggingface.co/docs/hub/enterprise-tokens-management';

interface Args {
  /** A restriction of whoami, or what the text says. */
  why: string;
  org: string | null;
  /** The answer says so; else whoami shows it. */
  told: boolean;
}

const REVOKED = /token has been revoked by the organi[sz]ation admin/i;
const POLICY = /due to the organi[sz]ation(?:'s)? token policy/i;

/** What each restriction asks for. The order is that of their weight. */
const RESTRICTIONS: Record<string, { says: string; do: string }> = {
  'token-revoked': {
    says: 'An administrator has revoked this token for the organization.',
    do: 'Create a new token, and ask the administrator why the old one was revoked.',
  },
  'token-policy': {
    says: 'Its token policy does not accept this token: it waits for approval, was denied, or is of the wrong kind.',
    do: 'Ask an administrator to approve the token. Some organizations accept fine-grained tokens only.',
  },
  sso: {
    says: 'It asks for a fresh single sign-on.',
    do: 'Open the page of the organization in a browser and sign in there, then try again.',
  },
  mfa: {
    says: 'It asks for two-factor authentication on your account.',
    do: 'Turn on two-factor authentication in your account settings.',
  },
  ip: {
    says: 'It accepts requests only from its own addresses.',
    do: 'Call from the network of the organization, or through its VPN.',
  },
};

function told(o: Observation, e: Evidence): { why: string; confidence: Confidence } | null {
  // A refused download is no inference fault.
  if ((o.status !== null && o.status !== 403) || (!e.run.live && o.surface === 'hub')) return null;
  const revoked = said(o, e, REVOKED);
  if (revoked) return { why: 'token-revoked', confidence: revoked };
  const policy = said(o, e, POLICY);
  return policy ? { why: 'token-policy', confidence: policy } : null;
}

function match(e: Evidence): readonly (Hit<Args> & { cells: number[] })[] {
  const org = e.run.billTo;
  const texts = e.observations.flatMap((o) => {
    const found = told(o, e);
    const args = { why: found?.why ?? '', org, told: true };
    return found ? [{ confidence: found.confidence, subject: org ?? 'org', args, cells: [o.id] }] : [];
  });
  const listed = e.run.live ? (payingOrg(e)?.restrictions ?? []) : [];
  const why = Object.keys(RESTRICTIONS).find((id) => listed.includes(id)) ?? listed[0];
  const refused = e.observations.filter((o) => refusedForOrg(o, e) && !told(o, e));
  const shown = refused.length > 0 ? !gotThrough(e) : texts.length === 0 && !tokenTried(e);
  if (why === undefined || org === null || e.run.anonymous || !tokenNeeded(e) || !shown) return texts;
  const cells = refused.map((o) => o.id);
  return [...texts, { confidence: 'likely', subject: org, args: { why, org, told: false }, cells }];
}

export const orgPolicy = acrossRule<Args>({
  id: 'org-policy',
  blame: 'account',
  severity: 'error',
  lastVerified: '2026-11-21',
  corrects: 'The token is not broken: it works outside the organization.',
  match,
  title: ({ args }) => `The organization${args.org ? ` ${args.org}` : ''} does not accept this token`,
  explanation({ args, observations }) {
    const why = RESTRICTIONS[args.why]?.says ?? `It has a restriction that is new to hf-doctor: ${args.why}.`;
    const seen = args.told
      ? 'Hugging Face says so in its answer.'
      : `whoami shows it, and ${observations.length > 0 ? 'Hugging Face refused the call' : 'no call was refused in this run'}.`;
    return `${why} ${seen} Outside the organization the token works as before.`;
  },
  notThis: () => 'Another model, another provider or more credits cannot help.',
  fixes: ({ args }) => [
    fix(RESTRICTIONS[args.why]?.do ?? 'Ask an administrator of the organization what it asks for.', {
      links: [GUIDE],
    }),
    ...(args.org ? [fix('Or call without X-HF-Bill-To: then your own account pays.')] : []),
  ],
  verify: ({ args, models }) => checkBilledTo(args.org, models),
  page: {
    meaning:
      'Organizations may decide which tokens reach what they own or pay for: fine-grained ones only, approved ones only, only after single sign-on, only from some addresses.',
    evidence:
      'A 403 of Hugging Face names the token policy or the revocation, or whoami lists securityRestrictions for the organization that pays.',
    mistakenFor:
      'A deleted token, a missing permission. The same token goes on working for your own account.',
    repair: 'An administrator of the organization can approve the token or tell which kind is accepted.',
    links: [GUIDE, LINKS.tokenDocs],
  },
});
