import type { Observation } from '../../types/observation.js';
import { cellRule, fix } from '../define.js';
import { says } from '../match.js';
import { LINKS } from '../words.js';
import { askEndpoint } from './ask-endpoint.js';

const STATE =
  /\bendpoint is (?:in (?:an )?(?:error|failed)\b|unhealthy|failing)|\bno healthy upstream\b|^\W{0,3}unhealthy\W{0,3}$/i;
/** The words of a proxy that got nothing useful from behind: no sentence of a container. */
const BARE = /^\W{0,40}(?:error\W{1,6})?(?:500\W{0,3})?(?:internal server error)?\W{0,6}$/i;

function isBare500(o: Observation): boolean {
  if (o.status !== 500) return false;
  return o.body.kind === 'empty' || BARE.test(o.body.message ?? o.body.excerpt);
}

export const endpointUnhealthy = cellRule<{ said: boolean; status: number | null }>({
  id: 'endpoint-unhealthy',
  blame: 'gateway',
  severity: 'error',
  lastVerified: '2026-11-21',
  match(o) {
    if (o.surface !== 'dedicated' || (o.status !== null && o.status < 400)) return null;
    const said = says(o, STATE);
    if (!said && !isBare500(o)) return null;
    return {
      confidence: said ? 'likely' : 'possible',
      subject: o.host ?? 'endpoint',
      args: { said, status: o.status },
    };
  },
  title: () => 'The dedicated endpoint is up and cannot answer',
  explanation: ({ args }) =>
    args.said
      ? 'The endpoint says itself that it is in a bad state.'
      : `The endpoint answers ${args.status} and gives no reason. The container behind it failed, listens on another port or path than the one that was configured, or this request breaks it: its log tells which.`,
  notThis: () => 'Another token cannot help: a refused token is a 401 or a 403.',
  fixes: () => [
    fix('Read the log of the endpoint at the time of the call.', {
      commands: ['hf endpoints describe <name>'],
      links: ['https://endpoints.huggingface.co'],
    }),
    fix(
      'With a container of your own: compare its port and its health route with the settings of the endpoint.',
    ),
    fix('If it worked before, pause it and resume it.', {
      commands: ['hf endpoints pause <name>', 'hf endpoints resume <name>'],
    }),
  ],
  verify: (c) => askEndpoint(c),
  page: {
    meaning: 'The dedicated endpoint runs, and what runs in it cannot serve the request.',
    evidence:
      'A host below endpoints.huggingface.cloud answers 500 without a sentence, or says that it is in an error state.',
    mistakenFor:
      'An outage of Hugging Face. A 502 or 503 without words is mostly an endpoint that wakes up; a 500 with an exception in it is the code of the model.',
    repair: 'Look at its log, compare port and health route, restart it.',
    links: [LINKS.endpoints],
  },
});
