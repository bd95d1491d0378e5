import { readBody } from '../../src/probe/body.js';
import { judgeShape } from '../../src/probe/shape.js';
import { placeOf } from '../../src/routes/surface.js';
import type { Observation } from '../../src/types/observation.js';

/** One recorded exchange, as the official clients' test tapes keep it. */
export interface Recording {
  method: string;
  url: string;
  requestBody: string | null;
  status: number;
  headers: Record<string, string> | null;
  body: string | null;
  truncated: boolean;
  id: string;
}

/** A recorded exchange as an observation. What the recording does not tell stays null. */
export function observationOf(r: Recording, id: number): Observation {
  const url = new URL(r.url);
  const place = placeOf(url);
  // A base URL that the user named, when it is none of Hugging Face's and none of a provider's.
  const surface = place.surface === 'other' ? 'gateway' : place.surface;
  const headers = Object.fromEntries(
    Object.entries(r.headers ?? {}).map(([k, v]) => [k.toLowerCase(), String(v)]),
  );
  const contentType = headers['content-type']?.split(';')[0]?.trim().toLowerCase() ?? null;
  const body = readBody(bytesOf(r.body ?? '', contentType), contentType);
  const task = taskOf(url.pathname);
  // A tape without its request shows by the answer what was asked for.
  const asked = r.requestBody === null ? contentType === 'text/event-stream' : STREAM.test(r.requestBody);
  const streamed = task === 'conversational' && asked;
  const success = r.status >= 200 && r.status < 300;
  const hub = surface === 'hub';
  return {
    id,
    origin: 'recording',
    purpose: hub ? (url.pathname.includes('whoami') ? 'whoami' : 'mapping') : 'inference',
    surface,
    route: null,
    method: r.method,
    url: r.url,
    host: url.host,
    path: url.pathname,
    auth: 'unknown',
    control: false,
    model: place.model ?? modelInBody(r.requestBody),
    suffix: null,
    provider: place.provider,
    task,
    depth: 'live',
    status: r.status,
    error: r.status >= 300 && r.status < 400 ? 'http.redirect' : null,
    errorDetail: null,
    contentType,
    headers,
    body: body.facts,
    // A cut recording or one without its bytes says nothing about the shape of what was answered.
    shape: !success
      ? null
      : r.truncated || r.body === null || r.body === ''
        ? 'ok'
        : judgeShape({ task, provider: place.provider, ...(streamed ? { capability: 'stream' } : {}) }, body),
    requestBody: r.requestBody?.slice(0, 2000) ?? null,
    client: null,
    exception: null,
    count: 1,
    latencyMs: null,
    attempts: 1,
    retry: null,
    requestId: headers['x-request-id'] ?? null,
    at: headers.date && !Number.isNaN(Date.parse(headers.date)) ? new Date(headers.date).toISOString() : null,
  };
}

/** Some tapes keep bodies of unknown type as base64. */
function bytesOf(body: string, contentType: string | null): Uint8Array {
  if (contentType === null && body.length % 4 === 0 && /^[A-Za-z0-9+/]{8,}={0,2}$/.test(body))
    return Buffer.from(body, 'base64');
  return Buffer.from(body, 'utf8');
}

const STREAM = /"stream"\s{0,3}:\s{0,3}true/;

const TASK_PATHS = [
  ['/chat/completions', 'conversational'],
  ['/v1/completions', 'text-generation'],
  ['/embeddings', 'feature-extraction'],
  ['/images/generations', 'text-to-image'],
  ['/pipeline/feature-extraction', 'feature-extraction'],
  ['/whisper', 'automatic-speech-recognition'],
] as const;

function taskOf(path: string): string | null {
  return TASK_PATHS.find(([end]) => path.endsWith(end))?.[1] ?? null;
}

function modelInBody(body: string | null): string | null {
  const model = body === null ? null : /"model"\s{0,3}:\s{0,3}"([\w./:-]{1,200})"/.exec(body)?.[1];
  return model ?? null;
}
