import { BlockList, isIP } from 'node:net';
import { isLoopback } from '../safety/trust.js';

export interface HttpProxy {
  /** `host:port`, without user name and password. */
  label: string;
  secure: boolean;
  hostname: string;
  port: number;
  /** Adds the proxy's own credential. A closure, so that no dump of this object shows a password. */
  authorize(headers: Record<string, string>): void;
}

/** The variable is set, and its value is no proxy that we can use. */
export interface ProxyFault {
  fault: string;
}

export interface Proxies {
  /** The proxy on the way to this URL; null for a direct connection. */
  on(url: URL): HttpProxy | ProxyFault | null;
  /** The proxy for https, else for http, without userinfo; null when none is set. */
  shown: string | null;
}

type Env = Readonly<Record<string, string | undefined>>;

/** Reads the variables as curl and Python do: https_proxy, http_proxy, all_proxy, no_proxy, both cases. */
export function readProxies(env: Env): Proxies {
  const https = firstProxy(env, ['https_proxy', 'HTTPS_PROXY', 'all_proxy', 'ALL_PROXY']);
  const http = firstProxy(env, ['http_proxy', 'HTTP_PROXY', 'all_proxy', 'ALL_PROXY']);
  const direct = readNoProxy(env.no_proxy || env.NO_PROXY || '');
  return {
    on(url) {
      // A proxy cannot reach what listens on this machine, so it is never asked to.
      if (isLoopback(url) || direct(url)) return null;
      return url.protocol === 'https:' ? https : http;
    },
    shown: show(https) ?? show(http),
  };
}

function show(proxy: HttpProxy | ProxyFault | null): string | null {
  if (proxy === null) return null;
  return 'fault' in proxy ? proxy.fault : `${proxy.secure ? 'https' : 'http'}://${proxy.label}`;
}

function firstProxy(env: Env, names: readonly string[]): HttpProxy | ProxyFault | null {
  for (const name of names) {
    const value = env[name]?.trim();
    if (value) return parseProxy(name, value);
  }
  return null;
}

function parseProxy(name: string, value: string): HttpProxy | ProxyFault {
  const text = /^[a-z][a-z0-9+.-]{0,20}:\/\//i.test(value) ? value : `http://${value}`;
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url?.hostname) return { fault: `the proxy address in ${name} cannot be read` };
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    return {
      fault: `${name} names a ${url.protocol.slice(0, -1)} proxy; only http and https proxies can be used`,
    };
  }
  const secure = url.protocol === 'https:';
  const port = Number(url.port) || (secure ? 443 : 80);
  const user = `${decode(url.username)}:${decode(url.password)}`;
  return {
    label: `${url.hostname}:${port}`,
    secure,
    hostname: bare(url.hostname),
    port,
    authorize(headers) {
      if (user !== ':') headers['proxy-authorization'] = `Basic ${Buffer.from(user).toString('base64')}`;
    },
  };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Entries: `*`, a host and its sub-domains, `host:port`, an address, a network `10.0.0.0/8`. */
function readNoProxy(value: string): (url: URL) => boolean {
  const entries = value.toLowerCase().split(/[,\s]/).filter(Boolean);
  const networks = new BlockList();
  const hosts: { host: string; port: string | null }[] = [];
  for (const entry of entries) {
    const [address = '', prefix = ''] = entry.split('/');
    const family = isIP(address);
    if (family && /^\d{1,3}$/.test(prefix) && Number(prefix) <= (family === 4 ? 32 : 128)) {
      networks.addSubnet(address, Number(prefix), family === 4 ? 'ipv4' : 'ipv6');
      continue;
    }
    const [, name = entry, port = null] = isIP(entry) ? [] : (/^(.{1,300}):(\d{1,5})$/.exec(entry) ?? []);
    hosts.push({ host: bare(name.replace(/^\*?\./, '')), port });
  }
  return (url) => {
    const host = bare(url.hostname);
    const port = url.port || (url.protocol === 'https:' ? '443' : '80');
    const family = isIP(host);
    return (
      hosts.some((e) =>
        e.host === '*'
          ? true
          : (!e.port || e.port === port) && (host === e.host || host.endsWith(`.${e.host}`)),
      ) || Boolean(family && networks.check(host, family === 4 ? 'ipv4' : 'ipv6'))
    );
  };
}

function bare(hostname: string): string {
  return hostname.replace(/^\[|\]$/g, '');
}
