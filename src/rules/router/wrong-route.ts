import { shellQuote } from '../../safety/quote.js';
import type { Evidence } from '../../types/evidence.js';
import type { Observation } from '../../types/observation.js';
import { cellRule, fix, type Hit } from '../define.js';
import { factsOf, says } from '../match.js';
import { LINKS } from '../words.js';
import { askedPath, type Form, folded, misroute, noRoute, ROUTER, WHY } from './paths.js';

interface Args {
  form: Form;
  /** `POST /hf-inference/gpt2`, as it was asked. */
  asked: string;
  right: string;
  model: string | null;
}

/** Refusals that a path of no route may get; 401, 402, 403 and 429 have causes of their own. */
const REFUSED: readonly (number | null)[] = [400, 404, 405, 415, 421, 422];
const SURFACES: readonly string[] = ['router', 'hf-inference', 'provider', 'gateway'];

/** The same URL with another path; null where the evidence names no host. */
function moved(o: Observation, path: string): string | null {
  return o.url !== null && URL.canParse(path, o.url) ? new URL(path, o.url).href : null;
}

function wrong(o: Observation, e: Evidence): { form: Form; right: string; sure: boolean } | null {
  const path = askedPath(o);
  if (path === null) return null;
  const router = e.run.endpoints.router || ROUTER;
  const once = folded(path);
  if (once !== path && noRoute(o))
    return { form: 'doubled', right: moved(o, once) ?? `${router}${once}`, sure: true };
  const proxied = /^\/api\/inference-proxy(\/.{1,300})$/.exec(path)?.[1];
  if (proxied && noRoute(o) && o.body.kind !== 'json')
    return { form: 'old-proxy', right: router + proxied, sure: true };
  if (says(o, /must be multipart\/form-data/i))
    return { form: 'multipart', right: moved(o, path) ?? router + path, sure: true };
  const onRouter =
    o.surface !== 'gateway' &&
    (o.url === null || o.url.startsWith(router) || o.host === new URL(ROUTER).host);
  const shape = onRouter ? misroute(path, o, e) : null;
  if (shape && (noRoute(o) || (shape.never && REFUSED.includes(o.status))))
    return { ...shape, sure: noRoute(o) };
  if (o.provider === 'fal-ai' && o.status === 404 && o.body.kind === 'text') {
    const id = factsOf(o, e)?.providers.find((p) => p.provider === 'fal-ai')?.providerId ?? '{fal model id}';
    return { form: 'app', right: `${onRouter ? `${router}/fal-ai` : 'https://fal.run'}/${id}`, sure: false };
  }
  if (shape || o.surface === 'gateway' || !noRoute(o)) return null;
  if (o.status === 405 || (o.method === 'GET' && says(o, /\bcannot get \//i)))
    return { form: 'method', right: moved(o, path) ?? router + path, sure: false };
  // What we send ourselves comes from the official client: then the path is not the user's.
  const spoken = says(o, /\bcannot (?:post|put) \/|\bno route matched|page not found/i);
  if (o.surface !== 'provider' || o.origin === 'probe' || !spoken) return null;
  return { form: 'provider-path', right: `${router}/v1/chat/completions`, sure: false };
}

export const wrongRoute = cellRule<Args>({
  id: 'wrong-route',
  blame: 'code',
  severity: 'error',
  lastVerified: '2026-11-21',
  corrects: 'A 404 on the router is often neither the model nor a permission: the path has no route.',
  match(o, e): Hit<Args> | null {
    if (!SURFACES.includes(o.surface) || o.purpose !== 'inference') return null;
    const found = wrong(o, e);
    if (!found) return null;
    const { form, right, sure } = found;
    const asked = `${o.method ?? 'POST'} ${(askedPath(o) ?? '').slice(0, 200)}`;
    const model = o.model ?? /\/models\/([\w.-]{1,96}\/[\w.-]{1,96})/.exec(right)?.[1] ?? null;
    const confidence = form === 'provider-path' ? 'possible' : sure && o.host !== null ? 'certain' : 'likely';
    return { confidence, subject: right, args: { form, asked, right, model } };
  },
  title: ({ args }) =>
    args.form === 'multipart'
      ? 'The route takes a file upload, and JSON was sent'
      : `Your code calls a path that no route owns: ${args.asked}`,
  explanation: ({ args }) =>
    `The host is right and answered. ${WHY[args.form]} So no model was asked and the token was not judged.`,
  notThis: () => 'Another token, another model or a suffix cannot help before the path is right.',
  fixes({ args, client }) {
    const chat = args.right.endsWith('/v1/chat/completions');
    const how =
      args.form === 'multipart'
        ? `Send the file as multipart form (curl -F, FormData) to ${args.right}.`
        : args.form === 'method'
          ? `Call ${args.right} with POST.`
          : `Call ${args.right} instead${chat ? ', with the model id in the body' : ''}.`;
    const upgrade =
      client === 'python' ? 'pip install -U huggingface_hub' : 'npm install @huggingface/inference@latest';
    return [
      fix(how, { links: [LINKS.docs] }),
      ...(client === 'python' || client === 'node'
        ? [
            fix('Or let the official client build the URL: a new version knows each route.', {
              commands: [upgrade],
            }),
          ]
        : []),
    ];
  },
  verify({ args }) {
    if (args.right.includes('{') || args.form === 'multipart' || args.form === 'provider-path') return null;
    const chat = args.right.endsWith('/v1/chat/completions');
    const body = chat
      ? { model: args.model ?? 'org/name', messages: [{ role: 'user', content: 'hi' }], max_tokens: 1 }
      : { inputs: 'hi' };
    if (chat && args.model === null) return null;
    return `curl -sS ${shellQuote(args.right)} \\\n  -H "Authorization: Bearer $HF_TOKEN" \\\n  -H 'Content-Type: application/json' \\\n  -d ${shellQuote(JSON.stringify(body))}`;
  },
  page: {
    meaning:
      'The host is the right one, but the path or the method is not: the server owns no such route. Typical are guesses made while moving code from the retired host, and base URLs that end with a part that the client adds again.',
    evidence:
      'The shape of the path decides, before the status: /hf-inference, /hf-inference/{model}, /hf-inference/v1/..., /models/{model} at the root of the router and a doubled /v1 are no routes. The answer is a page or plain text with 404 or 405, "Cannot POST", or 415 for a missing multipart form.',
    mistakenFor:
      'A model that does not exist, a missing permission, an outage. A plain 404 on /hf-inference/models/{model} is another fault: that path is right, the model is not served there.',
    repair:
      'Chat: POST https://router.huggingface.co/v1/chat/completions with the model in the body. Other tasks: POST https://router.huggingface.co/hf-inference/models/{model}; for embeddings add /pipeline/feature-extraction. For other providers let the official client build the URL.',
    links: [LINKS.docs],
  },
});
