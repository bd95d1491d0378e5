import { createHash } from 'node:crypto';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { InferenceClient, PROVIDERS, setLogger } from '@huggingface/inference';
import { vi } from 'vitest';
import { TASKS } from '../../src/routes/tasks.js';

/* The official client, with a server on this machine or with answers that were thought up. */

export type Answer = { json: unknown } | { bytes: string };

export interface Pair {
  provider: string;
  task: string;
  /** What the provider calls the model. */
  providerId: string;
  adapter?: string;
  adapterWeightsPath?: string;
}

export interface Sent {
  method: string;
  path: string;
  headers: Record<string, string>;
  body: Buffer;
}

export const BYTES = new Uint8Array([0xff, 0xd8, 0xff, 0, 1, 2]);
const HUB = 'https://huggingface.co/';
const ROUTER = 'https://router.huggingface.co';
const silent = () => {};
setLogger({ debug: silent, info: silent, log: silent, warn: silent, error: silent });

/** All pairs that the client knows. */
export const pairs: Pair[] = Object.entries(PROVIDERS).flatMap(([provider, tasks]) =>
  Object.keys(tasks).map((task) => ({ provider, task, providerId: idOf(provider, task) })),
);

/** The client takes one id only for this pair. */
function idOf(provider: string, task: string): string {
  return provider === 'novita' && task === 'image-text-to-video' ? 'MiniMax-H3' : 'maker/name-1';
}

/** The client keeps mappings by model id for ever: one id for each pair. */
export const modelOf = ({ provider, task, providerId, adapter, adapterWeightsPath }: Pair): string =>
  `org/${[provider, task, providerId, adapter, adapterWeightsPath]
    .filter(Boolean)
    .join('-')
    .replace(/[^\w-]/g, '_')}`;

async function call(pair: Pair, fetch: typeof globalThis.fetch): Promise<unknown> {
  const model = modelOf(pair);
  const mapped: typeof fetch = async (input, init) => {
    if (!String(input).startsWith(HUB)) return fetch(input, init);
    const entry = { ...pair, hfModelId: model, status: 'live' };
    return Response.json({ inferenceProviderMapping: [entry] });
  };
  const client = new InferenceClient(`hf_${'x'.repeat(34)}`, { fetch: mapped, retry_on_error: false });
  const wanted = TASKS[pair.task];
  if (!wanted) throw new Error(`no call for ${pair.task}`);
  const method = client[wanted.method as 'textToImage'] as (args: object) => Promise<unknown>;
  return method.call(client, { ...wanted.args(), model, provider: pair.provider });
}

/** What the client sends over HTTP; null when it refuses to send anything. */
export async function sentByClient(pair: Pair): Promise<Sent | null> {
  let sent: Sent | null = null;
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { method = '', url = '' } = request;
    sent ??= normal({ method, path: url, headers: own(request.headers), body: Buffer.concat(chunks) });
    response.writeHead(400, { 'content-type': 'application/json' }).end('{"error":"enough"}');
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  try {
    await call(pair, (input, init) => {
      const url = String(input);
      if (!url.startsWith(`${ROUTER}/`)) throw new Error(`not for the router: ${url}`);
      return fetch(base + url.slice(ROUTER.length), init);
    }).catch(silent);
  } finally {
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  }
  return sent;
}

/** Set by whoever carries the request, or the credential. */
const CARRIER =
  /^(authorization|user-agent|host|connection|content-length|transfer-encoding|accept|accept-encoding|sec-fetch-mode)$/;

function own(headers: IncomingHttpHeaders): Record<string, string> {
  const kept = Object.entries(headers).filter(
    ([name, value]) => !CARRIER.test(name) && !(name === 'accept-language' && value === '*'),
  );
  return Object.fromEntries(kept.map(([name, value]) => [name, String(value)]));
}

/** The boundary of a form is random. */
export function normal(sent: Sent): Sent {
  const type = sent.headers['content-type'] ?? '';
  const boundary = /^multipart\/form-data; boundary=(.{1,100})$/.exec(type)?.[1];
  if (boundary === undefined) return sent;
  const body = Buffer.from(sent.body.toString('latin1').replaceAll(boundary, 'BOUNDARY'), 'latin1');
  return {
    ...sent,
    headers: { ...sent.headers, 'content-type': 'multipart/form-data; boundary=BOUNDARY' },
    body,
  };
}

/** A request for a file that people read: long bodies by their length and sum. */
export function readable({ method, path, headers, body }: Sent) {
  const text = body.toString('utf8');
  const sum = createHash('sha256').update(body).digest('hex').slice(0, 16);
  const short = body.length <= 400 && Buffer.from(text, 'utf8').equals(body);
  const sorted = Object.fromEntries(Object.entries(headers).sort(([a], [b]) => (a < b ? -1 : 1)));
  return { method, path, headers: sorted, body: short ? text : `${body.length} bytes, sha256 ${sum}` };
}

/** What the client makes of an answer; an Error when it throws. Polling ends well at once. */
export async function madeOf(pair: Pair, answer: Answer): Promise<unknown> {
  // The client polls with the global fetch and waits between.
  vi.stubGlobal('fetch', later);
  vi.stubGlobal('setTimeout', sooner);
  try {
    return await call(pair, async () => response(answer));
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  } finally {
    vi.unstubAllGlobals();
  }
}

/** The client's pauses between polls, in milliseconds; all other timers stay as they are. */
const PAUSES = [500, 2000, 5000];
const timer = setTimeout;
const sooner = (then: () => void, ms: number, ...args: []) =>
  timer(then, PAUSES.includes(ms) ? 0 : ms, ...args);

function response(answer: Answer): Response {
  if ('json' in answer) return Response.json(answer.json);
  return new Response(BYTES, { headers: { 'content-type': answer.bytes } });
}

/** Whether the client took it and somebody can use the result. */
export function usable(result: unknown, task: string): boolean {
  if (result instanceof Error) return false;
  if (result instanceof Blob) return result.size > 0;
  if (task === 'text-generation') return typeof Object(result).generated_text === 'string';
  return typeof result !== 'string' || result !== '';
}

const URL_OF = 'https://media.example/1.png';

async function later(input: unknown): Promise<Response> {
  const url = new URL(String(input));
  if (url.protocol === 'data:' && url.pathname.endsWith(',')) return new Response(new Uint8Array());
  if (url.protocol === 'data:' || url.host === 'media.example') return response({ bytes: 'image/png' });
  if (url.host !== 'router.huggingface.co') throw new TypeError('fetch failed');
  return Response.json(url.pathname.startsWith('/fal-ai/') ? FAL : finished(url.pathname));
}

const at = { url: URL_OF };
const FAL = { status: 'COMPLETED', images: [at], image: at, video: at, audio: at, audio_file: at };

function finished(path: string): unknown {
  return {
    status: 'completed',
    outputs: { video_url: URL_OF },
    data: { status: 'completed', outputs: [URL_OF] },
    task: { status: path.includes('minimax') ? 'succeeded' : 'TASK_STATUS_SUCCEED', content: at },
    videos: [{ video_url: URL_OF }],
    task_status: 'SUCCESS',
    image_result: [at],
  };
}
