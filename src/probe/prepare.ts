import type { Secret } from '../safety/secret.js';
import type { Failure } from './failure.js';
import type { HttpProxy, ProxyFault } from './proxy.js';
import type { SendRequest } from './transport.js';

/** A request that may be sent as it is. */
export interface Ready {
  url: URL;
  headers: Readonly<Record<string, string>>;
}

export interface Permits {
  /** Asked for each request with its own secret: what one may see, another may not. */
  mayCarryToken: (url: URL, secret: Secret) => boolean;
  proxyOn: (url: URL) => HttpProxy | ProxyFault | null;
}

/** Credentials come as `auth` only; the others belong to the connection. */
const NOT_FROM_CALLER =
  /^(?:authorization|proxy-.{1,40}|cookie|host|connection|content-length|transfer-encoding|keep-alive|upgrade|expect|te|trailer)$/;

/** Checks everything before a socket is opened. A refusal names the header, never its value. */
export function prepare(request: SendRequest, permits: Permits): Ready | Failure {
  if (!URL.canParse(request.url)) return refuse('config.bad-url', 'the address is not a URL');
  const url = new URL(request.url);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    return refuse('config.bad-url', 'the address does not begin with http:// or https://');
  }
  if (url.username || url.password) {
    return refuse('config.bad-url', 'the address holds a user name or a password');
  }
  const proxy = permits.proxyOn(url);
  if (proxy && 'fault' in proxy) return refuse('proxy.unusable', proxy.fault);

  const { auth } = request;
  if (auth && !permits.mayCarryToken(url, auth)) {
    return refuse('run.token-withheld', 'this host may not see the token, so nothing was sent');
  }
  if (auth && proxy && url.protocol === 'http:') {
    return refuse('run.token-withheld', 'the proxy would see the token in clear text, so nothing was sent');
  }
  const given: Record<string, string> = { 'accept-encoding': 'identity' };
  for (const [name, value] of Object.entries(request.headers)) {
    const lower = name.toLowerCase();
    if (NOT_FROM_CALLER.test(lower)) return refuse('internal', `the header ${lower} cannot be set`);
    given[lower] = value;
  }
  const headers = auth ? auth.authorize(given) : given;
  const bad = Object.entries(headers).find(([name, value]) => !canBeSent(name, value));
  if (bad) return refuse('internal', `the header ${safeName(bad[0])} holds a character that cannot be sent`);
  return { url, headers };
}

function refuse(error: Failure['error'], detail: string): Failure {
  return { error, detail };
}

function canBeSent(name: string, value: unknown): boolean {
  return (
    /^[!#$%&'*+.^_`|~0-9a-z-]{1,200}$/.test(name) &&
    typeof value === 'string' &&
    /^[\t\x20-\x7e\x80-\xff]*$/.test(value)
  );
}

function safeName(name: string): string {
  return name.replace(/[^a-z0-9-]/g, '?').slice(0, 40);
}
