import type { Observation } from '../../types/observation.js';
import { cellRule, fix } from '../define.js';
import { says } from '../match.js';
import { LINKS } from '../words.js';

const BLOCKED =
  /blocked by CORS policy|Cross-Origin Request Blocked|due to access control checks|is not allowed by Access-Control-Allow-Origin|No 'Access-Control-Allow-Origin' header is present/i;
/** The address that the browser names. */
const TARGET =
  /(?:Access to (?:fetch|XMLHttpRequest|resource) at|(?:reading|reach) the remote resource at|Fetch API cannot load|XMLHttpRequest cannot load)\W{1,3}(https?:\/\/[\w.-]{1,200})/i;
const OURS = /^https?:\/\/(?:[\w.-]{1,180}\.)?(?:huggingface\.co|hf\.co|huggingface\.cloud|hf\.space)$/i;

/** The call that was refused went to Hugging Face, as far as the text tells. */
function aboutUs(o: Observation): boolean {
  const named = TARGET.exec(o.body.message ?? '')?.[1] ?? TARGET.exec(o.body.excerpt)?.[1];
  return named === undefined ? o.host !== null && OURS.test(`https://${o.host}`) : OURS.test(named);
}

export const corsBlocked = cellRule<{ host: string | null }>({
  id: 'cors-blocked',
  blame: 'code',
  severity: 'error',
  lastVerified: '2026-11-21',
  corrects: 'The browser refuses this call, whatever the token: a server has to make it.',
  match(o) {
    if (o.origin !== 'text' || o.surface === 'other' || !says(o, BLOCKED) || !aboutUs(o)) return null;
    return { confidence: 'likely', subject: 'browser', args: { host: o.host } };
  },
  title: ({ args }) => `The browser refuses the call to ${args.host ?? 'Hugging Face'} (CORS)`,
  explanation: () =>
    'A page may read the answer of another host only when that host allows it, and this answer does not. The message hides the true status: an error page or a retired address looks the same in a browser.',
  notThis: () =>
    'No header of your request can allow it, and the mode "no-cors" only hides the answer. A public proxy for CORS would see your token.',
  fixes: () => [
    fix('Make the call from your own server, and let the page ask your server.'),
    fix('In a browser extension, call from the background script, with the host in host_permissions.'),
    fix('Keep the token out of the page: whoever opens the page can read it.', { links: [LINKS.tokens] }),
  ],
  verify: () => 'hf-doctor check',
  page: {
    meaning:
      'Code in a browser called Hugging Face, and the browser did not hand over the answer because the rules for calls between sites forbid it.',
    evidence:
      'The console of the browser says that a CORS policy blocked the call to a host of Hugging Face.',
    mistakenFor:
      'A fault of the token or the model. The same call from a terminal shows what the server really says.',
    repair: 'Call from a server or from the background of an extension; then the token stays secret too.',
    links: ['https://developer.mozilla.org/docs/Web/HTTP/CORS', LINKS.docs],
  },
});
