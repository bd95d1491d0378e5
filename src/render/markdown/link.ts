import { ourAddress } from '../our-address.js';
import { code } from './escape.js';

/** A link where the address is one that our fixes name; any other is shown, and leads nowhere. */
export function link(address: string): string {
  // Written anew by the parser of addresses: no blank, no angle bracket and no quote is left in it.
  const href = ourAddress(address);
  return href === null ? code(address) : `<${href.replaceAll('`', '%60').replaceAll('|', '%7C')}>`;
}
