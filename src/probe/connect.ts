import net, { type LookupFunction, type Socket } from 'node:net';
import tls, { type SecureContext } from 'node:tls';
import type { buildConnector } from 'undici';
import type { Stage } from './failure.js';
import type { HttpProxy } from './proxy.js';
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

  function open(
    to: buildConnector.Options,
    port: number,
    tunnel: Socket | null,
    attempt: Attempt,
  ): Promise<Socket> {
    const secure = to.protocol === 'https:';
    if (tunnel && !secure) return Promise.resolve(watched(tunnel));
    const { hostname: host } = to;
    attempt.stage = tunnel ? 'tls' : 'connect';
    // An address is no name for SNI; the certificate is then judged by `host`.
    const servername = net.isIP(host) ? '' : host;
    const known = `${host}:${port}`;
    const session = sessions.get(known);
    const socket = secure
      ? tls.connect({
          ...(tunnel ? { socket: tunnel } : { lookup }),
          ...(session ? { session } : {}),
          host,
          port,
          servername,
          secureContext: context(),
          ALPNProtocols: ['http/1.1'],
          // Whatever NODE_TLS_REJECT_UNAUTHORIZED says: a token is at stake.
          rejectUnauthorized: true,
        })
      : net.connect({ host, port, lookup });
    socket.setNoDelay(true).setKeepAlive(true, 60_000);
    if (secure) {
      socket.once('connect', () => {
        attempt.stage = 'tls';
      });
      socket.on('session', (fresh: Buffer) => sessions.set(known, fresh));
    }
    const { signal } = attempt.stop;
    const stop = () => socket.destroy(signal.reason);
    signal.addEventListener('abort', stop, { once: true });
    return new Promise((resolve, reject) => {
      socket.once(secure ? 'secureConnect' : 'connect', () => {
        signal.removeEventListener('abort', stop);
        resolve(socket);
      });
      watched(socket).once('error', reject);
      socket.once('close', () => reject(coded('ECONNRESET')));
    });
  }

  /**
   * undici reports a reset in a body without length as its regular end (it runs `finish()` of the
   * parser inside the socket's error event). This listener is older than undici's, so it runs first.
   */
  function watched(socket: Socket): Socket {
    return socket.on('error', () => {
      breaking = true;
      queueMicrotask(() => {
        breaking = false;
      });
    });
  }

  async function reach(
    to: buildConnector.Options,
    proxy: HttpProxy | null,
    attempt: Attempt,
  ): Promise<Socket> {
    const port = Number(to.port) || (to.protocol === 'https:' ? 443 : 80);
    if (!proxy) return open(to, port, null, attempt);
    const target = `${net.isIPv6(to.hostname) ? `[${to.hostname}]` : to.hostname}:${port}`;
    const tunnel = await openTunnel(proxy, { target, lookup, context, signal: attempt.stop.signal });
    return open(to, port, tunnel, attempt);
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

function coded(code: string): NodeJS.ErrnoException {
  return Object.assign(new Error(code), { code });
}
