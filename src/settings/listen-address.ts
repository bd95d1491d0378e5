import { isIP, isIPv6 } from 'node:net';
import { echo } from './echo.js';
import { bad, good, type Parsed, type Parser, text } from './parser.js';

/** Where a server is to listen. */
export interface ListenAddress {
  /** An address, or a name that leads to one; without brackets. */
  host: string;
  /** 0: any that is free. */
  port: number;
}

const LOOPBACK = '127.0.0.1';
const TAKES = 'takes an address and a port';
const LABEL = /^[a-z0-9_-]{1,63}$/i;
const MOST_LABELS = 20;

/** `127.0.0.1:9469`, `[::1]:9469`, `name:9469`, or a port alone on this machine. */
export const listenAddress: Parser<ListenAddress> = {
  shape: { type: 'text' },
  parse(raw) {
    const given = text(raw);
    return given.ok ? read(given.value) : given;
  },
};

function read(written: string): Parsed<ListenAddress> {
  const address = parts(written);
  if (address) return good(address);
  if (/^(?:[^:]{0,253}:)?\d{5,12}$/.test(written))
    return bad(`${TAKES}, not ${echo(written)}: ports end at 65535.`, `Write ${LOOPBACK}:9469.`);
  const meant = rewrite(written);
  const hint = meant === null ? `Write ${LOOPBACK}:9469.` : `Write ${meant}.`;
  return bad(`${TAKES}, not ${echo(written)}.`, hint);
}

function parts(written: string): ListenAddress | null {
  const found = /^(?:(?:\[([^\]]{2,60})\]|([^:[\]]{1,253})):)?(\d{1,5})$/.exec(written);
  if (!found) return null;
  const [, v6, name, digits] = found;
  const port = Number(digits);
  if (port > 65_535 || (v6 !== undefined && !isIPv6(v6))) return null;
  if (name !== undefined && isIP(name) === 0 && !isHostName(name)) return null;
  return { host: v6 ?? name ?? LOOPBACK, port };
}

/** What an URL, an address without a port, or a port of all addresses may have been meant as. */
function rewrite(written: string): string | null {
  const all = /^\*?:(\d{1,5})$/.exec(written);
  if (all) return `${LOOPBACK}:${all[1]}, or 0.0.0.0:${all[1]} for every address of this machine`;
  const bare = written.replace(/^https?:\/\//i, '').replace(/\/.{0,200}$/, '');
  const meant = [bare, `${bare}:9469`, `[${bare}]:9469`].find((w) => parts(w) !== null);
  return meant ?? null;
}

function isHostName(name: string): boolean {
  const labels = name.split('.');
  const good = (label: string) => LABEL.test(label) && !label.startsWith('-') && !label.endsWith('-');
  return labels.length <= MOST_LABELS && labels.every(good);
}
