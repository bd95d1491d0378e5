import { tokenNeeded, tokenTried } from '../asked-with.js';
import { acrossRule, fix } from '../define.js';
import { LINKS, PERMISSION } from '../words.js';
import { hasOtherBoxOnly, refusedFor } from './permission.js';

interface Args {
  org: string | null;
  refused: boolean;
}

export const tokenWrongPermission = acrossRule<Args>({
  id: 'token-wrong-permission',
  blame: 'token',
  severity: 'error',
  lastVerified: '2026-11-21',
  corrects:
    '"Make calls to inference endpoints" is the box of another product: it does not open Inference Providers.',
  match(e) {
    if (!e.run.live || e.run.anonymous || !hasOtherBoxOnly(e)) return [];
    const cells = e.observations.flatMap((o) => (refusedFor(o, e) ? [o.id] : []));
    const refused = cells.length > 0;
    const denied = e.token.permission.inference === 'denied' && tokenNeeded(e) && !tokenTried(e);
    if (!refused && !denied) return [];
    const confidence = refused ? 'certain' : 'likely';
    return [{ confidence, subject: 'token', args: { org: e.run.billTo, refused }, cells }];
  },
  title: () => 'The token has the box for Inference Endpoints, not the one for Inference Providers',
  explanation: ({ args }) =>
    `whoami shows inference.endpoints permissions and no inference.serverless.write${args.org ? ` for ${args.org}` : ''}. Inference Endpoints are servers that you rent; the router needs the other box.${args.refused ? ' Hugging Face refused the call with 403.' : ''}`,
  notThis: () =>
    'More boxes for Inference Endpoints cannot help, nor can credits, another model or another provider.',
  fixes: ({ args }) => [
    fix(
      `Edit the token: tick "${PERMISSION}"${args.org ? ` under the organization ${args.org}` : ' under your own account'}. The value stays the same.`,
      { links: [LINKS.tokens] },
    ),
    fix('Or create a token that has this box ticked.', { links: [LINKS.newToken] }),
  ],
  verify: () => 'hf-doctor token',
  page: {
    meaning:
      'Two boxes of the token page sound alike. "Make calls to inference endpoints" is for dedicated endpoints that you deploy; "Make calls to Inference Providers" is for the router. The token has the first one only.',
    evidence:
      'whoami lists inference.endpoints.* for the fine-grained token and nowhere inference.serverless.write, and the router answers 403 or was not asked.',
    mistakenFor:
      'A token that is right because its box has "inference" in its name. Many guides name the wrong one.',
    repair: `Edit the token and tick "${PERMISSION}". The other box may stay.`,
    links: [LINKS.newToken, LINKS.tokens, LINKS.endpoints],
  },
});
