import { cellRule, fix } from '../define.js';
import { says } from '../match.js';
import { LINKS } from '../words.js';
import { askEndpoint } from './ask-endpoint.js';

interface Args {
  path: string | null;
  form: 'no-v1' | 'doubled' | 'openai' | 'root' | 'legacy' | 'unknown';
}

/** An OpenAI server that lacks the model, not the path: vLLM says so with 404. */
const NO_MODEL = /model .{1,200}(?:does not exist|not found|is not available)|model_not_found/i;

function formOf(path: string | null): Args['form'] {
  if (path === null) return 'unknown';
  if (/\/v1\/(?:.{1,60}\/)?v1\/|(\/chat\/completions){2}/.test(path)) return 'doubled';
  if (/^\/(?:chat\/completions|completions|embeddings|responses)\/?$/.test(path)) return 'no-v1';
  if (/^\/(?:models|pipeline)\//.test(path)) return 'legacy';
  if (path.startsWith('/v1')) return 'openai';
  return path === '/' ? 'root' : 'unknown';
}

const WHAT: Record<Args['form'], string> = {
  'no-v1': 'The path lacks /v1: the base URL must end in /v1, the client adds the rest.',
  doubled: 'A part of the path stands there twice: the base URL holds what the client adds again.',
  openai:
    'The container of this endpoint does not serve the OpenAI routes. TGI, vLLM, llama.cpp and SGLang do; the default container and custom handlers take POST /.',
  root: 'The container does not take POST on /. A chat server such as vLLM has its routes below /v1.',
  legacy: 'A dedicated endpoint serves one model and has no model id in its path.',
  unknown: 'The container of the endpoint has no such path.',
};

export const endpointWrongPath = cellRule<Args>({
  id: 'endpoint-wrong-path',
  blame: 'code',
  severity: 'error',
  lastVerified: '2026-11-21',
  corrects: 'A 404 of your own endpoint is the path, not a missing model or permission.',
  match(o) {
    if (o.surface !== 'dedicated' || (o.status !== 404 && o.status !== 405) || says(o, NO_MODEL)) return null;
    const form = formOf(o.path);
    // A 404 may also mean that the endpoint was deleted: only a path that no server has is certain.
    const confidence = form === 'doubled' ? 'certain' : form === 'unknown' ? 'possible' : 'likely';
    return { confidence, subject: `${o.host ?? 'endpoint'} ${form}`, args: { path: o.path, form } };
  },
  title: ({ args }) => `Your dedicated endpoint has no path ${args.path ?? 'like the one that was called'}`,
  explanation: ({ args, observations }) =>
    `The endpoint runs and answered ${observations[0]?.status ?? 404}. ${WHAT[args.form]}`,
  notThis: () => 'A new token cannot help: it was let through, or was not asked for.',
  fixes: ({ args }) => [
    ...(args.form === 'doubled' || args.form === 'no-v1'
      ? [
          fix(
            'Set the base URL to https://<your endpoint>.endpoints.huggingface.cloud/v1 and nothing behind it.',
          ),
        ]
      : args.form === 'legacy' || args.form === 'openai'
        ? [
            fix(
              'Send POST to the bare URL of the endpoint with {"inputs": ...}, or choose a container with the OpenAI routes.',
              { links: [LINKS.endpoints] },
            ),
          ]
        : [
            fix('Compare the path with the API section on the page of the endpoint.', {
              links: ['https://endpoints.huggingface.co'],
            }),
          ]),
    fix('In clients, give the URL of the endpoint as base URL, and no provider.'),
  ],
  verify: (c) => askEndpoint(c, '/v1/models'),
  page: {
    meaning:
      'The dedicated endpoint is up, and the container in it does not serve the path that was called: no /v1, no /v1/chat/completions, or one part twice.',
    evidence: 'A host below endpoints.huggingface.cloud answers 404 or 405 without a word about a model.',
    mistakenFor: 'A model that does not exist, an endpoint that is down.',
    repair:
      'Add or remove /v1. For chat choose a container that speaks the OpenAI routes, such as TGI or vLLM.',
    links: [LINKS.endpoints],
  },
});
