import { officialRequest } from './official.js';
import { chat, inputs } from './payload.js';
import { type BaseUrls, idPath, type ProbeRequest, sentId, type Target } from './request.js';

const JSON_HEADERS = { 'content-type': 'application/json' };

function post(url: string, body: unknown): ProbeRequest {
  return { method: 'POST', url, headers: JSON_HEADERS, body: JSON.stringify(body) };
}

/** The request as the clients of that route send it. Pure, except that the official client is loaded. */
export async function buildRequest(t: Target, base: BaseUrls): Promise<ProbeRequest> {
  const sent = sentId(t);
  switch (t.surface) {
    case 'legacy':
      return legacyRequest(t, base.legacy);
    case 'router':
      return post(`${base.router}/v1/chat/completions`, chat(sent));
    case 'gateway':
      return post(`${base.gateway}/chat/completions`, chat(sent));
    default:
      return officialRequest(t, base.router);
  }
}

/** The forms that code of before 2025 still contains. */
function legacyRequest(t: Target, legacy: string): ProbeRequest {
  const id = idPath(t.model);
  if (t.task === 'conversational') return post(`${legacy}/models/${id}/v1/chat/completions`, chat(t.model));
  if (t.task === 'feature-extraction')
    return post(`${legacy}/pipeline/feature-extraction/${id}`, inputs(t.task));
  return post(`${legacy}/models/${id}`, inputs(t.task));
}
