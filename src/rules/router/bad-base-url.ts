import { shellQuote } from '../../safety/quote.js';
import type { Evidence } from '../../types/evidence.js';
import type { Observation } from '../../types/observation.js';
import { cellRule, fix } from '../define.js';
import { onHuggingFace, says } from '../match.js';
import { LINKS } from '../words.js';
import { noRoute, ROUTER } from './paths.js';

type Fault = 'no-path' | 'no-version' | 'hub-host' | 'address-as-model' | 'no-scheme';

interface Args {
  fault: Fault;
  /** The base URL as it looks from here; null when the text does not tell. */
  base: string | null;
  /** The base to set; null for a server that we do not know. */
  right: string | null;
}

const WHY: Record<Fault, string> = {
  'no-path': 'The request went to the bare base URL, without the path of a route.',
  'no-version': 'The path lacks its version part, usually /v1: the base URL ends too early.',
  'hub-host':
    'huggingface.co is the Hub: it serves pages and files, no inference. Inference has its own host.',
  'address-as-model': 'A host and port without http:// was taken for a model id and sent to Hugging Face.',
  'no-scheme': 'The client could not make a URL of it: it is relative, or http:// or https:// is missing.',
};

/** What clients say before they send anything. */
const NOT_A_URL =
  /missing an? '?https?:\/\/|no scheme supplied|failed to parse url|unsupported ?protocol|only absolute urls are supported|relative url without a base/i;

function faultOf(o: Observation): Fault | null {
  if (o.error === 'config.bad-url' || (o.status === null && o.error === null && says(o, NOT_A_URL)))
    return 'no-scheme';
  const path = (o.path ?? '').replace(/\/$/, '');
  if (o.path === null || (o.status ?? 0) < 400 || (o.status ?? 0) >= 500) return null;
  // Whatever the answer is, a model id holds no port.
  if (onHuggingFace(o) && /\/models\/(?:[\w.-]{1,96}(?::|%3A)\d{2,5}|https?(?::|%3A))/i.test(path))
    return 'address-as-model';
  const lost = noRoute(o) || o.status === 404 || o.status === 421 || says(o, /welcome to the \w{2,20} api/i);
  if (!lost) return null;
  if (o.surface === 'hub') return o.method === 'POST' && !path.startsWith('/api/') ? 'hub-host' : null;
  if (/^(\/v\d{1,2})?$/.test(path)) return 'no-path';
  return /^\/(chat\/completions|completions|responses|embeddings|models)$/.test(path) ? 'no-version' : null;
}

/** The start of the URL as the user must have set it. */
function baseOf(o: Observation): string | null {
  const host = o.url !== null && URL.canParse(o.url) ? new URL(o.url).origin : null;
  return host !== null && /^\/v\d{1,2}\/?$/.test(o.path ?? '') ? host + (o.path ?? '') : host;
}

function rightFor(o: Observation, fault: Fault, e: Evidence): string | null {
  if (fault === 'address-as-model' || fault === 'no-scheme') return null;
  const router = `${e.run.endpoints.router || ROUTER}/v1`;
  if (o.surface === 'hub' || o.surface === 'router' || o.host === new URL(ROUTER).host) return router;
  const base = baseOf(o);
  return base === null || /\/v\d{1,2}\/?$/.test(base) ? base : `${base}/v1`;
}

export const badBaseUrl = cellRule<Args>({
  id: 'bad-base-url',
  blame: 'code',
  severity: 'error',
  lastVerified: '2026-11-21',
  corrects: 'A 401 or 404 can come from a base URL that leads to another server than the one you mean.',
  match(o, e) {
    if (
      o.purpose !== 'inference' ||
      !['router', 'hf-inference', 'provider', 'hub', 'gateway'].includes(o.surface)
    )
      return null;
    const fault = faultOf(o);
    if (!fault) return null;
    const sure =
      fault === 'address-as-model' || (fault !== 'no-version' && o.surface !== 'gateway' && o.url !== null);
    const base = fault === 'address-as-model' ? null : baseOf(o);
    return {
      confidence: sure ? 'certain' : 'likely',
      subject: `${fault} ${base ?? ''}`,
      args: { fault, base, right: rightFor(o, fault, e) },
    };
  },
  title: ({ args }) =>
    args.fault === 'address-as-model'
      ? 'Your code sends the address of a server as if it were a model id'
      : `The base URL${args.base ? ` ${args.base}` : ''} in your code does not lead to an inference route`,
  explanation: ({ args }) => `${WHY[args.fault]} No model was asked.`,
  notThis: ({ args }) =>
    args.fault === 'address-as-model' || args.fault === 'hub-host'
      ? 'A new token cannot help: the request is at the wrong server.'
      : null,
  fixes({ args, client }) {
    if (args.fault === 'address-as-model')
      return [fix('Give the whole URL of your own server, with http:// or https:// in front, as base URL.')];
    if (args.fault === 'no-scheme')
      return [
        fix(`Give a whole URL as base URL. For Hugging Face it is ${ROUTER}/v1.`, { links: [LINKS.docs] }),
      ];
    const name = client === 'node' ? 'baseURL' : client === 'python' ? 'base_url' : 'the base URL';
    const path = 'The client adds /chat/completions itself; a plain HTTP call must name the whole path.';
    return [
      fix(`Set ${name} to ${args.right ?? 'the one in the documentation of that server'}. ${path}`, {
        links: [LINKS.docs],
      }),
    ];
  },
  verify({ args }) {
    if (args.right === null) return null;
    const models = args.right.startsWith(ROUTER) ? `curl -sS ${shellQuote(`${args.right}/models`)}` : null;
    return models ?? `hf-doctor check --gateway ${shellQuote(args.right)}`;
  },
  page: {
    meaning:
      'The base URL that the code was given is not the base of an inference API: its path is missing, its scheme is missing, it names another server, or a host and port were given where a model id belongs.',
    evidence:
      'The request went to / or /v1 itself, or to /chat/completions without a version, and the server answers 404, 405 or 421 ("no Route matched", "Welcome to the OpenAI API"). Or the client says that the URL has no scheme.',
    mistakenFor: 'A wrong token, a model that does not exist, an outage of the server.',
    repair: `OpenAI clients: base URL ${ROUTER}/v1 and nothing behind it. Plain HTTP: ${ROUTER}/v1/chat/completions. Own servers: the whole URL with http:// or https://, usually ending in /v1.`,
    links: [LINKS.docs],
  },
});
