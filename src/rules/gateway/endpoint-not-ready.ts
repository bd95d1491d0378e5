import { cellRule, fix } from '../define.js';
import { says } from '../match.js';
import { LINKS } from '../words.js';

/** Sentences of huggingface_hub about an endpoint that does not run yet. */
const NO_URL = /Cannot create a client for this Inference Endpoint as it is not yet deployed/i;
const WAITED = /InferenceEndpointTimeoutError|Timeout while waiting for Inference Endpoint to be deployed/i;
/** What the proxy of the endpoints says. With 502 or 503 the endpoint is waking up. */
const STARTING = /\bendpoint is (?:not (?:yet )?ready|(?:still )?(?:pending|initializing|updating))\b/i;

export const endpointNotReady = cellRule<{ how: 'no-url' | 'waited' | 'starting' }>({
  id: 'endpoint-not-ready',
  blame: 'code',
  severity: 'error',
  lastVerified: '2026-11-21',
  match(o) {
    if (o.surface === 'other') return null;
    const text = o.origin === 'text';
    const early = o.surface === 'dedicated' && o.status !== null && o.status >= 400 && o.status < 500;
    const how =
      text && says(o, NO_URL)
        ? 'no-url'
        : text && says(o, WAITED)
          ? 'waited'
          : (early || (text && o.status === null)) && says(o, STARTING)
            ? 'starting'
            : null;
    return how && { confidence: 'likely', subject: o.host ?? 'endpoint', args: { how } };
  },
  title: ({ args }) =>
    args.how === 'waited'
      ? 'The dedicated endpoint did not start in the time allowed'
      : 'The dedicated endpoint does not run yet',
  explanation: ({ args }) =>
    ({
      'no-url':
        'An endpoint gets its address when it is deployed. The code asked for a client before that, so there was nothing to call.',
      waited:
        'The code waited for the endpoint, and the time that it allows passed. Large models take many minutes, and some hardware has to be found first.',
      starting: 'The endpoint says itself that it is being started.',
    })[args.how],
  notThis: () => 'Another token or another client cannot help.',
  fixes: ({ args }) => [
    fix(
      args.how === 'waited'
        ? 'Allow more time, and look at the state of the endpoint meanwhile.'
        : 'Wait for the endpoint before you use its client.',
      {
        commands: ['hf endpoints describe <name>'],
        snippet: {
          language: 'python',
          code: 'endpoint.wait(timeout=1800)\nclient = endpoint.client',
        },
      },
    ),
    fix('If its state is failed, read its log.', { links: ['https://endpoints.huggingface.co'] }),
  ],
  verify: () => 'hf endpoints describe <name>',
  page: {
    meaning: 'The dedicated endpoint exists and is still being deployed, so there is no address to call.',
    evidence:
      'huggingface_hub says that it cannot create a client for the endpoint, or that its wait timed out.',
    mistakenFor: 'A network timeout, a wrong token. An endpoint that failed is endpoint-deploy-failed.',
    repair: 'Call endpoint.wait() first, with enough time.',
    links: [LINKS.endpoints, 'https://huggingface.co/docs/huggingface_hub/guides/inference_endpoints'],
  },
});
