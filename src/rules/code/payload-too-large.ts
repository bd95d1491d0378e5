import { cellRule, fix } from '../define.js';
import { onHuggingFace, says } from '../match.js';
import { askAgain, refused } from '../refusal.js';

interface Args {
  /** A server of the user's own, whose limit can be raised. */
  own: boolean;
}

const SENTENCE =
  /\blength limit exceeded|\b(?:request )?entity too large|\bpayload too large|\b(?:request )?body (?:is )?(?:too large|exceed(?:s|ed))|\brequest (?:is )?too large\b|exceeds? the maximum (?:allowed )?(?:body|payload|request) size/i;
/** Also 413, and about something else: a budget of tokens, or the length of the prompt. */
const TOKENS = /\btokens? per (?:minute|day)|\btpm\b|\btokens\b[^\n]{0,80}\bgiven: \d|context length/i;

export const payloadTooLarge = cellRule<Args>({
  id: 'payload-too-large',
  blame: 'code',
  severity: 'error',
  lastVerified: '2026-11-21',
  corrects: 'A 413 counts bytes, not tokens: a shorter prompt does not help when an image fills the body.',
  match(o) {
    if (!refused(o) || says(o, TOKENS)) return null;
    const spoken = says(o, SENTENCE);
    if (
      o.status !== 413 &&
      !(spoken && (o.status === null || o.status === 400 || o.shape === 'error-inside'))
    )
      return null;
    const own = !onHuggingFace(o);
    return { confidence: o.status === 413 ? 'certain' : 'likely', subject: o.host ?? 'body', args: { own } };
  },
  title: () => 'The body of your request has too many bytes for the server',
  explanation: ({ args }) =>
    `${args.own ? 'The server' : 'The server at Hugging Face'} refuses the body for its size, before it looks at the model. Images, audio and long lists of texts are the usual reason: base64 adds a third to a file.`,
  notThis: () => 'Another token, another model or a smaller max_tokens cannot help.',
  fixes: ({ args }) => [
    fix('Send an image or a sound as a URL where the task allows it, or make it smaller first.'),
    fix('Split a list of texts into several calls.'),
    ...(args.own
      ? [
          fix(
            'On your own server, raise its limit: --payload-limit of TGI and TEI, client_max_body_size of nginx.',
          ),
        ]
      : []),
  ],
  verify: (c) => askAgain(c),
  page: {
    meaning:
      'The server, or a proxy before it, takes bodies up to a number of bytes only. TGI and TEI take 2 MB unless told otherwise.',
    evidence: 'The status 413, or a sentence such as "length limit exceeded" or "Payload Too Large".',
    mistakenFor:
      'A prompt with too many tokens (context-too-long: TEI answers 413 there too, and names tokens), a limit of tokens per minute of a provider.',
    repair: 'Smaller or fewer inputs, URLs instead of base64. On an own server the limit can be raised.',
    links: ['https://huggingface.co/docs/text-generation-inference/reference/launcher'],
  },
});
