import { shellQuote } from '../../safety/quote.js';
import type { Case } from '../define.js';
import { curlFor } from '../words.js';

/** The call again, or the endpoint's own answer on `path`; without an address, the list of endpoints. */
export function askEndpoint({ observations }: Case<unknown>, path = '/health'): string {
  const o = observations.find((x) => x.host !== null);
  if (!o) return 'hf endpoints ls';
  const again = o.origin === 'text' && !o.requestBody ? null : curlFor(o);
  return (
    again ??
    `curl -sS -i ${shellQuote(`https://${o.host}${path}`)} \\\n  -H "Authorization: Bearer $HF_TOKEN"`
  );
}
