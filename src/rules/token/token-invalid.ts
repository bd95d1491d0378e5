import type { Evidence } from '../../types/evidence.js';
import { mayBeForOrg } from '../account/org-refusal.js';
import { cellRule, fix } from '../define.js';
import { onHuggingFace, says, tokenWorks } from '../match.js';
import { isBare, madeByProvider } from '../said.js';
import { checkAgain } from '../serving.js';
import { LINKS, PERMISSION } from '../words.js';
import { sendsToken } from './sent.js';

const SENTENCES =
  /invalid username or password|invalid credentials in authorization header|token seems invalid|invalid user token/i;
/** A program's own words for a 401. */
const OWN_WORDS = /\b(?:invalid|incorrect|wrong) (?:or \w{2,12} )?(?:api[ _-]?key|access token|token)\b/i;
/** langchain asks whoami first, and says this whatever came back. */
const LOGIN =
  /could not authenticate with huggingface_hub|failed to perform inference: (?:couldn't|could not|unable to) authenticate/i;

/** These speak of a token that came, unlike "Invalid username or password". */
const OF_A_TOKEN = /authorization header|token seems invalid/i;

interface Args {
  /**
   * What shows it: whoami, the client's log-in, the answer's own words, a token that was sent, a client
   * that sends nothing without one; `program`: another program's words; `open`: nothing tells;
   * `billed`: an organization was to pay, and may be what was refused.
   */
  how: 'whoami' | 'login' | 'words' | 'sent' | 'client' | 'program' | 'open' | 'billed';
  source: string | null;
  masked: string | null;
}

/**
 * Hugging Face says the same for a token that is missing and for one that it does not know. Only what
 * was sent decides: this rule needs a token that was sent, or, in a text, a client that would not
 * have sent the request without one.
 */
export const tokenInvalid = cellRule<Args>({
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
        args: { how: 'login', source: null, masked: null },
      };
    if (o.status !== 401 && !told) return null;
    const as = (how: Args['how']): Args => ({ how, source: e.token.source, masked: e.token.masked });
    // Another Hub, such as a mirror, need not know a token of Hugging Face.
    if (o.surface === 'hub' && isOtherHub(e)) return null;
    // Accepted somewhere in this run: this 401 has another reason.
    if (tokenWorks(e)) return null;
    if (e.token.status === 'invalid') return { confidence: 'certain', subject: 'token', args: as('whoami') };
    if (mayBeForOrg(o, e))
      return { confidence: 'possible', subject: 'token', blame: 'unknown', args: as('billed') };
    if (o.origin === 'text' && o.surface !== 'provider' && says(o, OWN_WORDS))
      return { confidence: 'possible', subject: 'token', args: as('program') };
    // Only the status: with a key of the provider's own, its 401 looks the same.
    if (o.origin === 'text' && isBare(o) && !madeByProvider(o)) {
      const sent = o.auth === 'token';
      const confidence = sent && o.surface !== 'provider' ? 'likely' : 'possible';
      return { confidence, subject: 'token', args: as(sent ? 'sent' : 'open') };
    }
    if (!says(o, SENTENCES)) return null;
    const how = says(o, OF_A_TOKEN)
      ? 'words'
      : o.auth === 'token'
        ? 'sent'
        : sendsToken(o)
          ? 'client'
          : 'open';
    return { confidence: how === 'open' ? 'possible' : 'likely', subject: 'token', args: as(how) };
  },
  title: ({ args, evidence }) =>
    `Hugging Face does not accept the token${args.how === 'billed' ? `, or does not let it bill ${evidence.run.billTo}` : ''}`,
  explanation({ args, providers, evidence }) {
    if (args.how === 'login')
      return 'The client asked Hugging Face whose token this is, before the first call, and the answer was no. Mostly the token is wrong or expired; an empty one and a network without a way to huggingface.co look the same here.';
    const sent = args.source
      ? `The token from ${args.source} (${args.masked ?? 'masked'}) was sent`
      : 'A token was sent';
    const proof = {
      whoami: `${sent}, and the Hub's own whoami answers 401: it is wrong, revoked or expired.`,
      words: 'The answer speaks of a token that came and is not accepted: it is wrong, revoked or expired.',
      sent: `${sent}, and Hugging Face refused the call: the token is wrong, revoked or expired.`,
      client:
        'Hugging Face says this for a missing and for a wrong token. The Python client, which wrote this text, does not call this path without a token. So one was sent.',
      program: 'The program says so of the key that it sent. Hugging Face says the same when none was sent.',
      billed: `${sent}, ${evidence.run.billTo} was to pay, and Hugging Face refused the call. It says the same for a wrong token and for an organization that the token may not bill. whoami tells them apart, and it did not answer.`,
      open: 'Hugging Face says this for a missing and for a wrong token, and the text does not show which.',
    }[args.how];
    if (args.how === 'program') return proof;
    return providers.length > 0 || evidence.run.live
      ? `${proof} Hugging Face refuses before any provider is asked, so no provider is at fault.`
      : `${proof} No provider was asked.`;
  },
  notThis: () =>
    'Another model or another provider cannot help: each call needs a token that Hugging Face accepts. The box "Make calls to inference endpoints" is for another product.',
  fixes: ({ args, evidence, models }) => [
    ...(args.how === 'billed'
      ? [
          fix(
            'Make the same call without X-HF-Bill-To (--bill-to, HF_BILL_TO): if it passes, the token is good.',
            {
              commands: [checkAgain(models)],
            },
          ),
          fix(
            `If it passes, check the name ${evidence.run.billTo}, that you are a member there, and that the token has the permission on it.`,
          ),
        ]
      : []),
    ...(args.how === 'open' || args.how === 'program'
      ? [
          fix('Ask on the machine that fails whether its token is accepted.', {
            commands: ['hf-doctor token'],
          }),
        ]
      : []),
    fix(
      `${args.how === 'billed' ? 'If not, create' : 'Create'} a token with the permission "${PERMISSION}" and put it in ${args.source ?? 'HF_TOKEN'}.`,
      {
        links: [LINKS.newToken],
      },
    ),
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
