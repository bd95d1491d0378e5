import { along } from '../along.js';
import { sentenceCase } from '../answered-by.js';
import { cellRule, fix } from '../define.js';
import { askAgain } from '../refusal.js';
import { checkAgain } from '../serving.js';
import { LINKS, list } from '../words.js';
import { aboutSuffix } from './suffix.js';
import { type Page, whosePage } from './whose-page.js';

export const gatewayHtmlError = cellRule<Page>({
  id: 'gateway-html-error',
  blame: 'gateway',
  severity: 'error',
  lastVerified: '2026-11-21',
  corrects: 'A 502 page of a gateway is not a missing ":hf-inference": a suffix repairs no gateway.',
  match: whosePage,
  title({ args, models }) {
    const where = models.length > 0 ? ` for ${list(models)}` : '';
    return args.own && (args.status ?? 0) < 300
      ? `${sentenceCase(args.who)} says ${args.status} and sends a web page${where}`
      : `${sentenceCase(args.who)} sends an error page (${args.status})${where}`;
  },
  explanation({ args, evidence }) {
    const page = {
      login: 'a page to sign in',
      cloudflare: 'a page of Cloudflare',
      cloudfront: 'a page of CloudFront',
      nginx: 'a page of its web server',
      unknown: 'a web page',
    }[args.maker];
    const came = `An inference API answers in JSON, and ${page} came.`;
    if (!args.own) {
      const rest = args.works ? ` The same model answered on ${args.works} in this run.` : '';
      return args.maker === 'unknown'
        ? `${came} Nothing in it tells who made it: the provider, or something on the way such as a filter of your network.${rest}`
        : `${came} So ${args.who}, or what stands before it, failed or refused, and not your code.${rest}`;
    }
    if (args.works)
      return `${came} The same model answered at Hugging Face (${args.works}) in this run, so Hugging Face, the model and your Hugging Face token are fine. The fault is in the gateway or before it.`;
    const unasked = evidence.run.live
      ? ' It was not seen to work at Hugging Face in this run, so what is behind the gateway may fail too.'
      : '';
    return `${came} The page was made by the gateway or by what stands before it, not by Hugging Face.${unasked}`;
  },
  notThis({ args, models, evidence }) {
    const suffix = models
      .flatMap((m) => aboutSuffix(m, evidence) ?? [])
      .slice(0, 3)
      .join(' ');
    const general = `A suffix such as ":hf-inference" does not repair ${args.own ? 'a gateway' : 'it'}, and works only for a model that hf-inference serves.`;
    return `A new Hugging Face token cannot help. ${suffix || general}`;
  },
  fixes: ({ args, models, observations, client }) => {
    const ray = observations.map((o) => o.headers['cf-ray'] ?? o.requestId).find(Boolean);
    return args.own
      ? [
          ...(args.maker === 'login'
            ? [fix('Sign in, or let the path of the API through: the page asks for a person.')]
            : []),
          fix(
            'Read the log of the gateway at the time of the call: it knows what it asked, and what came back.',
          ),
          args.works
            ? fix(
                'Call Hugging Face directly until then: https://router.huggingface.co/v1 with the bare model id.',
                { links: [LINKS.docs] },
              )
            : fix('Ask the same model at Hugging Face without the gateway.', {
                commands: [checkAgain(models)],
              }),
          ...(ray ? [fix(`Give the operator of the gateway the id ${ray}.`)] : []),
        ]
      : [
          args.works
            ? fix(
                `Use the model ${along({ model: models[0] ?? null, task: observations[0]?.task ?? null, route: args.works }, client)}: it answered there in this run.`,
              )
            : fix(
                'Ask again later, or ask the router with the bare model id: it chooses among the providers that work.',
              ),
          ...(ray ? [fix(`Report it with the id ${ray}.`, { links: [LINKS.status] })] : []),
        ];
  },
  verify: (c) => askAgain(c),
  page: {
    meaning:
      'Something between you and the model answered with a web page instead of JSON: the gateway you call, the CDN before it, or the edge of a provider.',
    evidence:
      "The body is HTML and the status 5xx, 403, 429, or 200 on a gateway. Hugging Face's own edge is CloudFront; a page of Cloudflare belongs to a provider or to your gateway. When the same model answers on the router in the same run, the gateway is at fault.",
    mistakenFor: 'A missing ":hf-inference" suffix, a wrong token, an outage of Hugging Face.',
    repair:
      'Repair the gateway, or call https://router.huggingface.co/v1 directly with the bare model id. A suffix pins a provider and must be one that the model has.',
    links: [LINKS.docs, LINKS.status],
  },
});
