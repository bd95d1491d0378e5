import { cellRule, fix } from '../define.js';
import { onHuggingFace, providerBehind, says } from '../match.js';
import { checkCommand, instead, modelOf, refused, showsBody } from '../refusal.js';
import { LINKS } from '../words.js';

interface Args {
  model: string | null;
  who: string | null;
  /** A server of the user's own: an endpoint, a gateway. */
  own: boolean;
}

const MEMORY =
  /\bcuda (?:error: )?out of memory|\boutofmemoryerror\b|\bcuda_error_out_of_memory|cublas_status_alloc_failed|\bgpu out of memory/i;

export const serverOutOfMemory = cellRule<Args>({
  id: 'server-out-of-memory',
  blame: 'provider',
  severity: 'error',
  lastVerified: '2026-11-21',
  corrects: '"CUDA out of memory" in an answer is about the memory of the server, not of your machine.',
  match(o, e) {
    if (!refused(o) || !says(o, MEMORY)) return null;
    // In a pasted text only a body of the server counts; a graphics card at home fails with the same words.
    const status = o.status ?? 500;
    const served =
      showsBody(o) && (status >= 500 || status === 400 || status === 424 || o.shape === 'error-inside');
    if (!served) return null;
    const own = !onHuggingFace(o);
    const model = modelOf(o);
    const who = own ? null : o.surface === 'hf-inference' ? 'hf-inference' : providerBehind(o, e);
    return {
      confidence: o.status === null ? 'likely' : 'certain',
      subject: model ?? 'this model',
      args: { model, who, own },
      ...(own ? { blame: 'gateway' as const } : {}),
    };
  },
  title: ({ args }) =>
    `${args.who ?? 'The server'} ran out of graphics memory on ${args.model ?? 'the model'}`,
  explanation: ({ args }) =>
    `The body quotes the error of the ${args.own ? 'server' : "provider's server"}: its graphics card had no memory left for this request. Your machine, your token and your URL are not the reason.`,
  notThis: () => 'A larger graphics card or less load on your own machine cannot help.',
  fixes: (c) => [
    ...instead(c, c.args.model),
    fix('Send less at once: a shorter input, a smaller image, one item instead of many, fewer new tokens.'),
    c.args.own
      ? fix(
          'Give the server a larger instance, or a smaller limit of tokens and of requests at the same time.',
          { links: [LINKS.endpoints] },
        )
      : fix('Ask again later: other requests on the same card count too.', { links: [LINKS.status] }),
  ],
  verify: ({ args }) => checkCommand(args.model),
  page: {
    meaning:
      'The server that runs the model has no graphics memory left: the request is large, or too many run at once.',
    evidence: 'The body of an answer quotes "CUDA out of memory" or OutOfMemoryError.',
    mistakenFor:
      'The memory of the own machine. A program that runs the model itself prints the same words, with its own traceback and without an HTTP answer.',
    repair: 'Smaller inputs, another provider, or an instance with more memory for an own endpoint.',
    links: [LINKS.status, LINKS.endpoints],
  },
});
