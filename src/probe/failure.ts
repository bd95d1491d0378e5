import type { ErrorCode } from '../types/observation.js';
import { FAILURE_CODES, UNTRUSTED } from './failure-codes.js';

/** How far an exchange had come when it ended. */
export type Stage =
  | 'queued' // every connection to this host was busy
  | 'proxy' // asking the proxy for a tunnel
  | 'connect' // name look-up and TCP
  | 'tls'
  | 'sent' // the request is out, no byte of an answer
  | 'head' // the answer began, its headers are not complete
  | 'body' // status and headers are known
  | 'decode';

export interface FailureContext {
  stage: Stage;
  /** Set when we ended the exchange ourselves: the error then says nothing. `stalled` is a deadline. */
  ended?: 'deadline' | 'stalled' | 'cancelled' | null;
  /** `host:port` of the proxy on the way. */
  proxy?: string | null;
}

export interface Failure {
  error: ErrorCode;
  /** One short line made of constants and numbers: never text of the peer, never a header or a URL. */
  detail: string | null;
}

/** Pure. Errors are judged by name, then by code, which may be a number or missing. */
export function classifyFailure(error: unknown, context: FailureContext): Failure {
  if (context.ended) return endedByUs(context.ended, context.stage);
  const { name, code, message } = facts(error);
  const status = /^Proxy response \((\d{3})\)/.exec(message)?.[1];
  if (status) return { error: 'proxy.refused', detail: `the proxy answered ${status}` };
  const known = byName(name, message) ?? byMessage(name, code, message) ?? byCode(code);
  if (context.stage === 'proxy') return proxyFailure(code, known, context.proxy ?? 'an unknown address');
  const inStage = byStage(context.stage, code, message, known);
  if (inStage) return inStage;
  if (known) return known;
  // A name of the system or of undici that the table lacks. Anything else is a fault of our own code.
  if (/^(?:UND_ERR_|E(?!RR_))[A-Z0-9_]{2,50}$/.test(code)) return make('net.other', code);
  return make('internal', null);
}

/** The same error means another thing when the exchange had come further. */
function byStage(stage: Stage, code: string, message: string, known: Failure | null): Failure | null {
  if (stage === 'decode' && !known) return make('http.bad-encoding', 'the compressed body is damaged');
  if (stage === 'body' && (CUTS.has(code) || /EOF/.test(message))) {
    return make('http.truncated', 'the connection ended in the middle of the answer');
  }
  if (stage === 'tls' && known?.error === 'net.reset') {
    return make('net.reset', 'the connection was cut during the TLS handshake');
  }
  if ((stage === 'sent' || stage === 'head') && code === 'ETIMEDOUT') {
    return make('net.no-answer', 'the connection went silent');
  }
  return null;
}

function make(error: ErrorCode, detail: string | null): Failure {
  return { error, detail };
}

function facts(error: unknown): { name: string; code: string; message: string } {
  const e = (error ?? {}) as { name?: unknown; code?: unknown; message?: unknown; errors?: unknown };
  if (Array.isArray(e.errors)) {
    // One attempt per address, and an empty message. The answer that came says more than a missing route.
    const all = e.errors.map(facts);
    const best = MEANINGFUL.map((c) => all.find((f) => f.code === c)).find(Boolean) ?? all[0];
    if (best) return best;
  }
  const text = (value: unknown) => (typeof value === 'string' ? value : '');
  return { name: text(e.name), code: text(e.code), message: text(e.message).slice(0, 200) };
}

const MEANINGFUL = ['ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH'];

/** Codes that mean a cut answer once the headers are there. */
const CUTS = new Set([
  'UND_ERR_SOCKET',
  'UND_ERR_RES_CONTENT_LENGTH_MISMATCH',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
]);

function endedByUs(ended: 'deadline' | 'stalled' | 'cancelled', stage: Stage): Failure {
  if (ended === 'cancelled') return make('run.cancelled', null);
  if (ended === 'stalled' && stage === 'body') {
    return make('net.stalled', 'the answer began and then nothing more came');
  }
  switch (stage) {
    case 'proxy':
      return make('proxy.timeout', 'the proxy did not answer in time');
    case 'connect':
      return make('net.connect-timeout', 'no connection in the time allowed');
    case 'sent':
      return make('net.no-answer', 'connected, but no byte of an answer came in time');
    case 'queued':
      return make('net.deadline', 'the time ran out before a connection was free');
    case 'tls':
      return make('net.deadline', 'the TLS handshake did not end in time');
    case 'head':
      return make('net.deadline', 'the headers of the answer did not end in time');
    case 'decode':
      return make('net.deadline', 'the body of the answer was not unpacked in time');
    default:
      return make('net.deadline', 'the body of the answer did not end in time');
  }
}

function proxyFailure(code: string, known: Failure | null, proxy: string): Failure {
  if (known?.error.startsWith('env.') || known?.error === 'run.cancelled') return known;
  if (known?.error === 'net.connect-timeout') {
    return make('proxy.timeout', `the proxy at ${proxy} did not answer in time`);
  }
  if (known?.error.startsWith('tls.')) {
    return make('proxy.refused', `no safe TLS connection to the proxy at ${proxy}`);
  }
  if (known?.error === 'net.reset') {
    return make('proxy.refused', `the proxy at ${proxy} closed the connection`);
  }
  if (code.startsWith('HPE_')) return make('proxy.refused', `the proxy at ${proxy} did not answer in HTTP`);
  return make('proxy.refused', `the proxy at ${proxy} cannot be reached`);
}

function byName(name: string, message: string): Failure | null {
  if (name === 'HTTPParserError') return make('http.malformed', 'the answer is not valid HTTP');
  if (name === 'AbortError' && !message.startsWith('Proxy')) return make('run.cancelled', null);
  if (name === 'TimeoutError') return make('net.deadline', null);
  return null;
}

function byMessage(name: string, code: string, message: string): Failure | null {
  // undici closes the connection itself after a 100 or 101 that nobody asked for.
  if (code === 'UND_ERR_SOCKET' && /^bad (?:response|upgrade)$/.test(message)) {
    return make('http.malformed', 'the answer has a status that does not fit the request');
  }
  // net.connect() with an empty list of addresses.
  if (name === 'TypeError' && /destructure[\s\S]{1,60}address/.test(message)) {
    return make('dns.empty', 'the name exists and has no address');
  }
  return null;
}

function byCode(code: string): Failure | null {
  const row = Object.hasOwn(FAILURE_CODES, code) ? FAILURE_CODES[code] : undefined;
  if (row) return make(...row);
  if (code.includes('SELF_SIGNED') || code.startsWith('UNABLE_TO_')) return make(...UNTRUSTED);
  if (/^(?:ERR_SSL_|ERR_TLS_|CERT_)/.test(code)) return make('tls.other', code.slice(0, 60));
  if (/^Z_[A-Z_]{2,30}$/.test(code)) return make('http.bad-encoding', 'the compressed body is damaged');
  return null;
}
