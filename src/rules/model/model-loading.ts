import { bareId } from '../../types/model-ref.js';
import { type Case, cellRule, fix } from '../define.js';
import { says } from '../match.js';
import { askAgain, bySentence, instead, modelOf, refused } from '../refusal.js';

interface Args {
  model: string | null;
  /** Seconds that the server expects; null when it does not say. */
  wait: number | null;
  asked: number;
}

const worksElsewhere = ({ args, proven }: Case<Args>) =>
  args.model !== null && proven.some((p) => bareId(p.model) === args.model);

export const modelLoading = cellRule<Args>({
  id: 'model-loading',
  blame: 'model',
  severity: 'error',
  lastVerified: '2026-11-21',
  corrects: 'A 503 with estimated_time is not an outage: the model is being loaded.',
  match(o, e) {
    if (!refused(o)) return null;
    const says503 = o.status === 503 || o.status === null || o.shape === 'error-inside';
    const spoken = says(o, /\bis (?:currently |still )?(?:loading|being loaded)\b/i);
    if (o.body.estimatedTime === null && !(says503 && spoken)) return null;
    const model = modelOf(o);
    return {
      confidence: bySentence(o, e),
      subject: model ?? 'this model',
      args: {
        model,
        wait: o.body.estimatedTime === null ? null : Math.ceil(o.body.estimatedTime),
        asked: o.attempts,
      },
    };
  },
  title: ({ args }) =>
    `${args.model ?? 'The model'} is being loaded${args.wait === null ? '' : `, about ${args.wait} seconds`}`,
  explanation: ({ args }) =>
    `Nobody had asked for it for a while, so the server loads it first.${args.wait === null ? '' : ` It expects ${args.wait} seconds.`}` +
    `${args.asked > 1 ? ' It was not ready at the second try either.' : ''} The token, the URL and the model are right.`,
  notThis: () => 'A new token or another URL cannot make it faster.',
  fixes: (c) => [
    // Another model is more of a change than a wait; another route of this one is none.
    ...(worksElsewhere(c) ? instead(c, c.args.model) : []),
    fix(
      `Ask again in ${c.args.wait === null ? 'a minute' : `${c.args.wait} seconds`}. The first answers after that can still be slow.`,
    ),
    ...(c.client === 'python'
      ? []
      : [
          fix(
            'The JavaScript client asks again for ever and without a pause when it gets 503. Give it an end.',
            {
              snippet: {
                language: 'typescript',
                code: 'await client.chatCompletion(args, { retry_on_error: false, signal: AbortSignal.timeout(120_000) });',
              },
            },
          ),
        ]),
    ...(worksElsewhere(c) ? [] : instead(c, c.args.model)),
    fix(
      'If it never ends, the model cannot be loaded there: it is too large, or its files are broken. Use another provider.',
    ),
  ],
  verify: (c) => askAgain(c, c.args.model),
  page: {
    meaning:
      'The model is served, but no copy of it is in memory. hf-inference loads it at the first request and answers 503 until it is ready.',
    evidence: 'A body with estimated_time, or 503 with "Model ... is currently loading".',
    mistakenFor:
      'An outage, or a model that nobody serves. A loading that never ends is one of these, or a model that is too large.',
    repair:
      'Wait for the time that the body names and ask again, a few times and with an end. Small models load in under a minute.',
    links: ['https://huggingface.co/docs/inference-providers/providers/hf-inference'],
  },
});
