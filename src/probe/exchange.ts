import { setMaxListeners } from 'node:events';
import type { Dispatcher } from 'undici';
import { ConnectError } from './connect.js';
import { classifyFailure, type Failure, type FailureContext, type Stage } from './failure.js';
import type { Ready } from './prepare.js';
import { startTimeLimit } from './time-limit.js';
import type { SendRequest } from './transport.js';

/** Largest body on the wire, in bytes, unless the request says otherwise. */
export const MAX_WIRE = 256 * 1024;

export interface Line {
  dispatcher: Pick<Dispatcher, 'dispatch'>;
  /** What the attempts to reach an origin are doing. */
  stage: (origin: string) => Stage;
  /** True while a socket tells an error. */
  breaking: () => boolean;
  /** Monotonic milliseconds. */
  clock: () => number;
}

export type Wire =
  | {
      kind: 'answer';
      status: number;
      /** Name, value, name, value, as they came. */
      rawHeaders: readonly Uint8Array[];
      body: Buffer;
      /** Why the body is not whole. */
      fault: Failure | null;
    }
  | ({ kind: 'failure'; status: number | null } & Failure);

/**
 * One request and its answer. Never rejects, never follows, never repeats.
 *
 * The handler takes each chunk at once and never pauses: a paused parser whose peer closes the
 * connection kills the process (undici 7.26 to 7.30, `assert(!this.paused)` in a socket event).
 */
export function exchange(ready: Ready, request: SendRequest, line: Line): Promise<Wire> {
  const { clock } = line;
  const max = request.maxBytes ?? MAX_WIRE;
  const { timeoutMs } = request;
  return new Promise((resolve) => {
    let stage: Stage = 'queued';
    let head: { status: number; rawHeaders: readonly Uint8Array[] } | null = null;
    let controller: Dispatcher.DispatchController | null = null;
    let over = false;
    const chunks: Buffer[] = [];
    let size = 0;
    let lastByte = clock();
    const stop = startTimeLimit(timeoutMs, clock, expire);
    const cancel = () => fail({ stage, ended: 'cancelled' });

    function finish(wire: Wire): void {
      if (over) return;
      over = true;
      stop();
      request.signal?.removeEventListener('abort', cancel);
      resolve(wire);
      // Ends the connection unless the answer is complete. Before the request is out there is no
      // controller: onRequestStart then sees `over`.
      controller?.abort(new Error('the exchange is over'));
    }

    function fail(context: FailureContext, error: unknown = null): void {
      finish({ kind: 'failure', status: head?.status ?? null, ...classifyFailure(error, context) });
    }

    function answer(fault: Failure | null): void {
      if (head) finish({ kind: 'answer', ...head, body: Buffer.concat(chunks, size), fault });
    }

    function expire(): void {
      const stalled = clock() - lastByte > timeoutMs / 2;
      const at = stage === 'queued' ? line.stage(ready.url.origin) : stage;
      fail({ stage: at, ended: stalled ? 'stalled' : 'deadline' });
    }

    if (request.signal) {
      if (request.signal.aborted) return cancel();
      // One signal serves the whole run: Node warns about the eleventh listener.
      setMaxListeners(0, request.signal);
      request.signal.addEventListener('abort', cancel);
    }

    line.dispatcher.dispatch(
      {
        origin: ready.url.origin,
        path: ready.url.pathname + ready.url.search,
        method: request.method,
        headers: ready.headers,
        body: request.body ?? null,
      },
      {
        onRequestStart(c) {
          controller = c;
          stage = 'sent';
          if (over) c.abort(new Error('the exchange is over'));
        },
        onResponseStarted() {
          if (stage === 'sent') stage = 'head';
        },
        onResponseStart(c, status) {
          if (over || (status >= 100 && status < 200)) return;
          stage = 'body';
          lastByte = clock();
          head = { status, rawHeaders: (c.rawHeaders ?? []) as Buffer[] };
          if (status < 100 || status > 599) {
            const detail = `the status ${status} does not exist`;
            finish({ kind: 'failure', status, error: 'http.odd-status', detail });
          }
        },
        onResponseData(_, chunk) {
          if (over) return;
          lastByte = clock();
          const room = max - size;
          // A copy, so that a few bytes do not hold a whole read buffer.
          const part = Buffer.from(chunk.subarray(0, room));
          chunks.push(part);
          size += part.length;
          if (chunk.length > room) answer(tooLarge(max));
        },
        onResponseEnd() {
          controller = null;
          answer(line.breaking() ? CUT : null);
        },
        onResponseError(_, error) {
          controller = null;
          if (over) return;
          if (!head) return fail(contextOf(error, stage), causeOf(error));
          const bodyless = (head.status === 204 || head.status === 304) && size === 0;
          const fault = classifyFailure(error, { stage: 'body' });
          if (fault.error === 'run.cancelled') fail({ stage: 'body', ended: 'cancelled' });
          else answer(bodyless ? null : fault);
        },
      },
    );
  });
}

const CUT: Failure = classifyFailure({ code: 'ECONNRESET' }, { stage: 'body' });

function tooLarge(max: number): Failure {
  return { error: 'http.too-large', detail: `the body is larger than ${Math.round(max / 1024)} KiB` };
}

function contextOf(error: unknown, stage: Stage): FailureContext {
  return error instanceof ConnectError ? { stage: error.stage, proxy: error.proxy } : { stage };
}

function causeOf(error: unknown): unknown {
  return error instanceof ConnectError ? error.cause : error;
}
