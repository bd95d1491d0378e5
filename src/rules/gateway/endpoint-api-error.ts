import type { Observation } from '../../types/observation.js';
import { cellRule, fix } from '../define.js';
import { says } from '../match.js';
import { LINKS } from '../words.js';

const API = 'api.endpoints.huggingface.cloud';
const NAMED = /\bapi\.endpoints\.huggingface\.cloud\b/;
/** What the API says about a machine that it does not offer. */
const NO_MACHINE = /\bInstance compute '[^'\n]{1,40}'[^\n]{1,120}not found/i;

interface Args {
  status: number | null;
  why: 'machine' | 'token' | 'arguments' | 'server' | 'missing';
}

function whyOf(o: Observation): Args['why'] | null {
  if (says(o, NO_MACHINE)) return 'machine';
  if (o.host !== API && !says(o, NAMED)) return null;
  if (o.status === null || o.status < 400) return null;
  if (o.status === 401 || o.status === 403) return 'token';
  if (o.status === 404) return 'missing';
  return o.status >= 500 ? 'server' : 'arguments';
}

const WHAT: Record<Args['why'], string> = {
  machine:
    'The chosen instance does not exist under this vendor, region, type and size. The names change over time.',
  token: 'The token may not manage endpoints, or not those of this account or organization.',
  arguments: 'One of the arguments is refused. The body of the answer names it.',
  server:
    'The API failed without a reason. An instance type or size that no longer exists has given this answer too.',
  missing: 'There is no endpoint of this name under this account or organization.',
};

export const endpointApiError = cellRule<Args>({
  id: 'endpoint-api-error',
  blame: 'code',
  severity: 'error',
  lastVerified: '2026-11-21',
  match(o) {
    if (o.surface === 'other') return null;
    const why = whyOf(o);
    return (
      why && {
        confidence: why === 'server' ? 'possible' : 'likely',
        subject: why,
        ...(why === 'token'
          ? { blame: 'token' as const }
          : why === 'server'
            ? { blame: 'unknown' as const }
            : {}),
        args: { status: o.status, why },
      }
    );
  },
  title: ({ args }) =>
    `The API that manages endpoints refuses the request${args.status ? ` (${args.status})` : ''}`,
  explanation: ({ args }) => `${WHAT[args.why]} This is not the endpoint itself: no model was called.`,
  notThis: ({ args }) =>
    args.why === 'token'
      ? 'The box "Make calls to Inference Providers" does not cover this API.'
      : 'Another model or another client cannot help by itself.',
  fixes: ({ args }) => [
    args.why === 'token'
      ? fix('Use a token that may manage endpoints of this account or organization.', {
          links: [LINKS.tokens],
        })
      : args.why === 'missing'
        ? fix('Look at the names that exist.', { commands: ['hf endpoints ls'] })
        : fix('Compare vendor, region, instance_type and instance_size with what is offered today.', {
            commands: [`curl -sS https://${API}/v2/provider`],
            links: ['https://huggingface.co/docs/inference-endpoints/pricing'],
          }),
    fix('Print the whole answer: the clients show only a part of it.', {
      snippet: {
        language: 'python',
        code: 'except HfHubHTTPError as error:\n    print(error.response.text)',
      },
    }),
  ],
  verify: () => 'hf endpoints ls',
  page: {
    meaning: `The API at ${API}, with which endpoints are made, changed and paused, refused a request.`,
    evidence: `The host is ${API} and the answer is 400, 401, 403, 404 or 5xx, or it says that an instance was not found.`,
    mistakenFor: 'A fault of the endpoint or of the model on it.',
    repair: 'Check each argument against the list of machines, and the rights of the token.',
    links: ['https://huggingface.co/docs/huggingface_hub/guides/inference_endpoints', LINKS.endpoints],
  },
});
