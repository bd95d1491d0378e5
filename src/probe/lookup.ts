import { promises as dns, type LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { coded } from './socket.js';

type Resolve = (hostname: string) => Promise<LookupAddress[]>;

const KEEP_MS = 60_000;
const system: Resolve = (hostname) => dns.lookup(hostname, { all: true });

/**
 * Name look-up for sockets. Connections that start together share one question, and an answer is
 * kept for a minute; a failure is never kept.
 */
export function createLookup(clock: () => number, resolve: Resolve = system): LookupFunction {
  const known = new Map<string, { until: number; addresses: Promise<LookupAddress[]> }>();

  function find(hostname: string): Promise<LookupAddress[]> {
    const hit = known.get(hostname);
    if (hit && hit.until > clock()) return hit.addresses;
    const addresses = isInvalid(hostname) ? fail('ENOTFOUND') : resolve(hostname);
    known.set(hostname, { until: clock() + KEEP_MS, addresses });
    addresses.catch(() => known.delete(hostname));
    return addresses;
  }

  return (hostname, options, callback) => {
    const wanted = Number(String(options.family ?? 0).replace('IPv', ''));
    // Next tick: what the socket throws must not become a rejection of this promise.
    const deliver = (...result: Parameters<typeof callback>) => process.nextTick(callback, ...result);
    find(hostname).then(
      (found) => {
        const fitting = wanted === 0 ? found : found.filter((a) => a.family === wanted);
        const first = fitting[0];
        if (!first) deliver(coded('ENODATA'), '', 0);
        else if (options.all) deliver(null, fitting);
        else deliver(null, first.address, first.family);
      },
      (error) => deliver(error, '', 0),
    );
  };
}

/** RFC 6761: such a name has no address anywhere, so no resolver is asked. */
function isInvalid(hostname: string): boolean {
  return /(?:^|\.)invalid\.?$/i.test(hostname);
}

function fail(code: string): Promise<never> {
  return Promise.reject(coded(code));
}
