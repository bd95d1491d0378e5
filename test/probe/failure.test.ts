import { describe, expect, it } from 'vitest';
import { classifyFailure, type Stage } from '../../src/probe/failure.js';
import type { ErrorCode } from '../../src/types/observation.js';

const code = (value: unknown, message = '') => Object.assign(new Error(message), { code: value });
const named = (name: string, message = '') => Object.assign(new Error(message), { name });

/** What is thrown, how far the exchange was, the verdict. */
const ROWS: [unknown, Stage, ErrorCode][] = [
  [code('ENOTFOUND'), 'connect', 'dns.not-found'],
  [code('EAI_AGAIN'), 'connect', 'dns.temporary'],
  [code('ENODATA'), 'connect', 'dns.empty'],
  [
    new TypeError("Cannot destructure property 'address' of 'undefined' as it is undefined."),
    'connect',
    'dns.empty',
  ],
  [code('ECONNREFUSED'), 'connect', 'net.refused'],
  [new AggregateError([code('ECONNREFUSED'), code('ECONNREFUSED')], ''), 'connect', 'net.refused'],
  [new AggregateError([code('ENETUNREACH'), code('ECONNREFUSED')], ''), 'connect', 'net.refused'],
  [new AggregateError([code('ENETUNREACH'), code('ETIMEDOUT')], ''), 'connect', 'net.connect-timeout'],
  [new AggregateError([], ''), 'connect', 'internal'],
  [code('ENETUNREACH'), 'connect', 'net.unreachable'],
  [code('EHOSTUNREACH'), 'connect', 'net.unreachable'],
  [code('ETIMEDOUT'), 'connect', 'net.connect-timeout'],
  [code('UND_ERR_CONNECT_TIMEOUT'), 'tls', 'net.connect-timeout'],
  [code('CERT_HAS_EXPIRED'), 'tls', 'tls.expired'],
  [code('CERT_NOT_YET_VALID'), 'tls', 'tls.clock'],
  [code('DEPTH_ZERO_SELF_SIGNED_CERT'), 'tls', 'tls.untrusted'],
  [code('SELF_SIGNED_CERT_IN_CHAIN'), 'tls', 'tls.untrusted'],
  [code('UNABLE_TO_VERIFY_LEAF_SIGNATURE'), 'tls', 'tls.untrusted'],
  [code('UNABLE_TO_GET_ISSUER_CERT_LOCALLY'), 'tls', 'tls.untrusted'],
  [code('ERR_TLS_CERT_ALTNAME_INVALID'), 'tls', 'tls.wrong-host'],
  [code('ERR_SSL_WRONG_VERSION_NUMBER'), 'tls', 'tls.not-tls'],
  [code('ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION'), 'tls', 'tls.other'],
  [code('CERT_REVOKED'), 'tls', 'tls.other'],
  [code('UND_ERR_ABORTED', 'Proxy response (407) !== 200 when HTTP Tunneling'), 'proxy', 'proxy.refused'],
  [named('AbortError', 'Proxy response (502) !== 200 when HTTP Tunneling'), 'queued', 'proxy.refused'],
  [code('ECONNREFUSED'), 'proxy', 'proxy.refused'],
  [code('ENOTFOUND'), 'proxy', 'proxy.refused'],
  [code('ECONNRESET'), 'proxy', 'proxy.refused'],
  [code('HPE_INVALID_CONSTANT'), 'proxy', 'proxy.refused'],
  [code('HPE_HEADER_OVERFLOW'), 'proxy', 'proxy.refused'],
  [code('DEPTH_ZERO_SELF_SIGNED_CERT'), 'proxy', 'proxy.refused'],
  [code('UND_ERR_CONNECT_TIMEOUT'), 'proxy', 'proxy.timeout'],
  [code('ETIMEDOUT'), 'proxy', 'proxy.timeout'],
  [code('EMFILE'), 'proxy', 'env.fd-limit'],
  [code('UND_ERR_DESTROYED'), 'proxy', 'run.cancelled'],
  [code('UND_ERR_ABORTED', 'Request aborted'), 'sent', 'run.cancelled'],
  [code(20), 'sent', 'internal'],
  [Object.assign(named('AbortError'), { code: 20 }), 'sent', 'run.cancelled'],
  [Object.assign(named('TimeoutError'), { code: 23 }), 'sent', 'net.deadline'],
  [code('UND_ERR_HEADERS_TIMEOUT'), 'sent', 'net.no-answer'],
  [code('UND_ERR_BODY_TIMEOUT'), 'body', 'net.stalled'],
  [
    named('HTTPParserError', 'Response does not match the HTTP/1.1 protocol (Expected HTTP/)'),
    'head',
    'http.malformed',
  ],
  [
    named('HTTPParserError', 'Response does not match the HTTP/1.1 protocol (Invalid EOF state)'),
    'body',
    'http.truncated',
  ],
  [named('HTTPParserError', 'Invalid character in chunk size'), 'body', 'http.malformed'],
  [code('ERR_ASSERTION'), 'head', 'http.malformed'],
  [code('UND_ERR_HEADERS_OVERFLOW'), 'head', 'http.malformed'],
  [code('UND_ERR_RES_CONTENT_LENGTH_MISMATCH'), 'head', 'http.malformed'],
  [code('UND_ERR_RES_CONTENT_LENGTH_MISMATCH'), 'body', 'http.truncated'],
  [code('UND_ERR_SOCKET', 'other side closed'), 'sent', 'net.closed-early'],
  [code('UND_ERR_SOCKET', 'other side closed'), 'body', 'http.truncated'],
  [code('UND_ERR_SOCKET', 'bad response'), 'head', 'http.malformed'],
  [code('UND_ERR_SOCKET', 'bad upgrade'), 'head', 'http.malformed'],
  [code('ETIMEDOUT'), 'sent', 'net.no-answer'],
  [code('ETIMEDOUT'), 'body', 'http.truncated'],
  [code('ECONNRESET'), 'sent', 'net.reset'],
  [code('EPIPE'), 'sent', 'net.reset'],
  [code('ECONNRESET'), 'tls', 'net.reset'],
  [code('ECONNRESET'), 'body', 'http.truncated'],
  [code('UND_ERR_RES_EXCEEDED_MAX_SIZE'), 'body', 'http.too-large'],
  [code('ERR_BUFFER_TOO_LARGE'), 'decode', 'http.bomb'],
  [code('Z_DATA_ERROR'), 'decode', 'http.bad-encoding'],
  [code('Z_BUF_ERROR'), 'decode', 'http.bad-encoding'],
  [code('ERR__ERROR_FORMAT_PADDING_1'), 'decode', 'http.bad-encoding'],
  [code('EMFILE'), 'connect', 'env.fd-limit'],
  [code('ENFILE'), 'connect', 'env.fd-limit'],
  [code('ENOSPC'), 'sent', 'env.disk-full'],
  [new RangeError('Maximum call stack size exceeded'), 'body', 'internal'],
  [new TypeError('x is not a function'), 'sent', 'internal'],
  [code('EWEIRD'), 'connect', 'net.other'],
  [code('constructor'), 'connect', 'internal'],
  [undefined, 'sent', 'internal'],
  [null, 'sent', 'internal'],
  ['a string', 'sent', 'internal'],
  [{ name: 7, code: {}, message: [] }, 'sent', 'internal'],
];

