import type { Health } from './health.js';
import { isOurHost } from './hosts.js';

/** What matters of a request. A browser tells on itself by Origin and Sec-Fetch-*. */
export interface Asked {
  method: string;
  /** As it stands in the first line. */
  target: string;
  /** Each Host header. */
  hosts: readonly string[];
  origin: string | undefined;
  fetchSite: string | undefined;
  fetchMode: string | undefined;
}

/** What there is to show. */
export interface Shown {
  /** Name or address that the server was started with. */
  named: string;
  /** Content-Security-Policy that the page needs. */
  policy: string;
  health(): Health;
  /** Prometheus text. */
  metrics(): string;
  /** The last report as HTML; null before the first round. */
  page(): string | Buffer | null;
}

export interface Answer {
  status: number;
  type: string;
  body: string | Buffer;
  headers: Readonly<Record<string, string>>;
}

const TEXT = 'text/plain; charset=utf-8';
const METRICS = 'text/plain; version=0.0.4; charset=utf-8';
const HTML = 'text/html; charset=utf-8';
/** What a page cannot say of itself in its text. */
const UNFRAMED = "frame-ancestors 'none'";
const TEXT_POLICY = `default-src 'none'; ${UNFRAMED}`;
const PATHS = ['/metrics', '/healthz', '/'];

/** Reads only: no request changes anything. */
export function answerTo(asked: Asked, shown: Shown): Answer {
  const [host, ...more] = asked.hosts;
  if (host === undefined || more.length > 0) return text(400, 'One Host header is needed.');
  if (!isOurHost(host, shown.named))
    return text(421, 'This name is not known here. Start the watch with --listen <name>:<port> to allow it.');
  if (isFetchedByPage(asked)) return text(403, 'Not for scripts of other pages.');
  if (asked.method !== 'GET' && asked.method !== 'HEAD')
    return text(405, 'GET and HEAD only.', { allow: 'GET, HEAD' });
  switch (asked.target.split('?', 1)[0]) {
    case '/metrics':
      return { ...text(200, shown.metrics()), type: METRICS };
    case '/healthz':
      return health(shown.health());
    case '/':
      return page(shown.page(), shown.policy);
    default:
      return text(404, `There are ${PATHS.join(', ')}.`);
  }
}

/** A link that somebody follows is welcome; what a script or a tag of another page loads is not. */
function isFetchedByPage({ origin, fetchSite, fetchMode }: Asked): boolean {
  if (origin !== undefined) return true;
  const foreign = fetchSite !== undefined && fetchSite !== 'none' && fetchSite !== 'same-origin';
  return foreign && fetchMode !== 'navigate';
}

function health(now: Health): Answer {
  return now.ok ? text(200, now.text) : text(503, now.reason);
}

function page(html: string | Buffer | null, policy: string): Answer {
  if (html === null) return text(503, 'No report yet: the first round is not done.', { 'retry-after': '5' });
  const headers = { 'content-security-policy': `${policy}; ${UNFRAMED}` };
  return { status: 200, type: HTML, body: html, headers };
}

export function text(status: number, line: string, headers: Record<string, string> = {}): Answer {
  const body = line.endsWith('\n') ? line : `${line}\n`;
  return { status, type: TEXT, body, headers: { ...headers, 'content-security-policy': TEXT_POLICY } };
}
