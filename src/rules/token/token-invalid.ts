import type { Evidence } from '../../types/evidence.js';
import { cellRule, fix } from '../define.js';
import { onHuggingFace, says, tokenWorks } from '../match.js';
import { LINKS, PERMISSION } from '../words.js';

const SENTENCES =
  /invalid username or password|invalid credentials in authorization header|token seems invalid|invalid user token/i;
/** A program's own words for a 401. */
const OWN_WORDS = /\b(?:invalid|incorrect|wrong) (?:or \w{2,12} )?(?:api[ _-]?key|access token|token)\b/i;
/** langchain asks whoami first, and says this whatever came back. */
const LOGIN = /could not authenticate with huggingface_hub/i;

/**
 * Hugging Face says the same for a token that is missing and for one that it does not know. Only what
 * was sent decides: this rule needs a token that was sent, or, in a text, a client that would not
 * have sent the request without one.
 */
export const tokenInvalid = cellRule<{
  proven: boolean;
  login: boolean;
  source: string | null;
  masked: string | null;
}>({
  id: 'token-invalid',
  blame: 'token',
  severity: 'error',
  lastVerified: '2026-11-21',
  corrects:
    'A 401 on a provider path does not come from the provider: Hugging Face answers before any provider is asked.',
  match(o, e) {
    if (!onHuggingFace(o) || o.auth === 'anonymous') return null;
    // A client may print the sentence alone; the old host said it with 400 too.
    const told = o.origin === 'text' && (o.status === null || o.status === 400) && says(o, SENTENCES);
    if (o.origin === 'text' && o.status === null && says(o, LOGIN))
      return {
        confidence: 'likely',
        subject: 'token',
        args: { proven: false, login: true, source: null, masked: null },
      };
    if (o.status !== 401 && !told) return null;
    const args = {
      proven: e.token.status === 'invalid',
      login: false,
      source: e.token.source,
      masked: e.token.masked,
    };
    // Another Hub, such as a mirror, need not know a token of Hugging Face.
    if (o.surface === 'hub' && isOtherHub(e)) return null;
    // Accepted somewhere in this run: this 401 has another reason.
    if (tokenWorks(e)) return null;
    if (args.proven) return { confidence: 'certain', subject: 'token', args };
    if (o.origin === 'text' && o.surface !== 'provider' && says(o, OWN_WORDS))
      return { confidence: 'possible', subject: 'token', args };
    if (!says(o, SENTENCES)) return null;
    // No client sends a request to a provider path without a token, so there it was a wrong one.
    // "Authorization header" in the sentence says that there was one.
    const sent = o.auth === 'token' || o.surface === 'provider' || says(o, /authorization header/i);
    return { confidence: sent ? 'likely' : 'possible', subject: 'token', args };
  },
  title: () => 'Hugging Face does not accept the token',
  explanation({ args, providers, evidence }) {
    if (args.login)
      return 'The client asked Hugging Face whose token this is, before the first call, and the answer was no. Mostly the token is wrong or expired; an empty one and a network without a way to huggingface.co look the same here.';
    const sent = args.source
      ? `The token from ${args.source} (${args.masked ?? 'masked'}) was sent`
      : 'A token was sent';
    const proof = args.proven
      ? `${sent}, and the Hub's own whoami answers 401: it is wrong, revoked or expired.`
      : "The answer is Hugging Face's own 401. It reads the same for a missing and for a wrong token.";
    const notProvider =
      providers.length > 0 || evidence.run.live
        ? ' The 401 is made by Hugging Face before any provider is asked, so no provider is at fault.'
        : ' No provider was asked.';
    return proof + notProvider;
  },
  notThis: () =>
    'Another model or another provider cannot help: each call needs a token that Hugging Face accepts. The box "Make calls to inference endpoints" is for another product.',
  fixes: ({ args, evidence }) => [
    fix(`Create a token with the permission "${PERMISSION}" and put it in ${args.source ?? 'HF_TOKEN'}.`, {
      links: [LINKS.newToken],
    }),
    ...(evidence.token.shadowed.some((s) => !s.sameValue)
      ? [
          fix(
            `Another token was found and not used: ${evidence.token.shadowed.map((s) => s.source).join(', ')}. If that is the good one, unset the other.`,
          ),
        ]
      : []),
    fix('In a Space: Settings, Secrets, HF_TOKEN, then restart the Space.'),
  ],
  verify: () => 'hf-doctor token',
  page: {
    meaning:
      'A token was sent and the Hub does not know it: it was mistyped, deleted, rotated, or it expired. Every surface of Hugging Face then answers 401, whatever the model and the provider.',
    evidence:
      'GET /api/whoami-v2 with the same token answers 401. A 401 of the router alone does not prove it: the text "Invalid username or password." is also the answer to a call without any token.',
    mistakenFor:
      'A provider that asks for its own account, a model that became paid, a free tier that was closed. A provider is never asked when Hugging Face answers 401.',
    repair: `Create a new token with the permission "${PERMISSION}", replace the old one where the program reads it, restart the program, and run hf-doctor token on the machine that fails.`,
    links: [LINKS.newToken, LINKS.tokenDocs],
  },
});

/** The Hub was moved (HF_ENDPOINT) and the router was not. */
function isOtherHub({ run }: Evidence): boolean {
  const host = (url: string) => (URL.canParse(url) ? new URL(url).hostname : '');
  return (
    run.live &&
    host(run.endpoints.hub) !== 'huggingface.co' &&
    host(run.endpoints.router) === 'router.huggingface.co'
  );
}
