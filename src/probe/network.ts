import type { Secret } from '../safety/secret.js';
import { readAuthorities } from './authorities.js';
import { createConnector } from './connect.js';
import { createLookup } from './lookup.js';
import { type HttpProxy, type ProxyFault, readProxies } from './proxy.js';
import { createSend, type Send } from './transport.js';

export interface NetworkOptions {
  /** HTTPS_PROXY, HTTP_PROXY, ALL_PROXY, NO_PROXY in both cases, SSL_CERT_FILE. */
  env: Readonly<Record<string, string | undefined>>;
  /** False: a request with this secret to this URL fails with `run.token-withheld`, and nothing is sent. */
  mayCarryToken: (url: URL, secret: Secret) => boolean;
  /** To one origin, at most. */
  connections?: number;
  /** Monotonic milliseconds; default `performance.now`. */
  clock?: () => number;
}

export interface Network {
  send: Send;
  facts: {
    /** Without userinfo; a sentence when the variable cannot be used. */
    proxy: string | null;
    /** False when the environment tells Node not to verify certificates. We verify all the same. */
    tlsVerification: boolean;
    /** Which variables add certificate authorities. */
    extraCa: string | null;
  };
  /** Ends what is under way (`run.cancelled`) and lets the process go. */
  close(): Promise<void>;
}

const CONNECT_MS = 5_000;
const CONNECTIONS = 8;

export async function createNetwork(options: NetworkOptions): Promise<Network> {
  const { env, mayCarryToken, connections = CONNECTIONS, clock = () => performance.now() } = options;
  const [{ Agent }, authorities] = await Promise.all([import('./agent.js'), readAuthorities(env)]);
  const proxies = readProxies(env);
  const connector = createConnector({
    proxyFor: (url) => usable(proxies.on(url)),
    lookup: createLookup(clock),
    context: authorities.context,
    timeoutMs: CONNECT_MS,
  });
  const agent = new Agent({
    connect: connector.connect,
    connections,
    pipelining: 1,
    // Each exchange has its own deadline; these are per gap, and up to a second late.
    headersTimeout: 0,
    bodyTimeout: 0,
  });
  const send = createSend({
    dispatcher: agent,
    stage: connector.stage,
    breaking: connector.breaking,
    clock,
    mayCarryToken,
    proxyOn: proxies.on,
  });
  return {
    send,
    facts: {
      proxy: proxies.shown,
      tlsVerification: env.NODE_TLS_REJECT_UNAUTHORIZED !== '0',
      extraCa: authorities.shown,
    },
    async close() {
      connector.close();
      await agent.destroy();
    },
  };
}

/** `prepare` refuses such a request before; a direct connection must never be the way out. */
function usable(proxy: HttpProxy | ProxyFault | null): HttpProxy | null {
  if (proxy && 'fault' in proxy) throw new Error('unusable proxy');
  return proxy;
}
