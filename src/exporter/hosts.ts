import { isIP } from 'node:net';

/**
 * Whether a Host header names this server. A page in a browser can reach it through a name of its own
 * that leads here, and then the header has that name; an address cannot be made to lead elsewhere. The
 * port is left alone: a forwarded one is another.
 */
export function isOurHost(header: string, named: string): boolean {
  const [, v6, name] = /^(?:\[([^\]]{2,60})\]|([^:[\]]{1,253}))(?::\d{1,5})?$/.exec(header) ?? [];
  if (v6 !== undefined) return isIP(v6) === 6;
  const host = (name ?? '').toLowerCase();
  return isIP(host) === 4 || host === 'localhost' || (host !== '' && host === named.toLowerCase());
}
