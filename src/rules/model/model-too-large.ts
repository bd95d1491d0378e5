import { cellRule, fix } from '../define.js';
import { factsOf, liveProviders, says } from '../match.js';
import { checkCommand, instead, modelOf, refused } from '../refusal.js';
import { LINKS, list } from '../words.js';

interface Args {
  model: string | null;
  /** `54GB` and `10GB` as the server names them. */
  size: string | null;
  limit: string | null;
  live: readonly string[];
}

const SENTENCE = /\btoo (?:large|big) to (?:be )?load(?:ed)?\b/i;
const SIZES = /\((\d{1,6}(?:\.\d{1,3})? ?[KMGT]B) > (\d{1,6}(?:\.\d{1,3})? ?[KMGT]B)\)/;

export const modelTooLarge = cellRule<Args>({
  id: 'model-too-large',
  blame: 'model',
  severity: 'error',
  lastVerified: '2026-11-21',
  corrects:
    'The 403 of a model that is too large is not about permissions, although clients print "Make sure your token has the correct permissions".',
  match(o, e) {
    if (!refused(o) || o.surface === 'gateway' || o.surface === 'dedicated' || !says(o, SENTENCE))
      return null;
    const sizes = SIZES.exec(o.body.message ?? '') ?? SIZES.exec(o.body.excerpt);
    const model = modelOf(o);
    const live = liveProviders(factsOf(o, e)).filter((p) => p !== 'hf-inference');
    return {
      confidence: 'certain',
      subject: model ?? 'this model',
      args: { model, size: sizes?.[1] ?? null, limit: sizes?.[2] ?? null, live },
    };
  },
  title: ({ args }) => `${args.model ?? 'The model'} is too large for hf-inference`,
  explanation: ({ args }) =>
    (args.size && args.limit
      ? `It has ${args.size}, and hf-inference loads at most ${args.limit}.`
      : 'hf-inference loads small models only.') +
    ' The token was accepted: this refusal is about the size alone.' +
    (args.live.length > 0 ? ` The Hub lists it as live at ${list(args.live)}.` : ''),
  notThis: () => 'A token with more permissions, a paid plan or waiting cannot help.',
  fixes(c) {
    const { live, model } = c.args;
    return [
      ...instead(c, model),
      ...(live.length > 0
        ? [fix(`Call it through ${list(live)}, or without a fixed provider.`)]
        : [
            fix('Look whether another provider serves it, and call it without a fixed provider.', {
              links: [LINKS.servedModels],
            }),
          ]),
      fix('If none does, run it on an endpoint of your own.', { links: [LINKS.endpoints] }),
    ];
  },
  verify: ({ args }) => checkCommand(args.model),
  page: {
    meaning:
      'hf-inference (before 2025: the serverless API) loads models on demand up to a size, 10 GB for most accounts. This one is above it.',
    evidence:
      'The body says "The model ... is too large to be loaded automatically" and often both sizes, with 403 or 503.',
    mistakenFor:
      'A missing permission: the status is 403, and huggingface_hub adds its sentence about permissions to each 403.',
    repair:
      'Leave the provider out of the call, so that the router chooses one that serves the model. Where none does, an Inference Endpoint can.',
    links: [LINKS.servedModels, LINKS.endpoints],
  },
});
