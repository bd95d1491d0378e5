import { along } from '../along.js';
import { cellRule, fix } from '../define.js';
import { onHuggingFace } from '../match.js';
import { said } from '../said.js';
import { checkAgain } from '../serving.js';
import { LINKS, proof } from '../words.js';

const PRO_ONLY =
  /\b(?:requires?|needs?) an? (?:hugging ?face )?pro (?:subscription|account|plan)|\bonly available (?:to|for) pro (?:users|accounts|subscribers)/i;

export const proRequired = cellRule<{ legacy: boolean; isPro: boolean | null }>({
  id: 'pro-required',
  blame: 'account',
  severity: 'error',
  lastVerified: '2026-11-21',
  corrects:
    'PRO does not bring the old serverless API back: Inference Providers sells calls by credits, not by plan.',
  match(o, e) {
    // Other services have PRO plans too.
    if (!onHuggingFace(o) || (o.status !== null && ![400, 401, 403].includes(o.status))) return null;
    const confidence = said(o, e, PRO_ONLY);
    if (!confidence) return null;
    const args = { legacy: o.surface === 'legacy', isPro: e.token.whoami?.isPro ?? null };
    return { confidence, subject: o.model ?? 'model', args };
  },
  title: ({ models }) => `${models[0] ?? 'The model'} was kept for PRO accounts`,
  explanation: ({ args }) =>
    args.legacy
      ? 'The old serverless API answered so for large models. That API is retired, so a subscription changes nothing there.'
      : `Hugging Face answers that this model needs a PRO account.${args.isPro === null ? '' : args.isPro ? ' whoami shows that yours is one, so the token may belong to another account.' : ' whoami shows that yours is none.'}`,
  notThis: () => 'Another token of the same account cannot help.',
  fixes: ({ args, models, evidence, proven, client }) => {
    const here = proven.find((p) => models.includes(p.model));
    const move = fix(
      `Call the model at ${evidence.run.endpoints.router}/v1, where providers serve it to each account.`,
      {
        links: [LINKS.servedModels, LINKS.docs],
      },
    );
    return [
      ...(here ? [fix(`Use ${here.model} ${along(here, client)}: ${proof(here)} there in this run.`)] : []),
      move,
      ...(args.legacy || args.isPro ? [] : [fix('Or subscribe to PRO.', { links: [LINKS.pricing] })]),
    ];
  },
  verify: ({ models }) => checkAgain(models),
  page: {
    meaning:
      'Until 2025 the serverless Inference API served some large models to PRO accounts only, and said so in a 400 or 403.',
    evidence: 'The words "Model requires a Pro subscription" from Hugging Face.',
    mistakenFor:
      'Spent credits, whose text also advertises PRO (that is a 402), and gated models, which ask for a licence.',
    repair:
      'Call https://router.huggingface.co/v1 with a token. Each account has some credits there; PRO includes more of them, and opens no extra models.',
    links: [LINKS.pricing, LINKS.servedModels],
  },
});
