import type { Evidence } from '../../types/evidence.js';
import type { Observation } from '../../types/observation.js';
import { answeredBy, sentenceCase } from '../answered-by.js';
import { cellRule, fix, type Hit } from '../define.js';
import { isGood } from '../match.js';
import { checkAgain, servedBy } from '../serving.js';
import { curlFor, LINKS, list } from '../words.js';
import { isPage, type PageMaker, pageMaker } from './page.js';

interface Args {
  who: string;
  maker: PageMaker;
  status: number | null;
  /** Route on which the same model answered in this run. */
  works: string | null;
  own: boolean;
}

const PAGE_STATUS = [403, 429];
const HUGGING_FACE: readonly string[] = ['router', 'hf-inference', 'provider'];

/** The same model, asked at Hugging Face itself in this run. */
function worksAt(o: Observation, e: Evidence): string | null {
  const good = e.observations.filter((x) => x.purpose === 'inference' && isGood(x) && HUGGING_FACE.includes(x.surface));
  return good.find((x) => x.model !== null && x.model === o.model)?.route ?? null;
}

/** What the suffix of the well-known wrong advice would do to this model. */
function aboutSuffix(model: string, e: Evidence): string | null {
  const live = servedBy(model, 'conversational', e);
  if (live === null) return null;
  if (live.length === 0) return `No provider serves ${model} for chat today, and no suffix changes that.`;
  if (!live.includes('hf-inference'))
    return `":hf-inference" would break ${model}: it is served by ${list(live)}, not by hf-inference.`;
  return live.length > 1
    ? `":hf-inference" would tie ${model} to one of its providers and switch failover off.`
    : `${model} is served by hf-inference only, so pinning ${model}:hf-inference on the router is right for this model, and for this model only. The gateway fails with and without it.`;
}

export const gatewayHtmlError = cellRule<Args>({
  id: 'gateway-html-error',
  blame: 'gateway',
  severity: 'error',
  lastVerified: '2026-11-21',
  corrects: 'A 502 page of a gateway is not a missing ":hf-inference": a suffix repairs no gateway.',
  match(o, e): Hit<Args> | null {
    if (!isPage(o) || o.purpose !== 'inference') return null;
    const { status } = o;
    const refused = status !== null && (status >= 500 || PAGE_STATUS.includes(status));
    const { who, blame } = answeredBy(o, e);
    const maker = pageMaker(o);
    if (o.surface === 'gateway') {
      // A page with status 200 is no answer either.
      if (!refused && !(status !== null && status >= 200 && status < 300)) return null;
      const works = worksAt(o, e);
      const args = { who, maker, status, works, own: true };
      return { confidence: works && e.run.live ? 'certain' : 'likely', subject: o.host ?? 'gateway', args };
    }
    if (!refused || !HUGGING_FACE.includes(o.surface)) return null;
    const args = { who, maker, status, works: worksAt(o, e), own: false };
    if (maker === 'cloudflare') return { confidence: 'likely', subject: who, blame, args };
    const edge = { ...args, who: 'the edge of Hugging Face' };
    if (maker === 'cloudfront') return { confidence: 'likely', subject: 'edge', blame: 'router', args: edge };
    // A refusal as a page without any mark may come from anything on the way.
    return PAGE_STATUS.includes(status ?? 0) ? { confidence: 'possible', subject: 'page', blame: 'unknown', args } : null;
  },
  title({ args, models }) {
    const where = models.length > 0 ? ` for ${list(models)}` : '';
    return args.own && (args.status ?? 0) < 300
      ? `${sentenceCase(args.who)} says ${args.status} and sends a web page${where}`
      : `${sentenceCase(args.who)} sends an error page (${args.status})${where}`;
  },
  explanation({ args, evidence }) {
    const page = { cloudflare: 'a page of Cloudflare', cloudfront: 'a page of CloudFront', nginx: 'a page of its web server', unknown: 'a web page' }[args.maker];
    const came = `An inference API answers in JSON, and ${page} came.`;
    if (!args.own) {
      const rest = args.works ? ` The same model answered on ${args.works} in this run.` : '';
      return args.maker === 'unknown'
        ? `${came} Nothing in it tells who made it: the provider, or something on the way such as a filter of your network.${rest}`
        : `${came} So ${args.who} failed or refused before the model was asked. Your code is not the reason.${rest}`;
    }
    if (args.works) return `${came} The same model answered on ${args.works} of Hugging Face in this run, so Hugging Face, the model and your Hugging Face token are fine. The fault is in the gateway or before it.`;
    const unasked = evidence.run.live ? ' It was not seen to work at Hugging Face in this run, so what is behind the gateway may fail too.' : '';
    return `${came} The page was made by the gateway or by what stands before it, not by Hugging Face.${unasked}`;
  },
  notThis({ args, models, evidence }) {
    const suffix = models.map((m) => aboutSuffix(m, evidence)).find(Boolean);
    const general = 'A suffix such as ":hf-inference" does not repair a gateway, and works only for a model that hf-inference serves.';
    return `${args.own ? 'A new Hugging Face token cannot help. ' : ''}${suffix ?? general}`;
  },
  fixes: ({ args, models, observations }) => {
    const ray = observations.map((o) => o.headers['cf-ray'] ?? o.requestId).find(Boolean);
    return args.own
      ? [
          fix('Read the log of the gateway at the time of the call: it knows what it asked, and what came back.'),
          args.works
            ? fix('Call Hugging Face directly until then: https://router.huggingface.co/v1 with the bare model id.', { links: [LINKS.docs] })
            : fix('Ask the same model at Hugging Face without the gateway.', { commands: [checkAgain(models)] }),
          ...(ray ? [fix(`Give the operator of the gateway the id ${ray}.`)] : []),
        ]
      : [
          args.works ? fix(`Use ${args.works}: the model answered there in this run.`) : fix('Ask again later, or ask the router with the bare model id: it chooses among the providers that work.'),
          ...(ray ? [fix(`Report it with the id ${ray}.`, { links: [LINKS.status] })] : []),
        ];
  },
  verify: ({ observations }) => (observations[0] ? curlFor(observations[0]) : null),
  page: {
    meaning: 'Something between you and the model answered with a web page instead of JSON: the gateway you call, the CDN before it, or the edge of a provider.',
    evidence: 'The body is HTML and the status 5xx, 403, 429, or 200 on a gateway. Hugging Face\'s own edge is CloudFront; a page of Cloudflare belongs to a provider or to your gateway. When the same model answers on the router in the same run, the gateway is at fault.',
    mistakenFor: 'A missing ":hf-inference" suffix, a wrong token, an outage of Hugging Face.',
    repair: 'Repair the gateway, or call https://router.huggingface.co/v1 directly with the bare model id. A suffix pins a provider and must be one that the model has.',
    links: [LINKS.docs, LINKS.status],
  },
});
