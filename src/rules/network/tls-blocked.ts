import type { Confidence } from '../../report/model.js';
import type { Evidence } from '../../types/evidence.js';
import type { Observation } from '../../types/observation.js';
import { cellRule, fix } from '../define.js';
import { huggingFaceAnswers, onHuggingFace, says } from '../match.js';
import { checkAgain } from '../serving.js';
import { list } from '../words.js';
import { hostsOf, mayBeNetwork, subjectOf } from './reach.js';

interface Args {
  cut: boolean;
  notTls: boolean;
}

const CUT =
  /SSL_ERROR_SYSCALL|UNEXPECTED_EOF_WHILE_READING|EOF occurred in violation of protocol|before secure TLS connection|SSLEOFError|SSLZeroReturnError|\[SYS\] unknown error|tls handshake[^\n]{0,60}(?:cut|reset|eof|time ?out|fail)/i;
const NOT_TLS =
  /wrong version number|ERR_SSL_WRONG_VERSION_NUMBER|packet length too long|HTTP request was sent to HTTPS/i;

function how(o: Observation, e: Evidence): { confidence: Confidence; args: Args } | null {
  const told = o.status === null && o.error === null;
  const inHandshake = /TLS handshake/i.test(o.errorDetail ?? '') && o.error?.startsWith('net.') === true;
  if (inHandshake || (told && says(o, CUT)))
    return { confidence: 'likely', args: { cut: true, notTls: false } };
  if (o.error === 'tls.not-tls' || (told && says(o, NOT_TLS)))
    return { confidence: 'possible', args: { cut: false, notTls: true } };
  if (o.error === 'tls.other') return { confidence: 'possible', args: { cut: false, notTls: false } };
  // Resets alone are weak; when nothing of Hugging Face answers at all, a filter is a fair guess.
  const reset = o.error === 'net.reset' || o.error === 'net.closed-early';
  return reset && e.run.live && !huggingFaceAnswers(e)
    ? { confidence: 'possible', args: { cut: true, notTls: false } }
    : null;
}

export const tlsBlocked = cellRule<Args>({
  id: 'tls-blocked',
  blame: 'network',
  severity: 'error',
  outcome: 'unknown',
  lastVerified: '2026-11-21',
  match(o, e) {
    // Another server that speaks no TLS is a matter of its base URL.
    if (!onHuggingFace(o) && o.surface !== 'dedicated') return null;
    if (!mayBeNetwork(o, e)) return null;
    const found = how(o, e);
    return found ? { ...found, subject: subjectOf(o) } : null;
  },
  title: ({ args, observations }) =>
    args.cut
      ? `Something on the way cuts the connection to ${list(hostsOf(observations)) || 'Hugging Face'}`
      : `No safe connection to ${list(hostsOf(observations)) || 'Hugging Face'} from this network`,
  explanation: ({ args, evidence }) => {
    const what = args.notTls
      ? 'What answered does not speak TLS: often a proxy that is addressed with https:// and expects http://, or a login page of the network.'
      : args.cut
        ? 'The connection ended while it was being secured, before a request was sent. Firewalls that filter by host name do this.'
        : 'The connection could not be secured.';
    const elsewhere = huggingFaceAnswers(evidence)
      ? ' Other calls to Hugging Face did get through in this run, so it may pass.'
      : '';
    return `${what}${elsewhere} Nothing is known about the token or the model.`;
  },
  notThis: () =>
    'A new token, another model or switched off verification cannot help: the request was never sent.',
  fixes: ({ args }) => [
    fix('Try from another network, for instance a phone: if it works there, this network filters it.'),
    ...(args.notTls
      ? [
          fix('If HTTPS_PROXY is set, its own address mostly begins with http://, not https://.', {
            commands: ['env | grep -i _proxy'],
          }),
        ]
      : []),
    fix(
      'Ask the person who runs the network to allow huggingface.co, router.huggingface.co and *.endpoints.huggingface.cloud, or use its proxy (HTTPS_PROXY) or a VPN.',
    ),
  ],
  verify: ({ models }) => checkAgain(models),
  page: {
    meaning:
      'The TLS handshake with a host of Hugging Face did not finish: it was cut, or something that speaks no TLS answered.',
    evidence:
      'SSL_ERROR_SYSCALL, "EOF occurred in violation of protocol", "Client network socket disconnected before secure TLS connection was established", a reset during the handshake.',
    mistakenFor: 'An outage of Hugging Face, an old TLS library, a wrong certificate.',
    repair: 'Use another network, the proxy of this one, or a VPN, or have the hosts allowed.',
    links: ['https://status.huggingface.co'],
  },
});
