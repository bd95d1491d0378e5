import type { ErrorCode } from '../types/observation.js';

/*
 * How clients of all languages say that no answer came. Null: the words stand in the text, and the
 * rule that reads them knows more than a code would tell it.
 */
const FAILURES: readonly (readonly [RegExp, ErrorCode | null])[] = [
  [
    /ProxyError|cannot connect to proxy|tunnel connection failed|from proxy after connect|ERR_(?:PROXY_CONNECTION|TUNNEL_CONNECTION)_FAILED|could not resolve proxy|CONNECT tunnel failed/i,
    null,
  ],
  [
    /\bENOTFOUND\b|NXDOMAIN|could not resolve host|name or service not known|nodename nor servname|no such host|ERR_NAME_NOT_RESOLVED|failed to resolve (?!model)|\bNameResolutionError|gaierror|no address associated with hostname|UnknownHostException|name_resolution_error|failed host lookup|dns (?:resolution|lookup) (?:failed|error)|getaddrinfo failed|failed to lookup address information|no such host is known/i,
    'dns.not-found',
  ],
  [/EAI_AGAIN|temporary failure in name resolution/i, 'dns.temporary'],
  [/certificate has expired|CERT_HAS_EXPIRED/i, 'tls.expired'],
  [/certificate is not yet valid|CERT_NOT_YET_VALID/i, 'tls.clock'],
  [/hostname mismatch|ERR_TLS_CERT_ALTNAME_INVALID|certificate is not valid for/i, 'tls.wrong-host'],
  [
    /self[- ]signed certificate|SELF_SIGNED_CERT|unable to get (?:local )?issuer cert|UNABLE_TO_GET_ISSUER_CERT|UNABLE_TO_VERIFY_LEAF|unable to verify the first certificate|CERTIFICATE_VERIFY_FAILED|SSLCertVerificationError|ConnectorCertificateError|signed by unknown authority|SSL certificate problem|unable to find valid certification path|ERR_CERT_AUTHORITY_INVALID/i,
    'tls.untrusted',
  ],
  [
    /SSL_ERROR_SYSCALL|UNEXPECTED_EOF_WHILE_READING|EOF occurred in violation of protocol|before secure TLS connection|SSLEOFError|SSLZeroReturnError|\[SYS\] unknown error|wrong version number|tls handshake/i,
    null,
  ],
  [
    /UND_ERR_CONNECT_TIMEOUT|ConnectTimeout|connect ETIMEDOUT|connection timed out|ConnectTimeoutError/i,
    'net.connect-timeout',
  ],
  [
    /UND_ERR_HEADERS_TIMEOUT|ReadTimeout|read timed out|InferenceTimeoutError|HeadersTimeoutError|request timed out|operation timed out|inference call timed out|\btimed out\b|timeout of \d{1,9}ms exceeded|\bmodel \S{1,200} time out|The operation was aborted due to timeout/i,
    'net.no-answer',
  ],
  [/UND_ERR_BODY_TIMEOUT|BodyTimeoutError/i, 'net.stalled'],
  [/ECONNREFUSED|connection refused/i, 'net.refused'],
  [/ENETUNREACH|EHOSTUNREACH|network is unreachable/i, 'net.unreachable'],
  [
    /ECONNRESET|connection reset|socket hang up|connection aborted|RemoteDisconnected|server disconnected without/i,
    'net.reset',
  ],
  [
    /UND_ERR_SOCKET|other side closed|IncompleteRead|incomplete chunked read|peer closed connection|terminated$/i,
    'net.closed-early',
  ],
];

export interface Failure {
  /** Null where the words tell more than a code. */
  code: ErrorCode | null;
}

/** Null when the text tells of no failed exchange. */
export function failureIn(text: string): Failure | null {
  const found = FAILURES.find(([pattern]) => pattern.test(text));
  return found ? { code: found[1] } : null;
}
