import type { Evidence, TokenFault } from '../../types/evidence.js';
import type { Observation } from '../../types/observation.js';
import { refusedWithoutToken, tokenNeeded } from '../asked-with.js';
import { acrossRule, fix, type Hit } from '../define.js';
import { says } from '../match.js';
import { LINKS } from '../words.js';
import { REPAIR } from './faults.js';

interface Args {
  source: string | null;
  faults: readonly TokenFault[];
  /** `broken`: it cannot be sent; `odd`: some clients repair it; else what a client said. */
  how: 'broken' | 'odd' | 'header' | 'prefix';
}

const HEADER =
  /invalid (?:http )?header value|illegal header value|invalidheader\b|return character\(s\) in header value|invalid authorization header|invalid character in header content|invalid header field value/i;
const PREFIX =
  /non-hugging face api key|token must start with '?hf_|personal account token, not an organization token/i;
const AUTHORIZATION = /authorization|bearer/i;

function inText(o: Observation): Omit<Hit<Args>, 'subject'> | null {
  if (o.surface === 'other') return null;
  const none = { source: null, faults: [] };
  if (says(o, PREFIX)) return { confidence: 'likely', args: { ...none, how: 'prefix' } };
  if (!says(o, HEADER)) return null;
  return { confidence: says(o, AUTHORIZATION) ? 'likely' : 'possible', args: { ...none, how: 'header' } };
}

function inRun(e: Evidence): readonly (Hit<Args> & { cells: number[] })[] {
  const { faults, source, status } = e.token;
  const broken = status === 'malformed';
  // An empty variable counts as not set: that is a missing token.
  if (e.run.anonymous || !tokenNeeded(e) || status === 'missing' || (!broken && faults.length === 0))
    return [];
  const args: Args = { source, faults, how: broken ? 'broken' : 'odd' };
  return [{ confidence: 'certain', subject: 'token', args, cells: broken ? refusedWithoutToken(e) : [] }];
}

export const tokenMalformed = acrossRule<Args>({
  id: 'token-malformed',
  blame: 'token',
  severity: 'error',
  severityOf: ({ args }) => (args.how === 'odd' ? 'warning' : 'error'),
  lastVerified: '2026-11-21',
  corrects:
    'A header error of the client is not a network fault: the value of the token cannot stand in a header.',
  match(e) {
    if (e.run.live) return inRun(e);
    return e.observations.flatMap((o) => {
      const hit = inText(o);
      return hit ? [{ ...hit, subject: 'token', cells: [o.id] }] : [];
    });
  },
  title: ({ args }) =>
    ({
      broken: `The token${args.source ? ` in ${args.source}` : ''} cannot be used as it stands`,
      odd: `The token${args.source ? ` in ${args.source}` : ''} is not what every client expects`,
      header: 'The token holds a character that cannot stand in a header',
      prefix: 'The value that is used as token is not a Hugging Face token',
    })[args.how],
  explanation({ args, evidence }) {
    if (args.how === 'header')
      return 'The client stopped before it sent anything. A line break at the end of the token, a quote or an empty value is the usual reason.';
    if (args.how === 'prefix')
      return 'A Hugging Face token starts with hf_. The value is empty, in quotes, or a key of another vendor.';
    const faults = args.faults.map((f) => f.text).join(' ') || 'The value does not have the form of a token.';
    if (args.how === 'broken') return `${faults} So hf-doctor sent nothing with it.`;
    return `${faults}${evidence.token.status === 'valid' ? ' Hugging Face accepts the token itself.' : ''}`;
  },
  notThis: ({ args }) =>
    args.how === 'odd'
      ? null
      : 'Another model, provider or permission cannot help before the value is right.',
  fixes({ args }) {
    const repairs = [...new Set(args.faults.map((f) => REPAIR[f.kind]))].map((text) => fix(text));
    if (repairs.length > 0) return [...repairs, fix('Then restart the program: most read the value once.')];
    return [
      fix(
        'Look at the value where the program reads it: no quotes, no blanks, no line break, and hf_ in front.',
      ),
      fix('Strip it in the code before it is given to the client.'),
      fix('If there is no token yet, create one.', { links: [LINKS.newToken] }),
    ];
  },
  verify: () => 'hf-doctor token',
  page: {
    meaning:
      'The place that should hold a Hugging Face token holds something else around it or instead of it: quotes, a line break, the word Bearer, an example value, a key of another vendor.',
    evidence:
      'hf-doctor reads the value and names each fault, never the value. In a text: the client refuses to build the header, or says that the value does not start with hf_.',
    mistakenFor:
      'A network error, a wrong permission, a provider that wants its own key. Official clients send a value that does not start with hf_ to the provider itself, so the provider then answers 401: change such a token afterwards, it was shown to a third party.',
    repair:
      'Store the bare token, on one line, without quotes. docker --env-file keeps quotes, echo adds a line break, cmd keeps the quotes of set X="...". Restart the program and run hf-doctor token on the same machine.',
    links: [LINKS.tokens, LINKS.tokenDocs],
  },
});
