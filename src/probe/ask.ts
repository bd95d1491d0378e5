import type { Redact } from '../safety/redact.js';
import type { Secret } from '../safety/secret.js';
import { isMismeasured, type Observation } from '../types/observation.js';
import { type Asked, read } from './observe.js';
import { retryAfter } from './retry.js';
import type { Outcome, Send } from './transport.js';

/** What the run needs from the world; every function below gets it as an argument. */
export interface World {
  send: Send;
  redact: Redact;
  /** Wall clock, milliseconds since the epoch. */
  now: () => number;
  /** Monotonic milliseconds. */
  clock: () => number;
  /** The most that this process was late since then, in milliseconds: a busy machine measures wrong. */
  lateSince: (clock: number) => number;
  random: () => number;
  /** Resolves early when the signal aborts. */
  sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  signal: AbortSignal;
  /** Sent as User-Agent. */
  agent: string;
  /** Gives memory back between the parts of a long run. */
  tidy: () => void;
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
  /** Told of each answer, also of those that are asked again. */
  note?: (o: Observation) => void;
}

/** Sends one question. The first answer is the evidence and stays; a retry only tells whether it passes. */
export async function ask(
  q: Question,
  w: World,
): Promise<{ observation: Observation; json: unknown; sent: number; charged: number }> {
  const id = w.nextId();
  let first = await once(q, id, w);
  let sent = 1;
  // No descriptor was left for a connection: nothing was sent, and the pace of the host is halved by now.
  for (let left = CROWDED_TRIES; left > 0 && first.observation.error === 'env.fd-limit'; left -= 1) {
    await w.sleep(CROWDED_MS * (1 + w.random()), w.signal);
    if (w.signal.aborted || q.mayRetry?.() === false) break;
    first = await once(q, id, w);
    sent += 1;
  }
  let charged = mayBeCharged(first.observation);
  if (isDoubtful(first.observation, q) && !w.signal.aborted && q.mayRetry?.() !== false) {
    first = await once(q, id, w);
    first.observation = { ...first.observation, attempts: 2, suspect: true };
    sent += 1;
    charged += mayBeCharged(first.observation);
  }
  let { observation } = first;
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

const CROWDED_TRIES = 3;
const CROWDED_MS = 250;

/** This process was busy while it waited: that the answer came late, or not at all, may be its own doing. */
function isDoubtful(o: Observation, q: Question): boolean {
  return isMismeasured(o) && q.retries > 0 && !q.billable;
}

/** Milliseconds of lateness from which on a measurement is not trusted. */
const LATE = 200;

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
  const from = w.clock();
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
  const { observation, json } = readOne(id, asked, outcome, w.redact);
  const suspect = w.lateSince(from) > LATE ? { suspect: true } : {};
  q.note?.(observation);
  return { observation: { ...observation, ...suspect }, json };
}

/** A fault of our own in reading one answer costs one cell, not the run. */
function readOne(id: number, asked: Asked, outcome: Outcome, redact: Redact): ReturnType<typeof read> {
  try {
    return read(id, asked, outcome, redact);
  } catch (error) {
    // The name alone: a message may quote the answer.
    const detail = error instanceof Error ? error.name : 'unknown';
    const { status, ms } = outcome;
    return read(id, asked, { kind: 'failure', error: 'internal', detail, status, ms }, redact);
  }
}
