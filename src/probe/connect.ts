import net, { type LookupFunction, type Socket } from 'node:net';
import type { SecureContext } from 'node:tls';
import type { buildConnector } from 'undici';
import type { Stage } from './failure.js';
import type { HttpProxy } from './proxy.js';
import { coded, openSocket } from './socket.js';
import { openTunnel } from './tunnel.js';

/** A connection that never came to be, with the stage it died in. */
export class ConnectError extends Error {
  readonly stage: Stage;
  /** `host:port`, when a proxy is on the way. */
  readonly proxy: string | null;

  constructor(cause: unknown, stage: Stage, proxy: string | null) {
    super('no connection', { cause });
    this.stage = stage;
    this.proxy = proxy;
  }
}

export interface Connector {
  /** For undici. One attempt has five seconds for proxy, TCP and TLS together. */
  connect: buildConnector.connector;
  /** What the attempts to reach an origin are doing; `queued` when there is none. */
  stage(origin: string): Stage;
  /** True while an error of a socket is being told: an answer that ends now was cut. */
  breaking(): boolean;
  /** Ends every attempt at once. */
  close(): void;
}

export interface ConnectOptions {
  proxyFor: (url: URL) => HttpProxy | null;
  lookup: LookupFunction;
  context: () => SecureContext;
  timeoutMs: number;
}

interface Attempt {
  origin: string;
  stage: Stage;
  stop: AbortController;
}

export function createConnector({ proxyFor, lookup, context, timeoutMs }: ConnectOptions): Connector {
  const attempts = new Set<Attempt>();
  const sessions = new Map<string, Buffer>();
  let breaking = false;

  async function reach(
    to: buildConnector.Options,
    proxy: HttpProxy | null,
    attempt: Attempt,
  ): Promise<Socket> {
    const { signal } = attempt.stop;
    const secure = to.protocol === 'https:';
    const { hostname: host } = to;
    const port = Number(to.port) || (secure ? 443 : 80);
    const target = `${net.isIPv6(host) ? `[${host}]` : host}:${port}`;
    const tunnel = proxy ? await openTunnel(proxy, { target, lookup, context, signal }) : null;
    const onHandshake = () => {
      attempt.stage = 'tls';
    };
    return openSocket({ secure, host, port, tunnel, lookup, context, sessions, signal, onHandshake });
  }

  /**
   * undici reports a reset in a body without length as its regular end (it runs `finish()` of the
   * parser inside the socket's error event). This listener is older than undici's, so it runs first.
   */
  function watch(socket: Socket): void {
    socket.on('error', () => {
      breaking = true;
      queueMicrotask(() => {
        breaking = false;
      });
    });
  }

  return {
    connect(to, callback) {
      const origin = `${to.protocol}//${to.host ?? to.hostname}`;
      const proxy = proxyFor(new URL(origin));
      const attempt: Attempt = { origin, stage: proxy ? 'proxy' : 'connect', stop: new AbortController() };
      attempts.add(attempt);
      const timer = setTimeout(() => attempt.stop.abort(coded('UND_ERR_CONNECT_TIMEOUT')), timeoutMs);
      const over = () => {
        clearTimeout(timer);
        attempts.delete(attempt);
      };
      reach(to, proxy, attempt).then(
        (socket) => {
          over();
          watch(socket);
          process.nextTick(callback, null, socket);
        },
        (cause) => {
          over();
          const failed = new ConnectError(cause, attempt.stage, proxy?.label ?? null);
          process.nextTick(callback, failed, null);
        },
      );
    },
    stage: (origin) => [...attempts].find((a) => a.origin === origin)?.stage ?? 'queued',
    breaking: () => breaking,
    close() {
      for (const { stop } of attempts) stop.abort(coded('UND_ERR_DESTROYED'));
    },
  };
}
