import type { Capability } from '../types/observation.js';
import { officialRequest } from './official.js';
import { chat, JSON_TOKENS, MAX_TOKENS, PROMPT, TOOL_PROMPT, TOOL_TOKENS } from './payload.js';
import { type BaseUrls, idPath, type ProbeRequest, sentId, type Target } from './request.js';

const JSON_HEADERS = { 'content-type': 'application/json' };

function post(url: string, body: unknown): ProbeRequest {
  return { method: 'POST', url, headers: JSON_HEADERS, body: JSON.stringify(body) };
}

/** The request as the clients of that route send it. Pure, except that the official client is loaded. */
export async function buildRequest(t: Target, base: BaseUrls): Promise<ProbeRequest> {
  const request = await plainRequest(t, base);
  return t.capability === null ? request : withCapability(request, t.capability);
}

function plainRequest(t: Target, base: BaseUrls): Promise<ProbeRequest> | ProbeRequest {
  switch (t.surface) {
    case 'legacy':
      return legacyRequest(t, base);
    case 'router':
      return post(`${base.router}/v1/chat/completions`, chat(sentId(t)));
    case 'gateway':
      return post(`${base.gateway}/chat/completions`, chat(sentId(t)));
    case 'dedicated':
      return dedicatedRequest(t, base.gateway ?? '');
    default:
      return officialRequest(t, base.router);
  }
}

/** The forms that code of before 2025 still contains. */
async function legacyRequest(t: Target, base: BaseUrls): Promise<ProbeRequest> {
  const id = idPath(t.model);
  const at = `${base.legacy}/models/${id}`;
  if (t.task === 'conversational') return post(`${at}/v1/chat/completions`, chat(t.model));
  if (t.task === 'text-generation')
    return post(at, { inputs: PROMPT, parameters: { max_new_tokens: MAX_TOKENS } });
  const today = await officialRequest({ ...t, provider: 'hf-inference', providerId: t.model }, base.router);
  const pipeline = /\/pipeline\/([a-z-]{1,40})$/.exec(today.url)?.[1];
  return { ...today, url: pipeline ? `${base.legacy}/pipeline/${pipeline}/${id}` : at };
}

/** An endpoint of one's own: chat below `/v1`, any other task at its root. */
async function dedicatedRequest(t: Target, endpoint: string): Promise<ProbeRequest> {
  const root = endpoint.replace(/\/v1$/, '');
  if (t.task === 'conversational') return post(`${root}/v1/chat/completions`, chat(t.model));
  const asked = await officialRequest({ ...t, provider: 'hf-inference', providerId: t.model }, '');
  return { ...asked, url: root };
}

const TOOL = {
  type: 'function',
  function: {
    name: 'get_weather',
    description: 'Weather of a city',
    parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
  },
};
const SCHEMA = {
  type: 'json_schema',
  json_schema: {
    name: 'answer',
    schema: { type: 'object', properties: { answer: { type: 'string' } }, required: ['answer'] },
  },
};

/**
 * `auto` is what programs send, and what a server must be able to do; some refuse a forced call that
 * take this one. So the words ask for the call, and a model that sees no tools ends with one word.
 */
const CALL = {
  messages: [{ role: 'user', content: TOOL_PROMPT }],
  max_tokens: TOOL_TOKENS,
  tools: [TOOL],
  tool_choice: 'auto',
};

const EXTRA: Readonly<Record<Capability, object>> = {
  stream: { stream: true },
  tools: CALL,
  json: { max_tokens: JSON_TOKENS, response_format: SCHEMA },
};

/** The same chat request, asked for more. */
function withCapability(request: ProbeRequest, capability: Capability): ProbeRequest {
  const body = JSON.parse(String(request.body)) as object;
  return { ...request, body: JSON.stringify({ ...body, ...EXTRA[capability] }) };
}
