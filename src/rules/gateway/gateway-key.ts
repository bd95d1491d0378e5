import { cellRule, fix } from '../define.js';
import { curlFor } from '../words.js';

interface Args {
  gateway: string;
  /** A key of the gateway's own went with the call. */
  sent: boolean;
}

export const gatewayKey = cellRule<Args>({
  id: 'gateway-key',
  blame: 'gateway',
  severity: 'error',
  lastVerified: '2026-11-21',
  corrects: 'A 401 of a gateway is about its own key, not about the Hugging Face token.',
  match(o, e) {
    if (!e.run.live || o.surface !== 'gateway' || o.status !== 401) return null;
    return {
      confidence: o.auth === 'anonymous' ? 'certain' : 'likely',
      subject: o.host ?? 'gateway',
      args: { gateway: o.host ?? 'the gateway', sent: o.auth !== 'anonymous' },
    };
  },
  title: ({ args }) =>
    args.sent
      ? `The gateway ${args.gateway} refuses its key`
      : `The gateway ${args.gateway} wants a key, and none was sent`,
  explanation: ({ args }) =>
    args.sent
      ? 'It answers 401 to the key of HF_DOCTOR_GATEWAY_KEY. It may also pass on a 401 of the server behind it, to which it sends a token of its own.'
      : 'It answers 401. A gateway never gets the Hugging Face token from hf-doctor; its own key is read from HF_DOCTOR_GATEWAY_KEY, and that is not set.',
  notThis: () => 'A new Hugging Face token cannot help: it is not sent there.',
  fixes: ({ args }) => [
    args.sent
      ? fix(
          'Compare the value with the one that your program sends, then look at the token that the gateway itself uses.',
        )
      : fix('Put the key of the gateway into HF_DOCTOR_GATEWAY_KEY and check again.', {
          commands: ['HF_DOCTOR_GATEWAY_KEY="$YOUR_GATEWAY_KEY" hf-doctor check --gateway <url>'],
        }),
  ],
  verify: ({ observations }) => (observations[0] ? curlFor(observations[0]) : null),
  page: {
    meaning:
      'A gateway or backend of your own in front of Hugging Face refuses the call for want of its own key.',
    evidence: 'The gateway that was named with --gateway answers 401 in this run.',
    mistakenFor: 'A missing or wrong Hugging Face token: that one is never sent to a gateway.',
    repair: 'Set HF_DOCTOR_GATEWAY_KEY to the key that your program uses for the gateway.',
    links: ['https://docs.litellm.ai/docs/proxy/virtual_keys'],
  },
});
