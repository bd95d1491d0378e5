import { cellRule, fix } from '../define.js';
import { curlFor, LINKS } from '../words.js';
import { askEndpoint } from './ask-endpoint.js';

interface Args {
  gateway: string;
  /** A key or a token went with the call; null where a text does not tell. */
  sent: boolean | null;
  /** An endpoint of Hugging Face: it takes the token too. */
  dedicated: boolean;
  /** No Hugging Face token was there to be sent: it was the key. */
  ownKey: boolean;
}

const HOW = {
  python: 'as token of InferenceClient or api_key of OpenAI',
  node: 'as first argument of InferenceClient or apiKey of OpenAI',
  curl: 'as -H "Authorization: Bearer $HF_TOKEN"',
  none: 'in the header Authorization: Bearer',
} as const;

export const gatewayKey = cellRule<Args>({
  id: 'gateway-key',
  blame: 'gateway',
  severity: 'error',
  lastVerified: '2026-11-21',
  corrects: 'A 401 of a gateway is about its own key, not about the Hugging Face token.',
  match(o, e) {
    const dedicated = o.surface === 'dedicated';
    if (o.status !== 401 || !(dedicated || (e.run.live && o.surface === 'gateway'))) return null;
    const sent = o.auth === 'unknown' ? null : o.auth === 'token';
    const ownKey = e.token.status === 'missing';
    return {
      confidence: sent === null ? 'possible' : sent ? 'likely' : 'certain',
      subject: o.host ?? 'gateway',
      // Whose word it is, the proxy's or that of a server with a key of its own, stays open.
      ...(dedicated ? { blame: 'token' as const } : {}),
      args: { gateway: o.host ?? 'the gateway', sent, dedicated, ownKey },
    };
  },
  title: ({ args }) => {
    const who = args.dedicated ? 'The dedicated endpoint' : `The gateway ${args.gateway}`;
    const wants = args.dedicated ? 'a token' : 'a key';
    if (args.sent === null) return `${who} refused the token, or none was sent`;
    return args.sent
      ? `${who} refuses ${args.dedicated ? 'the token that was sent' : 'its key'}`
      : `${who} wants ${wants}, and none was sent`;
  },
  explanation: ({ args, evidence }) => {
    if (args.dedicated) {
      const what =
        args.sent === null
          ? 'The text does not show whether a token was sent.'
          : !args.sent
            ? 'No token was sent.'
            : args.ownKey || !evidence.run.live
              ? 'A token or key was sent, and it is not accepted.'
              : 'What was sent is the key of HF_DOCTOR_GATEWAY_KEY where that is set, else the Hugging Face token.';
      const bad =
        args.sent && evidence.token.status === 'invalid'
          ? ' Hugging Face does not know the Hugging Face token of this run.'
          : '';
      return `It answers 401: it is protected. ${what}${bad} Such an endpoint takes a token of an account that may use it; a server in it may also ask for a key of its own.`;
    }
    return args.sent
      ? 'It answers 401 to the key of HF_DOCTOR_GATEWAY_KEY. It may also pass on a 401 of the server behind it, to which it sends a token of its own.'
      : 'It answers 401. A gateway never gets the Hugging Face token from hf-doctor; its own key is read from HF_DOCTOR_GATEWAY_KEY, and that is not set.';
  },
  notThis: ({ args }) =>
    args.dedicated
      ? 'Another model, credits or the permission for Inference Providers cannot help: endpoints are another product.'
      : 'A new Hugging Face token cannot help: it is not sent there.',
  fixes: ({ args, client }) => {
    if (args.dedicated)
      return [
        fix(`Send a token of the account or organization that owns the endpoint, ${HOW[client ?? 'none']}.`, {
          links: [LINKS.tokens],
        }),
        fix(
          'A fine-grained token must be allowed to call endpoints there: inference.endpoints.infer.write in whoami.',
          { commands: ['hf-doctor token'] },
        ),
        fix('If the server in it has a key of its own, put that into HF_DOCTOR_GATEWAY_KEY and check again.'),
      ];
    return [
      args.sent
        ? fix(
            'Compare the value with the one that your program sends, then look at the token that the gateway itself uses.',
          )
        : fix('Put the key of the gateway into HF_DOCTOR_GATEWAY_KEY and check again.', {
            commands: ['HF_DOCTOR_GATEWAY_KEY="$YOUR_GATEWAY_KEY" hf-doctor check --gateway <url>'],
          }),
    ];
  },
  verify: (c) => (c.args.dedicated ? askEndpoint(c) : c.observations[0] ? curlFor(c.observations[0]) : null),
  page: {
    meaning:
      'A gateway or backend of your own in front of Hugging Face, or a dedicated endpoint that is protected, refuses the call for want of a key that it accepts.',
    evidence:
      'The gateway that was named with --gateway answers 401 in this run, or a host below endpoints.huggingface.cloud does.',
    mistakenFor:
      'A missing or wrong Hugging Face token at a gateway: that one is never sent there. A fault of a provider, at an endpoint: none takes part in it.',
    repair:
      'Gateway: set HF_DOCTOR_GATEWAY_KEY to the key that your program uses for it. Endpoint: send a token of an account that may use it.',
    links: ['https://docs.litellm.ai/docs/proxy/virtual_keys', LINKS.endpoints],
  },
});
