import type { Evidence } from '../../types/evidence.js';
import type { Observation } from '../../types/observation.js';
import { onHuggingFace, says } from '../match.js';
import { noRoute, ROUTER } from './paths.js';

/* What is wrong with the base URL that the code was given, and what it should be. */

export const WHY_BASE = {
  'no-path': 'The request went to the bare base URL, without the path of a route.',
  'no-version': 'The path lacks its version part, usually /v1: the base URL ends too early.',
  'hub-host':
    'huggingface.co is the Hub: it serves pages and files, no inference. Inference has its own host.',
  'address-as-model': 'A host and port without http:// was taken for a model id and sent to Hugging Face.',
  'nothing-there':
    'The machine was reached and refused the connection: no program listens on that port, or a firewall refuses it.',
  'no-scheme': 'The client could not make a URL of it: it is relative, or http:// or https:// is missing.',
} as const;

export type Fault = keyof typeof WHY_BASE;

/** What clients say before they send anything. */
const NOT_A_URL =
  /missing an? '?https?:\/\/|no scheme supplied|failed to parse url|unsupported ?protocol|only absolute urls are supported|relative url without a base/i;

export function faultOf(o: Observation): Fault | null {
  if (o.error === 'config.bad-url' || (o.status === null && o.error === null && says(o, NOT_A_URL)))
    return 'no-scheme';
  // Hugging Face refuses no connection, and a text may tell of any server.
  const closed = o.error === 'net.refused' && o.retry?.status == null;
  if (closed && o.surface === 'gateway' && o.origin === 'probe') return 'nothing-there';
  const path = (o.path ?? '').replace(/\/$/, '');
  if (o.path === null || (o.status ?? 0) < 400 || (o.status ?? 0) >= 500) return null;
  // Whatever the answer is, a model id holds no port.
  if (onHuggingFace(o) && /\/models\/(?:[\w.-]{1,96}(?::|%3A)\d{2,5}|https?(?::|%3A))/i.test(path))
    return 'address-as-model';
  const unknown = o.status === 404 && o.body.code === null && !says(o, /\bmodel\b/i);
  const lost = unknown || noRoute(o) || o.status === 421 || says(o, /welcome to the \w{2,20} api/i);
  if (!lost) return null;
  if (o.surface === 'hub') return o.method === 'POST' && !path.startsWith('/api/') ? 'hub-host' : null;
  if (/^(\/v\d{1,2})?$/.test(path)) return 'no-path';
  return /^\/(chat\/completions|completions|responses|embeddings|models)$/.test(path) ? 'no-version' : null;
}

/** The start of the URL as the user must have set it. */
export function baseOf(o: Observation): string | null {
  const host = o.url !== null && URL.canParse(o.url) ? new URL(o.url).origin : null;
  return host !== null && /^\/v\d{1,2}\/?$/.test(o.path ?? '') ? host + (o.path ?? '') : host;
}

/** The base to set; null for a server that we do not know. */
export function rightFor(o: Observation, fault: Fault, e: Evidence): string | null {
  if (fault === 'address-as-model' || fault === 'no-scheme' || fault === 'nothing-there') return null;
  const router = `${e.run.endpoints.router || ROUTER}/v1`;
  if (o.surface === 'hub' || o.surface === 'router' || o.host === new URL(ROUTER).host) return router;
  const base = baseOf(o);
  return base === null || /\/v\d{1,2}\/?$/.test(base) ? base : `${base}/v1`;
}
