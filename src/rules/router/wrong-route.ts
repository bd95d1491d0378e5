import { shellQuote } from '../../safety/quote.js';
import { cellRule, fix, type Hit } from '../define.js';
import { factsOf } from '../match.js';
import { checkCommand } from '../refusal.js';
import { LINKS } from '../words.js';
import { askedPath, type Form, NOT_ALLOWED, ROUTER, WHY } from './paths.js';
import { wrongPath } from './wrong-path.js';

interface Args {
  form: Form;
  /** `POST /hf-inference/gpt2`, as it was asked. */
  asked: string;
  right: string;
  model: string | null;
  /** Nothing tells the task, and chat has another address. */
  maybeChat: boolean;
}

const SURFACES: readonly string[] = ['router', 'hf-inference', 'provider', 'gateway'];

/** Another kind of request is wanted, at the same address. */
const RIGHT_PATH: readonly Form[] = ['multipart', 'method'];

export const wrongRoute = cellRule<Args>({
  id: 'wrong-route',
  blame: 'code',
  severity: 'error',
  lastVerified: '2026-11-21',
  corrects: 'A 404 on the router is often neither the model nor a permission: the path has no route.',
  match(o, e): Hit<Args> | null {
    if (!SURFACES.includes(o.surface) || o.purpose !== 'inference') return null;
    const found = wrongPath(o, e);
    if (!found) return null;
    const { form, right, sure } = found;
    const denied = NOT_ALLOWED.exec(o.body.message ?? '') ?? NOT_ALLOWED.exec(o.body.excerpt);
    const asked = denied
      ? `${denied[1]?.toUpperCase()} ${denied[2]}`
      : `${o.method ?? 'POST'} ${(askedPath(o) ?? '').slice(0, 200)}`;
    const model = o.model ?? /\/models\/([\w.-]{1,96}\/[\w.-]{1,96})/.exec(right)?.[1] ?? null;
    const task = o.task ?? factsOf(o, e)?.task ?? null;
    const maybeChat = task === null && /\/hf-inference\/models\/[^/]{1,200}(?:\/[^/]{1,200})?$/.test(right);
    const confidence = form === 'provider-path' ? 'possible' : sure && o.host !== null ? 'certain' : 'likely';
    return { confidence, subject: right, args: { form, asked, right, model, maybeChat } };
  },
  title: ({ args }) =>
    args.form === 'multipart'
      ? 'The route takes a file upload, and JSON was sent'
      : `Your code calls a path that no route owns: ${args.asked}`,
  explanation: ({ args }) =>
    `The host is right and answered. ${WHY[args.form]}${RIGHT_PATH.includes(args.form) ? '' : ' So no model was asked, and the token was not judged.'}`,
  notThis: ({ args }) =>
    RIGHT_PATH.includes(args.form)
      ? 'Another token or another model cannot help.'
      : 'Another token, another model or a suffix cannot help before the path is right.',
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
      ...(args.maybeChat
        ? [fix(`If it is a chat: ${ROUTER}/v1/chat/completions, with the model id in the body.`)]
        : []),
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
    if (
      args.maybeChat ||
      args.right.includes('{') ||
      args.form === 'multipart' ||
      args.form === 'provider-path'
    )
      return checkCommand(args.model);
    // A look-up of the Hub is read, not sent to.
    if (args.right.startsWith('https://huggingface.co/')) return `curl -sS ${shellQuote(args.right)}`;
    const chat = args.right.endsWith('/v1/chat/completions');
    const body = chat
      ? { model: args.model ?? 'org/name', messages: [{ role: 'user', content: 'hi' }], max_tokens: 1 }
      : { inputs: 'hi' };
    if (chat && args.model === null) return checkCommand(null);
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
