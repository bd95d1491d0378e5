import type { Redact } from '../safety/redact.js';
import type { Secret } from '../safety/secret.js';
import type { Observation } from '../types/observation.js';
import { type Asked, read } from './observe.js';
import { retryAfter } from './retry.js';
import type { Send } from './transport.js';

/** What the run needs from the world; every function below gets it as an argument. */
export interface World {
  send: Send;
  redact: Redact;
  /** Wall clock, milliseconds since the epoch. */
  now: () => number;
  random: () => number;
  /** Resolves early when the signal aborts. */
  sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  signal: AbortSignal;
  /** Sent as User-Agent. */
  agent: string;
  /** One number per observation, in the order of the questions. */
  nextId: () => number;
}

export interface Question {
  asked: Omit<Asked, 'at' | 'requestBody' | 'method' | 'url'>;
  method: 'GET' | 'POST';
  url: string;
  headers: Readonly<Record<string, string>>;
  body: string | Uint8Array | null;
  secret: Secret | null;
  timeoutMs: number;
  retries: number;
  billable: boolean;
  /** Asked before each retry; absent: as many as `retries` says. */
  mayRetry?: () => boolean;
  maxBytes?: number;
}

/** Sends one question. The first answer is the evidence and stays; a retry only tells whether it passes. */
export async function ask(
  q: Question,
  w: World,
): Promise<{ observation: Observation; json: unknown; sent: number; charged: number }> {
  const id = w.nextId();
  const first = await once(q, id, w);
  let { observation } = first;
  let sent = 1;
  let charged = mayBeCharged(first.observation);
  for (let left = q.retries; left > 0 && !w.signal.aborted; left -= 1) {
    const wait = retryAfter(
      observation.retry ? { ...observation, ...observation.retry } : observation,
      q,
      w.random,
      w.now(),
    );
    if (wait === null || q.mayRetry?.() === false) break;
    await w.sleep(wait, w.signal);
    if (w.signal.aborted) break;
    const again = await once(q, id, w);
    sent += 1;
    charged += mayBeCharged(again.observation);
    const good = again.observation.shape === null || again.observation.shape === 'ok';
    observation = {
      ...observation,
      attempts: observation.attempts + 1,
      retry: { status: good ? again.observation.status : null, error: again.observation.error },
    };
    if (q.asked.purpose !== 'inference' && again.observation.status === 200)
      return { observation, json: again.json, sent, charged };
  }
  return { observation, json: first.json, sent, charged };
}

/** It never reached a server that could work on it. */
const NEVER_SENT =
  /^(?:dns|tls|proxy|env|config)\.|^net\.(?:refused|unreachable|connect-timeout)$|^run\.token-withheld$/;

/** A refusal costs nothing; no answer at all may still have been worked on. */
function mayBeCharged({ status, error }: Observation): number {
  if (status !== null) return status < 300 ? 1 : 0;
  return error !== null && NEVER_SENT.test(error) ? 0 : 1;
}

async function once(q: Question, id: number, w: World) {
  const asked: Asked = {
    ...q.asked,
    method: q.method,
    url: q.url,
    requestBody: q.body,
    at: new Date(w.now()).toISOString(),
  };
  const outcome = await w.send({
    method: q.method,
    url: q.url,
    headers: { accept: 'application/json', ...q.headers, 'user-agent': w.agent },
    body: q.body,
    auth: q.secret,
    timeoutMs: q.timeoutMs,
    signal: w.signal,
    ...(q.maxBytes === undefined ? {} : { maxBytes: q.maxBytes }),
  });
  return read(id, asked, outcome, w.redact);
}
