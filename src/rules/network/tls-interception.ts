import type { Fix } from '../../report/model.js';
import type { Case } from '../define.js';
import { cellRule, fix } from '../define.js';
import { huggingFaceAnswers, onHuggingFace, says } from '../match.js';
import { checkAgain } from '../serving.js';
import { list } from '../words.js';
import { hostsOf, mayBeNetwork, subjectOf } from './reach.js';

interface Args {
  /** A server that the user named, not Hugging Face. */
  own: boolean;
  /** Hugging Face shows a good certificate in the same run, so nothing is intercepted. */
  itself: boolean;
}

const SENTENCES =
  /self[- ]signed certificate|SELF_SIGNED_CERT|unable to get (?:local )?issuer cert|UNABLE_TO_GET_ISSUER_CERT|unable to verify the first certificate|UNABLE_TO_VERIFY_LEAF|CERTIFICATE_VERIFY_FAILED|certificate signed by unknown authority|unknown ca\b/i;
/** The same Python code word stands before other faults of a certificate. */
const OTHER =
  /certificate (?:has expired|is not yet valid)|hostname mismatch|doesn't match|ip address mismatch/i;

const CA = '/path/to/company-ca.pem';

function caFixes(client: Case<Args>['client']): Fix[] {
  const node = fix('Node: name the certificate in NODE_EXTRA_CA_CERTS. hf-doctor reads it too.', {
    commands: [`export NODE_EXTRA_CA_CERTS=${CA}`],
  });
  const python = fix(
    'Python with huggingface_hub 1.0 or newer: SSL_CERT_FILE, pointing at a bundle that holds the company certificate and the usual ones.',
    {
      commands: ['export SSL_CERT_FILE=/path/to/bundle.pem'],
    },
  );
  const old = fix(
    'Python with huggingface_hub before 1.0: REQUESTS_CA_BUNDLE. Newer versions do not read it.',
    {
      commands: ['export REQUESTS_CA_BUNDLE=/path/to/bundle.pem'],
    },
  );
  const curl = fix('curl: CURL_CA_BUNDLE.', { commands: ['export CURL_CA_BUNDLE=/path/to/bundle.pem'] });
  return { node: [node], python: [python, old], curl: [curl], none: [node, python, old] }[client ?? 'none'];
}

export const tlsInterception = cellRule<Args>({
  id: 'tls-interception',
  blame: 'network',
  severity: 'error',
  outcome: 'unknown',
  lastVerified: '2026-11-21',
  corrects:
    'The certificate of Hugging Face is fine. Something between you and it shows one of its own, and the program does not know who signed that.',
  match(o, e) {
    if (!mayBeNetwork(o, e)) return null;
    const told =
      o.status === null &&
      (o.error === null || o.error === 'tls.other') &&
      says(o, SENTENCES) &&
      !says(o, OTHER);
    if (o.error !== 'tls.untrusted' && !told) return null;
    const own = !onHuggingFace(o);
    const itself = own && huggingFaceAnswers(e);
    return {
      confidence: e.run.live && !own && !huggingFaceAnswers(e) ? 'certain' : 'likely',
      subject: subjectOf(o),
      ...(itself ? { blame: 'gateway' as const } : {}),
      args: { own, itself },
    };
  },
  title: ({ args, observations }) =>
    args.own
      ? `The certificate of ${list(hostsOf(observations)) || 'the gateway'} is not trusted on this machine`
      : 'Your network replaces the certificate of Hugging Face with one of its own',
  explanation({ args, evidence }) {
    const unknown = 'It is signed by an authority that this machine does not know';
    if (args.itself)
      return `${unknown}, while Hugging Face answers with a good one in the same run. The server uses a private or a self-signed certificate.`;
    if (args.own)
      return `${unknown}: a private certificate of that server, or one of a proxy that reads TLS on the way.`;
    // Node brings its own authorities, so a probe of ours cannot lack them.
    const bundle = evidence.run.live ? '' : ' A machine without its bundle of authorities looks the same.';
    return `The certificate that came for this host is signed by an authority that the program does not know. A company proxy or a virus scanner that reads TLS does this.${bundle} Nothing was sent, so nothing is known about the token or the model.`;
  },
  notThis: () =>
    'Do not switch verification off (verify=False, NODE_TLS_REJECT_UNAUTHORIZED=0, curl -k): the token would go to whoever sits in between.',
  fixes: ({ args, client }) => [
    ...caFixes(client),
    args.own
      ? fix('Or give the server a certificate of a public authority.')
      : fix(
          'The person who runs the network has that certificate, or can exempt huggingface.co and router.huggingface.co from inspection.',
        ),
  ],
  verify: ({ models }) => checkAgain(models),
  page: {
    meaning:
      'The chain of certificates ends at an authority that the program does not trust. Towards Hugging Face that nearly always means a proxy that inspects TLS, or a missing bundle of authorities.',
    evidence:
      '"self-signed certificate in certificate chain", "unable to get local issuer certificate" or CERTIFICATE_VERIFY_FAILED for a host of Hugging Face, before any request was sent.',
    mistakenFor: 'An expired certificate of Hugging Face, a wrong token, a fault of the client library.',
    repair:
      'Get the certificate of the company and name it to the program: NODE_EXTRA_CA_CERTS for Node, SSL_CERT_FILE for huggingface_hub 1.0 and newer, REQUESTS_CA_BUNDLE for huggingface_hub before 1.0.',
    links: ['https://nodejs.org/api/cli.html#node_extra_ca_certsfile'],
  },
});
