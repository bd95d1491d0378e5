import { cellRule, fix } from '../define.js';
import { says } from '../match.js';
import { LINKS } from '../words.js';
import { askEndpoint } from './ask-endpoint.js';

const PAUSED =
  /endpoint is paused|ask a maintainer to (?:restart|resume) it|endpoint (?:has been|was) paused/i;
/** What the proxy of the endpoints said before it said more. */
const TERSE = /bad request:?\s{1,4}invalid state(?=["'.)\]\\]|\s{0,4}$)|^\W{0,3}invalid state\W{0,3}$/im;
/** huggingface_hub puts its own words before those of the proxy. */
const TWICE = /bad request:\s{1,4}bad request:? invalid state/i;

export const endpointPaused = cellRule<{ terse: boolean }>({
  id: 'endpoint-paused',
  blame: 'account',
  severity: 'error',
  lastVerified: '2026-11-21',
  corrects: 'A paused endpoint is not woken by calls. Only one that scaled to zero is.',
  match(o) {
    // hf-inference uses the same words for a model that it dropped: that is another fault.
    if (o.surface !== 'dedicated' && o.surface !== 'gateway') return null;
    if (o.status !== null && ![400, 403, 409, 503].includes(o.status)) return null;
    const args = { terse: !says(o, PAUSED) };
    const shown = o.status === 400 || (o.status === null && o.origin === 'text');
    if (args.terse && !(o.surface === 'dedicated' && shown && says(o, TERSE))) return null;
    const sure = !args.terse && o.surface === 'dedicated';
    // Without a host and a status, three words may be anybody's.
    const vague = args.terse && o.status === null && o.host === null && !says(o, TWICE);
    return {
      confidence: sure ? 'certain' : vague ? 'possible' : 'likely',
      subject: o.host ?? 'endpoint',
      args,
    };
  },
  title: () => 'Your dedicated endpoint is paused',
  explanation: ({ args }) =>
    args.terse
      ? 'The endpoint answers "Invalid state": it exists and does not run. Its page tells who paused it, or why.'
      : 'The endpoint says itself that it is paused. Nobody is served until a person with write access resumes it.',
  notThis: () => 'Retries do not wake it, and a new token, another path or another client cannot help.',
  fixes: () => [
    fix('Resume it on its page, or ask the person who owns it.', {
      links: ['https://endpoints.huggingface.co'],
    }),
    fix('Or from the command line, with a token that may manage endpoints.', {
      commands: ['hf endpoints resume <name>'],
    }),
    fix('If it should sleep and wake by itself, use scale to zero instead of pausing.', {
      links: [LINKS.endpoints],
    }),
  ],
  verify: (c) => askEndpoint(c),
  page: {
    meaning:
      'The dedicated Inference Endpoint was paused. It costs nothing and answers nothing until somebody resumes it.',
    evidence:
      'A host below endpoints.huggingface.cloud answers 400 with "The endpoint is paused, ask a maintainer to restart it", or with "Invalid state".',
    mistakenFor:
      'A bad request of the client: the status is 400. The same words from hf-inference mean that a model is no longer served there.',
    repair: 'Resume the endpoint in its settings or with hf endpoints resume.',
    links: [LINKS.endpoints],
  },
});
