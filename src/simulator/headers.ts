import type { Maker } from './answer-spec.js';

/** Headers that tell where on the way an answer was made. `id` is the only source of variety. */
export function headersOf(maker: Maker, id: string, status: number): Record<string, string> {
  const hex = id.replace(/[^0-9a-f]/g, '').padEnd(64, '0');
  const edge = {
    vary: 'Origin',
    via: `1.1 ${hex.slice(0, 32)}.cloudfront.net (CloudFront)`,
    'x-cache': status >= 400 ? 'Error from cloudfront' : 'Miss from cloudfront',
    'x-powered-by': 'huggingface-moon',
    'x-request-id': id,
    'x-amz-cf-pop': 'IAD61-P4',
    'x-amz-cf-id': Buffer.from(hex).toString('base64url').slice(0, 56),
    'cross-origin-opener-policy': 'same-origin',
    'referrer-policy': 'strict-origin-when-cross-origin',
  };
  const ray = { server: 'cloudflare', 'cf-cache-status': 'DYNAMIC', 'cf-ray': `${hex.slice(8, 24)}-IAD` };
  switch (maker) {
    case 'front':
      return edge;
    case 'upstream':
      return { ...edge, ...ray };
    case 'backend':
      return {
        ...edge,
        server: 'uvicorn',
        'x-compute-type': 'cpu',
        'x-compute-time': '0.021',
        'x-sha': hex.slice(0, 40),
        'x-inference-id': hex.slice(12, 33),
      };
    case 'gateway':
      // Many put Cloudflare in front of their own backend: this ray is not a provider's.
      return { ...ray, 'x-request-id': `req_${hex.slice(24, 44)}` };
  }
}
