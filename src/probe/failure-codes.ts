import type { ErrorCode } from '../types/observation.js';

/** Verdict and safe detail. */
type Row = readonly [ErrorCode, string | null];

export const UNTRUSTED: Row = [
  'tls.untrusted',
  'the certificate is signed by an authority this machine does not know',
];
const NOT_TLS: Row = ['tls.not-tls', 'the server does not speak TLS on this port'];
const TEMPORARY: Row = ['dns.temporary', 'the name server did not answer'];
const NO_ADDRESS: Row = ['dns.empty', 'the name exists and has no address'];
const RESET: Row = ['net.reset', 'the connection was reset'];
const CANCELLED: Row = ['run.cancelled', null];
const FILES: Row = ['env.fd-limit', 'too many open files'];

/** Codes of the system, of OpenSSL, of zlib and of undici. */
export const FAILURE_CODES: Readonly<Record<string, Row>> = {
  ENOTFOUND: ['dns.not-found', 'the name does not exist'],
  EAI_AGAIN: TEMPORARY,
  EAI_FAIL: TEMPORARY,
  ESERVFAIL: TEMPORARY,
  ENODATA: NO_ADDRESS,
  EAI_NODATA: NO_ADDRESS,
  ECONNREFUSED: ['net.refused', 'the connection was refused'],
  ENETUNREACH: ['net.unreachable', 'no route to the network'],
  ENETDOWN: ['net.unreachable', 'the network is down'],
  EHOSTUNREACH: ['net.unreachable', 'no route to the host'],
  EADDRNOTAVAIL: ['net.unreachable', 'this machine has no address for the connection'],
  ETIMEDOUT: ['net.connect-timeout', 'no connection in the time allowed'],
  UND_ERR_CONNECT_TIMEOUT: ['net.connect-timeout', 'no connection in the time allowed'],
  CERT_HAS_EXPIRED: ['tls.expired', 'the certificate has expired'],
  CERT_NOT_YET_VALID: ['tls.clock', 'the certificate is not valid yet: check the clock of this machine'],
  CERT_UNTRUSTED: UNTRUSTED,
  ERR_TLS_CERT_ALTNAME_INVALID: ['tls.wrong-host', 'the certificate is for another host'],
  HOSTNAME_MISMATCH: ['tls.wrong-host', 'the certificate is for another host'],
  ERR_SSL_WRONG_VERSION_NUMBER: NOT_TLS,
  ERR_SSL_PACKET_LENGTH_TOO_LONG: NOT_TLS,
  EPROTO: ['tls.other', 'EPROTO'],
  UND_ERR_ABORTED: CANCELLED,
  UND_ERR_DESTROYED: CANCELLED,
  UND_ERR_CLOSED: CANCELLED,
  UND_ERR_HEADERS_TIMEOUT: ['net.no-answer', 'no headers in the time allowed'],
  UND_ERR_BODY_TIMEOUT: ['net.stalled', 'the answer began and then nothing more came'],
  UND_ERR_HEADERS_OVERFLOW: ['http.malformed', 'the headers are larger than 16 KiB'],
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: ['http.malformed', 'the length of the body is given wrongly'],
  UND_ERR_RES_EXCEEDED_MAX_SIZE: ['http.too-large', 'the body is too large'],
  UND_ERR_INVALID_ARG: ['internal', 'the request cannot be sent as it is'],
  UND_ERR_SOCKET: ['net.closed-early', 'the connection was closed before an answer came'],
  ERR_ASSERTION: ['http.malformed', 'the answer is not valid HTTP'],
  ECONNRESET: RESET,
  ECONNABORTED: RESET,
  EPIPE: RESET,
  ERR_BUFFER_TOO_LARGE: ['http.bomb', 'the body is far too large when it is unpacked'],
  EMFILE: FILES,
  ENFILE: FILES,
  ENOSPC: ['env.disk-full', 'the disk is full'],
};
