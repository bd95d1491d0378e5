import net, { type LookupFunction, type Socket } from 'node:net';
import tls, { type SecureContext } from 'node:tls';

export interface SocketOptions {
  secure: boolean;
  host: string;
  port: number;
  /** An open way through a proxy; null for a connection of our own. */
  tunnel: Socket | null;
  lookup: LookupFunction;
  context: () => SecureContext;
  /** TLS sessions of earlier connections, by `host:port`. */
  sessions: Map<string, Buffer>;
  signal: AbortSignal;
  /** TCP stands, the TLS handshake begins. */
  onHandshake: () => void;
}

/** Resolves with a socket that is ready for HTTP. Rejects with the error of the socket or of the signal. */
export function openSocket(options: SocketOptions): Promise<Socket> {
  const { secure, host, port, tunnel, lookup, signal } = options;
  if (tunnel && !secure) return Promise.resolve(tunnel);
  if (tunnel) options.onHandshake();
  const socket = secure ? startTls(options) : net.connect({ host, port, lookup });
  socket.setNoDelay(true).setKeepAlive(true, 60_000);
  const stop = () => socket.destroy(signal.reason);
  signal.addEventListener('abort', stop, { once: true });
  return new Promise((resolve, reject) => {
    socket.once(secure ? 'secureConnect' : 'connect', () => {
      signal.removeEventListener('abort', stop);
      resolve(socket);
    });
    socket.once('error', reject);
    socket.once('close', () => reject(coded('ECONNRESET')));
  });
}

function startTls({ host, port, tunnel, lookup, context, sessions, onHandshake }: SocketOptions): Socket {
  const known = `${host}:${port}`;
  const session = sessions.get(known);
  const socket = tls.connect({
    ...(tunnel ? { socket: tunnel } : { lookup }),
    ...(session ? { session } : {}),
    host,
    port,
    // An address is no name for SNI; the certificate is then judged by `host`.
    servername: net.isIP(host) ? '' : host,
    secureContext: context(),
    ALPNProtocols: ['http/1.1'],
    // Whatever NODE_TLS_REJECT_UNAUTHORIZED says: a token is at stake.
    rejectUnauthorized: true,
  });
  socket.once('connect', onHandshake);
  socket.on('session', (fresh) => sessions.set(known, fresh));
  return socket;
}

/** An error as the system would make it. */
export function coded(code: string): NodeJS.ErrnoException {
  return Object.assign(new Error(code), { code });
}
