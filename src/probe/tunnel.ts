import http from 'node:http';
import https from 'node:https';
import type { LookupFunction, Socket } from 'node:net';
import type { SecureContext } from 'node:tls';
import type { HttpProxy } from './proxy.js';

export interface TunnelOptions {
  /** `host:port` of the server behind the proxy. */
  target: string;
  lookup: LookupFunction;
  context: () => SecureContext;
  signal: AbortSignal;
}

/**
 * Asks a proxy for a tunnel. Rejects with the error of the socket, or with undici's own text
 * `Proxy response (407)` when the proxy said no.
 */
export function openTunnel(proxy: HttpProxy, options: TunnelOptions): Promise<Socket> {
  const { target, lookup, context, signal } = options;
  const headers: Record<string, string> = { host: target };
  proxy.authorize(headers);
  const request = {
    method: 'CONNECT',
    host: proxy.hostname,
    port: proxy.port,
    path: target,
    headers,
    lookup,
    signal,
    agent: false,
  };
  return new Promise((resolve, reject) => {
    const asked = proxy.secure
      ? https.request(Object.assign(request, { secureContext: context(), rejectUnauthorized: true }))
      : http.request(request);
    asked.once('connect', ({ statusCode = 0 }, socket) => {
      // Nobody listens between here and the TLS handshake; an error then must not be uncaught.
      socket.on('error', () => {});
      if (statusCode < 200 || statusCode > 299) {
        socket.destroy();
        reject(new Error(`Proxy response (${statusCode}) !== 200`));
        return;
      }
      resolve(socket);
    });
    // For good: an abort after the tunnel is open is reported here too.
    asked.on('error', (error) => reject(signal.aborted ? signal.reason : error));
    asked.end();
  });
}
