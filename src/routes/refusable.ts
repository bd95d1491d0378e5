import type { ProbeRequest, Target } from './request.js';

/**
 * The request of a target without what the backend needs to start: it passes routing and
 * authentication and is refused before anything is generated. Where the model stands in the body the
 * router must still be able to read it; where it stands in the path the body is no JSON at all,
 * because a queue takes any JSON and would start with its defaults.
 */
export function refusable(request: ProbeRequest, t: Pick<Target, 'provider' | 'surface'>): ProbeRequest {
  const json = { ...request.headers, 'content-type': 'application/json' };
  if (typeof request.body === 'string') {
    const named = nameIn(request.body);
    if (named !== null) return { ...request, headers: json, body: JSON.stringify(named) };
  } else if (request.body !== null && /^multipart\//.test(request.headers['content-type'] ?? '')) {
    return { ...request, body: onlyModel(request.body, request.headers['content-type'] ?? '') };
  }
  const inPath = t.surface === 'provider' && t.provider !== 'hf-inference';
  return { ...request, headers: json, body: inPath ? '{' : '{}' };
}

/** What the router finds the model by: `model`, or the version of replicate. */
function nameIn(body: string): { model: string } | { version: string } | null {
  const parsed: unknown = JSON.parse(body);
  if (typeof parsed !== 'object' || parsed === null) return null;
  const { model, version } = parsed as Record<string, unknown>;
  if (typeof model === 'string') return { model };
  return typeof version === 'string' ? { version } : null;
}

/** The parts of a form that are no file. */
function onlyModel(body: Uint8Array, contentType: string): Uint8Array {
  const boundary = `--${/boundary=([^;]{1,100})/.exec(contentType)?.[1] ?? ''}`;
  const text = Buffer.from(body).toString('latin1');
  const parts = text.split(boundary).filter((part) => /name="(?:model|response_format)"/.test(part));
  return Buffer.from(`${parts.map((part) => boundary + part).join('')}${boundary}--\r\n`, 'latin1');
}
