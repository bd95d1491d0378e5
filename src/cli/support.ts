import type { Report } from '../report/model.js';
import type { Io } from './io.js';
import type { Session } from './session.js';

/** What a reader of a bundle asks next: where it ran, and what stands in the way. No name, no address. */
export function supportOf({ network }: Pick<Session, 'network'>, io: Io): NonNullable<Report['support']> {
  const { proxy, tlsVerification, extraCa } = network.facts;
  return {
    node: process.version,
    platform: process.platform,
    arch: process.arch,
    ci: io.env.CI === 'true' || io.env.CI === '1',
    proxy: proxy !== null,
    tlsVerification,
    extraCa,
  };
}
