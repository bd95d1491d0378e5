import type { Secret } from '../safety/secret.js';
import type { ErrorCode } from '../types/observation.js';
import { decodeBody } from './decode.js';
import { exchange, type Line, MAX_WIRE } from './exchange.js';
import { classifyFailure } from './failure.js';
import { type Permits, prepare } from './prepare.js';
import { within } from './time-limit.js';

export interface SendRequest {
  method: 'GET' | 'POST' | 'HEAD' | 'OPTIONS';
  url: string;
  headers: Readonly<Record<string, string>>;
  body?: string | Uint8Array | null;
  /** Becomes the Authorization header, only if the origin is allowed to see it. */
  auth?: Secret | null;
  /** Whole exchange: connect, headers, body and its unpacking. */
  timeoutMs: number;
  signal?: AbortSignal | undefined;
  /** Largest body on the wire, default 256 KiB; four times as much after unpacking. */
  maxBytes?: number;
}

export type Outcome =
  | {
      kind: 'answer';
      status: number;
      /** Lower-case names, first value. */
      headers: Readonly<Record<string, string>>;
      /** Names that came more than once. */
      duplicates: readonly string[];
      /** Unpacked; as it came when it cannot be unpacked. */
      body: Uint8Array;
      /** Why the body is not whole or not readable; the status still counts. */
      bodyError: ErrorCode | null;
      detail: string | null;
      ms: number;
    }
  | {
      kind: 'failure';
      error: ErrorCode;
      /** One safe short line: `the proxy answered 407`. */
      detail: string | null;
      /** When headers had come. */
      status: number | null;
      ms: number;
    };

/** Never rejects. Redirects are answers, nothing is retried. */
export type Send = (request: SendRequest) => Promise<Outcome>;

/** What any body gets to be unpacked: one that came with the last of the time is worth it. */
const LEAST_DECODE_MS = 50;
const LONGEST_MS = 2 ** 31 - 1;

export function createSend(line: Line & Permits, decode = decodeBody): Send {
  return async (given) => {
    const timeoutMs = Math.min(Math.max(Math.trunc(given.timeoutMs) || 1, 1), LONGEST_MS);
    const request = { ...given, timeoutMs };
    const start = line.clock();
    const ms = () => Math.max(0, line.clock() - start);
    try {
      const ready = prepare(request, line);
      if ('error' in ready) return { kind: 'failure', ...ready, status: null, ms: ms() };
      const wire = await exchange(ready, request, line);
      const took = ms();
      if (wire.kind === 'failure') return { ...wire, ms: took };
      const { headers, duplicates } = readHeaders(wire.rawHeaders);
      const limit = 4 * (request.maxBytes ?? MAX_WIRE);
      // It waits for a thread that look-ups use too, and those may hang.
      const unpacked = await within(
        decode(wire.body, headers['content-encoding'], { limit, cut: wire.fault !== null }),
        Math.max(timeoutMs - took, LEAST_DECODE_MS),
        line.clock,
        request.signal,
      );
      if ('ended' in unpacked) {
        const failure = classifyFailure(null, { stage: 'decode', ended: unpacked.ended });
        return { kind: 'failure', ...failure, status: wire.status, ms: ms() };
      }
      const { body, fault } = unpacked.done;
      const problem = wire.fault ?? fault ?? (looksCut(headers, body) ? CUT_JSON : null);
      const bodyError = problem?.error ?? null;
      const detail = problem?.detail ?? null;
      return { kind: 'answer', status: wire.status, headers, duplicates, body, bodyError, detail, ms: took };
    } catch {
      // A fault of our own: the row says so and the run goes on.
      return { kind: 'failure', error: 'internal', detail: null, status: null, ms: ms() };
    }
  };
}

const CUT_JSON = { error: 'http.truncated', detail: 'the answer ends in the middle of its JSON' } as const;

/** First value wins. No prototype: a server may name a header `constructor`. */
function readHeaders(raw: readonly Uint8Array[]) {
  const headers: Record<string, string> = Object.create(null);
  const duplicates = new Set<string>();
  for (let i = 0; i + 1 < raw.length; i += 2) {
    const name = latin1(raw[i]).toLowerCase();
    if (name in headers) duplicates.add(name);
    else headers[name] = latin1(raw[i + 1]);
  }
  return { headers, duplicates: [...duplicates] };
}

function latin1(bytes: Uint8Array = new Uint8Array()): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
}

/** A body that ends with the connection has no other mark of its end than its own text. */
function looksCut(headers: Readonly<Record<string, string>>, body: Buffer): boolean {
  if ('content-length' in headers || 'transfer-encoding' in headers) return false;
  if (!/^[^;]{0,100}json/i.test(headers['content-type'] ?? '')) return false;
  const text = body.toString('utf8').replace(/^\ufeff/, '');
  if (!/^[\t\n\r ]{0,1000}[{["]/.test(text)) return false;
  try {
    JSON.parse(text);
    return false;
  } catch {
    return true;
  }
}