describe('an error becomes a verdict', () => {
  it.each(ROWS)('%o at %s: %s', (error, stage, expected) => {
    expect(classifyFailure(error, { stage, proxy: 'proxy.test:3128' }).error).toBe(expected);
  });

  it.each([
    ['queued', 'net.deadline'],
    ['proxy', 'proxy.timeout'],
    ['connect', 'net.connect-timeout'],
    ['tls', 'net.deadline'],
    ['sent', 'net.no-answer'],
    ['head', 'net.deadline'],
    ['body', 'net.deadline'],
    ['decode', 'net.deadline'],
  ] as const)('our own deadline at %s: %s', (stage, expected) => {
    const { error, detail } = classifyFailure(code('ECONNRESET'), { stage, ended: 'deadline' });
    expect(error).toBe(expected);
    expect(detail).toMatch(/\w/);
  });

  it('keeps a stop of the user apart from everything else', () => {
    const verdict = classifyFailure(named('AbortError', 'Proxy response (407)'), {
      stage: 'body',
      ended: 'cancelled',
    });
    expect(verdict.error).toBe('run.cancelled');
  });

  it('says that an answer stalled only once it began', () => {
    expect(classifyFailure(null, { stage: 'body', ended: 'stalled' }).error).toBe('net.stalled');
    expect(classifyFailure(null, { stage: 'sent', ended: 'stalled' }).error).toBe('net.no-answer');
  });

  it.each<[unknown, Stage, ErrorCode, string | null]>([
    [code('ECONNRESET'), 'tls', 'net.reset', 'the connection was cut during the TLS handshake'],
    [code('ECONNRESET'), 'sent', 'net.reset', 'the connection was reset'],
    [code('EODD'), 'tls', 'net.other', 'EODD'],
    [named('Error'), 'tls', 'internal', null],
    [code('ETIMEDOUT'), 'head', 'net.no-answer', 'the connection went silent'],
    [code('EPIPE'), 'body', 'http.truncated', 'the connection ended in the middle of the answer'],
    [code('EODD'), 'decode', 'http.bad-encoding', 'the compressed body is damaged'],
    [code('Z_DATA_ERROR'), 'body', 'http.bad-encoding', 'the compressed body is damaged'],
    [code('Z_data_error'), 'body', 'internal', null],
    [code('Z_DATA_ERROR 5'), 'body', 'internal', null],
    [code('XZ_DATA_ERROR'), 'body', 'internal', null],
    [code('XUND_ERR_ODD'), 'connect', 'internal', null],
    [code('EODD!'), 'connect', 'internal', null],
    [code('ERR_ODD'), 'connect', 'internal', null],
    [code('XCERT_ODD'), 'tls', 'internal', null],
    [code(`ERR_SSL_${'X'.repeat(99)}`), 'tls', 'tls.other', `ERR_SSL_${'X'.repeat(52)}`],
    [named('HTTPParserError'), 'head', 'http.malformed', 'the answer is not valid HTTP'],
    [named('AbortError', 'Proxy went away'), 'sent', 'internal', null],
    [
      code('UND_ERR_SOCKET', 'bad response'),
      'head',
      'http.malformed',
      'the answer has a status that does not fit the request',
    ],
    [
      code('UND_ERR_SOCKET', 'a bad response'),
      'head',
      'net.closed-early',
      'the connection was closed before an answer came',
    ],
    [
      code('UND_ERR_SOCKET', 'bad response of a server'),
      'head',
      'net.closed-early',
      'the connection was closed before an answer came',
    ],
    [code('EODD', 'bad response'), 'head', 'net.other', 'EODD'],
    [
      new TypeError("Cannot destructure property 'address' of 'undefined'"),
      'connect',
      'dns.empty',
      'the name exists and has no address',
    ],
    [new Error("Cannot destructure property 'address' of 'undefined'"), 'connect', 'internal', null],
    [new Error('No Proxy response (407)'), 'connect', 'internal', null],
    [new Error(`${' '.repeat(200)}EOF`), 'body', 'internal', null],
  ])('%o at %s: %s, %s', (error, stage, expected, detail) => {
    expect(classifyFailure(error, { stage })).toEqual({ error: expected, detail });
  });

  it('names a proxy whose address is not known', () => {
    expect(classifyFailure(code('ECONNREFUSED'), { stage: 'proxy' }).detail).toBe(
      'the proxy at an unknown address cannot be reached',
    );
  });

  it('says what did not end in time', () => {
    const detail = (stage: Stage) => classifyFailure(null, { stage, ended: 'deadline' }).detail;
    expect(detail('queued')).toContain('before a connection was free');
    expect(detail('body')).toContain('body');
    expect(classifyFailure(null, { stage: 'body', ended: 'stalled' }).detail).toContain('nothing more came');
    expect(detail('head')).toContain('headers');
    expect(detail('decode')).toContain('unpacked');
  });

  it('tells an unreachable proxy from an unreachable server', () => {
    const proxy = 'proxy.test:3128';
    expect(classifyFailure(code('ECONNREFUSED'), { stage: 'proxy', proxy })).toEqual({
      error: 'proxy.refused',
      detail: 'the proxy at proxy.test:3128 cannot be reached',
    });
    expect(
      classifyFailure(code('UND_ERR_ABORTED', 'Proxy response (407) !== 200'), { stage: 'proxy', proxy }),
    ).toEqual({
      error: 'proxy.refused',
      detail: 'the proxy answered 407',
    });
  });

  it('never repeats a text of the error', () => {
    const secret = 'never-in-a-report';
    for (const [error, stage] of ROWS) {
      if (!(error instanceof Error)) continue;
      const loud = Object.assign(new Error(`${error.message} ${secret}`), { ...error, name: error.name });
      const { detail } = classifyFailure(loud, { stage, proxy: 'proxy.test:1' });
      expect(detail ?? '').not.toContain(secret);
      expect(detail ?? '').toMatch(/^[\w .:,()-]{0,120}$/);
    }
  });
});
