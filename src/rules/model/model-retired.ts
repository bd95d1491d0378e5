import { cellRule, fix } from '../define.js';
import { factsOf, liveProviders, says } from '../match.js';
import { bySentence, checkCommand, instead, modelOf, refused } from '../refusal.js';
import { isBare } from '../said.js';
import { LINKS, list } from '../words.js';

interface Args {
  model: string | null;
  /** Who dropped it, as far as known. */
  provider: string | null;
  /** It says so; else the status on the right path is all there is. */
  spoken: boolean;
  /** Providers that the Hub still lists as live. */
  live: readonly string[];
}

/** The model is the subject: "for the model x, `max_tokens` is deprecated" is about a parameter. */
const RETIRED =
  /(?<!\b(?:for|with|by|of|on|in) )\b(?:the|the requested|this) model\b[^\n]{0,160}? (?:is|was|has been) (?:deprecated|decommissioned|retired|discontinued|sunset)\b/i;
const PROVIDER = /no longer supported by provider ([a-z0-9][a-z0-9-]{0,63})/i;

export const modelRetired = cellRule<Args>({
  id: 'model-retired',
  blame: 'model',
  severity: 'error',
  lastVerified: '2026-11-21',
  corrects:
    'A 410 is not always the retired host: on the router path it means that this one model was dropped.',
  match(o, e) {
    if (!refused(o) || o.surface === 'legacy' || o.surface === 'dedicated') return null;
    const untold = o.origin === 'text' && o.surface === 'provider' && o.status === 410 && isBare(o);
    const gone = untold || (o.surface === 'hf-inference' && o.status === 410);
    const named = says(o, PROVIDER) && says(o, /deprecated/i);
    const coded = /^model_(?:decommissioned|deprecated|retired)$/i.test(o.body.code ?? '');
    if (!gone && !named && !coded && !says(o, RETIRED)) return null;
    const provider =
      PROVIDER.exec(o.body.message ?? o.body.excerpt)?.[1] ??
      o.provider ??
      (gone && !untold ? 'hf-inference' : null);
    const model = modelOf(o);
    const live = liveProviders(factsOf(o, e)).filter((p) => p !== provider);
    const confidence = named || coded ? bySentence(o, e) : untold ? 'possible' : 'likely';
    return {
      confidence,
      subject: model ?? 'this model',
      args: { model, provider, spoken: named || coded || says(o, RETIRED), live },
    };
  },
  title: ({ args }) =>
    `${args.provider ?? 'The provider'} no longer serves ${args.model ?? 'this model'}: it was retired there`,
  explanation: ({ args }) =>
    `${args.provider ?? 'The provider'} ${args.spoken ? 'answers that the model is deprecated and dropped' : 'answers 410 on the right path, as it does for models that it has dropped'}. The URL and the token are right: only this model is gone, not the host.` +
    (args.live.length > 0 ? ` The Hub still lists it as live at ${list(args.live)}.` : ''),
  notThis: () =>
    'Another path, a new token or waiting cannot bring it back. This is not the 410 of the retired host api-inference.huggingface.co.',
  fixes(c) {
    const { live, model } = c.args;
    return [
      ...instead(c, model),
      ...(live.length > 0 ? [fix(`Call it through ${list(live)}: the Hub lists it as live there.`)] : []),
      fix('Look on the page of the model who serves it now, or choose a newer one.', {
        links: [LINKS.servedModels],
      }),
    ];
  },
  verify: ({ args }) => checkCommand(args.model),
  page: {
    meaning:
      'A provider used to serve the model and has dropped it. hf-inference did so with most image and chat models in 2026; other providers retire models when newer ones come.',
    evidence:
      'The router path of hf-inference answers 410, or a body says that the model is deprecated, decommissioned or retired ("The requested model is deprecated and no longer supported by provider hf-inference").',
    mistakenFor:
      'The retired host: its 410 names https://api-inference.huggingface.co and another URL helps. Here the URL is right and another URL does not help.',
    repair:
      'Use another provider that still lists the model, or its successor. hf-doctor check <model> shows who serves it.',
    links: [LINKS.servedModels],
  },
});
