import type { Observation } from './observation.js';

/* Where on the way through the router an answer was made, by the marks that its headers carry. */

type Marks = Pick<Observation, 'headers' | 'requestId'>;

/** Made by the provider behind the router: Hugging Face's own edge is CloudFront, never Cloudflare. */
export function madeByProvider({ headers, requestId }: Marks): boolean {
  return (
    headers['cf-ray'] !== undefined ||
    headers.server === 'cloudflare' ||
    Object.keys(headers).some((name) => name.startsWith('x-ratelimit')) ||
    requestId?.startsWith('req_') === true
  );
}

/** The front end of Hugging Face signs its answers; who answers behind it adds marks of its own. */
export function madeByFrontEnd(o: Marks): boolean {
  const { headers } = o;
  return headers['x-powered-by'] === 'huggingface-moon' && !headers['x-compute-type'] && !madeByProvider(o);
}
