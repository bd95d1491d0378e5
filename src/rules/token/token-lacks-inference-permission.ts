import { shellQuote } from '../../safety/quote.js';
import type { Evidence, TokenFacts } from '../../types/evidence.js';
import { isOutsider, payingOrg, tokenNeeded, tokenTried } from '../asked-with.js';
import { acrossRule, fix, type Hit } from '../define.js';
import { viaGateway } from '../said.js';
import { LINKS, PERMISSION } from '../words.js';
import { hasOtherBoxOnly, refusedFor } from './permission.js';

interface Args {
  on: 'user' | 'org';
  role: TokenFacts['role'];
  /** Why whoami denies it, where no call was refused. */
  reason: string | null;
  /** Hugging Face says so; else a text shows the status alone. */
  told: boolean;
}

function match(e: Evidence): readonly (Hit<Args> & { cells: number[] })[] {
  const { role, permission, status } = e.token;
  const refusals = e.observations.flatMap((o) => {
    const found = refusedFor(o, e);
    if (!found) return [];
    const args: Args = { on: found.on, role, reason: null, told: found.told };
    return [{ confidence: found.confidence, subject: found.on, args, cells: [o.id] }];
  });
  if (refusals.length > 0 || !e.run.live || e.run.anonymous) return refusals;
  const denied = status === 'valid' && permission.inference === 'denied';
  const restricted = (payingOrg(e)?.restrictions.length ?? 0) > 0;
  if (!denied || restricted || !tokenNeeded(e) || tokenTried(e) || hasOtherBoxOnly(e)) return [];
  const on = e.run.billTo === null ? 'user' : 'org';
  return [
    {
      confidence: 'likely',
      subject: on,
      args: { on, role, reason: permission.reason, told: true },
      cells: [],
    },
  ];
}

export const tokenLacksInferencePermission = acrossRule<Args>({
  id: 'token-lacks-inference-permission',
  blame: 'token',
  severity: 'error',
  lastVerified: '2026-11-21',
  corrects: 'This 403 is about one box of the token: not about credits, a plan, the model or the provider.',
  match,
  title: ({ args }) =>
    args.on === 'org'
      ? 'The token may not call Inference Providers on behalf of the organization'
      : 'The token may not call Inference Providers',
  explanation({ args, evidence, observations }) {
    const list = ' Listing models works without that permission, so a list proves nothing.';
    if (!args.told)
      return `The text shows a 403 and not the words beside it. On this route it mostly means that the token lacks the permission "${PERMISSION}". The policy of an organization, a spending limit and a gated model answer 403 too.`;
    if (args.reason !== null) return `whoami shows it. ${args.reason}${list}`;
    const lack =
      args.role === 'oauth'
        ? 'comes from a login without the scope inference-api'
        : `lacks the permission "${PERMISSION}"${args.on === 'org' ? ' on that organization' : ''}`;
    const unlisted =
      args.on === 'org' && isOutsider(evidence)
        ? ` whoami does not list ${evidence.run.billTo} among your organizations: check the name too.`
        : '';
    return `Hugging Face knows the token and refuses the call: the token ${lack}.${viaGateway(observations) ? ' It is the token that the gateway sends.' : ''}${unlisted}${list}`;
  },
  notThis: ({ args }) =>
    args.on === 'org'
      ? 'The same box on your own account does not cover the organization. Credits, PRO and another model cannot help.'
      : 'Credits, PRO, another model or another provider cannot help. The box "Make calls to inference endpoints" is for another product.',
  fixes({ args, evidence }) {
    const org = evidence.run.billTo;
    if (args.role === 'oauth')
      return [
        fix('In a Space, add inference-api to hf_oauth_scopes in its README, then log in again.', {
          links: ['https://huggingface.co/docs/hub/spaces-oauth'],
        }),
        fix('Or use an access token with the permission.', { links: [LINKS.newToken] }),
      ];
    const where =
      args.on === 'org'
        ? `under ${org ? `the organization ${org}` : 'the organization'}`
        : 'under your own account';
    return [
      fix(`Edit the token: tick "${PERMISSION}" ${where}. The value stays the same.`, {
        links: [LINKS.tokens],
      }),
      ...(args.on === 'org'
        ? [fix('Or call without the header X-HF-Bill-To: then your own account pays.')]
        : [fix('Or create a token that has the box ticked.', { links: [LINKS.newToken] })]),
    ];
  },
  verify: ({ evidence }) =>
    evidence.run.billTo ? `hf-doctor token --bill-to ${shellQuote(evidence.run.billTo)}` : 'hf-doctor token',
  page: {
    meaning:
      'The token is good, and it was made without the right to call Inference Providers. Fine-grained tokens have one box for it, for the account and again for each organization; logins (OAuth) need the scope inference-api.',
    evidence:
      'Hugging Face answers 403 "This authentication method does not have sufficient permissions to call Inference Providers on behalf of user ..." (or "org ..."), or whoami lists the permissions of the token without inference.serverless.write.',
    mistakenFor:
      'Spent credits, a spending limit (also a 403), a gated model, a provider that refuses. whoami and GET /v1/models work with such a token.',
    repair: `Open the token in the settings and tick "${PERMISSION}". When an organization pays (X-HF-Bill-To), tick it under that organization too.`,
    links: [LINKS.newToken, LINKS.tokens, LINKS.tokenDocs],
  },
});
