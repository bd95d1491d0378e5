import { shellQuote } from '../../safety/quote.js';
import { cellRule, fix } from '../define.js';
import { instead } from '../refusal.js';
import { checkAgain } from '../serving.js';
import { LINKS } from '../words.js';
import { baseOf, type Fault, faultOf, rightFor, WHY_BASE } from './base.js';
import { ROUTER } from './paths.js';

interface Args {
  fault: Fault;
  /** The base URL as it looks from here; null when the text does not tell. */
  base: string | null;
  /** The base to set; null for a server that we do not know. */
  right: string | null;
}

const SURFACES: readonly string[] = ['router', 'hf-inference', 'provider', 'hub', 'gateway'];

export const badBaseUrl = cellRule<Args>({
  id: 'bad-base-url',
  blame: 'code',
  severity: 'error',
  lastVerified: '2026-11-21',
  corrects: 'A 401 or 404 can come from a base URL that leads to another server than the one you mean.',
  match(o, e) {
    if (o.purpose !== 'inference' || !SURFACES.includes(o.surface)) return null;
    const fault = faultOf(o);
    if (!fault) return null;
    const sure =
      fault === 'address-as-model' || (fault !== 'no-version' && o.surface !== 'gateway' && o.url !== null);
    const base = fault === 'address-as-model' ? null : baseOf(o);
    return {
      confidence: sure ? 'certain' : 'likely',
      subject: `${fault} ${base ?? ''}`,
      ...(fault === 'nothing-there' ? { blame: 'gateway' as const } : {}),
      args: { fault, base, right: rightFor(o, fault, e) },
    };
  },
  title({ args }) {
    if (args.fault === 'nothing-there') return `Nothing listens at the gateway ${args.base ?? ''}`.trimEnd();
    return args.fault === 'address-as-model'
      ? 'Your code sends the address of a server as if it were a model id'
      : `The base URL${args.base ? ` ${args.base}` : ''} in your code does not lead to an inference route`;
  },
  explanation: ({ args }) => `${WHY_BASE[args.fault]} No model was asked.`,
  notThis: ({ args }) =>
    args.fault === 'nothing-there'
      ? 'A new token, another key or another model cannot help: the request was not sent.'
      : args.fault === 'address-as-model' || args.fault === 'hub-host'
        ? 'A new token cannot help: the request is at the wrong server.'
        : null,
  fixes(c) {
    const { args, client } = c;
    if (args.fault === 'nothing-there')
      return [
        fix('Check host and port of the base URL first, letter by letter.'),
        fix('Then look whether the server runs, and listens on that port for more than its own machine.'),
        ...instead(c, c.models[0] ?? null),
      ];
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
  verify({ args, models }) {
    if (args.right === null) return checkAgain(models);
    const list = args.right.startsWith(ROUTER) ? `curl -sS ${shellQuote(`${args.right}/models`)}` : null;
    return list ?? `hf-doctor check --gateway ${shellQuote(args.right)}`;
  },
  page: {
    meaning:
      'The base URL that the code was given is not the base of an inference API: its path is missing, its scheme is missing, it names another server, or a host and port were given where a model id belongs.',
    evidence:
      'The request went to / or /v1 itself, or to /chat/completions without a version, and the server answers 404, 405 or 421 ("no Route matched", "Welcome to the OpenAI API"). Or the client says that the URL has no scheme, or the gateway that was named with --gateway refuses the connection.',
    mistakenFor: 'A wrong token, a model that does not exist, an outage of the server.',
    repair: `OpenAI clients: base URL ${ROUTER}/v1 and nothing behind it. Plain HTTP: ${ROUTER}/v1/chat/completions. Own servers: the whole URL with http:// or https://, usually ending in /v1.`,
    links: [LINKS.docs],
  },
});
